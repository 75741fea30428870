package library

import (
	"context"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/kb"
)

// The ids of articles on questions and shared fixes begin with these: by
// themselves they might be the id of another article.
const (
	questionID = "question."
	fixID      = "fix."
)

// Catalogue implements adapters.Librarian.
func (l *Library) Catalogue(ctx context.Context, lang string) (adapters.Catalogue, error) {
	v := l.view(ctx, lang)
	out := adapters.Catalogue{Version: v.Base.Version, Reloads: l.config.Reloads, Shelves: v.shelves()}
	for _, f := range l.check() {
		out.Faults = append(out.Faults, adapters.Fault{File: f.File, Line: f.Line, Field: f.Field, Text: f.Text, Article: out.ArticleIn(f.File)})
	}
	return out, ctx.Err()
}

// shelves lists everything.
func (v view) shelves() []adapters.Shelf {
	out := v.causes()
	add := func(id string, title kb.Text, kind adapters.ArticleKind, entries []adapters.Entry) {
		out = append(out, adapters.Shelf{ID: id, Title: title.In(v.lang), Kind: kind, Entries: entries})
	}
	var list []adapters.Entry
	for _, h := range v.Base.Howtos {
		list = append(list, v.howto(h))
	}
	add("howto", howtos, adapters.AboutHowto, list)
	add("codes", codes, adapters.AboutCodes, []adapters.Entry{v.codes()})
	list = nil
	for _, q := range v.Base.Questions {
		list = append(list, v.question(q))
	}
	add("questions", questions, adapters.AboutQuestion, list)
	list = nil
	for _, f := range v.Base.Fixes {
		if shared(f) {
			list = append(list, v.fix(f))
		}
	}
	add("fixes", fixes, adapters.AboutFix, list)
	list = nil
	for _, t := range v.Base.Topics {
		list = append(list, v.topic(t))
	}
	add("topics", topics, adapters.AboutTopic, list)
	return out
}

// causes are the shelves of causes, one a group, in the order of their ids.
func (v view) causes() []adapters.Shelf {
	var out []adapters.Shelf
	for _, c := range v.Base.Causes {
		if n := len(out); n == 0 || out[n-1].ID != c.Group() {
			out = append(out, adapters.Shelf{ID: c.Group(), Title: v.group(c), Kind: adapters.AboutCause})
		}
		last := &out[len(out)-1]
		last.Entries = append(last.Entries, v.cause(c))
	}
	return out
}

// group gives the title of a cause's group.
func (v view) group(c *kb.Cause) string {
	groups, causes := v.Manager.CauseTitles(v.lang)
	for _, title := range groups {
		for _, option := range causes[title] {
			if option.ID == c.ID {
				return title
			}
		}
	}
	return c.Group()
}

func (v view) entry(kind adapters.ArticleKind, id, dir, name string, title kb.Text, aliases kb.Texts) adapters.Entry {
	file := dir + "/" + name + ".yaml"
	return adapters.Entry{
		ID: id, Title: title.In(v.lang), Kind: kind, File: file,
		Words: len(aliases.ZH) + len(aliases.EN), Use: v.use[id], Changed: v.changed(file),
	}
}

func (v view) cause(c *kb.Cause) adapters.Entry {
	e := v.entry(adapters.AboutCause, c.ID, "causes", c.ID, c.Title, c.Aliases)
	e.Common = c.Prior / v.sum
	return e
}

func (v view) howto(h *kb.Howto) adapters.Entry {
	return v.entry(adapters.AboutHowto, h.ID, "howto", h.ID, h.Title, h.Aliases)
}

func (v view) topic(t *kb.Topic) adapters.Entry {
	return v.entry(adapters.AboutTopic, t.ID, "outside", t.ID, t.Title, t.Aliases)
}

func (v view) codes() adapters.Entry {
	return v.entry(adapters.AboutCodes, kb.CodesArticle, "reference", "response-codes", v.Base.Codes.Title, v.Base.Codes.Aliases)
}

func (v view) question(q *kb.Question) adapters.Entry {
	var aliases kb.Texts
	for _, o := range q.Options {
		aliases.ZH, aliases.EN = append(aliases.ZH, o.Aliases.ZH...), append(aliases.EN, o.Aliases.EN...)
	}
	return v.entry(adapters.AboutQuestion, questionID+q.ID, "questions", q.ID, q.Ask, aliases)
}

func (v view) fix(f *kb.Fix) adapters.Entry {
	return v.entry(adapters.AboutFix, fixID+f.ID, "fixes", f.ID, f.Title, f.Tried)
}
