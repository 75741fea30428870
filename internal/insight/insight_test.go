package insight_test

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/s4bot/s4bot/internal/insight"
)

var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

var titles = insight.Titles{
	Causes: map[string]insight.Title{
		"network.weak-signal": {ZH: "信号弱", EN: "Weak signal"}, "network.disconnected": {ZH: "断网", EN: "Disconnected"}, "card.expired": {ZH: "卡过期", EN: "Card expired"},
	},
	Groups:    map[string]insight.Title{"network": {ZH: "网络", EN: "Network"}, "card": {ZH: "卡", EN: "Card"}},
	Questions: map[string]insight.Title{"which_cards": {ZH: "哪些卡刷不了？", EN: "Which cards fail?"}, "signal": {ZH: "几格信号？", EN: "How many bars?"}},
	Names:     map[string]insight.Institution{"icbc": {Title: insight.Title{ZH: "工商银行", EN: "ICBC"}, Kind: insight.Bank}},
	Efforts:   map[string]float64{"which_cards": 2, "signal": 1},
}

// sample is six cases of five merchants, on three days.
func sample() insight.Input {
	day := 24 * time.Hour
	return insight.Input{
		Titles: titles, Now: noon,
		Cases: []insight.Case{
			{
				Merchant: "a", Number: 1, Began: noon.Add(-2 * day), Ended: noon.Add(-2*day + 90*time.Second), End: insight.Solved, Predicted: "network.weak-signal", P: .85, Confirmed: "network.weak-signal", Fixes: 1,
				Questions: []insight.Asked{{Question: "signal", Bits: 2, Changed: true}, {Question: "which_cards", Unsure: true}},
			},
			{Merchant: "b", Number: 1, Began: noon.Add(-day), Ended: noon.Add(-day + 10*time.Minute), End: insight.Solved, Predicted: "network.weak-signal", P: .65, Confirmed: "network.disconnected", Questions: []insight.Asked{{Question: "signal", Bits: 1}}},
			{Merchant: "c", Number: 1, Began: noon.Add(-day), Handed: noon.Add(-day), Ended: noon, End: insight.ByAgent, Reason: "asked", Predicted: "network.weak-signal", P: .35, Confirmed: "card.expired"},
			{Merchant: "c", Number: 2, Began: noon.Add(-time.Hour), Handed: noon, End: insight.Handed, Reason: "charged", Names: []string{"icbc"}},
			{Merchant: "d", Number: 1, Began: noon.Add(-time.Hour), Ended: noon, End: insight.LetBe, Questions: []insight.Asked{{Question: "signal", Open: true}}},
			{Merchant: "e", Number: 1, Began: noon.Add(-time.Minute), Predicted: "card.expired", P: .4, Questions: []insight.Asked{{Question: "signal", Open: true}}},
			{Merchant: "e", Number: 0, Began: noon.Add(-40 * day), End: insight.Solved, Ended: noon.Add(-39 * day)},
		},
		Gaps: []insight.Gap{
			{Merchant: "a", Text: "机器唱歌了怎么办", At: noon.Add(-time.Hour)},
			{Merchant: "b", Text: "机器唱歌了，怎么办？", At: noon.Add(-2 * time.Hour)},
			{Merchant: "b", Text: "今天天气怎么样", At: noon.Add(-3 * time.Hour)},
			{Merchant: "c", Text: "卡不好使", At: noon.Add(-4 * time.Hour), Read: "network.weak-signal", Confirmed: "card.expired", P: .02},
			{Merchant: "c", Text: "太久以前", At: noon.Add(-50 * day)},
		},
		Losses: []insight.Loss{
			{At: noon, Side: "merchant", Fate: "failed", Kind: "question", Reason: "chat not found"},
			{At: noon.Add(-day), Side: "merchant", Fate: "failed", Kind: "question", Reason: "chat not found"},
			{At: noon, Side: "desk", Fate: "uncertain", Kind: "handoff", Reason: "a time-out"},
		},
	}
}

func TestTotalsAndDays(t *testing.T) {
	r := insight.Compute(sample(), insight.Query{Days: 7})
	if r.Empty() || r.Lang != "zh" || len(r.Days.Days) != 7 || !r.To.Equal(noon.Add(12*time.Hour)) {
		t.Fatalf("from %s to %s, %d days", r.From, r.To, len(r.Days.Days))
	}
	n := r.Totals
	if n.Cases != 6 || n.Merchants != 5 || n.Open != 1 || n.Waiting != 1 || n.Solved.N != 2 || n.Solved.Of != 5 || n.Handed.N != 2 || n.Other.N != 1 {
		t.Errorf("totals %+v", n)
	}
	if n.MedianTime != 345*time.Second || n.TimeText != "5 分 45 秒" || n.MedianQuestions != 1 {
		t.Errorf("medians %+v", n)
	}
	var days []string
	for _, d := range r.Days.Days[4:] {
		days = append(days, fmt.Sprint(d.Label, " ", d.Opened, d.Solved, d.Handed, d.Other, d.Open))
	}
	if got := strings.Join(days, ", "); got != "3月12日 1 1 0 0 0, 3月13日 2 1 1 0 0, 3月14日 3 0 1 1 1" {
		t.Errorf("days %s", got)
	}
	if w := r.Days.Week; len(w) != 7 || w[6].N != 2 || w[6].Of != 5 || w[4].Of != 1 || w[0].Known() {
		t.Errorf("weeks %+v", w)
	}
}

func TestCharts(t *testing.T) {
	r := insight.Compute(sample(), insight.Query{Days: 7, Lang: "en"})
	if b := r.Handoffs; b.Total != 2 || len(b.Bars) != 2 || b.Bars[0].Label != "The merchant asked for a person" || b.Bars[0].Share != .5 {
		t.Errorf("handoffs %+v", b)
	}
	if h := r.Questions; h.N != 5 || h.Bins[0].Count != 2 || h.Bins[1].Count != 2 || h.Bins[2].Count != 1 || h.MedianText != "1 question" {
		t.Errorf("questions %+v", h)
	}
	if h := r.Time; h.N != 2 || h.Bins[1].Count != 1 || h.Bins[4].Count != 1 || h.MedianText != "5 min 45 s" {
		t.Errorf("times %+v", h)
	}
	c := r.Causes
	if c.Weekly || len(c.Columns) != 7 || len(c.Layers) != 3 || c.Layers[0].Label != "Card" || c.Layers[0].Total != 2 || c.Layers[1].Label != "Network" || c.Layers[2].Label != "Not known yet" || c.Total != 6 {
		t.Errorf("causes %+v", c)
	}
	f := r.Confusion
	if f.N != 3 || f.Hits.N != 1 || f.Groups.N != 2 || len(f.Names) != 2 || f.Names[1].Label != "Network" || !reflect.DeepEqual(f.Counts, [][]int{{0, 0}, {1, 2}}) ||
		len(f.Mistakes) != 2 || f.Mistakes[0].Confirmed.Label != "Card expired" || f.Mistakes[0].Mean != .35 {
		t.Errorf("confusion %+v", f)
	}
	k := r.Calibration
	if k.N != 3 || len(k.Claims) != 3 || k.Claims[2].Label != "80–90 %" || k.Claims[2].Hits.N != 1 || math.Abs(k.Brier-(.15*.15+.65*.65+.35*.35)/3) > 1e-9 || math.Abs(k.Error-(.15+.65+.35)/3) > 1e-9 {
		t.Errorf("calibration %+v", k)
	}
	w := r.Worth
	if len(w) != 2 || w[0].Label != "How many bars?" || w[0].Asked != 3 || w[0].Answered.N != 2 || w[0].Bits != 1 || w[0].Rate != 1 || w[0].Changed.N != 1 || w[1].Answered.N != 0 || w[1].Rate != 0 {
		t.Errorf("worth %+v", w)
	}
	a := r.Articles
	if len(a) != 3 || a[0].ID != "network.weak-signal" || a[0].Used != 3 || a[0].Confirmed != 1 || a[0].Right.N != 1 || a[0].Right.Of != 3 || a[0].Solved.N != 2 || a[1].ID != "card.expired" || a[1].LastLabel != "14 Mar" {
		t.Errorf("articles %+v", a)
	}
}

func TestTables(t *testing.T) {
	r := insight.Compute(sample(), insight.Query{Days: 7})
	g := r.Gaps
	if g.Total != 3 || len(g.Groups) != 2 || g.Groups[0].Count != 2 || g.Groups[0].Merchants != 2 || g.Groups[0].Text != "机器唱歌了怎么办" || len(g.Groups[0].More) != 1 || g.Groups[0].LastLabel != "3月14日" {
		t.Errorf("gaps %+v", g)
	}
	m := r.Misread
	if m.Total != 1 || m.Rows[0].Text != "卡不好使" || m.Rows[0].Read.Label != "信号弱" || m.Rows[0].Confirmed.Label != "卡过期" {
		t.Errorf("misread %+v", m)
	}
	f := r.Failures
	if f.Total != 3 || len(f.Rows) != 2 || f.Rows[0].Count != 2 || f.Rows[0].Side.Label != "给商户" || f.Rows[0].Fate.Label != "没有送到" || f.Days[6] != 2 || f.Days[5] != 1 {
		t.Errorf("failures %+v", f)
	}
}

// Days begin where the query says, and are none twice where clocks change.
func TestZonesAndWeeks(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	in := insight.Input{Now: noon, Cases: []insight.Case{{Merchant: "a", Began: time.Date(2026, 3, 13, 17, 0, 0, 0, time.UTC)}}}
	days := insight.Compute(in, insight.Query{Days: 2, Zone: zone}).Days.Days
	if len(days) != 2 || days[0].Opened != 0 || days[1].Opened != 1 || days[1].Start.Hour() != 0 {
		t.Errorf("days %+v", days)
	}
	if c := insight.Compute(in, insight.Query{Days: 90, Zone: zone}).Causes; !c.Weekly || len(c.Columns) != 13 || c.Columns[1].Start.Weekday() != time.Monday || c.Layers[0].Counts[12] != 1 {
		t.Errorf("weeks %+v", c)
	}
	if berlin, err := time.LoadLocation("Europe/Berlin"); err == nil {
		in.Now = time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC)
		labels := map[string]bool{}
		for _, d := range insight.Compute(in, insight.Query{Days: 30, Zone: berlin}).Days.Days {
			labels[d.Label] = true
		}
		if len(labels) != 30 {
			t.Errorf("%d different days in 30", len(labels))
		}
	}
	from := time.Date(2026, 3, 1, 6, 0, 0, 0, time.UTC)
	if r := insight.Compute(in, insight.Query{From: from, To: from}); len(r.Days.Days) != 0 || r.Totals.Cases != 0 {
		t.Errorf("no time at all holds %+v", r.Totals)
	}
	if r := insight.Compute(in, insight.Query{From: from.AddDate(-90, 0, 0), To: from}); len(r.Days.Days) > 1101 {
		t.Errorf("ninety years are %d days", len(r.Days.Days))
	}
}

// TestNothingGivesAnHonestReport: without cases every count is zero, and every share
// may be anything.
func TestNothingGivesAnHonestReport(t *testing.T) {
	for _, lang := range []string{"", "zh", "en", "fr"} {
		r := insight.Compute(insight.Input{Skipped: 2}, insight.Query{Lang: lang})
		if !r.Empty() || r.Skipped != 2 || r.Totals.Solved.Known() || r.Totals.Solved.Low != 0 || r.Totals.Solved.High != 1 || r.Time.MedianText != "" || len(r.Days.Days) != 30 {
			t.Errorf("got %+v", r)
		}
		sound(t, reflect.ValueOf(r), "report")
	}
}

// TestReportsAreSound: of whatever was stored, numbers are finite, shares lie in
// their intervals, parts add up, and no merchant's key shows.
func TestReportsAreSound(t *testing.T) {
	id := rapid.SampledFrom([]string{"", "", "network.weak-signal", "card.expired", "gone", "a.b.c"})
	at := rapid.Custom(func(t *rapid.T) time.Time {
		if rapid.IntRange(0, 9).Draw(t, "zero") == 0 {
			return time.Time{}
		}
		return noon.Add(-time.Duration(rapid.IntRange(-100, 60000).Draw(t, "minutes")) * time.Minute)
	})
	rapid.Check(t, func(t *rapid.T) {
		in := insight.Input{Titles: titles, Now: noon}
		for range rapid.IntRange(0, 40).Draw(t, "cases") {
			c := insight.Case{
				Merchant: "KEY" + rapid.StringMatching(`[a-c]`).Draw(t, "merchant"), Began: at.Draw(t, "began"), Handed: at.Draw(t, "handed"), Ended: at.Draw(t, "ended"),
				End:    rapid.SampledFrom([]insight.End{insight.Open, insight.Solved, insight.LetBe, insight.Handed, insight.ByAgent, insight.Anew, "?"}).Draw(t, "end"),
				Reason: rapid.SampledFrom([]string{"", "", "asked", "?"}).Draw(t, "reason"), Predicted: id.Draw(t, "predicted"), Confirmed: id.Draw(t, "confirmed"),
				P: rapid.Float64Range(-1, 2).Draw(t, "p"), Names: rapid.SampledFrom([][]string{nil, {"icbc"}, {"gone", "icbc"}}).Draw(t, "names"),
			}
			for range rapid.IntRange(0, 3).Draw(t, "questions") {
				c.Questions = append(c.Questions, insight.Asked{Question: id.Draw(t, "question"), Bits: rapid.Float64Range(-1, 5).Draw(t, "bits"), Unsure: rapid.Bool().Draw(t, "unsure"), Open: rapid.Bool().Draw(t, "open")})
			}
			in.Cases = append(in.Cases, c)
		}
		for range rapid.IntRange(0, 10).Draw(t, "gaps") {
			in.Gaps = append(in.Gaps, insight.Gap{Merchant: "KEY", Text: rapid.SampledFrom([]string{"", "?", "a", "刷卡失败", "刷卡 失败了"}).Draw(t, "text"), At: at.Draw(t, "at"), Confirmed: id.Draw(t, "cause")})
			in.Losses = append(in.Losses, insight.Loss{At: at.Draw(t, "at"), Side: id.Draw(t, "side"), Fate: id.Draw(t, "fate")})
		}
		q := insight.Query{Days: rapid.IntRange(-1, 90).Draw(t, "days"), Lang: rapid.SampledFrom([]string{"zh", "en"}).Draw(t, "lang")}
		r := insight.Compute(in, q)
		sound(t, reflect.ValueOf(r), "report")
		opened := 0
		for _, d := range r.Days.Days {
			opened += d.Opened
			if d.Opened != d.Solved+d.Handed+d.Other+d.Open {
				t.Fatalf("the parts of %+v do not add up", d)
			}
		}
		if n := r.Totals; opened != n.Cases || r.Causes.Total != n.Cases || n.Open+n.Solved.Of != n.Cases || n.Solved.N+n.Handed.N+n.Other.N != n.Solved.Of || r.Handoffs.Total != n.Handed.N {
			t.Fatalf("totals %+v beside %d opened and %d handed over", n, opened, r.Handoffs.Total)
		}
		data, err := json.Marshal(r)
		if err != nil || strings.Contains(string(data), "KEY") {
			t.Fatalf("%v, or a merchant shows: %s", err, data)
		}
		slices.Reverse(in.Cases)
		if q.Lang == "en" && !reflect.DeepEqual(insight.Compute(in, q).Totals, r.Totals) {
			t.Fatal("the order of the cases matters")
		}
	})
}

// sound checks every number of a report.
func sound(t interface{ Errorf(string, ...any) }, v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.Float64:
		if x := v.Float(); math.IsNaN(x) || math.IsInf(x, 0) {
			t.Errorf("%s is %v", path, x)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			sound(t, v.Elem(), path)
		}
	case reflect.Slice:
		for i := range v.Len() {
			sound(t, v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Struct:
		if s, ok := v.Interface().(insight.Share); ok && (s.Low > s.Value || s.Value > s.High || s.Low < 0 || s.High > 1 || s.N > s.Of) {
			t.Errorf("%s is %+v", path, s)
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				sound(t, v.Field(i), path+"."+v.Type().Field(i).Name)
			}
		}
	}
}
