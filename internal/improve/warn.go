package improve

import (
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

// warn notes what the one who decides should know.
func (p *plan) warn(base *kb.Base, article *kb.Cause) {
	c := p.proposal.Improvement
	elsewhere := wordsElsewhere(base, article, kb.Lang(c.Lang))
	for _, w := range c.Words {
		if other, twice := elsewhere[key(w)]; twice {
			p.proposal.Warnings = append(p.proposal.Warnings, chat.Remark{About: chat.AboutElsewhere, Line: w, Article: other})
		}
	}
	if c.Fix == nil {
		return
	}
	if c.Fix.OtherTitle == "" {
		p.proposal.Warnings = append(p.proposal.Warnings, chat.Remark{About: chat.AboutOneLanguage})
	}
	if !c.Fix.Repeats {
		p.proposal.Warnings = append(p.proposal.Warnings, chat.Remark{About: chat.AboutNoPayment})
	}
}

// wordsElsewhere gives the titles of the other articles by the words that they have.
func wordsElsewhere(base *kb.Base, but *kb.Cause, lang kb.Lang) map[string]string {
	out := map[string]string{}
	note := func(title kb.Text, words kb.Texts) {
		for _, w := range words.All() {
			out[key(w)] = title.In(lang)
		}
	}
	for _, t := range base.Topics {
		note(t.Title, t.Aliases)
	}
	for _, h := range base.Howtos {
		note(h.Title, h.Aliases)
	}
	for _, c := range base.Causes {
		if c != but {
			note(c.Title, c.Aliases)
		}
	}
	return out
}
