package web

import (
	"fmt"

	"github.com/s4bot/s4bot/internal/chart"
)

// Most rows of a ranked chart.
const rankedMost = 10

// worth ranks the questions by what they tell for what they cost.
func (d drawing) worth() block {
	b := d.block("worth", d.t("哪些追问值得问", "Which questions earn their place"), d.t("平均问出多少信息（比特）。短的很少改变什么，可以想想还要不要。", "Mean information of an answer, in bits. Short ones hardly change anything: consider whether they are needed."))
	b.Table = table{Caption: b.Title, Head: heads(
		d.t("追问", "Question"), d.t("#问过", "#Asked"), d.t("#答得上", "#Answered"), d.t("#信息（比特）", "#Bits"), d.t("#费力（15 秒）", "#Effort (15 s)"), d.t("#每份力的信息", "#Bits per effort"), d.t("#改变了判断", "#Changed the lead"),
	)}
	var rows []chart.Row
	for i, q := range d.report.Worth {
		if i < rankedMost {
			text := fmt.Sprintf(d.t("%s 比特 · 问了 %d 次", "%s bits · asked %d×"), chart.Number(q.Bits), q.Asked)
			rows = append(rows, chart.Row{Label: q.Label, Value: q.Bits, Text: text})
		}
		b.Table.Rows = append(b.Table.Rows, []cell{
			{Text: q.Label, Href: "/knowledge/question." + q.ID}, countCell(q.Asked), d.shareOf(q.Answered), numberCell(q.Bits), numberCell(q.Effort), numberCell(q.Rate), d.shareOf(q.Changed),
		})
	}
	b.Charts.Narrow = chart.Ranked{Frame: d.frame(b, b.Note), Rows: rows, Colour: 6}.SVG()
	return b
}

// articles ranks the articles by use.
func (d drawing) articles() block {
	b := d.block("articles", d.t("最常用到的文章", "The most used articles"), d.t("深色是机器人自己解决的。", "The dark part is what the bot solved by itself."))
	b.Table = table{Caption: b.Title, Head: heads(
		d.t("文章", "Article"), d.t("#用到", "#Used"), d.t("#确认", "#Confirmed"), d.t("#说中", "#Right"), d.t("#解决", "#Solved"), d.t("最近", "Last"),
	)}
	var rows []chart.Row
	for i, a := range d.report.Articles {
		if i < rankedMost {
			rows = append(rows, chart.Row{Label: a.Label, Value: float64(a.Used), Part: float64(a.Solved.N), Text: fmt.Sprintf(d.t("%d 次 · 解决 %s", "%d× · solved %s"), a.Used, d.say(a.Solved))})
		}
		b.Table.Rows = append(b.Table.Rows, []cell{d.article(a.Name), countCell(a.Used), countCell(a.Confirmed), d.shareOf(a.Right), d.shareOf(a.Solved), dayCell(a.Last, a.LastLabel)})
	}
	b.Charts.Narrow = chart.Ranked{Frame: d.frame(b, b.Note), Rows: rows, Colour: 3}.SVG()
	return b
}

// gaps lists what nothing in the knowledge matched.
func (d drawing) gaps() block {
	g := d.report.Gaps
	b := d.block("gaps", d.t("知识里没有的", "Gaps in the knowledge"), "")
	if g.Total > 0 {
		b.Note = d.count(g.Total, "%d 句话在知识里找不到。相近的放在一起。", "%d message matched nothing.", "%d messages matched nothing. Those alike stand together.")
	}
	b.Open, b.Broad, b.Empty = true, true, d.t("没有。商户说的都接得住。", "None: everything merchants wrote was matched.")
	b.Table = table{Caption: b.Title, Head: heads(d.t("商户的话", "Merchants' words"), d.t("#次数", "#Times"), d.t("#商户", "#Merchants"), d.t("最近", "Last"))}
	for _, group := range g.Groups {
		text := group.Text
		for _, more := range group.More {
			text += " / " + more
		}
		b.Table.Rows = append(b.Table.Rows, []cell{textCell(text), countCell(group.Count), countCell(group.Merchants), dayCell(group.Last, group.LastLabel)})
	}
	return b
}

// misread lists messages that were taken for something else.
func (d drawing) misread() block {
	m := d.report.Misread
	b := d.block("misread", d.t("读错的话", "Messages read badly"), "")
	b.Open, b.Broad, b.Empty = true, true, d.t("没有读错的。", "None.")
	b.Table = table{Caption: b.Title, Head: heads(d.t("商户的话", "Merchant's words"), d.t("读成", "Read as"), d.t("其实是", "It was"), d.t("#当时给它的把握", "#Belief in it then"), d.t("日期", "Day"))}
	for _, r := range m.Rows {
		b.Table.Rows = append(b.Table.Rows, []cell{textCell(r.Text), d.article(r.Read), d.article(r.Confirmed), shareCell(r.P), dayCell(r.At, r.Label)})
	}
	return b
}

// failures draws posts that did not arrive, by day, and lists their kinds.
func (d drawing) failures() block {
	f := d.report.Failures
	b := d.block("failures", d.t("没送到的消息", "Posts that did not arrive"), "")
	b.Open, b.Broad, b.Empty = true, true, d.t("全都送到了。", "Everything arrived.")
	b.Table = table{Caption: b.Title, Head: heads(d.t("发给", "To"), d.t("怎么了", "Fate"), d.t("什么消息", "Post"), d.t("原因", "Reason"), d.t("#次数", "#Times"), d.t("最近", "Last"))}
	for _, r := range f.Rows {
		b.Table.Rows = append(b.Table.Rows, []cell{textCell(r.Side.Label), textCell(r.Fate.Label), textCell(r.Kind.Label), textCell(r.Reason), countCell(r.Count), dayCell(r.Last, r.LastLabel)})
	}
	if f.Total == 0 {
		return b
	}
	var labels []string
	for _, day := range d.report.Days.Days {
		labels = append(labels, day.Label)
	}
	b.Note = fmt.Sprintf(d.t("一共 %d 条。", "%d in all."), f.Total)
	b.Charts.Narrow = chart.Bars{Frame: d.frame(b, b.Note), Labels: labels, Series: []chart.Series{{Name: b.Title, Values: floats(f.Days), Colour: 2}}}.SVG()
	return b
}
