package web

import (
	"fmt"
	"html/template"
	"strconv"
	"time"

	"github.com/s4bot/s4bot/internal/chart"
	"github.com/s4bot/s4bot/internal/insight"
)

// drawing turns a report into what the page shows.
type drawing struct {
	report insight.Report
	days   int
	lang   string
}

func (d drawing) t(zh, en string) string { return pick(d.lang, zh, en) }

// count says a number of things, in English of one or of many.
func (d drawing) count(n int, zh, one, many string) string {
	if n == 1 {
		many = one
	}
	return fmt.Sprintf(d.t(zh, many), n)
}

func (d drawing) date(t time.Time) string { return chart.Day(t, d.lang) }

// sections are all but the radar and the tiles, in the order of the page.
func (d drawing) sections() []section {
	return []section{
		{"overview", d.t("每天的情况", "Day by day"), []block{d.cases(), d.solved()}},
		{"course", d.t("一个案件怎么走", "How a case goes"), []block{d.handoffs(), d.questions(), d.time()}},
		{"causes", d.t("原因与判断", "Causes, and how well they are told"), []block{d.causes(), d.confusion(), d.calibration(), d.mistakes()}},
		{"knowledge", d.t("知识哪里好、哪里缺", "Where the knowledge is good, and where it is not"), []block{d.gaps(), d.worth(), d.misread(), d.articles()}},
		{"delivery", d.t("送达", "Delivery"), []block{d.failures()}},
	}
}

// block begins a block.
func (d drawing) block(id, title, note string) block {
	return block{Lang: d.lang, ID: id, Title: title, Note: note, CSV: "/insights/" + id + ".csv?days=" + strconv.Itoa(d.days)}
}

// frame begins a chart of a block.
func (d drawing) frame(b block, desc string) chart.Frame {
	return chart.Frame{ID: b.ID, Title: b.Title, Desc: desc, Lang: d.lang}
}

// both draws for narrow places and for wide ones.
func both(f chart.Frame, draw func(f chart.Frame) template.HTML) charts {
	wide := f
	wide.Shape, wide.ID = chart.Wide, f.ID+"-wide"
	f.Still = true // phones show it
	return charts{draw(f), draw(wide)}
}

// say gives a share with its interval.
func (d drawing) say(s insight.Share) string {
	if !s.Known() {
		return "–"
	}
	return chart.Percent(s.Value)
}

// interval says how sure a share is.
func (d drawing) interval(s insight.Share) string {
	if !s.Known() {
		return d.t("还没有数据", "no data yet")
	}
	return fmt.Sprintf(d.t("%d 个里有 %d 个；可能在 %s 到 %s 之间", "%[2]d of %[1]d; likely from %[3]s to %[4]s"), s.Of, s.N, chart.Percent(s.Low), chart.Percent(s.High))
}

// shareOf is the cell of a share that may be unknown.
func (d drawing) shareOf(s insight.Share) cell {
	if !s.Known() {
		return cell{Text: "–"}
	}
	return shareCell(s.Value)
}

// article is the cell that leads to an article of a cause.
func (d drawing) article(n insight.Name) cell {
	if n.ID == "" {
		return cell{Text: d.t("没认出来", "nothing")}
	}
	return cell{Text: n.Label, Href: "/knowledge/" + n.ID}
}

// solvedWell is the share solved by the bot from which it is set off as good.
const solvedWell = .5

// tile is one number at the top.
type tile struct{ Label, Value, Note, Class string }

func (d drawing) tiles() []tile {
	t := d.report.Totals
	minutes := t.TimeText
	if minutes == "" {
		minutes = "–"
	}
	asked := "–"
	if t.Cases > 0 {
		asked = chart.Number(t.MedianQuestions)
	}
	waiting := tile{d.t("等客服", "With a person"), chart.Number(float64(t.Waiting)), d.count(t.Open, "另有 %d 个还在和机器人谈", "%d more is still with the bot", "%d more are still with the bot"), ""}
	if t.Waiting > 0 {
		waiting.Class = "warn"
	}
	solved := tile{d.t("机器人自己解决", "Solved by the bot"), d.say(t.Solved), d.interval(t.Solved), ""}
	if t.Solved.Value >= solvedWell {
		solved.Class = "good"
	}
	return []tile{
		{d.t("案件", "Cases"), chart.Number(float64(t.Cases)), d.t("来自 ", "from ") + d.count(t.Merchants, "%d 家商户", "%d merchant", "%d merchants"), ""},
		solved,
		{d.t("转给人工", "Handed over"), d.say(t.Handed), d.interval(t.Handed), ""},
		waiting,
		{d.t("问几个问题", "Questions asked"), asked, d.t("每个案件，中位数", "per case, median"), ""},
		{d.t("多久解决", "Time to solution"), minutes, d.t("机器人解决的，中位数", "if the bot solves it, median"), ""},
	}
}
