package insight

import (
	"strconv"
	"time"
)

// totals are the numbers at the top.
func (s *scope) totals() Totals {
	var t Totals
	merchants, solved, handed, over := map[string]bool{}, 0, 0, 0
	for _, c := range s.cases {
		merchants[c.Merchant] = true
		switch {
		case !c.over():
			t.Open++
			continue
		case c.solved():
			solved++
		case c.handed():
			handed++
		}
		over++
		if c.End == Handed {
			t.Waiting++
		}
	}
	t.Cases, t.Merchants = len(s.cases), len(merchants)
	t.Solved, t.Handed, t.Other = share(solved, over), share(handed, over), share(over-solved-handed, over)
	t.MedianQuestions = s.questionCounts().Median
	times := s.times()
	t.MedianTime, t.TimeText = time.Duration(times.Median*float64(time.Minute)), times.MedianText
	return t
}

// week is over how many days the share solved by the bot is taken.
const week = 7

// daily counts the cases by the day on which they began.
func (s *scope) daily() Days {
	d := Days{
		OpenedLabel: s.pick("新问题", "Opened"), SolvedLabel: s.pick("机器人解决", "Solved by the bot"), HandedLabel: s.pick("转人工", "Handed over"),
		OtherLabel: s.pick("没再继续", "Let be or begun anew"), OpenLabel: s.pick("还在进行", "Still open"),
	}
	for _, start := range s.starts {
		d.Days = append(d.Days, Day{Start: start, Label: s.day(start)})
	}
	for _, c := range s.cases {
		day := &d.Days[placeOf(s.starts, c.Began)]
		day.Opened++
		switch {
		case !c.over():
			day.Open++
		case c.solved():
			day.Solved++
		case c.handed():
			day.Handed++
		default:
			day.Other++
		}
	}
	d.Week = s.weekly()
	return d
}

// weekly gives the share solved by the bot over the seven days up to each day; those
// before the first day count.
func (s *scope) weekly() []Share {
	if len(s.starts) == 0 {
		return nil
	}
	all := append(daysBefore(s.starts[0], week-1), s.starts...)
	solved, over := make([]int, len(all)), make([]int, len(all))
	for _, c := range s.in.Cases {
		i := placeOf(all, c.Began)
		if i < 0 || !c.Began.Before(s.to) || !c.over() {
			continue
		}
		over[i]++
		if c.solved() {
			solved[i]++
		}
	}
	out := make([]Share, len(s.starts))
	for i := range out {
		hits, of := 0, 0
		for k := i; k < i+week; k++ {
			hits, of = hits+solved[k], of+over[k]
		}
		out[i] = share(hits, of)
	}
	return out
}

// daysBefore gives the starts of the n days before a day.
func daysBefore(day time.Time, n int) []time.Time {
	var out []time.Time
	for i := n; i > 0; i-- {
		out = append(out, day.AddDate(0, 0, -i))
	}
	return out
}

// handoffs counts the cases that a person got by why.
func (s *scope) handoffs() Bars {
	counts := map[string]int{}
	for _, c := range s.cases {
		if c.handed() {
			counts[c.Reason]++
		}
	}
	return bars(counts, func(id string) Name { return s.of(reasons, id) })
}

// mostQuestions is the number from which questions are counted together.
const mostQuestions = 8

// questionCounts counts the questions of cases that have ended for the bot.
func (s *scope) questionCounts() Histogram {
	var values []float64
	for _, c := range s.cases {
		if c.over() {
			values = append(values, float64(len(c.Questions)))
		}
	}
	var bins []Bin
	for n := range mostQuestions {
		bins = append(bins, Bin{Label: strconv.Itoa(n), From: float64(n), To: float64(n + 1)})
	}
	bins = append(bins, Bin{Label: s.pick("8 个以上", "8 or more"), From: mostQuestions})
	return histogram(values, bins, s.questions)
}

// times measures how long the bot took to solve what it solved.
func (s *scope) times() Histogram {
	var values []float64
	for _, c := range s.cases {
		if c.solved() && !c.Ended.Before(c.Began) {
			values = append(values, c.Ended.Sub(c.Began).Minutes())
		}
	}
	return histogram(values, []Bin{
		{Label: s.pick("1 分钟内", "under 1 min"), To: 1},
		{Label: s.pick("1–2 分钟", "1–2 min"), From: 1, To: 2},
		{Label: s.pick("2–5 分钟", "2–5 min"), From: 2, To: 5},
		{Label: s.pick("5–10 分钟", "5–10 min"), From: 5, To: 10},
		{Label: s.pick("10–20 分钟", "10–20 min"), From: 10, To: 20},
		{Label: s.pick("20–60 分钟", "20–60 min"), From: 20, To: 60},
		{Label: s.pick("1–4 小时", "1–4 h"), From: 60, To: 240},
		{Label: s.pick("4 小时以上", "over 4 h"), From: 240},
	}, s.minutes)
}
