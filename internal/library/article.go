package library

import (
	"context"
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

// unit is what an effort of 1 takes.
const unit = 15 * time.Second

// Article implements adapters.Librarian.
func (l *Library) Article(ctx context.Context, id, lang string) (adapters.Article, error) {
	v := l.view(ctx, lang)
	if a, ok := v.article(id); ok {
		return a, ctx.Err()
	}
	return adapters.Article{}, fmt.Errorf("the article %.60q: %w", id, chat.ErrNoArticle)
}

// article finds an article by its id.
func (v view) article(id string) (adapters.Article, bool) {
	if c := v.Base.Cause(id); c != nil {
		return v.wholeCause(c), true
	}
	if id == kb.CodesArticle {
		return v.wholeCodes(), true
	}
	for _, h := range v.Base.Howtos {
		if h.ID == id {
			return v.wholeHowto(h), true
		}
	}
	for _, t := range v.Base.Topics {
		if t.ID == id {
			return adapters.Article{Entry: v.topic(t), Shelf: topics.In(v.lang), Explain: t.Answer.In(v.lang), Words: v.words(t.Aliases)}, true
		}
	}
	if name, ok := strings.CutPrefix(id, questionID); ok && v.Base.Question(name) != nil {
		return v.wholeQuestion(v.Base.Question(name)), true
	}
	if name, ok := strings.CutPrefix(id, fixID); ok && v.Base.Fix(name) != nil && shared(v.Base.Fix(name)) {
		return v.wholeFix(v.Base.Fix(name)), true
	}
	return adapters.Article{}, false
}

func (v view) wholeCause(c *kb.Cause) adapters.Article {
	a := adapters.Article{
		Entry: v.cause(c), Shelf: v.group(c), Explain: c.Explain.In(v.lang), Prevent: c.Prevent.In(v.lang),
		Words: v.words(c.Aliases), Sources: v.sources(c.Sources),
	}
	for _, q := range v.Base.Questions {
		if c.Signs[q.ID] != nil {
			a.Signs = append(a.Signs, v.sign(c, q))
		}
	}
	for _, cure := range c.Cures {
		a.Fixes = append(a.Fixes, v.remedy(cure.Fix, cure.Works))
	}
	return a
}

func (v view) wholeHowto(h *kb.Howto) adapters.Article {
	return adapters.Article{
		Entry: v.howto(h), Shelf: howtos.In(v.lang), Steps: h.Steps.In(v.lang), Note: h.Note.In(v.lang),
		Words: v.words(h.Aliases), Sources: v.sources(h.Sources),
	}
}

func (v view) wholeCodes() adapters.Article {
	t := v.Base.Codes
	a := adapters.Article{
		Entry: v.codes(), Shelf: codes.In(v.lang), Explain: t.Explain.In(v.lang), Words: v.words(t.Aliases), Sources: v.sources(t.Sources),
	}
	for _, c := range t.Codes {
		code := adapters.Code{Code: c.Code, Means: c.Means.In(v.lang)}
		for _, id := range c.Causes {
			code.Causes = append(code.Causes, v.pointer(v.Base.Cause(id), 0))
		}
		a.Codes = append(a.Codes, code)
	}
	return a
}

func (v view) wholeFix(f *kb.Fix) adapters.Article {
	a := adapters.Article{Entry: v.fix(f), Shelf: fixes.In(v.lang), Words: v.words(f.Tried), Fixes: []adapters.Fix{v.remedy(f, 0)}}
	for _, c := range v.Base.Causes {
		for _, cure := range c.Cures {
			if cure.Fix == f {
				a.Cures = append(a.Cures, v.pointer(c, cure.Works))
			}
		}
	}
	likeliest(a.Cures)
	return a
}

// sign gives what a cause makes likely as an answer to a question.
func (v view) sign(c *kb.Cause, q *kb.Question) adapters.Sign {
	out := adapters.Sign{Pointer: adapters.Pointer{ID: questionID + q.ID, Title: q.Ask.In(v.lang)}}
	for i, p := range q.Likelihood(c) {
		o := q.Options[i]
		answer := adapters.SignAnswer{Label: o.Label.In(v.lang), P: p, Usual: o.Share}
		if listed, ok := c.Signs[q.ID][o.ID]; ok {
			answer.Word = strength(listed).In(v.lang)
		}
		out.Answers = append(out.Answers, answer)
	}
	return out
}

// remedy gives a fix as it stands in an article.
func (v view) remedy(f *kb.Fix, works float64) adapters.Fix {
	out := adapters.Fix{
		Pointer: adapters.Pointer{Title: f.Title.In(v.lang), P: works}, Steps: f.Steps.In(v.lang),
		Takes: time.Duration(f.Effort * float64(unit)), Agent: f.Agent, Repeats: f.RepeatsPayment, Round: f.WayRound,
	}
	if shared(f) {
		out.ID = fixID + f.ID
	}
	return out
}

// shared says that a fix has a file of its own.
func shared(f *kb.Fix) bool { return path.Base(f.ID) == f.ID }

func (v view) pointer(c *kb.Cause, p float64) adapters.Pointer {
	return adapters.Pointer{ID: c.ID, Title: c.Title.In(v.lang), P: p}
}

// words gives both lists, the reader's language first.
func (v view) words(t kb.Texts) []adapters.Words {
	var out []adapters.Words
	for _, w := range []adapters.Words{{Lang: "zh", List: t.ZH}, {Lang: "en", List: t.EN}} {
		switch {
		case len(w.List) == 0:
		case w.Lang == string(v.lang):
			out = append([]adapters.Words{w}, out...)
		default:
			out = append(out, w)
		}
	}
	return out
}

func (v view) sources(ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = v.Base.Sources[id].In(v.lang)
	}
	return out
}
