package slack

import (
	"net/http"
	"net/url"
	"strings"

	slackgo "github.com/slack-go/slack"
)

// CommandsHandler takes in /s4; it belongs under /slack/commands. It answers at once
// and gives the advice afterwards. 401 without the right signature.
func (a *Adapter) CommandsHandler() http.Handler {
	return a.signed(func(w http.ResponseWriter, body []byte) {
		form, err := url.ParseQuery(string(body))
		if err != nil {
			a.quarantine("command", "")
			return
		}
		if form.Get("ssl_check") == "1" {
			return
		}
		c, err := slackgo.SlashCommandParse(&http.Request{Form: form, PostForm: form})
		if err != nil {
			a.quarantine("command", "")
			return
		}
		if !a.command(a.in.hooks, &c) {
			http.Error(w, "not accepted now", http.StatusServiceUnavailable)
		}
	})
}

// command answers /s4 for the one who typed it; false: too much waits.
func (a *Adapter) command(run *errands, c *slackgo.SlashCommand) bool {
	if !userForm.MatchString(c.UserID) || c.TriggerID != "" && !a.in.first("command "+c.TriggerID) {
		return true
	}
	q := inquiry{text: a.typed(c.Text), to: audience{spot: spot{channel: c.ChannelID}, user: c.UserID, reply: c.ResponseURL}}
	return a.advise(run, q)
}

// typed gives what somebody typed after a command: Slack escapes it or does not, as
// the app's settings say.
func (a *Adapter) typed(text string) string {
	return strings.TrimSpace(plain(text, func(string) string { return "" }))
}
