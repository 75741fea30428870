package web

import (
	"fmt"
	"html/template"

	"github.com/s4bot/s4bot/internal/chart"
)

// causes draws the groups of causes over time.
func (d drawing) causes() block {
	s := d.report.Causes
	b := d.block("causes", d.t("各类原因的变化", "Causes by group over time"), d.t("已确认的按确认的算，其余按机器人的判断算。", "By the confirmed cause where it is known, else by the bot's."))
	b.Broad = true
	b.Table = table{Caption: b.Title, Head: heads(d.t("日期", "Day"))}
	if s.Weekly {
		b.Table.Head[0].Label = d.t("从这天起的一周", "Week from")
	}
	var labels []string
	var series []chart.Series
	for i, layer := range s.Layers {
		b.Table.Head = append(b.Table.Head, column{layer.Label, true})
		series = append(series, chart.Series{Name: layer.Label, Values: floats(layer.Counts), Colour: groupColour(layer.ID, i)})
	}
	for i, c := range s.Columns {
		labels = append(labels, c.Label)
		row := []cell{dayCell(c.Start, c.Label)}
		for _, layer := range s.Layers {
			n := 0
			if i < len(layer.Counts) {
				n = layer.Counts[i]
			}
			row = append(row, countCell(n))
		}
		b.Table.Rows = append(b.Table.Rows, row)
	}
	desc := ""
	if len(s.Layers) > 0 {
		desc = fmt.Sprintf(d.t("最多的是“%s”，共 %d 个。", "Most are “%s”, %d in all."), s.Layers[0].Label, s.Layers[0].Total)
	}
	b.Charts = both(d.frame(b, desc), func(f chart.Frame) template.HTML {
		return chart.Bars{Frame: f, Labels: labels, Series: series}.SVG()
	})
	return b
}

// groupColours give each group of causes its colour, however many there are of it.
var groupColours = map[string]int{"network": 1, "hardware": 2, "software": 6, "operation": 5, "card": 3, "issuer": 7, "merchant": 4, "channel": 8}

func groupColour(id string, place int) int {
	if c, ok := groupColours[id]; ok {
		return c
	}
	if id == "" {
		return chart.Rest
	}
	return place%8 + 1
}

// confusion compares predicted and confirmed groups.
func (d drawing) confusion() block {
	c := d.report.Confusion
	b := d.block("confusion", d.t("判断的与确认的", "Predicted against confirmed"), "")
	if c.N > 0 {
		b.Note = fmt.Sprintf(d.t("%d 个案件两样都知道：原因正好说中 %s，方向说中 %s。", "Where both are known (%d), the very cause was right in %s, its group in %s."), c.N, d.say(c.Hits), d.say(c.Groups))
	}
	h := chart.Heat{RowsTitle: d.t("判断的", "predicted"), ColumnsTitle: d.t("确认的", "confirmed"), Diagonal: true}
	b.Table = table{Caption: b.Title, Head: heads(d.t("判断的 ＼ 确认的", "Predicted \\ confirmed"))}
	for _, n := range c.Names {
		h.Rows, h.Columns = append(h.Rows, n.Label), append(h.Columns, n.Label)
		b.Table.Head = append(b.Table.Head, column{n.Label, true})
	}
	for i, n := range c.Names {
		row := []cell{textCell(n.Label)}
		if i < len(c.Counts) {
			h.Values = append(h.Values, floats(c.Counts[i]))
			for _, count := range c.Counts[i] {
				row = append(row, countCell(count))
			}
		}
		b.Table.Rows = append(b.Table.Rows, row)
	}
	h.Frame = d.frame(b, b.Note)
	b.Charts.Narrow = h.SVG()
	return b
}

// calibration compares how sure the bot was with how often it was right.
func (d drawing) calibration() block {
	c := d.report.Calibration
	b := d.block("calibration", d.t("说的把握准不准", "Is it as right as it says?"), "")
	if c.N > 0 {
		b.Note = fmt.Sprintf(d.t("点在线上，就是说几成准几成。平均差 %s。", "On the line, it is right as often as it says. The mean gap is %s."), chart.Percent(c.Error))
	}
	b.Table = table{Caption: b.Title, Head: heads(d.t("说的把握", "Says"), d.t("#平均", "#Mean"), d.t("#案件", "#Cases"), d.t("#说中", "#Right"), d.t("#最低", "#Low"), d.t("#最高", "#High"))}
	var points []chart.Point
	for _, claim := range c.Claims {
		points = append(points, chart.Point{Said: claim.Mean, Was: claim.Hits.Value, Low: claim.Hits.Low, High: claim.Hits.High, N: claim.Hits.Of})
		b.Table.Rows = append(b.Table.Rows, []cell{
			textCell(claim.Label), shareCell(claim.Mean), countCell(claim.Hits.Of), d.shareOf(claim.Hits), shareCell(claim.Hits.Low), shareCell(claim.Hits.High),
		})
	}
	b.Charts.Narrow = chart.Calibration{
		Frame: d.frame(b, b.Note), Points: points,
		XTitle: d.t("机器人说的把握 →", "what the bot says →"), YTitle: d.t("↑ 实际说中", "↑ how often it is right"),
	}.SVG()
	return b
}

// mistakes lists causes that were taken for others.
func (d drawing) mistakes() block {
	b := d.block("mistakes", d.t("最常认错的", "Taken for another"), "")
	b.Open, b.Broad = true, true
	b.Empty = d.t("还没有认错的。", "None so far.")
	b.Table = table{Caption: b.Title, Head: heads(d.t("机器人以为", "The bot thought"), d.t("其实是", "It was"), d.t("#案件", "#Cases"), d.t("#当时把握", "#Belief then"))}
	for _, m := range d.report.Confusion.Mistakes {
		b.Table.Rows = append(b.Table.Rows, []cell{d.article(m.Predicted), d.article(m.Confirmed), countCell(m.Count), shareCell(m.Mean)})
	}
	return b
}
