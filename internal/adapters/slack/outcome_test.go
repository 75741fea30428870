package slack_test

import (
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/slack"
	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/chat"
)

func refused(code string) slacktest.Fault {
	return slacktest.Fault{Kind: slacktest.Refused, Code: code}
}

func TestOutcomes(t *testing.T) {
	post, edit := "chat.postMessage", "chat.update"
	for name, c := range map[string]struct {
		method     string
		fault      slacktest.Fault
		outcome    adapters.Outcome
		after      time.Duration
		everywhere bool
		do         string // what the operator is told
	}{
		"too fast":          {post, slacktest.Fault{Kind: slacktest.RateLimited, RetryAfter: 7 * time.Second}, adapters.Retry, 7 * time.Second, false, ""},
		"too many edits":    {edit, slacktest.Fault{Kind: slacktest.RateLimited, RetryAfter: 7 * time.Second}, adapters.Retry, 7 * time.Second, true, ""},
		"no channel":        {post, refused("channel_not_found"), adapters.Retry, time.Minute, true, desk},
		"not invited":       {post, refused("not_in_channel"), adapters.Retry, time.Minute, true, "invite the app to the channel " + desk},
		"archived":          {post, refused("is_archived"), adapters.Retry, time.Minute, true, "unarchive"},
		"revoked":           {post, refused("token_revoked"), adapters.Retry, time.Minute, true, "SLACK_BOT_TOKEN"},
		"a wrong token":     {post, refused("invalid_auth"), adapters.Retry, time.Minute, true, "SLACK_BOT_TOKEN"},
		"a closed account":  {post, refused("account_inactive"), adapters.Retry, time.Minute, true, "SLACK_BOT_TOKEN"},
		"a missing scope":   {post, slacktest.Fault{Kind: slacktest.Refused, Code: "missing_scope", Needed: "chat:write"}, adapters.Retry, time.Minute, true, "chat:write"},
		"forbidden":         {post, refused("restricted_action"), adapters.Retry, time.Minute, true, "administrator"},
		"too long":          {post, refused("msg_too_long"), adapters.Failed, 0, false, ""},
		"anything else":     {post, refused("as_user_not_supported"), adapters.Failed, 0, false, ""},
		"an edit that hung": {edit, slacktest.Fault{Kind: slacktest.HangAfter}, adapters.Retry, 0, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := newOutRig(t)
			room := r.open()
			ref := r.deliver(room, words("S3"))
			if c.fault.Kind == slacktest.HangAfter {
				r.slack.Impatient()
			}
			r.breaks(c.method, 9, c.fault)
			p := words("S4")
			if c.method == edit {
				p = changed(p, chat.Edit, ref)
			}
			f := r.fails(room, p)
			if f.Outcome != c.outcome || f.After != c.after || f.Everywhere != c.everywhere {
				t.Errorf("got %+v", f)
			}
			r.fails(room, p)
			if n := strings.Count(r.log.String(), "level=ERROR"); c.do == "" && n != 0 || c.do != "" && n != 1 || !strings.Contains(r.log.String(), c.do) {
				t.Errorf("the operator reads\n%s", r.log)
			}
			r.breaks("", 0, slacktest.Fault{})
			r.deliver(room, p)
			if n := strings.Count(r.log.String(), "works again"); n != strings.Count(r.log.String(), "level=ERROR") {
				t.Errorf("the operator reads\n%s", r.log)
			}
		})
	}
}

func TestUglyMessagesArriveAsText(t *testing.T) {
	for _, code := range []string{"invalid_blocks", "msg_too_long"} {
		r := newOutRig(t)
		room := r.open()
		r.breaks("chat.postMessage", 1, refused(code))
		r.deliver(room, words("*S4* <!here>"))
		m := r.only(room)
		if len(m.Blocks) != 0 || unescape(m.Text) != "*S4* <!here>" || m.Params.Get("mrkdwn") != "false" || len(m.Pings()) != 0 {
			t.Errorf("%s: got %q %s %v", code, m.Text, m.Blocks, m.Params)
		}
		r.breaks("chat.postMessage", 1, refused(code))
		r.open() // the card keeps its buttons
		top := r.server.Channel(desk).Top()
		if last := top[len(top)-1]; strings.Contains(string(last.Blocks), "rich_text") || !strings.Contains(string(last.Blocks), `"claim"`) || !strings.Contains(plainTexts(t, last), "82% No network") {
			t.Errorf("%s: the card is %s", code, last.Blocks)
		}
	}
}

func TestNobodyAnswers(t *testing.T) {
	r := newOutRig(t, func(c *slack.Config) { c.APIBase = "http://127.0.0.1:1" })
	if f := r.fails(chat.Room{Platform: slack.Platform}, cardPost("")); f.Outcome != adapters.Retry {
		t.Errorf("got %v", f)
	}
}

func TestNotSlackAnswers(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	wrong := newOutRig(t, func(c *slack.Config) { c.APIBase = r.server.URL + "/nowhere" })
	f := wrong.fails(room, words("S4"))
	if f.Outcome != adapters.Retry || !f.Everywhere || !strings.Contains(wrong.log.String(), "SLACK_API_BASE") {
		t.Errorf("got %v\n%s", f, wrong.log)
	}
}
