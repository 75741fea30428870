package slack_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/chat"
)

// shapes are events as Slack sends them; ROOT is the case's thread.
var shapes = []string{
	`{"type":"message","channel":"C0DESK","channel_type":"channel","user":"U0LI","text":"hello","ts":"TS","thread_ts":"ROOT","client_msg_id":"x","team":"T1","blocks":[{"type":"rich_text","elements":[]}]}`,
	`{"type":"message","subtype":"file_share","channel":"C0DESK","user":"U0LI","text":"","ts":"TS","thread_ts":"ROOT","files":[{"id":"F1","name":"a.png","mimetype":"image/png","size":10,"mode":"hosted"}]}`,
	`{"type":"message","subtype":"thread_broadcast","channel":"C0DESK","user":"U0LI","text":"all","ts":"TS","thread_ts":"ROOT","root":{"ts":"ROOT","user":"U0S4BOT"}}`,
	`{"type":"message","subtype":"me_message","channel":"C0DESK","user":"U0LI","text":"looks","ts":"TS","thread_ts":"ROOT"}`,
	`{"type":"message","subtype":"message_changed","hidden":true,"channel":"C0DESK","ts":"9.9","message":{"type":"message","user":"U0LI","text":"new","ts":"TS","thread_ts":"ROOT","edited":{"user":"U0LI","ts":"9.9"}},"previous_message":{"type":"message","user":"U0LI","text":"old","ts":"TS","thread_ts":"ROOT"}}`,
	`{"type":"message","subtype":"message_deleted","hidden":true,"channel":"C0DESK","ts":"9.9","deleted_ts":"TS","previous_message":{"type":"message","user":"U0LI","text":"old","ts":"TS","thread_ts":"ROOT"}}`,
	`{"type":"message","subtype":"bot_message","channel":"C0DESK","bot_id":"B0S4BOT","app_id":"A0S4APP","text":"own","ts":"TS","thread_ts":"ROOT"}`,
	`{"type":"message","channel":"C0DESK","user":"U0S4BOT","bot_id":"B0S4BOT","text":"own","ts":"TS","thread_ts":"ROOT"}`,
	`{"type":"message","subtype":"file_share","channel":"C0DESK","user":"U0S4BOT","text":"own","ts":"TS","thread_ts":"ROOT","files":[{"id":"F2","mode":"hosted"}]}`,
	`{"type":"message","channel":"C0DESK","user":"U0LI","text":"in the channel","ts":"TS"}`,
	`{"type":"app_mention","channel":"C0DESK","user":"U0LI","text":"<@U0S4BOT> hi","ts":"TS","thread_ts":"ROOT"}`,
	`{"type":"message","subtype":"channel_join","channel":"C0DESK","user":"U0LI","text":"joined","ts":"TS","thread_ts":"ROOT"}`,
	`{"type":"reaction_added","user":"U0LI","reaction":"eyes","item":{"type":"message","channel":"C0DESK","ts":"TS"}}`,
}

var strange = []any{
	nil, true, 7, -1.5, "", " ", "U0S4BOT", "B0S4BOT", "message_changed", "bot_message", "file_share", "\u0000", "<@U0LI", "<!channel>",
	[]any{},
	map[string]any{},
	[]any{"x", nil},
	map[string]any{"id": 3},
	strings.Repeat("长", 200), "1.1", "-", "C0DESK", "USLACKBOT",
}

// mutate changes something somewhere in a value.
func mutate(r *rand.Rand, v any) any {
	switch v := v.(type) {
	case map[string]any:
		return mutateObject(r, v)
	case []any:
		if len(v) > 0 && r.IntN(2) == 0 {
			i := r.IntN(len(v))
			v[i] = mutate(r, v[i])
			return v
		}
	}
	return strange[r.IntN(len(strange))]
}

func mutateObject(r *rand.Rand, o map[string]any) any {
	names := []string{"subtype", "bot_id", "app_id", "user", "thread_ts", "message", "files", "ts", "bot_profile", "edited"}
	for name := range o {
		names = append(names, name)
	}
	name := names[r.IntN(len(names))]
	switch r.IntN(10) {
	case 0:
		return strange[r.IntN(len(strange))]
	case 1, 2:
		delete(o, name)
	default:
		if inner, ok := o[name].(map[string]any); ok {
			o[name] = mutateObject(r, inner)
		} else {
			o[name] = strange[r.IntN(len(strange))]
		}
	}
	return o
}

// sound says whether an event really is a person's doing in the case's thread, by
// its own reading of the JSON.
func sound(raw []byte, root string) bool {
	var e map[string]any
	if json.Unmarshal(raw, &e) != nil || e["channel"] != "C0DESK" {
		return false
	}
	m := e
	switch e["subtype"] {
	case "message_changed":
		m, _ = e["message"].(map[string]any)
	case "message_deleted":
		m, _ = e["previous_message"].(map[string]any)
	}
	user, _ := m["user"].(string)
	ts, _ := m["ts"].(string)
	kind := m["subtype"]
	own := user == slacktest.BotUser || user == "USLACKBOT" || !strings.HasPrefix(user, "U") || isSet(m["bot_id"]) || isSet(m["app_id"]) || m["bot_profile"] != nil
	plainKind := kind == nil || kind == "" || kind == "file_share" || kind == "thread_broadcast" || kind == "me_message"
	return !own && plainKind && ts != root && m["thread_ts"] == root && (ts != "" || e["deleted_ts"] != nil)
}

func isSet(v any) bool { return v != nil && v != "" }

// fuzzDesk counts acts by the event that is under way.
type fuzzDesk struct {
	mu   sync.Mutex // guards what follows
	acts []chat.Act
}

func TestTenThousandShapes(t *testing.T) {
	h := prepare(t)
	var box fuzzDesk
	h.desk.set(func(d *deskBox) {
		d.refuse = func(a chat.Act) error {
			box.mu.Lock()
			defer box.mu.Unlock()
			box.acts = append(box.acts, a)
			return nil
		}
	})
	h.bot.AnswerWithin(10 * time.Second) // the machine may be busy
	events := h.bot.EventsHandler()
	r := rand.New(rand.NewPCG(1, 2))
	handed := 0
	for n := range 10_000 {
		raw := h.shape(r, n)
		body := fmt.Sprintf(`{"type":"event_callback","event_id":"Ev%d","event":%s}`, n, raw)
		req := httptest.NewRequest(http.MethodPost, "/slack/events", strings.NewReader(body))
		req.Header = signed(body)
		w := httptest.NewRecorder()
		events.ServeHTTP(w, req)
		box.mu.Lock()
		acts := box.acts
		box.acts = nil
		box.mu.Unlock()
		handed += len(acts)
		if w.Code != 200 || len(acts) > 1 || len(acts) == 1 && !sound(raw, h.root) {
			t.Fatalf("shape %d: status %d, acts %+v\n%s", n, w.Code, acts, raw)
		}
	}
	if handed < 500 {
		t.Errorf("only %d acts: the shapes are too strange to tell anything", handed)
	}
}

// shape makes an event: a real one, mutated up to three times.
func (h *hearing) shape(r *rand.Rand, n int) []byte {
	text := strings.ReplaceAll(shapes[r.IntN(len(shapes))], "ROOT", h.root)
	text = strings.ReplaceAll(text, `"TS"`, fmt.Sprintf(`"19%08d.000100"`, n))
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		h.t.Fatal(err)
	}
	for range r.IntN(4) {
		v = mutate(r, v)
	}
	raw, _ := json.Marshal(v)
	return raw
}

// The same through the socket: envelopes of any shape are acknowledged where they
// have an id, and the connection lives on.
func TestEnvelopesOfAnyShape(t *testing.T) {
	h := prepare(t).bySocket()
	r := rand.New(rand.NewPCG(3, 4))
	sounds := 0
	for n := range 3000 {
		raw := h.shape(r, n)
		if sound(raw, h.root) {
			sounds++
		}
		envelope := fmt.Sprintf(`{"envelope_id":"f%d","type":"events_api","payload":{"type":"event_callback","event_id":"Ev%d","event":%s}}`, n, n, raw)
		if n%7 == 0 {
			envelope = envelope[:r.IntN(len(envelope))] // ends early
		}
		h.server.InjectEnvelope([]byte(envelope))
	}
	last := h.li.Says(deskChannel, h.root, "still there")
	h.eventually("the last one arrives", func() bool {
		all := h.desk.all()
		return len(all) > 0 && all[len(all)-1].ID == last
	})
	if n := len(h.desk.all()); n > sounds+1 {
		t.Errorf("%d acts, but only %d events are sound", n, sounds)
	}
	time.Sleep(10 * time.Millisecond)
}
