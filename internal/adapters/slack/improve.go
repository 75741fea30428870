package slack

import (
	"cmp"
	"encoding/json"
	"strings"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// The fields of the modal that improves an article.
const (
	fieldArticle    = "article"
	fieldLang       = "lang"
	fieldWords      = "words"
	fieldFix        = "fix"
	fieldSteps      = "steps"
	fieldOtherFix   = "other_fix"
	fieldOtherSteps = "other_steps"
	fieldRepeats    = "repeats"
)

// improve goes on with an improvement after a tap: its modal is opened, or its owner
// has decided.
func (a *Adapter) improve(run *errands, t tap) bool {
	var c carried
	if json.Unmarshal([]byte(t.value), &c) != nil || !a.improves() {
		return true
	}
	if t.action == "improve" {
		return a.modal(run, t, a.improving(t, c))
	}
	return a.decided(run, t, c)
}

// improving asks what the article of a cause should say besides.
func (a *Adapter) improving(t tap, c carried) slackgo.ModalViewRequest {
	lang := a.config.Lang
	f := chat.NewFix{Repeats: true} // for safety
	if c.Change.Fix != nil {
		f = *c.Change.Fix
	}
	blocks := []slackgo.Block{
		slackgo.NewInputBlock(fieldArticle, plainText(wordArticle.in(lang)), nil, a.articleMenu(c.Change.Cause)),
		slackgo.NewInputBlock(fieldLang, plainText(wordLanguage.in(lang)), nil, langMenu(c.Change.Lang)),
		box(fieldWords, wordWords.in(lang), strings.Join(c.Change.Words, "\n"), true),
		aside(wordOrFix.in(lang)),
		box(fieldFix, wordFixTitle.in(lang), f.Title, false), box(fieldSteps, wordFixSteps.in(lang), strings.Join(f.Steps, "\n"), true),
		box(fieldOtherFix, wordOtherTitle.in(lang), f.OtherTitle, false), box(fieldOtherSteps, wordOtherSteps.in(lang), strings.Join(f.OtherSteps, "\n"), true),
		repeatsBox(f.Repeats, lang),
	}
	return form(modalImprove, titleImprove.in(lang), labelPropose.in(lang), labelCancel.in(lang), modalNote{Room: c.Room, Act: t.id}, blocks...)
}

// articleMenu is the list of causes with one of them chosen.
func (a *Adapter) articleMenu(cause string) *slackgo.SelectBlockElement {
	groups := a.causes(a.config.Lang)
	groups = groups[:len(groups)-1] // the last one is none of them
	menu := &slackgo.SelectBlockElement{
		Type: slackgo.OptTypeStatic, ActionID: fieldArticle, Placeholder: plainText(wordSearch.in(a.config.Lang)), OptionGroups: groups,
	}
	for _, g := range groups {
		for _, o := range g.Options {
			if o.Value == (chat.Option{ID: cause}).Key() {
				menu.InitialOption = o
			}
		}
	}
	return menu
}

// langMenu is a choice between the languages.
func langMenu(lang string) *slackgo.RadioButtonsBlockElement {
	options := choices([]chat.Option{{ID: "zh", Label: "中文"}, {ID: "en", Label: "English"}})
	menu := slackgo.NewRadioButtonsBlockElement(fieldLang, options...)
	if menu.InitialOption = options[0]; lang == "en" {
		menu.InitialOption = options[1]
	}
	return menu
}

// boxMost is how much can be written in a field; what a button carries is less.
const boxMost = 1500

// box is a field with something in it already; it may be left empty.
func box(id, label, value string, lines bool) *slackgo.InputBlock {
	e := slackgo.NewPlainTextInputBlockElement(nil, id)
	e.Multiline, e.MaxLength, e.InitialValue = lines, boxMost, shorten(clean(value), boxMost)
	b := slackgo.NewInputBlock(id, plainText(label), nil, e)
	b.Optional = true
	return b
}

// repeatsBox asks whether the customer pays again.
func repeatsBox(set bool, lang string) *slackgo.InputBlock {
	options := choices([]chat.Option{{ID: "yes", Label: wordRepeats.in(lang)}})
	e := slackgo.NewCheckboxGroupsBlockElement(fieldRepeats, options...)
	if set {
		e.InitialOptions = options
	}
	b := slackgo.NewInputBlock(fieldRepeats, plainText(wordSafety.in(lang)), nil, e)
	b.Optional = true
	return b
}

// improved takes in an improvement, for its owner to decide on.
func (a *Adapter) improved(run *errands, i *slackgo.InteractionCallback, who chat.Agent, note modalNote) bool {
	if !a.improves() || note.Act == "" || !a.in.first("modal "+note.Act) {
		return true
	}
	return a.propose(run, carried{Room: note.Room, Change: a.improvement(&i.View), By: who})
}

// improvement reads what was filled in.
func (a *Adapter) improvement(v *slackgo.View) chat.Improvement {
	text := func(id string) string { return strings.TrimSpace(clean(filled(v, id).Value)) }
	c := chat.Improvement{
		Cause: a.causeOf(filled(v, fieldArticle).SelectedOption.Value), Lang: cmp.Or(filled(v, fieldLang).SelectedOption.Value, a.config.Lang),
		Words: nonBlank(text(fieldWords)),
	}
	f := chat.NewFix{
		Title: text(fieldFix), Steps: nonBlank(text(fieldSteps)), OtherTitle: text(fieldOtherFix), OtherSteps: nonBlank(text(fieldOtherSteps)),
		Repeats: len(filled(v, fieldRepeats).SelectedOptions) > 0,
	}
	if f.Title != "" || f.OtherTitle != "" || len(f.Steps)+len(f.OtherSteps) > 0 {
		c.Fix = &f
	}
	return c
}

// nonBlank gives the lines of a text that say something.
func nonBlank(text string) (out []string) {
	for l := range strings.SplitSeq(text, "\n") {
		if l = line(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
