package slacktest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

const responsePath = "/response/"

// A response_url lives for so long and takes so many answers.
const (
	responseAge  = 30 * time.Minute
	responseUses = 5
)

// responseURL is where the bot may answer an interaction.
type responseURL struct {
	user    string
	message *Message // that it is about; one without a ts only says where
	at      time.Time
	uses    int
}

// responseURL makes an address; the caller holds the mutex.
func (s *Server) responseURL(user string, m *Message) string {
	id := s.id("r")
	s.responses[id] = &responseURL{user: user, message: m, at: time.Now()}
	return s.URL + responsePath + id
}

// responseParams are what an answer may have; some clients also send their own empty
// fields, which say nothing.
var responseParams = []string{
	"text", "blocks", "attachments", "response_type", "replace_original", "delete_original", "thread_ts", "metadata", "mrkdwn", "unfurl_links", "unfurl_media",
}

func (s *Server) serveResponseURL(w http.ResponseWriter, r *http.Request) {
	p, err := readJSON(r)
	if err != nil {
		refuse("invalid_json").write(w, http.StatusBadRequest)
		return
	}
	id := strings.TrimPrefix(r.URL.Path, responsePath)
	s.handle(w, r, "response_url", p, func() outcome { return outcome{body: s.respond(s.responses[id], p)} })
}

// respond does what an answer asks for; the caller holds the mutex.
func (s *Server) respond(u *responseURL, p url.Values) answer {
	for name := range p {
		if meaning := p.Get(name); !slices.Contains(responseParams, name) && meaning != "" && meaning != "false" && meaning != "0" {
			return refuse("invalid_arguments", "[ERROR] a response has no parameter "+name)
		}
	}
	switch {
	case u == nil || time.Since(u.at) > responseAge:
		return refuse("expired_url")
	case u.uses >= responseUses:
		return refuse("used_url")
	}
	u.uses++
	if truthy(p, "delete_original") || truthy(p, "replace_original") {
		return s.replaceOriginal(u.message, p)
	}
	return s.say(u.user, u.message, p)
}

// replaceOriginal changes or deletes the message that an interaction was about.
func (s *Server) replaceOriginal(m *Message, p url.Values) answer {
	if m.TS == "" || m.Deleted || m.EphemeralTo == "" && m.User != BotUser {
		return refuse("message_not_found")
	}
	after := *m
	after.Deleted = truthy(p, "delete_original")
	if !after.Deleted {
		after.Blocks = nil
		after.Edits++
		if a := s.compose(&after, spoken(p)); a != nil {
			return a
		}
	}
	before := s.json(m)
	*m = after
	if c := s.channels[m.Channel]; m.EphemeralTo == "" && m.Deleted {
		s.tellDeleted(c, m, before)
	} else if m.EphemeralTo == "" {
		s.tellChanged(c, m, before)
	}
	return okay(nil)
}

// spoken leaves only what a message says; empty metadata says nothing.
func spoken(p url.Values) url.Values {
	out := url.Values{}
	for _, name := range []string{"text", "blocks"} {
		if p.Get(name) != "" {
			out[name] = p[name]
		}
	}
	return out
}

// say shows a new message where an interaction was: to the person alone, or to
// all.
func (s *Server) say(user string, where *Message, p url.Values) answer {
	m := &Message{Channel: where.Channel, ThreadTS: p.Get("thread_ts"), User: BotUser, Params: p}
	if a := s.compose(m, spoken(p)); a != nil {
		return a
	}
	if m.Text == "" && m.Blocks == nil {
		return refuse("no_text")
	}
	if p.Get("response_type") == "in_channel" {
		s.publish(s.place(m.Channel), m)
		return okay(nil)
	}
	m.EphemeralTo = user
	s.whisper(m)
	return okay(nil)
}

// answered shows what the bot answered to a command.
func (s *Server) answered(user string, where *Message, answer json.RawMessage) {
	if len(answer) == 0 {
		return
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(answer, &fields) != nil {
		s.complain("the answer to a command is not an object: %s", answer)
		return
	}
	p := url.Values{}
	for name, raw := range fields {
		var text string
		if json.Unmarshal(raw, &text) != nil {
			text = string(raw)
		}
		p.Set(name, text)
	}
	if a := s.say(user, where, p); a["ok"] != true {
		s.complain("the answer to a command can't be shown: %s", marshal(a))
	}
}
