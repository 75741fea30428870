package slack

import (
	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// The fields of the modal that closes a case, and the choice that means no cause.
const (
	fieldCause = "cause"
	fieldNote  = "note"
	noCause    = "-"
)

// optionsMost is how many options a group may have, and how many groups there may be.
const optionsMost = 100

// closing asks for the confirmed cause, which is what the bot learns from. Slack lets
// people search in the list as they type.
func (a *Adapter) closing(t tap) slackgo.ModalViewRequest {
	lang := a.config.Lang
	list := &slackgo.SelectBlockElement{
		Type: slackgo.OptTypeStatic, ActionID: fieldCause,
		Placeholder: plainText(wordSearch.in(lang)), OptionGroups: a.causes(lang),
	}
	return form(modalClose, titleClose.in(lang), labelClose.in(lang), labelCancel.in(lang), modalNote{Room: t.room.ID, Act: t.id},
		slackgo.NewInputBlock(fieldCause, plainText(wordCause.in(lang)), nil, list),
		field(fieldNote, wordNote.in(lang), wordNoteHint.in(lang)))
}

// causes are all that a case can be closed with; the last group is none of them.
func (a *Adapter) causes(lang string) (groups []*slackgo.OptionGroupBlockObject) {
	if a.config.Consult != nil {
		for _, g := range a.config.Consult.Causes(lang) {
			if len(g.Causes) > 0 && len(groups) < optionsMost-1 {
				groups = append(groups, slackgo.NewOptionGroupBlockElement(plainText(shorten(line(g.Title), labelMost)), choices(g.Causes)...))
			}
		}
	}
	none := choices([]chat.Option{{ID: noCause, Label: wordNone.in(lang)}})
	return append(groups, slackgo.NewOptionGroupBlockElement(plainText(wordOther.in(lang)), none...))
}

func choices(options []chat.Option) (out []*slackgo.OptionBlockObject) {
	for _, o := range options[:min(len(options), optionsMost)] {
		out = append(out, slackgo.NewOptionBlockObject(o.Key(), plainText(shorten(line(o.Label), labelMost)), nil))
	}
	return out
}

// causeOf gives the cause that an option stands for; empty: none of them.
func (a *Adapter) causeOf(key string) string {
	if a.config.Consult == nil || key == noCause {
		return ""
	}
	for _, g := range a.config.Consult.Causes(a.config.Lang) {
		for _, c := range g.Causes {
			if c.Key() == key {
				return c.ID
			}
		}
	}
	return ""
}
