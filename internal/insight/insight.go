package insight

import (
	"cmp"
	"slices"
	"time"
)

// Compute makes a report. It changes neither argument.
func Compute(in Input, q Query) Report {
	s := newScope(in, q)
	return Report{
		From: s.from, To: s.to, Lang: s.lang, Whole: s.whole(), Skipped: in.Skipped,
		Totals: s.totals(), Days: s.daily(), Handoffs: s.handoffs(), Questions: s.questionCounts(), Time: s.times(),
		Causes: s.stack(), Confusion: s.confusion(), Calibration: s.calibration(), Worth: s.worth(),
		Gaps: s.gaps(), Misread: s.misread(), Failures: s.failures(), Articles: s.articles(), Radar: s.radar(),
	}
}

// scope is what a query selects.
type scope struct {
	words
	in       Input
	from, to time.Time
	cases    []Case      // begun in the time, oldest first
	starts   []time.Time // of the days
}

const (
	usualDays = 30
	mostDays  = 1100 // about three years
)

func newScope(in Input, q Query) *scope {
	s := &scope{words: words{lang: "zh", zone: cmp.Or(q.Zone, time.UTC)}, in: in}
	if q.Lang == english {
		s.lang = english
	}
	s.bound(q)
	for _, c := range in.Cases {
		if s.holds(c.Began) {
			s.cases = append(s.cases, c)
		}
	}
	slices.SortStableFunc(s.cases, func(a, b Case) int { return a.Began.Compare(b.Began) })
	for d := dayOf(s.from); d.Before(s.to) && s.from.Before(s.to); d = d.AddDate(0, 0, 1) {
		s.starts = append(s.starts, d)
	}
	return s
}

// bound sets the time that is looked at.
func (s *scope) bound(q Query) {
	days := q.Days
	if days <= 0 {
		days = usualDays
	}
	s.from, s.to = q.From.In(s.zone), q.To.In(s.zone)
	if q.To.IsZero() {
		s.to = dayOf(s.in.Now.In(s.zone)).AddDate(0, 0, 1)
	}
	if q.From.IsZero() {
		s.from = s.to.AddDate(0, 0, -days)
	}
	if oldest := s.to.AddDate(0, 0, -mostDays); s.from.Before(oldest) {
		s.from = oldest
	}
}

// whole gives from when on nothing is missing, if that is within the time looked at.
func (s *scope) whole() time.Time {
	if whole := s.kept(); whole.After(s.from) {
		return whole.In(s.zone)
	}
	return time.Time{}
}

// kept gives from when on no case is forgotten; the zero time: from the beginning.
func (s *scope) kept() time.Time {
	if s.in.Kept <= 0 {
		return time.Time{}
	}
	return s.in.Now.Add(-s.in.Kept)
}

func (s *scope) holds(t time.Time) bool { return !t.Before(s.from) && t.Before(s.to) }

// dayOf gives the start of the day of a time, in its zone.
func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// placeOf gives the place of the last start that is not after a time, or -1.
func placeOf(starts []time.Time, t time.Time) int {
	i, found := slices.BinarySearchFunc(starts, t, time.Time.Compare)
	if found {
		return i
	}
	return i - 1
}

// cause is what a case was, as far as is known: what turned out, else what seemed
// likeliest.
func (c Case) cause() string { return cmp.Or(c.Confirmed, c.Predicted) }

// over says that a case has ended for the bot.
func (c Case) over() bool { return c.End != Open }

// solved says that the bot solved it by itself.
func (c Case) solved() bool { return c.End == Solved && c.Reason == "" }

// handed says that a person got it.
func (c Case) handed() bool { return c.End == Handed || c.Reason != "" && c.over() }

// group gives the part of an id before its first dot.
func group(id string) string {
	for i := range len(id) {
		if id[i] == '.' {
			return id[:i]
		}
	}
	return id
}
