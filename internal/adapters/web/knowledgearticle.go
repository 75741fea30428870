package web

import (
	"fmt"
	"html/template"
	"strconv"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chart"
)

// knowledgeArticle is one article as its page shows it.
type knowledgeArticle struct {
	adapters.Article
	Facts   []string
	Signs   []signCard
	AllSign table
	Fixes   []fixCard
	Ask     *askCard
	Codes   *table
	Cures   []cureLine
}

// signCard is what a cause makes likely as an answer to a question.
type signCard struct {
	ID, Title string
	Chart     template.HTML
}

// fixCard is a remedy with what there is to know of it.
type fixCard struct {
	adapters.Fix
	Works  badge
	Badges []badge
}

// badge is a word set off; Class is that of base.css.
type badge struct{ Text, Class string }

// askCard is what a question asks.
type askCard struct {
	adapters.Ask
	Badges  []badge
	Chart   template.HTML
	Answers []answerLine
}

// answerLine is an answer with the causes that it speaks for.
type answerLine struct {
	Label, Share string
	Speaks       []cureLine
}

// cureLine leads to a cause.
type cureLine struct{ ID, Title, P string }

func newKnowledgeArticle(a adapters.Article, lang string, now time.Time) *knowledgeArticle {
	told := a.Entry
	if a.Use.Of > 0 {
		told.Use = adapters.Use{} // the tiles tell it
	}
	out := &knowledgeArticle{Article: a, Facts: entryFacts(told, lang, now)}
	if a.Common > 0 {
		out.Facts = append([]string{fmt.Sprintf(pick(lang, "平常占 %s", "%s of all, before anything is known"), chart.Percent(a.Common))}, out.Facts...)
	}
	out.Signs, out.AllSign = signCards(a, lang)
	for _, f := range a.Fixes {
		out.Fixes = append(out.Fixes, newFixCard(f, lang))
	}
	if a.Ask != nil {
		out.Ask = newAskCard(a, lang)
	}
	if len(a.Codes) > 0 {
		t := codesTable(a, lang)
		out.Codes = &t
	}
	out.Cures = cureLines(a.Cures)
	return out
}

// signCards draws the answers that an article lists, and gives all in a table.
func signCards(a adapters.Article, lang string) ([]signCard, table) {
	all := table{
		Caption: pick(lang, "每个答案的可能性", "How likely each answer is"),
		Head:    heads(pick(lang, "追问", "Question"), pick(lang, "答案", "Answer"), pick(lang, "#这个原因时", "#With this cause"), pick(lang, "#平常", "#Usually")),
	}
	var cards []signCard
	for i, s := range a.Signs {
		var rows []chart.Row
		for _, answer := range s.Answers {
			all.Rows = append(all.Rows, []cell{textCell(s.Title), textCell(answer.Label), shareCell(answer.P), shareCell(answer.Usual)})
			if answer.Word == "" {
				continue
			}
			text := fmt.Sprintf(pick(lang, "%s · %s（平常 %s）", "%s · %s (otherwise %s)"), answer.Word, chart.Percent(answer.P), chart.Percent(answer.Usual))
			rows = append(rows, chart.Row{Label: answer.Label, Value: answer.P, Text: text, Tick: answer.Usual})
		}
		f := chart.Frame{ID: "sign-" + strconv.Itoa(i), Title: s.Title, Lang: lang, Desc: pick(lang, "这个原因时各个答案有多可能；竖线是平常。", "How likely each answer is with this cause; the line is what is usual.")}
		cards = append(cards, signCard{s.ID, s.Title, chart.Ranked{Frame: f, Rows: rows, Most: 1}.SVG()})
	}
	return cards, all
}

// worksWell is how often a fix must work to be set off.
const worksWell = .6

func newFixCard(f adapters.Fix, lang string) fixCard {
	out := fixCard{Fix: f}
	if f.P > 0 {
		out.Works.Text = fmt.Sprintf(pick(lang, "%s 管用", "works in %s"), chart.Percent(f.P))
		if f.P >= worksWell {
			out.Works.Class = "good"
		}
	}
	out.Badges = append(out.Badges, badge{takes(f.Takes, lang), ""})
	if f.Agent {
		out.Badges = append(out.Badges, badge{pick(lang, "由客服来做", "done by support"), "accent"})
	}
	if f.Repeats {
		out.Badges = append(out.Badges, badge{pick(lang, "客人要再付一次：先问清有没有扣款", "customer pays again: ask about the charge first"), "warn"})
	}
	if f.Round {
		out.Badges = append(out.Badges, badge{pick(lang, "有客人等着时先用", "first when a customer waits"), "good"})
	}
	return out
}

// takes says how long something takes.
func takes(d time.Duration, lang string) string {
	if d < 90*time.Second {
		return fmt.Sprintf(pick(lang, "约 %d 秒", "about %d s"), int(d.Seconds()))
	}
	return fmt.Sprintf(pick(lang, "约 %d 分钟", "about %d min"), int(d.Minutes()+.5))
}

func newAskCard(a adapters.Article, lang string) *askCard {
	out := &askCard{Ask: *a.Ask}
	if a.Ask.Auto != "" {
		out.Badges = append(out.Badges, badge{pick(lang, "看钟就知道，不用问", "told by the clock, never asked"), "accent"})
	} else {
		out.Badges = append(out.Badges, badge{takes(a.Ask.Takes, lang), ""})
	}
	if a.Ask.Safety {
		out.Badges = append(out.Badges, badge{pick(lang, "管住客人的钱：先问它才能重刷", "guards the customer's money: asked before anybody pays again"), "warn"})
	}
	var rows []chart.Row
	for _, o := range a.Ask.Options {
		rows = append(rows, chart.Row{Label: o.Label, Value: o.Share, Text: chart.Percent(o.Share)})
		out.Answers = append(out.Answers, answerLine{o.Label, chart.Percent(o.Share), cureLines(o.Speaks)})
	}
	f := chart.Frame{ID: "shares", Title: pick(lang, "平常怎么答", "How it is usually answered"), Lang: lang, Desc: a.Title}
	out.Chart = chart.Ranked{Frame: f, Rows: rows, Most: 1, Colour: 6}.SVG()
	return out
}

func cureLines(list []adapters.Pointer) []cureLine {
	out := make([]cureLine, len(list))
	for i, p := range list {
		out[i] = cureLine{p.ID, p.Title, chart.Percent(p.P)}
	}
	return out
}

// codesTable lists the response codes; each leads to its likeliest cause.
func codesTable(a adapters.Article, lang string) table {
	t := table{Caption: a.Title, Head: heads(pick(lang, "代码", "Code"), pick(lang, "意思", "Meaning"), pick(lang, "最可能的原因", "Likeliest cause"))}
	for _, c := range a.Codes {
		cause := cell{Text: "–"}
		if len(c.Causes) > 0 {
			cause = cell{Text: c.Causes[0].Title, Href: "/knowledge/" + c.Causes[0].ID}
		}
		t.Rows = append(t.Rows, []cell{textCell(c.Code), textCell(c.Means), cause})
	}
	return t
}
