package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"unicode/utf8"
)

// Message is a labelled message.
type Message struct {
	ID     string   `json:"id"`
	Text   string   `json:"text"`
	Lang   string   `json:"lang"`
	Kind   string   `json:"kind"`
	Causes []string `json:"causes"` // the best first, then others that are right too
	Group  string   `json:"group"`
	Intent string   `json:"intent"`
}

// kinds are the labels that a message may have.
var kinds = []string{"cause", "group", "vague", "intent", "oos"}

// check says what is wrong with a message.
func (m Message) check() error {
	switch {
	case m.Text == "":
		return fmt.Errorf(`"text" is missing`)
	case !slices.Contains(kinds, m.Kind):
		return fmt.Errorf(`"kind" is %q; it must be one of %v`, m.Kind, kinds)
	case m.Kind == "cause" && len(m.Causes) == 0:
		return fmt.Errorf(`"causes" is empty, but "kind" is cause`)
	case m.Kind == "group" && m.Group == "":
		return fmt.Errorf(`"group" is missing, but "kind" is group`)
	case m.Kind == "intent" && m.Intent == "":
		return fmt.Errorf(`"intent" is missing, but "kind" is intent`)
	}
	return nil
}

// length sorts a message by how many characters it has.
func (m Message) length() string {
	switch n := utf8.RuneCountInString(m.Text); {
	case n <= 10:
		return "to 10 characters"
	case n <= 30:
		return "11 to 30 characters"
	}
	return "over 30 characters"
}

// LoadMessages reads labelled messages, a JSON object a line.
func LoadMessages(path string) ([]Message, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read labelled messages: %w", err)
	}
	var out []Message
	scanner := bufio.NewScanner(bytes.NewReader(data))
	scanner.Buffer(nil, 1<<20)
	for n := 1; scanner.Scan(); n++ {
		if len(bytes.TrimSpace(scanner.Bytes())) == 0 {
			continue
		}
		var m Message
		if err := json.Unmarshal(scanner.Bytes(), &m); err != nil {
			return nil, fmt.Errorf("%s:%d: not a labelled message: %w", path, n, err)
		}
		if err := m.check(); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		out = append(out, m)
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: holds no message", path)
	}
	return out, nil
}
