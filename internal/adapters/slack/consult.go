package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"regexp"
	"strings"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// shortcutWhat is the callback id of the message shortcut "what could this be?".
const shortcutWhat = "s4_what"

// inquiry is what a colleague asks the knowledge.
type inquiry struct {
	text    string
	answers []chat.Answered
	to      audience
}

// advise answers an inquiry in the background; false: too much waits.
func (a *Adapter) advise(run *errands, q inquiry) bool {
	return run.run(func() {
		ctx, cancel := context.WithTimeout(run.ctx, a.taking.tap)
		defer cancel()
		if err := a.answer(ctx, q.to, a.reply(ctx, q)); err != nil {
			a.log.Warn("a colleague's question was not answered", "user", q.to.user, "err", err)
		}
	})
}

// reply gives the answer to an inquiry.
func (a *Adapter) reply(ctx context.Context, q inquiry) letter {
	lang := a.config.Lang
	if q.text == "" || a.config.Consult == nil {
		return helpLetter(lang)
	}
	advice, err := a.config.Consult.Consult(ctx, q.text, q.answers)
	if err != nil {
		a.log.Warn("the knowledge gave no answer", "err", err)
		return saying(wordNoAnswer.in(lang))
	}
	return adviceLetter(advice, q.answers, cmp.Or(advice.Lang, lang))
}

// named is how a message names the bot or somebody else.
var named = regexp.MustCompile(`<@[UW][A-Z0-9]+(\|[^>]*)?>`)

// asked answers a mention, for its writer alone, or a direct message.
func (a *Adapter) asked(ctx context.Context, run *errands, n *notice) error {
	me, err := a.identify(ctx)
	if err != nil {
		return err
	}
	text := named.ReplaceAllStringFunc(n.said.Text, func(call string) string {
		if strings.HasPrefix(call, "<@"+me.user) {
			return ""
		}
		return call
	})
	q := inquiry{text: a.plain(ctx, text), to: audience{spot: spot{channel: n.channel, thread: n.said.ThreadTS}, user: n.said.User, direct: n.private}}
	if !a.advise(run, q) {
		return errBusy
	}
	return nil
}

// shortcut answers the question what a message could be about.
func (a *Adapter) shortcut(run *errands, i *slackgo.InteractionCallback) bool {
	if i.CallbackID != shortcutWhat || !a.in.first("shortcut "+cmp.Or(i.TriggerID, i.ActionTs)) {
		return true
	}
	text := a.typed(i.Message.Text)
	return a.advise(run, inquiry{text: text, to: audience{spot: spot{channel: i.Channel.ID}, user: i.User.ID, reply: i.ResponseURL}})
}

// so is what a follow-up button carries: the inquiry with its answers up to here.
type so struct {
	Text    string          `json:"t"`
	Answers []chat.Answered `json:"a,omitempty"`
}

// String gives compact JSON that a button can carry. A long text is cut, and then the
// oldest answers are left away.
func (s so) String() string {
	raw, _ := json.Marshal(s)
	switch {
	case len(raw) <= valueMost:
		return string(raw)
	case s.Text != "":
		s.Text = cutBytes(s.Text, len(s.Text)-max(1, (len(raw)-valueMost)/6))
	case len(s.Answers) > 0:
		s.Answers = s.Answers[1:]
	}
	return s.String()
}

// cutBytes gives the beginning of a text, at most so many bytes.
func cutBytes(text string, most int) string {
	return strings.ToValidUTF8(text[:max(0, most)], "")
}

// answered goes on with an inquiry after a follow-up question was answered: the new
// advice takes the place of the old one.
func (a *Adapter) answered(run *errands, t tap) bool {
	var s so
	if json.Unmarshal([]byte(t.value), &s) != nil {
		return true
	}
	to := t.audience()
	to.replace = true
	return a.advise(run, inquiry{text: s.Text, answers: s.Answers, to: to})
}

// audience is who tapped.
func (t *tap) audience() audience {
	channel, _, _ := strings.Cut(t.room.ID, "/")
	return audience{spot: spot{channel: channel}, user: t.user.ID, reply: t.reply, direct: strings.HasPrefix(channel, "D")}
}
