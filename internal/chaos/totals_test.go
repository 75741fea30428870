//go:build chaos

package chaos

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// line is one scenario's part of the summary.
type line struct {
	name string
	counts
	verdict
	took time.Duration
}

// table is the summary.
type table struct {
	mu    sync.Mutex
	lines []line
}

var totals table

func (t *table) add(l line) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lines = append(t.lines, l)
}

// String gives the summary as a table.
func (t *table) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out strings.Builder
	fmt.Fprintf(&out, "%-32s %6s %5s %5s %8s %5s %8s %9s %6s %7s %6s %6s %9s %7s %9s %5s\n", "", "kills", "stops", "redis", "messages", "lost", "repeated",
		"reordered", "posts", "missing", "order", "forked", "uncertain", "repeats", "a failure", "s")
	slices.SortFunc(t.lines, func(a, b line) int { return strings.Compare(a.name, b.name) })
	sum := line{name: "all"}
	for _, l := range t.lines {
		l.print(&out)
		sum.add(l)
	}
	sum.print(&out)
	return out.String()
}

func (l *line) print(out *strings.Builder) {
	each := 0.
	if n := l.unknown(); n > 0 {
		each = float64(l.repeats) / float64(n)
	}
	fmt.Fprintf(out, "%-32s %6d %5d %5d %8d %5d %8d %9d %6d %7d %6d %6d %9d %7d %9.2f %5.0f\n", l.name, l.kills, l.stops, l.redis, l.messages, l.lost, l.repeated,
		l.reordered, l.posts, l.missing, l.disordered, l.forked, l.uncertain, l.repeats, each, l.took.Seconds())
}

func (l *line) add(o line) {
	l.kills, l.stops, l.redis, l.sends = l.kills+o.kills, l.stops+o.stops, l.redis+o.redis, l.sends+o.sends
	l.messages, l.lost, l.repeated, l.reordered = l.messages+o.messages, l.lost+o.lost, l.repeated+o.repeated, l.reordered+o.reordered
	l.posts, l.missing, l.disordered, l.forked = l.posts+o.posts, l.missing+o.missing, l.disordered+o.disordered, l.forked+o.forked
	l.uncertain, l.repeats, l.took = l.uncertain+o.uncertain, l.repeats+o.repeats, max(l.took, o.took)
}
