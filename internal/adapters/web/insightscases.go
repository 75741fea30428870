package web

import (
	"fmt"
	"html/template"
	"math"

	"github.com/s4bot/s4bot/internal/chart"
	"github.com/s4bot/s4bot/internal/insight"
)

// cases draws the cases of each day by what became of them.
func (d drawing) cases() block {
	days := d.report.Days
	b := d.block("days", d.t("每天的案件", "Cases per day"), d.t("按案件开始的那天算。", "By the day on which a case began."))
	b.Broad = true
	b.Table = table{Caption: b.Title, Head: heads(d.t("日期", "Day"), "#"+days.OpenedLabel, "#"+days.SolvedLabel, "#"+days.HandedLabel, "#"+days.OtherLabel, "#"+days.OpenLabel)}
	solved, handed := chart.Series{Name: days.SolvedLabel, Colour: 3}, chart.Series{Name: days.HandedLabel, Colour: 1}
	other, open := chart.Series{Name: days.OtherLabel, Colour: 8}, chart.Series{Name: days.OpenLabel, Colour: 5}
	var labels []string
	for _, day := range days.Days {
		labels = append(labels, day.Label)
		solved.Values, handed.Values = append(solved.Values, float64(day.Solved)), append(handed.Values, float64(day.Handed))
		other.Values, open.Values = append(other.Values, float64(day.Other)), append(open.Values, float64(day.Open))
		b.Table.Rows = append(b.Table.Rows, []cell{
			dayCell(day.Start, day.Label), countCell(day.Opened), countCell(day.Solved), countCell(day.Handed), countCell(day.Other), countCell(day.Open),
		})
	}
	t := d.report.Totals
	desc := fmt.Sprintf(d.t("%d 天里 %d 个案件，机器人自己解决了 %s。", "%d days with %d cases, of which the bot solved %s by itself."), len(days.Days), t.Cases, d.say(t.Solved))
	b.Charts = both(d.frame(b, desc), func(f chart.Frame) template.HTML {
		return chart.Bars{Frame: f, Labels: labels, Series: []chart.Series{solved, handed, other, open}}.SVG()
	})
	return b
}

// solved draws the share that the bot solved, with how sure it is.
func (d drawing) solved() block {
	b := d.block("solved", d.t("机器人解决的比例", "Share solved by the bot"), d.t("每天往前数七天；浅色是可能的范围，案件少就宽。", "Over the seven days up to each; the shade is the likely range, wide while cases are few."))
	b.Table = table{Caption: b.Title, Head: heads(d.t("日期", "Day"), d.t("#解决", "#Solved"), d.t("#结束", "#Ended"), d.t("#比例", "#Share"), d.t("#最低", "#Low"), d.t("#最高", "#High"))}
	var labels []string
	share := chart.Series{Name: d.t("比例", "share"), Colour: 3}
	var low, high []float64
	for i, s := range d.report.Days.Week {
		if i >= len(d.report.Days.Days) {
			break
		}
		day := d.report.Days.Days[i]
		labels = append(labels, day.Label)
		value := s.Value
		if !s.Known() {
			value = math.NaN()
		}
		share.Values = append(share.Values, value)
		low, high = append(low, s.Low), append(high, s.High)
		b.Table.Rows = append(b.Table.Rows, []cell{dayCell(day.Start, day.Label), countCell(s.N), countCell(s.Of), d.shareOf(s), shareCell(s.Low), shareCell(s.High)})
	}
	b.Charts.Narrow = chart.Line{
		Frame: d.frame(b, d.interval(d.report.Totals.Solved)), Labels: labels, Series: []chart.Series{share},
		Low: low, High: high, Usual: d.t("可能的范围", "likely range"), Share: true,
	}.SVG()
	return b
}

// handoffs ranks why cases went to a person.
func (d drawing) handoffs() block {
	h := d.report.Handoffs
	b := d.block("handoffs", d.t("为什么转人工", "Why cases were handed over"), "")
	b.Table = table{Caption: b.Title, Head: heads(d.t("理由", "Reason"), d.t("#案件", "#Cases"), d.t("#比例", "#Share"))}
	var rows []chart.Row
	for _, r := range h.Bars {
		rows = append(rows, chart.Row{Label: r.Label, Value: float64(r.Count), Text: fmt.Sprintf("%s · %s", chart.Number(float64(r.Count)), chart.Percent(r.Share))})
		b.Table.Rows = append(b.Table.Rows, []cell{textCell(r.Label), countCell(r.Count), shareCell(r.Share)})
	}
	b.Charts.Narrow = chart.Ranked{Frame: d.frame(b, fmt.Sprintf(d.t("一共转了 %d 个。", "%d in all."), h.Total)), Rows: rows}.SVG()
	return b
}

func (d drawing) questions() block {
	return d.histogram("questions", d.t("问了几个问题", "Questions per case"), d.report.Questions)
}

func (d drawing) time() block {
	return d.histogram("time", d.t("多久解决", "Time to solution"), d.report.Time)
}

// histogram draws how a number is spread, with its median.
func (d drawing) histogram(id, title string, h insight.Histogram) block {
	b := d.block(id, title, "")
	b.Table = table{Caption: title, Head: heads(d.t("多少", "How much"), d.t("#案件", "#Cases"))}
	c := chart.Histogram{}
	for i, bin := range h.Bins {
		c.Bins = append(c.Bins, chart.Bin{Label: bin.Label, Count: float64(bin.Count)})
		b.Table.Rows = append(b.Table.Rows, []cell{textCell(bin.Label), countCell(bin.Count)})
		if h.Median >= bin.From && (h.Median < bin.To || bin.To == 0) {
			c.At = float64(i) + within(h.Median, bin)
		}
	}
	if h.N > 0 {
		b.Note = fmt.Sprintf(d.t("一半的案件不超过 %s，九成不超过 %s。", "Half of the cases take at most %s, nine in ten at most %s."), h.MedianText, h.P90Text)
		c.Mark = d.t("中位数 ", "median ") + h.MedianText
	}
	c.Frame = d.frame(b, b.Note)
	b.Charts.Narrow = c.SVG()
	return b
}

// within says how far into a bin a value lies, from 0 to 1. A bin of one whole number
// is meant by its middle.
func within(x float64, bin insight.Bin) float64 {
	if long := bin.To - bin.From; long > 1 {
		return (x - bin.From) / long
	}
	return .5
}
