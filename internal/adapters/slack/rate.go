package slack

import (
	"context"
	"encoding/json"
	"strings"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// fieldReason is the field of the modal that asks what was wrong with an advice.
const fieldReason = "reason"

// rated takes a thumb in; one that points down is asked for its reason.
func (a *Adapter) rated(run *errands, t tap) bool {
	var s so
	if json.Unmarshal([]byte(t.value), &s) != nil || s.Text == "" || a.config.Consult == nil {
		return true
	}
	if t.action == "rate:down" {
		lang := a.config.Lang
		return a.modal(run, t, form(modalReason, titleReason.in(lang), labelSend.in(lang), labelCancel.in(lang),
			modalNote{Act: t.id, Text: s.Text}, field(fieldReason, wordReason.in(lang), wordReasonHint.in(lang))))
	}
	return a.judgeAdvice(run, t.user, s.Text, true, "", t.audience())
}

// reasoned takes in why an advice was no good.
func (a *Adapter) reasoned(run *errands, i *slackgo.InteractionCallback, who chat.Agent, note modalNote) bool {
	if note.Text == "" || a.config.Consult == nil || !a.in.first("modal "+note.Act) {
		return true
	}
	reason := strings.TrimSpace(clean(filled(&i.View, fieldReason).Value))
	return a.judgeAdvice(run, who, note.Text, false, reason, audience{user: who.ID})
}

// judgeAdvice passes a judgement on and thanks for it where that can be seen.
func (a *Adapter) judgeAdvice(run *errands, who chat.Agent, text string, good bool, reason string, to audience) bool {
	return run.run(func() {
		ctx, cancel := context.WithTimeout(run.ctx, a.taking.tap)
		defer cancel()
		who.Name = a.agent(ctx, who.ID, who.Name).name
		if err := a.config.Consult.Rate(ctx, who, text, good, reason); err != nil {
			a.log.Warn("a judgement was not taken", "user", who.ID, "err", err)
			return
		}
		if to.reply != "" {
			_ = a.respond(ctx, to, saying(wordThanks.in(a.config.Lang)))
		}
	})
}
