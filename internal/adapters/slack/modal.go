package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// What modals are called when they come back.
const (
	modalSuggest = "s4_suggest"
	modalClose   = "s4_close"
	modalReason  = "s4_reason"
	modalImprove = "s4_improve"
)

// modalNote is what a modal is about; it travels with it.
type modalNote struct {
	Room string `json:"r,omitempty"` // the case's thread
	Act  string `json:"i,omitempty"` // the act's id: that of the tap that opened it
	Fix  string `json:"f,omitempty"`
	Text string `json:"t,omitempty"` // what was asked
}

// metaMost is how long what travels with a modal may be, in bytes.
const metaMost = 3000

// String gives compact JSON; a long text is cut.
func (n modalNote) String() string {
	raw, _ := json.Marshal(n)
	if len(raw) > metaMost && n.Text != "" {
		n.Text = cutBytes(n.Text, len(n.Text)/2)
		return n.String()
	}
	return string(raw)
}

// modal opens a modal at once: Slack gives three seconds.
func (a *Adapter) modal(run *errands, t tap, view slackgo.ModalViewRequest) bool {
	return run.run(func() {
		ctx, cancel := context.WithTimeout(run.ctx, a.pace.request)
		defer cancel()
		err := a.ask(ctx, "views.open", func(ctx context.Context, c *slackgo.Client) error {
			_, err := c.OpenViewContext(ctx, t.trigger, view)
			return err
		})
		if err != nil {
			a.log.Warn("a modal could not be opened", "modal", view.CallbackID, "err", err)
			a.apologise(run, deed{room: t.room, act: chat.Act{Agent: t.user}, reply: t.reply}, err)
		}
	})
}

// form is a modal with a button that sends it off.
func form(callback, title, submit, cancel string, note modalNote, blocks ...slackgo.Block) slackgo.ModalViewRequest {
	return slackgo.ModalViewRequest{
		Type: slackgo.VTModal, CallbackID: callback, PrivateMetadata: note.String(),
		Title: plainText(shorten(title, 24)), Submit: plainText(shorten(submit, 24)), Close: plainText(shorten(cancel, 24)),
		Blocks: slackgo.Blocks{BlockSet: blocks},
	}
}

// field is where something longer can be written; it may stay empty.
func field(id, label, hint string) *slackgo.InputBlock {
	box := slackgo.NewPlainTextInputBlockElement(plainText(shorten(hint, 150)), id)
	box.Multiline, box.MaxLength = true, 1000
	b := slackgo.NewInputBlock(id, plainText(label), nil, box)
	b.Optional = true
	return b
}

// filled gives what was entered in a field of a modal.
func filled(v *slackgo.View, id string) slackgo.BlockAction {
	if v.State == nil {
		return slackgo.BlockAction{}
	}
	return v.State.Values[id][id]
}

// suggestion shows the fix as the merchant would read it, before it is sent. The
// button's value is the fix's id and, below it, that text.
func suggestion(t tap, lang string) slackgo.ModalViewRequest {
	fix, text, _ := strings.Cut(t.value, "\n")
	note := modalNote{Room: t.room.ID, Act: t.id, Fix: fix}
	return form(modalSuggest, titleSuggest.in(lang), labelSend.in(lang), labelCancel.in(lang), note,
		aside(wordWillRead.in(lang)), paragraph(shorten(cmp.Or(strings.TrimSpace(clean(text)), fix), textMost)))
}

// submitted takes in a modal that was sent off.
func (a *Adapter) submitted(run *errands, i *slackgo.InteractionCallback) bool {
	var note modalNote
	if json.Unmarshal([]byte(i.View.PrivateMetadata), &note) != nil || !userForm.MatchString(i.User.ID) {
		return true
	}
	who := chat.Agent{ID: i.User.ID, Name: cmp.Or(i.User.RealName, i.User.Name)}
	switch i.View.CallbackID {
	case modalReason:
		return a.reasoned(run, i, who, note)
	case modalImprove:
		return a.improved(run, i, who, note)
	}
	act := chat.Act{ID: note.Act, Agent: who}
	switch i.View.CallbackID {
	case modalSuggest:
		act.Kind, act.Fix = chat.Suggest, note.Fix
	case modalClose:
		act.Kind, act.Cause = chat.Close, a.causeOf(filled(&i.View, fieldCause).SelectedOption.Value)
		act.Note = strings.TrimSpace(clean(filled(&i.View, fieldNote).Value))
	}
	if act.Kind == "" || note.Act == "" || note.Room == "" || !a.in.first("modal "+note.Act) {
		return true
	}
	return a.do(run, deed{room: chat.Room{Platform: Platform, ID: note.Room}, act: act, then: a.offer})
}
