package slack

import (
	"encoding/json"
	"regexp"
	"slices"
)

// callback is the outer part of an event. Of events only what decides is decoded,
// not all that the library knows: what Slack changes elsewhere, such as a new kind
// of block, keeps no message from a merchant. What decides must be as it should be.
type callback struct {
	Type      string          `json:"type"`
	Challenge string          `json:"challenge"`
	EventID   string          `json:"event_id"`
	Event     json.RawMessage `json:"event"`
}

// event is the inner part: that somebody wrote, changed or deleted something.
type event struct {
	spoken
	Channel     string  `json:"channel"`
	ChannelType string  `json:"channel_type"`
	DeletedTS   string  `json:"deleted_ts"`
	Message     *spoken `json:"message"`
	Previous    *spoken `json:"previous_message"`
}

// spoken is a message.
type spoken struct {
	Type     string          `json:"type"`
	Subtype  string          `json:"subtype"`
	User     string          `json:"user"`
	BotID    string          `json:"bot_id"`
	AppID    string          `json:"app_id"`
	Profile  json.RawMessage `json:"bot_profile"`
	Text     string          `json:"text"`
	TS       string          `json:"ts"`
	ThreadTS string          `json:"thread_ts"`
	Files    []sentFile      `json:"files"`
	Edited   *struct {
		TS string `json:"ts"`
	} `json:"edited"`
	Reactions []struct {
		Users []string `json:"users"`
	} `json:"reactions"`
}

var (
	userForm = regexp.MustCompile(`^[UW][A-Z0-9]+$`)
	timeForm = regexp.MustCompile(`^[0-9]+\.[0-9]+$`)
)

// written are the kinds of messages that people write themselves; all others tell
// what Slack or a program did.
var written = []string{"", "file_share", "thread_broadcast", "me_message"}

// human says whether a person wrote a message: no program, and not Slack itself.
func (m *spoken) human() bool {
	return userForm.MatchString(m.User) && m.User != "USLACKBOT" &&
		m.BotID == "" && m.AppID == "" && (len(m.Profile) == 0 || string(m.Profile) == "null") &&
		slices.Contains(written, m.Subtype) && timeForm.MatchString(m.TS)
}

// replies says whether a message stands below another one.
func (m *spoken) replies() bool {
	return timeForm.MatchString(m.ThreadTS) && m.ThreadTS != m.TS
}

// markedBy says whether somebody put a reaction on a message.
func (m *spoken) markedBy(user string) bool {
	for _, r := range m.Reactions {
		if slices.Contains(r.Users, user) {
			return true
		}
	}
	return false
}
