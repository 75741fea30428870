package insight_test

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/insight"
)

// town is shops that meet causes and banks at rates of their own, more by day than
// by night, fewer at weekends, and on some days more than on others.
type town struct {
	random        *rand.Rand
	causes, banks []string
	titles        insight.Titles
	busy          [24]float64
}

func newTown(seed uint64) *town {
	t := &town{random: rand.New(rand.NewPCG(seed, 7))}
	t.titles = insight.Titles{Causes: map[string]insight.Title{}, Groups: map[string]insight.Title{}, Names: map[string]insight.Institution{}}
	for i := range 38 {
		id := fmt.Sprintf("g%d.c%d", i%8, i)
		t.causes = append(t.causes, id)
		t.titles.Causes[id] = insight.Title{ZH: id, EN: id}
		t.titles.Groups[fmt.Sprintf("g%d", i%8)] = insight.Title{}
	}
	for i := range 30 {
		id := fmt.Sprintf("bank%d", i)
		t.banks = append(t.banks, id)
		t.titles.Names[id] = insight.Institution{Title: insight.Title{ZH: "银行" + id, EN: id}, Kind: insight.Bank}
	}
	for h := range t.busy {
		t.busy[h] = math.Max(.02, math.Sin(math.Pi*float64(h-7)/15))
	}
	return t
}

// zipf draws one of n, the first ones more often.
func (t *town) zipf(n int) int {
	for {
		if i := t.random.IntN(n); t.random.Float64() < 1/float64(i+1) {
			return i
		}
	}
}

// day draws a day with about so many cases.
func (t *town) day(start time.Time, mean float64) []insight.Case {
	if start.Weekday() == time.Saturday || start.Weekday() == time.Sunday {
		mean *= .75
	}
	mean *= math.Exp(.15 * t.random.NormFloat64())
	var out []insight.Case
	for at := start; ; {
		at = at.Add(time.Duration(t.random.ExpFloat64() / mean * 24 / 2.6 * float64(time.Hour)))
		if !at.Before(start.AddDate(0, 0, 1)) {
			return out
		}
		if t.random.Float64() > t.busy[at.Hour()] {
			continue
		}
		c := insight.Case{Merchant: fmt.Sprint(t.random.IntN(3000)), Began: at, Predicted: t.causes[t.zipf(38)]}
		if t.random.Float64() < .5 {
			c.Names = []string{t.banks[t.zipf(30)]}
		}
		out = append(out, c)
	}
}

var firstDay = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

// townTimes lengthens what the race detector makes slow: make simulate watches longer.
var townTimes = flag.Int("radar.times", 1, "how many times as long quiet days are watched")

// TestQuietDaysAreQuiet measures the false alarms on days on which nothing happens, in
// a small town, and in one a hundred times as busy for fewer days.
func TestQuietDaysAreQuiet(t *testing.T) {
	for _, tt := range []struct {
		mean       float64
		days, most int
	}{{8, 200, 1}, {80, 200, 1}, {800, 8, 1}} {
		tt.days *= *townTimes
		town := newTown(uint64(tt.mean))
		var recent []insight.Case
		alarms, cases := 0, 0
		for d := range tt.days + 28 {
			start := firstDay.AddDate(0, 0, d)
			today := town.day(start, tt.mean)
			cases += len(today)
			recent = append(recent, today...)
			for len(recent) > 0 && recent[0].Began.Before(start.AddDate(0, 0, -28)) {
				recent = recent[1:]
			}
			if d < 28 {
				continue
			}
			for _, s := range insight.Radar1(insight.Input{Cases: recent, Titles: town.titles, Now: start.Add(24*time.Hour - time.Second)}).Alarms() {
				t.Logf("day %d: %s (P %.1e)", d, s.Alarm.Sentence, s.Alarm.P)
				alarms++
			}
		}
		t.Logf("%d false alarms in %d days with %d cases a day", alarms, tt.days, cases/(tt.days+28))
		if alarms > tt.most {
			t.Errorf("%d false alarms in %d quiet days", alarms, tt.days)
		}
	}
}

// TestAnOutageIsFound: merchants begin to name a bank at 10:45, one every five
// minutes; a few of them are enough.
func TestAnOutageIsFound(t *testing.T) {
	needed, most := map[int]int{}, 0
	for seed := range uint64(20) {
		town := newTown(100 + seed)
		var cases []insight.Case
		for d := range 28 {
			cases = append(cases, town.day(firstDay.AddDate(0, 0, d), 80)...)
		}
		today := firstDay.AddDate(0, 0, 28)
		began := today.Add(10*time.Hour + 45*time.Minute)
		for _, c := range town.day(today, 80) {
			if c.Began.Before(began) {
				cases = append(cases, c)
			}
		}
		bank := town.banks[4] // named about once in three hours by day
		for n := 1; ; n++ {
			at := began.Add(time.Duration(n-1) * 5 * time.Minute)
			cases = append(cases, insight.Case{Merchant: fmt.Sprint("hit", n), Began: at, Names: []string{bank}})
			alarms := insight.Radar1(insight.Input{Cases: cases, Titles: town.titles, Now: at.Add(time.Second)}).Alarms()
			if len(alarms) == 0 && n < 20 {
				continue
			}
			needed[n]++
			most = max(most, n)
			if n == 20 {
				break
			}
			a := alarms[0]
			if a.ID != bank || a.Kind != insight.Bank || a.Alarm.Merchants < n || !a.Alarm.Going {
				t.Errorf("seed %d, %d merchants: %s %+v", seed, n, a.ID, a.Alarm)
			}
			if late := a.Alarm.Since.Sub(began); late < -time.Hour || late > 15*time.Minute {
				t.Errorf("seed %d: said to have begun at %s", seed, a.Alarm.Since)
			}
			break
		}
	}
	t.Logf("merchants until the alarm: %v", needed)
	if most > 9 {
		t.Errorf("%d merchants were needed", most)
	}
}

// Of what nobody named for four weeks three merchants at once are enough.
func TestThreeMerchantsAreEnoughForSomethingNew(t *testing.T) {
	town := newTown(3)
	var cases []insight.Case
	for d := range 28 {
		cases = append(cases, town.day(firstDay.AddDate(0, 0, d), 20)...)
	}
	town.titles.Names["new"] = insight.Institution{Title: insight.Title{ZH: "新银行", EN: "New Bank"}, Kind: insight.Bank}
	now := firstDay.AddDate(0, 0, 28).Add(11*time.Hour + 30*time.Minute)
	add := func(n int, merchant string) {
		cases = append(cases, insight.Case{Merchant: merchant, Began: now.Add(time.Duration(-14+4*n) * time.Minute), Names: []string{"new"}})
	}
	look := func(lang string) []insight.Signal {
		in := insight.Input{Cases: cases, Titles: town.titles, Now: now}
		return insight.Compute(in, insight.Query{Lang: lang}).Radar.Alarms()
	}
	add(0, "a")
	add(1, "b")
	add(2, "b")
	add(3, "a")
	if alarms := look("zh"); len(alarms) != 0 {
		t.Errorf("two merchants who write twice raise %+v", alarms[0].Alarm)
	}
	add(3, "c")
	alarms := look("zh")
	if len(alarms) != 1 || alarms[0].Alarm.Sentence != "新银行：3 家商户，平时每小时不到 0.1 家，自 11:16 起" {
		t.Fatalf("three raise %+v", alarms)
	}
	if english := look("en")[0].Alarm.Sentence; english != "New Bank: 3 merchants since 11:16; usually fewer than 0.1 an hour" {
		t.Errorf("in English: %s", english)
	}
	s := alarms[0]
	if s.Counts[s.Alarm.Step] == 0 || len(s.Counts) != 96 || len(s.High) != 96 || s.Alarm.P <= 0 || s.Alarm.P >= 1e-4 || s.Total != 3 {
		t.Errorf("the signal is %+v %+v", s, s.Alarm)
	}
}

// Of the time before merchants are forgotten nobody knows what was usual: it must not
// seem quiet.
func TestWhatIsForgottenWasNotQuiet(t *testing.T) {
	var cases []insight.Case
	now := firstDay.AddDate(0, 0, 28).Add(12 * time.Hour)
	for h := range 28 * 24 {
		if at := now.Add(-time.Duration(h) * time.Hour); h < 4*24 || h > 27*24 { // somebody old has written again
			cases = append(cases, insight.Case{Merchant: fmt.Sprint(h), Began: at, Predicted: "card.expired"})
		}
	}
	in := insight.Input{Cases: cases, Now: now, Kept: 4 * 24 * time.Hour}
	r := insight.Compute(in, insight.Query{Days: 7})
	if rate := r.Radar.Signals[0].Rate; r.Radar.History > 73*time.Hour || rate < .9 || rate > 1.1 {
		t.Errorf("a rate of %v an hour from %s", rate, r.Radar.History)
	}
	if !r.Whole.Equal(now.Add(-in.Kept)) || !insight.Compute(in, insight.Query{Days: 2}).Whole.IsZero() {
		t.Errorf("whole from %s on", r.Whole)
	}
	in.Kept = 36 * time.Hour
	if r := insight.Compute(in, insight.Query{}).Radar; r.History != 0 {
		t.Errorf("half a day gives a history of %s", r.History)
	}
}

// Without a day of history nothing is known of what is usual.
func TestNoHistoryNoAlarm(t *testing.T) {
	var cases []insight.Case
	for i := range 30 {
		cases = append(cases, insight.Case{Merchant: fmt.Sprint(i), Began: firstDay.Add(time.Duration(i) * time.Minute), Predicted: "network.weak-signal"})
	}
	r := insight.Compute(insight.Input{Cases: cases, Now: firstDay.Add(time.Hour)}, insight.Query{}).Radar
	if r.History != 0 || len(r.Alarms()) != 0 || len(r.Signals) != 2 || r.Signals[0].Total != 30 || r.Signals[0].High[0] != 0 {
		t.Errorf("got %+v", r)
	}
	if strings.Join(r.Labels[:2], " ") != "01:15 01:30" {
		t.Errorf("labels %v", r.Labels)
	}
}
