package dialog

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Hours are when the desk is open. The zero Hours are always.
type Hours struct {
	Zone  *time.Location // nil: UTC
	Spans []OpenSpan
}

// OpenSpan is a part of some days of the week, in minutes since midnight.
type OpenSpan struct {
	Days     []time.Weekday
	From, To int
}

var weekdays = map[string]time.Weekday{
	"sun": time.Sunday, "mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday,
	"thu": time.Thursday, "fri": time.Friday, "sat": time.Saturday,
}

// ParseHours reads "mon-fri 09:00-18:00, sat 10:00-16:00"; "" is always. Days may
// be one, a range, or "daily".
func ParseHours(text string) ([]OpenSpan, error) {
	var out []OpenSpan
	for part := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		fields := strings.Fields(strings.ToLower(part))
		if len(fields) != 2 {
			return nil, fmt.Errorf("%q is not DAYS HH:MM-HH:MM, such as mon-fri 09:00-18:00", strings.TrimSpace(part))
		}
		days, err := parseDays(fields[0])
		if err != nil {
			return nil, err
		}
		from, to, err := parseTimes(fields[1])
		if err != nil {
			return nil, err
		}
		out = append(out, OpenSpan{days, from, to})
	}
	return out, nil
}

func parseDays(text string) ([]time.Weekday, error) {
	if text == "daily" {
		text = "sun-sat"
	}
	first, last, ranged := strings.Cut(text, "-")
	if !ranged {
		last = first
	}
	a, ok := weekdays[first]
	b, also := weekdays[last]
	if !ok || !also {
		return nil, fmt.Errorf("%q names no days: use sun, mon … sat, a range such as mon-fri, or daily", text)
	}
	var days []time.Weekday
	for d := a; ; d = (d + 1) % 7 {
		days = append(days, d)
		if d == b {
			return days, nil
		}
	}
}

func parseTimes(text string) (from, to int, err error) {
	a, b, _ := strings.Cut(text, "-")
	if from, err = parseTime(a); err == nil {
		to, err = parseTime(b)
	}
	if err != nil || to <= from {
		return 0, 0, fmt.Errorf("%q is not HH:MM-HH:MM with the later time behind", text)
	}
	return from, to, nil
}

func parseTime(text string) (int, error) {
	if text == "24:00" {
		return 24 * 60, nil
	}
	t, err := time.Parse("15:04", text)
	return t.Hour()*60 + t.Minute(), err
}

// Open says whether the desk is open.
func (h Hours) Open(at time.Time) bool { return h.From(at).Equal(at) }

// From gives the first time from at on when the desk is open.
func (h Hours) From(at time.Time) time.Time {
	if len(h.Spans) == 0 {
		return at
	}
	local := at.In(h.zone())
	var best time.Time
	for day := range 8 {
		midnight := time.Date(local.Year(), local.Month(), local.Day()+day, 0, 0, 0, 0, h.zone())
		for _, s := range h.Spans {
			if !slices.Contains(s.Days, midnight.Weekday()) {
				continue
			}
			from, to := clockTime(midnight, s.From), clockTime(midnight, s.To)
			if from.Before(local) {
				from = local
			}
			if from.Before(to) && (best.IsZero() || from.Before(best)) {
				best = from
			}
		}
		if !best.IsZero() {
			break
		}
	}
	return best.In(at.Location())
}

// clockTime is a time of the clock on a day, whatever summer time does.
func clockTime(midnight time.Time, minutes int) time.Time {
	return time.Date(midnight.Year(), midnight.Month(), midnight.Day(), 0, minutes, 0, 0, midnight.Location())
}

func (h Hours) zone() *time.Location {
	if h.Zone == nil {
		return time.UTC
	}
	return h.Zone
}

// opens says when the desk opens next, for people.
func (t *turn) opens() string {
	from := t.desk.Hours.From(t.e.At).In(t.desk.Hours.zone())
	now := t.e.At.In(t.desk.Hours.zone())
	switch days := from.YearDay() - now.YearDay(); {
	case days == 0 && from.Year() == now.Year():
		return fill(t.text(textToday), from.Format("15:04"))
	case days == 1 || from.Year() != now.Year() && from.Sub(now) < 24*time.Hour:
		return fill(t.text(textTomorrow), from.Format("15:04"))
	}
	return fill(t.text(dayNames[from.Weekday()]), from.Format("15:04"))
}
