package web

import (
	"fmt"
	"html/template"

	"github.com/s4bot/s4bot/internal/chart"
	"github.com/s4bot/s4bot/internal/insight"
)

// radarDrawn is how many alarms are drawn; the others are told.
const radarDrawn = 3

// alarmBefore is how many steps before a rise the page's table begins.
const alarmBefore = 4

// radar is what stands first on the page.
type radar struct {
	Rising   bool     // something is rising now
	Learning bool     // what is usual is not known yet
	Title    string   // in a few words
	Text     string   // in a sentence
	Blocks   []block  // the alarms, drawn
	More     []string // sentences on those that aren't
	Watched  block    // everything watched
}

func (d drawing) radar() radar {
	r := d.report.Radar
	out := radar{Watched: d.watched(r)}
	alarms, going := r.Alarms(), 0
	for i, s := range alarms {
		if s.Alarm.Going {
			going++
		}
		if i < radarDrawn {
			out.Blocks = append(out.Blocks, d.alarm(r, s, i))
		} else {
			out.More = append(out.More, s.Alarm.Sentence)
		}
	}
	out.Rising = going > 0
	switch {
	case going > 0:
		out.Title = d.t("现在有异常", "Something is rising now")
		out.Text = d.t("同一时间，说这件事的商户比平时多得多。这只说明人数，不说明原因。", "Far more merchants than usual speak of this at the same time. This counts people; it does not say why.")
	case len(alarms) > 0:
		out.Title = d.t("过去一天有过异常，现在平静了", "Something rose in the last day; it is calm again")
	case r.History <= 0:
		out.Learning = true
		out.Title = d.t("还在学习平时的样子", "Still learning what is usual")
		out.Text = d.t("攒够一些日子的案件后，哪家银行、哪个原因突然变多，这里会第一时间告诉您。", "After some days of cases this will tell you at once when a bank or a cause rises above its usual rate.")
	default:
		out.Title = d.t("一切如常", "All is calm")
		out.Text = fmt.Sprintf(d.t("盯着 %d 项（原因、银行、收单机构），过去一天没有异常。", "%d things are watched (causes, banks, acquirers); none rose in the last day."), r.Watched)
	}
	return out
}

// alarm draws how something rose above what is usual, with the moment marked.
func (d drawing) alarm(r insight.Radar, s insight.Signal, place int) block {
	b := d.block(fmt.Sprintf("radar-%d", place+1), s.KindLabel+d.t("：", ": ")+s.Label, s.Alarm.Sentence)
	b.Big = d.count(s.Alarm.Merchants, "%d 家商户", "%d merchant", "%d merchants")
	if s.Alarm.Going {
		b.Now = d.t("还在继续", "still going on")
	}
	labels := r.Labels
	mark := d.t("从这里起", "from here on")
	if s.Alarm.Step >= 0 && s.Alarm.Step < len(labels) {
		since := s.Alarm.Since.Format("15:04")
		mark = d.t(since+" 起", "since "+since)
	}
	b.Charts = both(d.frame(b, s.Alarm.Sentence), func(f chart.Frame) template.HTML {
		return chart.Line{
			Frame: f, Labels: labels, Series: []chart.Series{{Name: d.t("商户", "merchants"), Values: floats(s.Counts), Colour: 2}},
			Low: s.Low, High: s.High, Usual: d.t("平时的范围", "usual range"), Area: true, Mark: mark, At: s.Alarm.Step,
		}.SVG()
	})
	if place > 0 {
		b.Charts.Wide = "" // it stands beside others
	}
	b.Table = table{Caption: b.Title, From: max(0, s.Alarm.Step-alarmBefore), Head: heads(d.t("时间", "Time"), d.t("#商户", "#Merchants"), d.t("#平时", "#Usual"), d.t("#平时最少", "#Usual, least"), d.t("#平时最多", "#Usual, most"))}
	for i, label := range labels {
		if i >= len(s.Counts) || i >= len(s.Usual) || i >= len(s.Low) || i >= len(s.High) {
			break
		}
		when := cell{Text: label}
		if i < len(r.Times) {
			when.Plain = r.Times[i].Format("2006-01-02 15:04")
		}
		b.Table.Rows = append(b.Table.Rows, []cell{when, countCell(s.Counts[i]), numberCell(s.Usual[i]), numberCell(s.Low[i]), numberCell(s.High[i])})
	}
	return b
}

// watched lists the signals.
func (d drawing) watched(r insight.Radar) block {
	b := d.block("radar", d.t("过去一天最忙的", "The busiest of the last day"), "")
	b.Table = table{Caption: b.Title, Head: heads(d.t("什么", "What"), d.t("种类", "Kind"), d.t("#商户", "#Merchants"), d.t("#平时每小时", "#Usual per hour"), d.t("情况", "State"))}
	for _, s := range r.Signals {
		state := d.t("如常", "usual")
		if s.Alarm != nil {
			state = s.Alarm.Sentence
		}
		b.Table.Rows = append(b.Table.Rows, []cell{textCell(s.Label), textCell(s.KindLabel), countCell(s.Total), numberCell(s.Rate), textCell(state)})
	}
	return b
}

func floats(counts []int) []float64 {
	out := make([]float64, len(counts))
	for i, n := range counts {
		out[i] = float64(n)
	}
	return out
}
