package slacktest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
)

const desk = "C0DESK"

// start starts a server with a channel and a person, and a client of the bot.
func start(t *testing.T) (*slacktest.Server, *slacktest.Person, *slack.Client) {
	t.Helper()
	s := slacktest.Start(t)
	s.AddChannel(desk, "desk")
	return s, s.Join("U0ANN", "Ann"), client(s)
}

func client(s *slacktest.Server) *slack.Client {
	return slack.New(slacktest.BotToken, slack.OptionAPIURL(s.APIBase), slack.OptionAppLevelToken(slacktest.AppToken))
}

func button(id, value string) *slack.ActionBlock {
	label := slack.NewTextBlockObject("plain_text", "Claim", false, false)
	return slack.NewActionBlock("", slack.NewButtonBlockElement(id, value, label))
}

// must gives the ts of a message that was posted.
func must(t *testing.T, c *slack.Client, options ...slack.MsgOption) string {
	t.Helper()
	_, ts, err := c.PostMessage(desk, options...)
	if err != nil {
		t.Fatal(err)
	}
	return ts
}

// wants checks that an error has a code; empty: there is none.
func wants(t *testing.T, what string, err error, code string) {
	t.Helper()
	if (err == nil) != (code == "") || err != nil && !strings.Contains(err.Error(), code) {
		t.Errorf("%s: got %v, want %q", what, err, code)
	}
}

func TestTokensAreChecked(t *testing.T) {
	s, _, c := start(t)
	who, err := c.AuthTest()
	if err != nil || who.UserID != slacktest.BotUser || who.BotID != slacktest.BotID || who.TeamID != slacktest.TeamID {
		t.Errorf("got %+v, %v", who, err)
	}
	_, err = slack.New("xoxb-other", slack.OptionAPIURL(s.APIBase)).AuthTest()
	wants(t, "wrong token", err, "invalid_auth")
	_, err = slack.New(slacktest.AppToken, slack.OptionAPIURL(s.APIBase)).AuthTest()
	wants(t, "app token", err, "not_allowed_token_type")
	_, err = slack.New("", slack.OptionAPIURL(s.APIBase)).AuthTest()
	wants(t, "no token", err, "not_authed")
}

func TestAThreadLivesAndIsRead(t *testing.T) {
	s, ann, c := start(t)
	card := must(t, c, slack.MsgOptionText("case", false), slack.MsgOptionMetadata(slack.SlackMetadata{
		EventType: "case", EventPayload: map[string]any{"id": "1"},
	}))
	said := ann.Says(desk, card, "hello")
	must(t, c, slack.MsgOptionText("from the merchant", false), slack.MsgOptionTS(card))
	must(t, c, slack.MsgOptionText("for all", false), slack.MsgOptionTS(said), slack.MsgOptionBroadcast())

	msgs, more, _, err := c.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: desk, Timestamp: card, IncludeAllMetadata: true})
	if err != nil || more || len(msgs) != 4 || msgs[0].Metadata.EventPayload["id"] != "1" || msgs[0].ReplyCount != 3 {
		t.Fatalf("replies: %+v %v", msgs, err)
	}
	if msgs[1].User != "U0ANN" || msgs[1].BotID != "" || msgs[2].BotID != slacktest.BotID || msgs[3].ThreadTimestamp != card {
		t.Errorf("replies: %+v", msgs)
	}
	h, err := c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: desk})
	if err != nil || len(h.Messages) != 2 || h.Messages[0].SubType != "thread_broadcast" || h.Messages[1].Metadata.EventType != "" {
		t.Errorf("history: %+v %v", h, err)
	}
	if top := s.Channel(desk).Top(); len(top) != 1 || len(s.Channel(desk).Thread(card)) != 3 {
		t.Errorf("top: %+v", top)
	}
}

func TestPagesAndTimes(t *testing.T) {
	_, ann, c := start(t)
	root := ann.Says(desk, "", "0")
	var all []string
	for _, text := range []string{"1", "2", "3"} {
		all = append(all, ann.Says(desk, root, text))
	}
	p := &slack.GetConversationRepliesParameters{ChannelID: desk, Timestamp: root, Limit: 2}
	first, more, cursor, err := c.GetConversationReplies(p)
	if err != nil || !more || len(first) != 3 {
		t.Fatalf("first page: %+v %v", first, err)
	}
	p.Cursor = cursor
	if second, more, _, err := c.GetConversationReplies(p); err != nil || more || second[len(second)-1].Text != "3" {
		t.Errorf("second page: %+v %v", second, err)
	}
	after := &slack.GetConversationRepliesParameters{ChannelID: desk, Timestamp: root, Oldest: all[1]}
	if got, _, _, _ := c.GetConversationReplies(after); len(got) != 2 || got[1].Text != "3" {
		t.Errorf("after the second: %+v", got)
	}
	after.Inclusive = true
	if got, _, _, _ := c.GetConversationReplies(after); len(got) != 3 {
		t.Errorf("with the second: %+v", got)
	}
}

func TestMessagesChange(t *testing.T) {
	s, ann, c := start(t)
	ts := must(t, c, slack.MsgOptionText("one", false), slack.MsgOptionBlocks(button("claim", "1")))
	_, _, _, err := c.UpdateMessage(desk, ts, slack.MsgOptionText("two", false))
	wants(t, "update", err, "")
	if m, _ := s.Channel(desk).Message(ts); m.Text != "two" || m.Blocks != nil || m.Edits != 1 {
		t.Errorf("got %+v", m)
	}
	hers := ann.Says(desk, "", "mine")
	_, _, _, err = c.UpdateMessage(desk, hers, slack.MsgOptionText("x", false))
	wants(t, "another's", err, "cant_update_message")
	_, _, err = c.DeleteMessage(desk, hers)
	wants(t, "another's", err, "cant_delete_message")
	_, _, err = c.DeleteMessage(desk, ts)
	wants(t, "delete", err, "")
	_, _, _, err = c.UpdateMessage(desk, ts, slack.MsgOptionText("x", false))
	wants(t, "deleted", err, "message_not_found")
}

func TestADeletedCardLeavesATombstoneOrNothing(t *testing.T) {
	s, ann, c := start(t)
	lonely := must(t, c, slack.MsgOptionText("a", false))
	ann.Deletes(desk, lonely)
	_, _, m, err := c.PostMessageWithResponse(desk, slack.MsgOptionText("late", false), slack.MsgOptionTS(lonely))
	if err != nil || m.ThreadTimestamp != "" {
		t.Errorf("a reply to nothing: %+v %v", m, err)
	}
	busy := must(t, c, slack.MsgOptionText("b", false))
	ann.Says(desk, busy, "reply")
	ann.Deletes(desk, busy)
	msgs, _, _, err := c.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: desk, Timestamp: busy})
	if err != nil || len(msgs) != 2 || msgs[0].SubType != "tombstone" {
		t.Errorf("got %+v %v", msgs, err)
	}
	s.StrictThreads = true
	_, _, err = c.PostMessage(desk, slack.MsgOptionText("late", false), slack.MsgOptionTS(lonely))
	wants(t, "strict", err, "thread_not_found")
}

func TestPlacesRefuse(t *testing.T) {
	s, _, c := start(t)
	text := slack.MsgOptionText("x", false)
	_, _, err := c.PostMessage("C0NONE", text)
	wants(t, "unknown", err, "channel_not_found")
	s.Kick(desk)
	_, _, err = c.PostMessage(desk, text)
	wants(t, "kicked", err, "not_in_channel")
	_, _, _, err = c.JoinConversation(desk)
	wants(t, "join", err, "")
	s.Archive(desk)
	_, _, err = c.PostMessage(desk, text)
	wants(t, "archived", err, "is_archived")
	if channel, _, err := c.PostMessage("U0ANN", text); err != nil || channel != "D0ANN" {
		t.Errorf("to a person: %s %v", channel, err)
	}
}

func TestReactions(t *testing.T) {
	s, ann, c := start(t)
	ts := ann.Says(desk, "", "x")
	at := slack.NewRefToMessage(desk, ts)
	wants(t, "add", c.AddReaction("white_check_mark", at), "")
	wants(t, "again", c.AddReaction("white_check_mark", at), "already_reacted")
	wants(t, "name", c.AddReaction("White Check", at), "invalid_name")
	if m, _ := s.Channel(desk).Message(ts); len(m.Reactions) != 1 || m.Reactions[0].Name != "white_check_mark" {
		t.Errorf("got %+v", m.Reactions)
	}
	wants(t, "remove", c.RemoveReaction("white_check_mark", at), "")
	wants(t, "again", c.RemoveReaction("white_check_mark", at), "no_reaction")
}

// section is a message of one section whose text is so long.
func section(n int) string {
	return `[{"type":"section","text":{"type":"mrkdwn","text":"` + strings.Repeat("a", n) + `"}}]`
}

func many(n int, one string) string { return strings.TrimSuffix(strings.Repeat(one+",", n), ",") }

func TestBlocksAreChecked(t *testing.T) {
	s, _, _ := start(t)
	b := func(id, label, value string) string {
		return `{"type":"button","action_id":"` + id + `","text":{"type":"plain_text","text":"` + label + `"},"value":"` + value + `"}`
	}
	actions := func(elements string) string { return `[{"type":"actions","elements":[` + elements + `]}]` }
	option := `{"text":{"type":"plain_text","text":"o"},"value":"v"}`
	menu := func(n int) string {
		return actions(`{"type":"static_select","action_id":"m","options":[` + many(n, option) + `]}`)
	}
	for _, c := range []struct{ name, blocks, want string }{
		{"section", section(3000), ""},
		{"long section", section(3001), "less than 3001 characters"},
		{"long section in UTF-16", strings.Replace(section(2999), "aa", "👩👩", 1), "less than 3001"},
		{"50 blocks", `[` + many(50, `{"type":"divider"}`) + `]`, ""},
		{"51 blocks", `[` + many(51, `{"type":"divider"}`) + `]`, "no more than 50 items"},
		{"header", `[{"type":"header","text":{"type":"plain_text","text":"` + strings.Repeat("a", 151) + `"}}]`, "less than 151"},
		{"header of mrkdwn", `[{"type":"header","text":{"type":"mrkdwn","text":"a"}}]`, "must be one of"},
		{"context", `[{"type":"context","elements":[` + many(11, `{"type":"mrkdwn","text":"a"}`) + `]}]`, "no more than 10"},
		{"fields", `[{"type":"section","fields":[` + many(11, `{"type":"mrkdwn","text":"a"}`) + `]}]`, "no more than 10"},
		{"empty section", `[{"type":"section"}]`, "text or fields"},
		{"empty text", section(0), "more than 0 characters"},
		{"buttons", actions(b("a", "x", "1") + "," + b("b", "x", "1")), ""},
		{"same action_id", actions(b("a", "x", "1") + "," + b("a", "x", "1")), "not unique"},
		{"long label", actions(b("a", strings.Repeat("x", 76), "1")), "less than 76"},
		{"long value", actions(b("a", "x", strings.Repeat("1", 2001))), "less than 2001"},
		{"long id", actions(b(strings.Repeat("a", 256), "x", "1")), "less than 256"},
		{"same block_id", `[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}]`, "not unique"},
		{"100 options", menu(100), ""},
		{"101 options", menu(101), "no more than 100"},
		{"unknown field", `[{"type":"divider","colour":"red"}]`, "unknown field: colour"},
		{"unknown type", `[{"type":"banner"}]`, "unsupported type"},
		{"unknown element", actions(`{"type":"dial"}`), "unsupported type"},
		{"not a list", `{"type":"divider"}`, "invalid_blocks_format"},
		{"too much together", `[` + many(5, strings.Trim(section(2500), "[]")) + `]`, "msg_too_long"},
	} {
		a := call(t, s, "chat.postMessage", url.Values{"channel": {desk}, "blocks": {c.blocks}})
		if strings.Contains(a, `"ok":true`) != (c.want == "") || !strings.Contains(a, c.want) {
			t.Errorf("%s: got %.300s, want %q", c.name, a, c.want)
		}
	}
}

// call calls a method and gives the answer as it came.
func call(t *testing.T, s *slacktest.Server, method string, p url.Values) string {
	t.Helper()
	p.Set("token", slacktest.BotToken)
	res, err := http.PostForm(s.APIBase+method, p)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, _ := io.ReadAll(res.Body)
	return string(body)
}

func TestParametersAreChecked(t *testing.T) {
	s, _, _ := start(t)
	for _, c := range []struct {
		p    url.Values
		want string
	}{
		{url.Values{"channel": {desk}, "text": {"x"}, "colour": {"red"}}, "no parameter colour"},
		{url.Values{"channel": {desk}}, "no_text"},
		{url.Values{"channel": {desk}, "text": {strings.Repeat("x", 40001)}}, "msg_too_long"},
		{url.Values{"channel": {desk}, "text": {"x"}, "metadata": {`{"event_type":"a","event_payload":{"deep":{}}}`}}, "invalid_metadata_format"},
		{url.Values{"channel": {desk}, "text": {"x"}, "thread_ts": {"yesterday"}}, "invalid_thread_ts"},
	} {
		if a := call(t, s, "chat.postMessage", c.p); !strings.Contains(a, c.want) {
			t.Errorf("%v: got %s, want %q", c.p, a, c.want)
		}
	}
}

func TestFilesGoBothWays(t *testing.T) {
	s, ann, c := start(t)
	root := must(t, c, slack.MsgOptionText("case", false))
	sum, err := c.UploadFile(slack.UploadFileParameters{
		Filename: "a.png", FileSize: 3, Reader: strings.NewReader("png"), Channel: desk, ThreadTimestamp: root, InitialComment: "see",
	})
	if err != nil {
		t.Fatal(err)
	}
	m := s.Channel(desk).Thread(root)
	if len(m) != 1 || m[0].Subtype != "file_share" || m[0].Text != "see" || string(m[0].Files[0].Content) != "png" {
		t.Fatalf("got %+v", m)
	}
	if info, _, _, err := c.GetFileInfo(sum.ID, 1, 1); err != nil || info.Shares.Public[desk][0].Ts != m[0].TS {
		t.Errorf("info: %+v %v", info, err)
	}
	ann.SendsFile(desk, root, "bill.jpg", []byte("jpeg"), "the bill")
	msgs, _, _, _ := c.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: desk, Timestamp: root})
	var got bytes.Buffer
	address := msgs[2].Files[0].URLPrivateDownload
	if err := c.GetFile(address, &got); err != nil || got.String() != "jpeg" {
		t.Errorf("download: %q %v", got.String(), err)
	}
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if kind := res.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/html") {
		t.Errorf("without a token: %s", kind)
	}
	wants(t, "delete", c.DeleteFile(sum.ID), "")
}

func TestFaults(t *testing.T) {
	s, _, c := start(t)
	post := func(f slacktest.Fault) error {
		s.SetFault(func(string, url.Values) slacktest.Fault { return f })
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		_, _, err := c.PostMessageContext(ctx, desk, slack.MsgOptionText("x", false))
		return err
	}
	var slow *slack.RateLimitedError
	if err := post(slacktest.Fault{Kind: slacktest.RateLimited, RetryAfter: 7 * time.Second}); !errors.As(err, &slow) || slow.RetryAfter != 7*time.Second {
		t.Errorf("got %v", err)
	}
	var refused slack.SlackErrorResponse
	if err := post(slacktest.Fault{Kind: slacktest.Refused, Code: "missing_scope", Needed: "chat:write"}); !errors.As(err, &refused) || refused.Needed != "chat:write" {
		t.Errorf("got %v", err)
	}
	for kind, acts := range map[slacktest.Kind]bool{
		slacktest.ErrorBefore: false, slacktest.ErrorAfter: true, slacktest.HangBefore: false, slacktest.HangAfter: true,
		slacktest.ResetBefore: false, slacktest.ResetAfter: true, slacktest.ProxyBefore: false, slacktest.ProxyAfter: true,
		slacktest.RefusedAfter: true,
	} {
		before := len(s.Channel(desk).Messages())
		if err := post(slacktest.Fault{Kind: kind, Code: "internal_error"}); err == nil {
			t.Errorf("%v: no error", kind)
		}
		if acted := len(s.Channel(desk).Messages()) > before; acted != acts {
			t.Errorf("%v: acted %v", kind, acted)
		}
	}
}

func TestPings(t *testing.T) {
	s, _, c := start(t)
	must(t, c, slack.MsgOptionText("&lt;!channel&gt; <!here> <@U123>", false), slack.MsgOptionBlocks(
		slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", "<!subteam^S1|@tier2>", false, false), nil, nil),
		slack.NewSectionBlock(slack.NewTextBlockObject("plain_text", "<!everyone>", false, false), nil, nil),
	))
	if got := s.Channel(desk).Messages()[0].Pings(); strings.Join(got, " ") != "<!here> <@U123> <!subteam^S1|@tier2>" {
		t.Errorf("got %q", got)
	}
}

func TestHTTPIsSignedAndTriedAgain(t *testing.T) {
	s, ann, _ := start(t)
	s.RetryEvery = 5 * time.Millisecond
	refusals, retries := 2, ""
	bot := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		v, err := slack.NewSecretsVerifier(r.Header, slacktest.SigningSecret)
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = v.Write(body)
		if err := v.Ensure(); err != nil {
			t.Error(err)
		}
		var e struct{ Challenge string }
		_ = json.Unmarshal(body, &e)
		switch {
		case e.Challenge != "":
			_, _ = io.WriteString(w, e.Challenge)
		case r.URL.Path == "/slack/commands":
			_, _ = io.WriteString(w, "looking")
		case refusals > 0:
			refusals--
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			retries += r.Header.Get("X-Slack-Retry-Num") + r.Header.Get("X-Slack-Retry-Reason")
		}
	}))
	defer bot.Close()
	if err := s.Subscribe(bot.URL); err != nil {
		t.Fatal(err)
	}
	ann.Says(desk, "", "hello")
	if _, acked := s.LastDelivery().Wait(); !acked || retries != "2http_error" {
		t.Errorf("acked %v after %q", acked, retries)
	}
	if _, acked := ann.Command("/s4", "E05", desk).Wait(); !acked {
		t.Error("the command was not taken")
	}
	if got := s.Ephemerals("U0ANN"); len(got) != 1 || got[0].Text != "looking" {
		t.Errorf("got %+v", got)
	}
}
