package dialog

import (
	"slices"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

// Settled gives a change for each post whose options no longer count after a
// step: those that were waited for and no longer are, and those of older posts
// that were tapped all the same. Each leaves the option that was chosen, or none.
// The changes have no id.
func (m *Manager) Settled(before, after State, e Event) []chat.Post {
	var out []chat.Post
	settle := func(post, option string) {
		p := chat.Post{To: chat.ToMerchant, Kind: chat.Info, Of: post, Change: chat.Settle}
		if label := m.optionLabel(before, option).In(before.Lang); label != "" {
			p.Options = []chat.Option{{ID: option, Label: label}}
		}
		out = append(out, p)
	}
	chosen := ""
	if len(e.Heard) > 0 { // else nobody chose
		chosen = chosenIn(before, after)
	}
	for _, post := range before.Pending.Posts {
		if !slices.Contains(after.Pending.Posts, post) {
			settle(post, chosen)
		}
	}
	for _, h := range e.Heard {
		post := h.Message.Post
		if h.Message.Choice != "" && post != "" && !slices.Contains(after.Pending.Posts, post) && !slices.Contains(before.Pending.Posts, post) {
			settle(post, "")
		}
	}
	return out
}

// chosenIn gives the option by which a step settled what was pending; "": none of
// those shown.
func chosenIn(before, after State) string {
	p := before.Pending
	option := ""
	switch p.Kind {
	case ForAnswer, ForConfirm, ForWhich:
		if e := after.answer(p.Question); e != nil && e.Turn == after.Turn {
			option = e.Option
		} else if after.count(Unsure, func(e Entry) bool { return e.Question == p.Question && e.Turn == after.Turn }) > 0 {
			option = optUnsure
		}
	case ForResult:
		option = resultIn(after, p)
	case ForPerson:
		option = optContinue
		if after.Phase == HandedOver {
			option = optPerson
		}
	}
	if !slices.Contains(p.Options, option) {
		return ""
	}
	return option
}

// resultIn gives the option that reported on a pending fix in a step.
func resultIn(after State, p Pending) string {
	for _, e := range slices.Backward(after.Log) {
		if e.What != Reported || e.Fix != p.Fix || e.Turn != after.Turn || e.Void != 0 {
			continue
		}
		if e.Result == Skipped && slices.Contains(p.Options, optAnother) {
			return optAnother
		}
		return string(e.Result)
	}
	return ""
}

// optionLabel is how a pending option reads.
func (m *Manager) optionLabel(s State, option string) kb.Text {
	if q := m.base.Question(s.Pending.Question); q != nil && q.Option(option) != nil {
		return q.Option(option).Label
	}
	return ownLabels[option]
}

// ownLabels are those of options that are no answers of the knowledge base.
var ownLabels = map[string]kb.Text{
	optUnsure: textUnsure, optPerson: textPersonNow, optContinue: textGoOn, optAnother: textAnother,
	string(Works): textWorks, string(Same): textSame, string(Different): textDifferent, string(NotTried): textNotTried,
}
