package slack_test

import (
	"context"
	"fmt"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/slack"
	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/chat"
)

// The same message comes as message and as app_mention, and Slack sends what it sent
// again: it is one act.
func TestOnce(t *testing.T) {
	inBothWays(t, func(t *testing.T, h *hearing) {
		h.li.Mentions(deskChannel, h.root, "look at this")
		h.settled()
		for _, d := range h.server.Deliveries() {
			if d.Type == "events_api" {
				h.server.Again(d)
			}
		}
		if a := h.heard(1)[0]; a.Text != "@s4bot look at this" {
			t.Errorf("got %+v", a)
		}
		if asked, _ := h.sage.seen(); len(asked) != 0 {
			t.Errorf("asked %q", asked)
		}
	})
}

func TestOrderIsKept(t *testing.T) {
	h := prepare(t).bySocket()
	fails := 0
	h.desk.set(func(d *deskBox) {
		d.refuse = func(chat.Act) error {
			if fails++; fails%3 == 1 {
				return errNotNow
			}
			return nil
		}
	})
	var want []string
	for n := range 30 {
		want = append(want, fmt.Sprint("m", n))
		h.li.Says(deskChannel, h.root, want[n])
	}
	var got []string
	for _, a := range h.heard(30) {
		got = append(got, a.Text)
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("got %v", got)
	}
}

// Slack waits three seconds: a desk that is slow, or down, is waited for without it.
func TestAcknowledgedInTime(t *testing.T) {
	h := prepare(t).bySocket()
	h.desk.set(func(d *deskBox) { d.refuse = func(chat.Act) error { return errNotNow } })
	h.li.Says(deskChannel, h.root, "one")
	h.li.Says(deskChannel, h.root, "two")
	h.settled()
	for id, a := range h.server.Acks() {
		if a.After > 500*time.Millisecond || a.Tries != 1 {
			t.Errorf("%s was acknowledged after %s, %d tries", id, a.After, a.Tries)
		}
	}
	h.desk.set(func(d *deskBox) { d.refuse = nil })
	if acts := h.heard(2); acts[0].Text != "one" || acts[1].Text != "two" {
		t.Errorf("got %s", h.desk)
	}
}

func TestEnvelopesThatCannotBeRead(t *testing.T) {
	h := prepare(t).bySocket()
	for i, raw := range []string{
		`{"envelope_id":"e1","type":"events_api","payload":{"event":7}`, // ends early
		`{"envelope_id":"e2","type":7,"payload":{}}`,
		`{"envelope_id":"e3","type":"events_api","payload":"no"}`,
		`{"envelope_id":"e4","type":"events_api"}`,
		`{"envelope_id":"e5","type":"interactive","payload":[1]}`,
		`{"envelope_id":"e6","type":"slash_commands","payload":3}`,
		`{"envelope_id":"e7","type":"events_api","payload":{"type":"event_callback","event_id":"E","event":{"type":"message","ts":5}}}`,
		`[]`, `null`, `hello`, ``,
		`{"envelope_id":"e8","type":"something_new","payload":{}}`,
	} {
		if i == 0 {
			h.server.InjectEnvelope([]byte(`{"envelope_id":"e0","type":"events_api","payload":{"type":"event_callback","event":` + "\x01" + `}}`))
		}
		h.server.InjectEnvelope([]byte(raw))
	}
	h.li.Says(deskChannel, h.root, "still there")
	h.heard(1)
	if n := h.bot.Quarantined(); n < 10 {
		t.Errorf("%d in quarantine", n)
	}
	for _, id := range []string{"e2", "e3", "e4", "e5", "e6", "e7", "e8"} {
		if _, ok := h.server.Acks()[id]; !ok {
			t.Errorf("%s is not acknowledged", id)
		}
	}
}

func TestRefreshAndCut(t *testing.T) {
	h := prepare(t).bySocket()
	for n := range 12 {
		switch n {
		case 3, 9:
			h.server.RefreshSockets()
		case 6:
			h.server.CutSockets()
		}
		h.li.Says(deskChannel, h.root, fmt.Sprint(n))
		time.Sleep(10 * time.Millisecond)
	}
	h.heard(12)
	if c := h.server.Complaints(); len(c) != 0 {
		t.Errorf("complaints: %q", c)
	}
}

func TestReconnectsOnceSlackIsBack(t *testing.T) {
	h := prepare(t).bySocket()
	h.server.StopAcceptingSockets(true)
	h.server.CutSockets()
	time.Sleep(50 * time.Millisecond)
	h.server.StopAcceptingSockets(false)
	h.li.Says(deskChannel, h.root, "hello")
	h.heard(1)
	if s := h.log.String(); strings.Count(s, "out of reach") != 1 {
		t.Errorf("log:\n%s", s)
	}
}

// What was written while nobody listened is fetched from the threads, once.
func TestCatchesUp(t *testing.T) {
	h := prepare(t).bySocket()
	h.li.Says(deskChannel, h.root, "before")
	h.heard(1)
	if err := h.stop(); err != nil {
		t.Fatal(err)
	}
	h.server.Kick(deskChannel) // so that no event is kept
	h.li.Says(deskChannel, h.root, "missed &lt;1&gt;")
	h.li.SendsFile(deskChannel, h.root, "a.png", []byte("x"), "missed 2")
	h.server.Invite(deskChannel)
	h.bySocket()
	acts := h.heard(3)
	if acts[1].At.IsZero() || !acts[2].At.After(acts[1].At) {
		t.Errorf("written at %s and %s", acts[1].At, acts[2].At) // what was written before a claim stays inside
	}
	if acts[1].Text != "missed <1>" || acts[2].Text != "missed 2" || len(acts[2].Files) != 1 {
		t.Errorf("got %s", h.desk)
	}
}

// At the start the runtime says which cases are open; what carries a mark of the bot
// was handled.
func TestCatchesUpAtTheStart(t *testing.T) {
	for _, way := range []string{"socket", "http"} {
		t.Run(way, func(t *testing.T) {
			var h *hearing
			h = prepare(t, func(c *slack.Config) {
				if way == "http" {
					c.AppToken = ""
				}
				c.OpenRooms = func(context.Context) []chat.Room {
					return []chat.Room{{Platform: "slack", ID: deskChannel + "/" + h.root}, {Platform: "web", ID: "1"}}
				}
			})
			h.server.Kick(deskChannel)
			marked := h.wu.Says(deskChannel, h.root, "handled before")
			h.wu.Says(deskChannel, h.root, "missed")
			h.server.Invite(deskChannel)
			room := chat.Room{Platform: "slack", ID: deskChannel + "/" + h.root}
			if _, err := h.bot.Deliver(t.Context(), room, chat.Post{ID: "m", To: chat.ToDesk, Of: marked, Mark: chat.Delivered}); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { done <- h.bot.Run(ctx) }()
			h.eventually("it is heard", func() bool { return h.desk.String() == "say Wu: missed" })
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
}

func TestTokenThatDoesNotCount(t *testing.T) {
	for _, code := range []string{"invalid_auth", "token_revoked", "missing_scope"} {
		h := prepare(t)
		h.server.SetFault(func(method string, _ url.Values) slacktest.Fault {
			if method == "apps.connections.open" {
				return slacktest.Fault{Kind: slacktest.Refused, Code: code, Needed: "connections:write"}
			}
			return slacktest.Fault{}
		})
		err := h.bot.Run(t.Context())
		if err == nil || !strings.Contains(err.Error(), "SLACK_APP_TOKEN") || !strings.Contains(h.log.String(), "level=ERROR") {
			t.Errorf("%s: %v\n%s", code, err, h.log)
		}
	}
}

// Nobody should learn with the first case that the bot's token is wrong.
func TestAWrongTokenIsToldAtTheStart(t *testing.T) {
	h := prepare(t)
	h.server.SetFault(func(method string, _ url.Values) slacktest.Fault {
		if method == "auth.test" {
			return slacktest.Fault{Kind: slacktest.Refused, Code: "invalid_auth"}
		}
		return slacktest.Fault{}
	})
	h.bySocket()
	h.eventually("it is told", func() bool { return strings.Contains(h.log.String(), "SLACK_BOT_TOKEN") })
}

func TestEndsAtOnce(t *testing.T) {
	before := runtime.NumGoroutine()
	h := prepare(t).bySocket()
	h.desk.set(func(d *deskBox) { d.delay = time.Minute })
	h.li.Says(deskChannel, h.root, "hello")
	time.Sleep(30 * time.Millisecond)
	begun := time.Now()
	if err := h.stop(); err != nil || time.Since(begun) > time.Second {
		t.Errorf("%v after %s", err, time.Since(begun))
	}
	h.bot.Close()
	h.server.Close()
	h.eventually("all goroutines end", func() bool { return runtime.NumGoroutine() <= before })
}

// An error of a look-up does not stop a message: it arrives without a name.
func TestWithoutNames(t *testing.T) {
	h := prepare(t)
	h.server.SetFault(func(method string, _ url.Values) slacktest.Fault {
		if method == "users.info" {
			return slacktest.Fault{Kind: slacktest.Refused, Code: "missing_scope", Needed: "users:read"}
		}
		return slacktest.Fault{}
	})
	h.bySocket()
	h.li.Says(deskChannel, h.root, "hi <@U0WU>")
	if a := h.heard(1)[0]; a.Text != "hi @U0WU" || a.Agent.ID != "U0LI" {
		t.Errorf("got %+v", a)
	}
}
