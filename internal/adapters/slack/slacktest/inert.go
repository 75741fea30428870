package slacktest

import (
	"encoding/json"
	"fmt"
	"regexp"
)

var pingForm = regexp.MustCompile(`<(?:!(?:channel|here|everyone|subteam\^[A-Z0-9]+)|@[UW][A-Z0-9]+)(?:\|[^>]*)?>`)

// Pings finds what would call people in a text that Slack parses: <!channel>,
// <!here>, <!everyone>, <@U…> and <!subteam^…>, unescaped.
func Pings(text string) []string { return pingForm.FindAllString(text, -1) }

// Pings finds the same in the whole message: its text, and in its blocks what is
// mrkdwn, markdown or rich text. Plain text calls nobody.
func (m Message) Pings() []string {
	found := Pings(m.Text)
	var blocks any
	if json.Unmarshal(m.Blocks, &blocks) == nil {
		found = append(found, pingsIn(blocks)...)
	}
	return found
}

func pingsIn(v any) (found []string) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			found = append(found, pingsIn(item)...)
		}
	case map[string]any:
		text, _ := v["text"].(string)
		switch v["type"] {
		case "mrkdwn", "markdown":
			found = append(found, Pings(text)...)
		case "user", "broadcast", "usergroup":
			found = append(found, fmt.Sprint(v["type"], " ", v["user_id"], v["range"], v["usergroup_id"]))
		}
		for _, item := range v {
			found = append(found, pingsIn(item)...)
		}
	}
	return found
}
