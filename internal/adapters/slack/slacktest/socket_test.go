package slacktest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
)

// ear is a bot that listens to sockets and acknowledges, with what answer says.
type ear struct {
	mu     sync.Mutex
	events []socketmode.Event
	deaf   int // how many events it does not acknowledge
	answer func(slack.InteractionCallback) any
}

// listen connects an ear until the test ends.
func listen(t *testing.T, s *slacktest.Server, e *ear) *ear {
	t.Helper()
	before := s.Sockets()
	c := socketmode.New(client(s))
	go func() { _ = c.RunContext(t.Context()) }()
	go func() {
		for {
			select {
			case ev := <-c.Events:
				e.hear(c, ev)
			case <-t.Context().Done():
				return
			}
		}
	}()
	for deadline := time.Now().Add(time.Minute); s.Sockets() == before; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("no socket was opened")
		}
	}
	return e
}

func (e *ear) hear(c *socketmode.Client, ev socketmode.Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if ev.Request == nil || ev.Request.EnvelopeID == "" {
		return
	}
	e.events = append(e.events, ev)
	if e.deaf > 0 {
		e.deaf--
		return
	}
	if i, ok := ev.Data.(slack.InteractionCallback); ok && e.answer != nil {
		if a := e.answer(i); a != nil {
			_ = c.Ack(*ev.Request, a)
			return
		}
	}
	_ = c.Ack(*ev.Request)
}

// inner gives the events so far as "type subtype text".
func (e *ear) inner() (out []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, ev := range e.events {
		outer, _ := ev.Data.(slackevents.EventsAPIEvent)
		switch in := outer.InnerEvent.Data.(type) {
		case *slackevents.MessageEvent:
			text := in.Text
			if in.Message != nil {
				text = in.Message.Text
			}
			out = append(out, strings.Join(strings.Fields("message "+in.SubType+" "+text), " "))
		case *slackevents.AppMentionEvent:
			out = append(out, "app_mention "+in.TimeStamp)
		}
	}
	return out
}

func settled(t *testing.T, s *slacktest.Server) {
	t.Helper()
	if !s.Settled(time.Minute) {
		t.Fatalf("not acknowledged: %v", s.Unacked())
	}
}

func TestEventsComeThroughASocket(t *testing.T) {
	s, ann, c := start(t)
	e := listen(t, s, &ear{})
	ts := ann.Mentions(desk, "", "help")
	ann.Edits(desk, ts, "help me")
	ann.Unfurls(desk, ts)
	must(t, c, slack.MsgOptionText("own", false), slack.MsgOptionTS(ts))
	ann.SendsFile(desk, ts, "a.png", []byte("png"), "see")
	ann.DM("hi")
	ann.Deletes(desk, ts)
	settled(t, s)
	want := []string{
		"message <@" + slacktest.BotUser + "> help", "app_mention " + ts, "message message_changed help me", "message message_changed help me",
		"message own", "message file_share see", "message hi", "message message_changed This message was deleted.",
	}
	if got := e.inner(); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if len(s.Unacked()) != 0 || len(s.Acks()) != len(want) || len(s.Complaints()) != 0 {
		t.Errorf("unacked %v, complaints %v", s.Unacked(), s.Complaints())
	}
}

func TestWhatIsNotAcknowledgedComesAgain(t *testing.T) {
	s, ann, _ := start(t)
	s.AckWithin = 30 * time.Millisecond
	e := listen(t, s, &ear{deaf: 2})
	ann.Says(desk, "", "hello")
	d := s.LastDelivery()
	if _, acked := d.Wait(); !acked || s.Acks()[d.ID].Tries != 3 {
		t.Fatalf("acked %v: %+v", acked, s.Acks())
	}
	e.mu.Lock()
	for i, ev := range e.events {
		if ev.Request.RetryAttempt != i || ev.Request.EnvelopeID != d.ID {
			t.Errorf("try %d: %+v", i, ev.Request)
		}
	}
	e.deaf = 100
	e.mu.Unlock()
	ann.Says(desk, "", "hello?")
	if _, acked := s.LastDelivery().Wait(); acked || len(e.inner()) != 7 || len(s.Unacked()) != 1 {
		t.Errorf("got %q", e.inner())
	}
}

func TestSocketsEndAndComeBack(t *testing.T) {
	s, ann, _ := start(t)
	s.AckWithin = 300 * time.Millisecond
	listen(t, s, &ear{})
	listen(t, s, &ear{})
	if s.Sockets() != 2 {
		t.Fatalf("%d sockets", s.Sockets())
	}
	for _, end := range []func(){s.RefreshSockets, s.CutSockets} {
		end()
		ann.Says(desk, "", "meanwhile")
		if _, acked := s.LastDelivery().Wait(); !acked {
			t.Error("lost")
		}
	}
	s.StopAcceptingSockets(true)
	for deadline := time.Now().Add(time.Minute); s.Sockets() != 0; time.Sleep(10 * time.Millisecond) {
		if s.CutSockets(); time.Now().After(deadline) { // one may have been on its way
			t.Fatalf("%d sockets", s.Sockets())
		}
	}
	time.Sleep(50 * time.Millisecond)
	if s.Sockets() != 0 {
		t.Errorf("%d sockets came back", s.Sockets())
	}
}

func TestInjectionsComeAsTheyAre(t *testing.T) {
	s, _, _ := start(t)
	s.AckWithin = 20 * time.Millisecond
	listen(t, s, &ear{})
	if _, acked := s.InjectEvent([]byte(`{"type":"message","channel":"` + desk + `","text":"raw"}`)).Wait(); !acked {
		t.Error("an event was not taken")
	}
	first := s.LastDelivery()
	if again := s.Again(first); again.ID == first.ID || string(again.Payload) != string(first.Payload) {
		t.Errorf("again: %+v", again)
	}
	if _, acked := s.InjectEnvelope([]byte(`{"envelope_id":"odd","type":"events_api","payload":17}`)).Wait(); acked {
		t.Error("slack-go took what it can't parse")
	}
	if _, acked := s.InjectEnvelope([]byte(`{not json`)).Wait(); acked || s.Unacked()[0] != "odd" {
		t.Errorf("unacked: %v", s.Unacked())
	}
}

func modal() slack.ModalViewRequest {
	text := func(t string) *slack.TextBlockObject { return slack.NewTextBlockObject("plain_text", t, false, false) }
	cause := slack.NewOptionsSelectBlockElement("static_select", nil, "cause", slack.NewOptionBlockObject("e05", text("Paper"), nil))
	note := slack.NewInputBlock("note", text("Note"), nil, slack.NewPlainTextInputBlockElement(nil, "note"))
	note.Optional = true
	return slack.ModalViewRequest{
		Type: "modal", Title: text("Close"), Submit: text("Close"), CallbackID: "close",
		Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewInputBlock("cause", text("Cause"), nil, cause), note}},
	}
}

func TestATapOpensAViewOnceAndSoon(t *testing.T) {
	s, ann, c := start(t)
	s.TriggerAge = 100 * time.Millisecond
	taps := make(chan slack.InteractionCallback, 10)
	listen(t, s, &ear{answer: func(i slack.InteractionCallback) any {
		taps <- i
		if i.Type == slack.InteractionTypeViewSubmission && i.View.State.Values["note"]["note"].Value == "" {
			return slack.NewErrorsViewSubmissionResponse(map[string]string{"note": "say more"})
		}
		return nil
	}})
	ts := must(t, c, slack.MsgOptionBlocks(button("close", "case1")))
	ann.Taps(desk, ts, "close").Wait()
	tap := <-taps
	if a := tap.ActionCallback.BlockActions[0]; a.Value != "case1" || tap.User.ID != "U0ANN" || tap.Container.MessageTs != ts || tap.Message.Timestamp != ts {
		t.Fatalf("tap: %+v", tap)
	}
	_, err := c.OpenView(tap.TriggerID, modal())
	wants(t, "open", err, "")
	_, err = c.OpenView(tap.TriggerID, modal())
	wants(t, "again", err, "exchanged_trigger_id")

	v, _ := s.View("U0ANN")
	ann.Submits(v, map[string]string{"cause": "e05"}).Wait()
	if v, open := s.View("U0ANN"); !open || v.Errors["note"] != "say more" {
		t.Errorf("after an error: %+v", v)
	}
	ann.Submits(v, map[string]string{"cause": "e05", "note": "wet"}).Wait()
	<-taps
	if got := (<-taps).View.State.Values; got["cause"]["cause"].SelectedOption.Value != "e05" || got["note"]["note"].Value != "wet" {
		t.Errorf("state: %+v", got)
	}
	if _, open := s.View("U0ANN"); open {
		t.Error("the view is still open")
	}
	late := ann.Shortcut("what", desk, ts)
	late.Wait()
	time.Sleep(120 * time.Millisecond)
	_, err = c.OpenView(late.TriggerID, modal())
	wants(t, "late", err, "expired_trigger_id")
}

func TestViewsAreChecked(t *testing.T) {
	s, ann, c := start(t)
	listen(t, s, &ear{})
	for want, spoil := range map[string]func(*slack.ModalViewRequest){
		"less than 25":   func(v *slack.ModalViewRequest) { v.Title.Text = strings.Repeat("a", 25) },
		"less than 3001": func(v *slack.ModalViewRequest) { v.PrivateMetadata = strings.Repeat("a", 3001) },
		"field: submit":  func(v *slack.ModalViewRequest) { v.Submit = nil },
	} {
		v := modal()
		spoil(&v)
		_, err := c.OpenView(ann.Shortcut("what", "", "").TriggerID, v)
		if r, ok := err.(slack.SlackErrorResponse); !ok || !strings.Contains(strings.Join(r.ResponseMetadata.Messages, ""), want) {
			t.Errorf("got %+v, want %q", err, want)
		}
	}
}

func TestAResponseURLAnswersAFewTimes(t *testing.T) {
	s, ann, c := start(t)
	listen(t, s, &ear{})
	if _, err := c.PostEphemeral(desk, "U0ANN", slack.MsgOptionBlocks(button("more", "1"))); err != nil {
		t.Fatal(err)
	}
	secret := s.Ephemerals("U0ANN")[0]
	d := ann.Taps(desk, secret.TS, "more")
	var p struct {
		URL     string `json:"response_url"`
		Message any    `json:"message"`
	}
	if err := json.Unmarshal(d.Payload, &p); err != nil || p.Message != nil {
		t.Fatalf("an ephemeral message is shown: %s", d.Payload)
	}
	respond := func(body string) string {
		res, err := http.Post(p.URL, "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		answer, _ := io.ReadAll(res.Body)
		return strings.TrimSpace(string(answer))
	}
	_, _, err := c.PostMessage("", slack.MsgOptionResponseURL(p.URL, "ephemeral"), slack.MsgOptionText("more of it", false), slack.MsgOptionReplaceOriginal(p.URL))
	wants(t, "replace", err, "")
	if got := s.Ephemerals("U0ANN"); len(got) != 1 || got[0].Text != "more of it" || got[0].Edits != 1 {
		t.Errorf("got %+v", got)
	}
	for range 3 {
		respond(`{"text":"and"}`)
	}
	if a := respond(`{"delete_original":true}`); a != `{"ok":true}` || !s.Ephemerals("U0ANN")[0].Deleted {
		t.Errorf("got %s", a)
	}
	if a := respond(`{"text":"once more"}`); !strings.Contains(a, "used_url") {
		t.Errorf("got %s", a)
	}
}
