package index

import (
	"slices"
	"strings"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/bayes"
	"github.com/s4bot/s4bot/internal/nlu/terms"
)

// document is one article as it is searched.
type document struct {
	id     string
	names  kb.Texts // the title and the aliases
	body   kb.Texts // what the article says
	fields map[string]any
}

func documents(base *kb.Base, without []Part) []document {
	var docs []document
	add := func(id string, title kb.Text, aliases, body kb.Texts) {
		if slices.Contains(without, Aliases) {
			aliases = kb.Texts{}
		}
		if slices.Contains(without, Body) {
			body = kb.Texts{}
		}
		docs = append(docs, newDocument(id, title, aliases, body))
	}
	for _, c := range base.Causes {
		add(c.ID, c.Title, c.Aliases, causeBody(c))
	}
	for _, h := range base.Howtos {
		add(h.ID, h.Title, h.Aliases, h.Steps)
	}
	for _, t := range base.Topics {
		add(t.ID, t.Title, t.Aliases, kb.Texts{})
	}
	add(kb.CodesArticle, base.Codes.Title, base.Codes.Aliases, kb.Texts{})
	return docs
}

func newDocument(id string, title kb.Text, aliases, body kb.Texts) document {
	names := kb.Texts{
		ZH: slices.Concat([]string{title.ZH}, aliases.ZH),
		EN: slices.Concat([]string{title.EN}, aliases.EN),
	}
	han := strings.Join(slices.DeleteFunc(slices.Clone(names.ZH), spelled), "\n")
	return document{id, names, body, map[string]any{
		fieldHan:    han,
		fieldPinyin: strings.Join(names.ZH, "\n"),
		fieldBody:   han + "\n" + strings.Join(body.ZH, "\n"),
		fieldEN:     strings.Join(names.EN, "\n"),
	}}
}

// causeBody is what an article says beside its names.
func causeBody(c *kb.Cause) kb.Texts {
	body := kb.Texts{ZH: []string{c.Explain.ZH}, EN: []string{c.Explain.EN}}
	for _, cure := range c.Cures {
		body.ZH = append(body.ZH, cure.Fix.Title.ZH)
		body.EN = append(body.EN, cure.Fix.Title.EN)
	}
	body.ZH = append(body.ZH, c.Prevent.ZH...)
	body.EN = append(body.EN, c.Prevent.EN...)
	return body
}

// words counts the documents' words.
func words(docs []document, without []Part) *bayes.Model {
	classes := make([]bayes.Class, len(docs))
	for i, d := range docs {
		classes[i] = bayes.Class{ID: d.id, Texts: d.names.All(), Body: d.body.All()}
	}
	return bayes.New(classes, bayes.Options{NoSounds: slices.Contains(without, Pinyin)})
}

// spelled says that a text is Chinese in pinyin: its Latin words are sounds, and
// like no other words.
func spelled(text string) bool { return terms.Spelled(terms.Pieces(text)) }
