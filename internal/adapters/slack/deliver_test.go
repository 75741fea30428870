package slack_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/slack"
	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/chat"
)

var cardRef = regexp.MustCompile(`^C0DESK/(\d+\.\d+):(\d+\.\d+)$`)

func TestCardOpensACase(t *testing.T) {
	r := newOutRig(t)
	ref := r.deliver(chat.Room{Platform: slack.Platform}, cardPost(""))
	m := cardRef.FindStringSubmatch(ref)
	if m == nil || m[1] != m[2] {
		t.Fatalf("the reference is %q", ref)
	}
	top := r.server.Channel(desk).Top()
	if len(top) != 1 || top[0].TS != m[1] || len(top[0].Pings()) != 0 {
		t.Fatalf("the channel has %+v", top)
	}
	var meta struct {
		Type    string            `json:"event_type"`
		Payload map[string]string `json:"event_payload"`
	}
	if err := json.Unmarshal(top[0].Metadata, &meta); err != nil || meta.Type != "s4bot_post" ||
		meta.Payload["post"] != "telegram:7/p1" || meta.Payload["conversation"] != "telegram:7" {
		t.Errorf("the metadata is %s", top[0].Metadata)
	}
}

// hostile are texts that mean something to Slack.
var hostile = []string{
	"<!channel> <!here|x> <@U1ALICE> <!subteam^S1> @here #desk", "*bold* _it_ `code` ~s~ :smile: > q", "<https://x.example|y> & &amp; https://y.example",
	"1. one\n2. two\n\n  three", "👩‍👧 🇨🇳 é 한 \u202egnp.exe", "```\nx\n```",
}

func TestWordsArriveToTheLetter(t *testing.T) {
	for _, text := range hostile {
		r := newOutRig(t)
		room := r.open()
		ref := r.deliver(room, words(text))
		m := r.only(room)
		if ref != room.ID+":"+m.TS || m.ThreadTS != threadTS(room) {
			t.Errorf("%q is at %s", text, ref)
		}
		if got := plainTexts(t, m); got != text {
			t.Errorf("%q is shown as %q", text, got)
		}
		if unescape(m.Text) != text || len(m.Pings()) != 0 {
			t.Errorf("%q has the text %q and calls %q", text, m.Text, m.Pings())
		}
		if m.Params.Get("unfurl_links") != "false" || m.Params.Get("unfurl_media") != "false" {
			t.Errorf("links unfold: %v", m.Params)
		}
	}
}

var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace

// plainTexts gives the texts of a message's plain_text objects.
func plainTexts(t *testing.T, m slacktest.Message) string {
	t.Helper()
	var out []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				walk(one)
			}
		case map[string]any:
			if v["type"] == "plain_text" {
				out = append(out, v["text"].(string))
			}
			for _, name := range []string{"text", "elements"} {
				walk(v[name])
			}
		}
	}
	var blocks any
	if err := json.Unmarshal(m.Blocks, &blocks); err != nil {
		t.Fatalf("%s: %v", m.Blocks, err)
	}
	walk(blocks)
	return strings.Join(out, "\n")
}

func TestWhatPostsLookLike(t *testing.T) {
	quoted, answer, urgent := words("yes"), info("not sent"), words("charged!")
	quoted.Quote = "is it <!here>\n  plugged in?"
	answer.ReplyTo = "1712345678.000100"
	urgent.Urgent = true
	for name, c := range map[string]struct {
		post       chat.Post
		text, show string
	}{
		"a quote":    {quoted, "> is it &lt;!here&gt; plugged in?\nyes", "> is it <!here> plugged in?\nyes"},
		"an answer":  {answer, "↩ In reply to a message above\nnot sent", "↩ In reply to a message above\nnot sent"},
		"urgent":     {urgent, "🔴 Urgent charged!", "🔴 Urgent\ncharged!"},
		"a notice":   {info("closed"), "closed", "closed"},
		"no text":    {withFiles("", file("x", 1)), "", ""},
		"broken":     {words("a\xffb\x00c"), "a\uFFFDbc", "a\uFFFDbc"},
		"CR and LF":  {words("a\r\nb"), "a\nb", "a\nb"},
		"with space": {words("a  b\n\n c"), "a  b\n\n c", "a  b\n\n c"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newOutRig(t)
			room := r.open()
			r.deliver(room, c.post)
			m := r.only(room)
			if m.Text != c.text || c.show != "" && plainTexts(t, m) != c.show || len(m.Pings()) != 0 {
				t.Errorf("got %q, shown as %s", m.Text, m.Blocks)
			}
		})
	}
}

func TestLongWordsAreWhole(t *testing.T) {
	for name, c := range map[string]struct{ one, between string }{
		"lines":      {"第一步，关机再开。👩‍👧 Then <try> again.\n", "\n"},
		"sentences":  {"第一步，关机再开。然后再试一次！", ""},
		"words":      {"try it again and ", ""},
		"no breaks":  {"长长长👩‍👧", ""},
		"one family": {"👩" + strings.Repeat("\u200d👩", 20), ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := newOutRig(t)
			room := r.open()
			text := strings.TrimSpace(strings.Repeat(c.one, 12_000/len(c.one)*2))
			ref := r.deliver(room, words(text))
			var got, times []string
			for _, m := range r.thread(room) {
				got, times = append(got, plainTexts(t, m)), append(times, m.TS)
			}
			if strings.Join(got, c.between) != text || ref != room.ID+":"+strings.Join(times, ",") || len(times) < 2 {
				t.Errorf("%d messages with the reference %s: %.40q", len(times), ref, got)
			}
		})
	}
}

func TestRemindersCallPeople(t *testing.T) {
	for name, c := range map[string]struct {
		group  string
		remind int
		want   string
	}{
		"first":                  {"S0GROUP", 1, "<!here>"},
		"second":                 {"S0GROUP", 2, "<!subteam^S0GROUP>"},
		"second without a group": {"", 2, "<!here>"},
		"third":                  {"S0GROUP", 3, "<!subteam^S0GROUP>"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newOutRig(t, func(c2 *slack.Config) { c2.RemindGroup = c.group })
			room := r.open()
			p := info("Lucky <!channel> waits")
			p.Remind = c.remind
			r.deliver(room, p)
			m := r.only(room)
			if !m.Broadcast || !strings.HasPrefix(m.Text, c.want+" Lucky") || len(m.Pings()) != 2 || m.Pings()[0] != c.want || m.Pings()[1] != c.want {
				t.Errorf("got %q calling %q, broadcast %v", m.Text, m.Pings(), m.Broadcast)
			}
		})
	}
}

func TestPrivatePostsAreForOne(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	p := info("Bob has this case. <!channel>")
	p.Private = "U1ALICE"
	if ref := r.deliver(room, p); ref != "" {
		t.Errorf("the reference is %q", ref)
	}
	seen := r.server.Ephemerals("U1ALICE")
	if len(r.thread(room)) != 0 || len(seen) != 1 || seen[0].ThreadTS != threadTS(room) || plainTexts(t, seen[0]) != p.Text || len(seen[0].Pings()) != 0 {
		t.Errorf("Alice sees %+v", seen)
	}
	r.breaks("chat.postEphemeral", 1, slacktest.Fault{Kind: slacktest.ResetAfter})
	if f := r.fails(room, p); f.Outcome != adapters.Uncertain {
		t.Errorf("got %v", f)
	}
	p.Private = "U0NOBODY"
	if f := r.fails(room, p); f.Outcome != adapters.Failed {
		t.Errorf("got %v", f)
	}
}

// Whatever happens to a request, the message is there exactly once.
func TestMessageArrivesOnce(t *testing.T) {
	kinds := []slacktest.Fault{
		{Kind: slacktest.HangAfter},
		{Kind: slacktest.HangBefore},
		{Kind: slacktest.ResetAfter},
		{Kind: slacktest.ResetBefore},
		{Kind: slacktest.ErrorAfter},
		{Kind: slacktest.ErrorBefore},
		{Kind: slacktest.ProxyAfter},
		{Kind: slacktest.ProxyBefore},
		{Kind: slacktest.RefusedAfter, Code: "internal_error"},
		{Kind: slacktest.RefusedAfter, Code: "fatal_error"},
		{Kind: slacktest.Refused, Code: "service_unavailable"},
		{Kind: slacktest.RateLimited, RetryAfter: time.Second},
	}
	for _, fault := range kinds {
		for _, times := range []int{1, 2} {
			r := newOutRig(t)
			room := r.open()
			r.slack.Impatient()
			r.breaks("chat.postMessage", times, fault)
			ref := r.deliver(room, words("once"))
			r.deliver(chat.Room{Platform: slack.Platform}, cardPost(""))
			if all := r.thread(room); len(all) != 1 || ref != room.ID+":"+all[0].TS {
				t.Errorf("%+v %d times: %d messages, reference %s", fault, times, len(all), ref)
			}
			if top := r.server.Channel(desk).Top(); len(top) != 2 {
				t.Errorf("%+v: %d cards", fault, len(top))
			}
		}
	}
}

func TestCardArrivesOnce(t *testing.T) {
	for _, kind := range []slacktest.Kind{slacktest.HangAfter, slacktest.ResetAfter, slacktest.ErrorAfter} {
		r := newOutRig(t)
		r.slack.Impatient()
		r.breaks("chat.postMessage", 1, slacktest.Fault{Kind: kind})
		ref := r.deliver(chat.Room{Platform: slack.Platform}, cardPost(""))
		if top := r.server.Channel(desk).Top(); len(top) != 1 || ref != desk+"/"+top[0].TS+":"+top[0].TS {
			t.Errorf("%v: %d cards, reference %s", kind, len(top), ref)
		}
	}
}

// While nobody can look, nothing is sent again.
func TestNothingIsSentBlindly(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	p := words("once")
	p.ID = "p9"
	r.breaks("chat.postMessage", 1, slacktest.Fault{Kind: slacktest.ResetAfter})
	blind := r.server
	blind.SetFault(faults(map[string]slacktest.Fault{
		"chat.postMessage": {Kind: slacktest.ResetAfter}, "conversations.replies": {Kind: slacktest.ErrorBefore},
	}))
	for range 3 {
		if _, err := r.try(room, p); adapters.Judge(err).Outcome != adapters.Retry {
			t.Fatalf("got %v", err)
		}
	}
	if n := len(blind.CallsOf("chat.postMessage")); n != 2 { // the card, and once
		t.Errorf("%d messages were sent", n)
	}
	blind.SetFault(nil)
	if ref := r.deliver(room, p); ref != room.ID+":"+r.only(room).TS {
		t.Errorf("the reference is %s", ref)
	}
}

func TestWhereNobodyCanLook(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	r.server.SetFault(faults(map[string]slacktest.Fault{
		"chat.postMessage": {Kind: slacktest.ResetAfter}, "conversations.replies": refused("method_not_supported_for_channel_type"),
	}))
	if f := r.fails(room, words("once")); f.Outcome != adapters.Uncertain || len(r.thread(room)) != 1 {
		t.Errorf("got %v", f)
	}
}

func TestDoubtLooksFirst(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	p := words("once")
	p.ID = "p9"
	ref := r.deliver(room, p)
	r.slack.Doubt("telegram:7/p9", time.Now().Add(-time.Minute)) // another process sent it
	if again := r.deliver(room, p); again != ref || len(r.thread(room)) != 1 {
		t.Errorf("got %s, want %s", again, ref)
	}
	r.slack.Doubt("telegram:7/p10", time.Now().Add(-time.Minute))
	p.ID = "p10"
	r.deliver(room, p)
	if len(r.thread(room)) != 2 {
		t.Error("what is not there is not sent")
	}
}

func TestLongPostGoesOnWhereItStopped(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	text := strings.TrimSpace(strings.Repeat("one two three four\n", 400))
	n := 0
	r.server.SetFault(func(m string, _ urlValues) slacktest.Fault {
		if m != "chat.postMessage" {
			return slacktest.Fault{}
		}
		if n++; n%2 == 0 {
			return slacktest.Fault{Kind: slacktest.ResetAfter}
		}
		return slacktest.Fault{Kind: slacktest.ResetBefore}
	})
	r.deliver(room, words(text))
	var got []string
	for _, m := range r.thread(room) {
		got = append(got, plainTexts(t, m))
	}
	if strings.Join(got, "\n") != text {
		t.Errorf("got %d messages", len(got))
	}
}
