package slack

import (
	"regexp"
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
)

// spot is where in Slack something stands: a channel, and a thread in it or none.
type spot struct{ channel, thread string }

// tsForm is how Slack names messages: by their time.
var tsForm = regexp.MustCompile(`^\d{1,12}\.\d{1,9}$`)

// spotOf reads a room: "C…/1712345678.000100" is a case's thread, and a room without
// an id the channel where cases arrive.
func (a *Adapter) spotOf(room chat.Room) (spot, error) {
	if room.Platform != Platform {
		return spot{}, never("the room is none of Slack's")
	}
	if room.ID == "" && a.config.DeskChannel == "" {
		return spot{}, never("SLACK_DESK_CHANNEL is not set")
	}
	if room.ID == "" {
		return spot{channel: a.config.DeskChannel}, nil
	}
	channel, thread, _ := strings.Cut(room.ID, "/")
	if channel == "" || !tsForm.MatchString(thread) {
		return spot{}, never("the room names no thread")
	}
	return spot{channel, thread}, nil
}

// String gives the id of the room that the spot is.
func (s spot) String() string { return s.channel + "/" + s.thread }

// sentMessage is a message of a post that Slack has.
type sentMessage struct {
	ts     string
	beside bool // it is a file: the text is elsewhere
}

// reference is what a delivery gives to find its messages again, in their order. It
// is written as the room they are in, a colon, and their times with commas between,
// each of a file with an m behind it: "C…/1712345678.000100:1712345679.000200,1712345680.000300m".
type reference struct {
	spot
	messages []sentMessage
}

// String gives the written form. What Slack gave no time for is left away.
func (r reference) String() string {
	var words []string
	for _, m := range r.messages {
		switch {
		case m.ts == "":
		case m.beside:
			words = append(words, m.ts+"m")
		default:
			words = append(words, m.ts)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return r.spot.String() + ":" + strings.Join(words, ",")
}

// readReference reads a reference; false: it names no message.
func readReference(s string) (reference, bool) {
	room, rest, _ := strings.Cut(s, ":")
	var r reference
	r.channel, r.thread, _ = strings.Cut(room, "/")
	for word := range strings.SplitSeq(rest, ",") {
		ts, beside := strings.CutSuffix(word, "m")
		if !tsForm.MatchString(ts) {
			return reference{}, false
		}
		r.messages = append(r.messages, sentMessage{ts, beside})
	}
	return r, r.channel != "" && tsForm.MatchString(r.thread)
}
