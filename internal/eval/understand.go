package eval

import (
	"context"
	"slices"
	"strings"
)

// Understand reads every message and compares it with its label.
func Understand(ctx context.Context, r *Reader, messages []Message) (Report, error) {
	t := tally{report: Report{Messages: len(messages), Kinds: Confusion{}, Intents: Confusion{}, Misses: []Miss{}}}
	for _, m := range messages {
		got, err := r.Read(ctx, m.Text)
		if err != nil {
			return Report{}, err
		}
		t.add(r, m, got)
	}
	return t.done(), nil
}

// tally gathers what becomes a Report.
type tally struct {
	report  Report
	choices choices
	by      [2]groups // first choices by language and by length
	counts  []count
}

// groups are choices by a property of their messages, in the order of first
// sight.
type groups struct {
	names []string
	of    []choices
}

func (g *groups) add(name string, c choice) {
	i := slices.Index(g.names, name)
	if i < 0 {
		i = len(g.names)
		g.names, g.of = append(g.names, name), append(g.of, nil)
	}
	g.of[i] = append(g.of[i], c)
}

// count counts hits.
type count struct {
	name     string
	hits, of int
}

func (t *tally) hit(name string, hit bool) {
	i := slices.IndexFunc(t.counts, func(c count) bool { return c.name == name })
	if i < 0 {
		i = len(t.counts)
		t.counts = append(t.counts, count{name: name})
	}
	t.counts[i].of++
	if hit {
		t.counts[i].hits++
	}
}

func (t *tally) add(r *Reader, m Message, got Read) {
	kind := string(got.Kind)
	t.report.Kinds.count(m.Kind, kind)
	t.hit("kind", kind == m.Kind)
	right := kind == m.Kind
	switch m.Kind {
	case "cause":
		c := choose(m, got.Causes)
		t.choices = append(t.choices, c)
		t.by[0].add(m.Lang, c)
		t.by[1].add(m.length(), c)
		if !c.within(1) {
			t.missCause(r, m, got)
		}
	case "group":
		t.hit("group: right group first", got.Group == m.Group)
		right = right && got.Group == m.Group
	case "intent":
		t.report.Intents.count(m.Intent, string(got.Intent))
		t.hit("intent", string(got.Intent) == m.Intent)
		right = right && string(got.Intent) == m.Intent
	case "oos":
		t.hit("out of scope answered with a cause", kind != m.Kind && len(got.Causes) > 0)
	}
	if !right {
		t.report.Misses = append(t.report.Misses, Miss{
			ID: m.ID, Text: m.Text, Wanted: words(m.Kind, m.Group, m.Intent), Got: words(kind, got.Group, string(got.Intent)),
		})
	}
}

// words joins what is not empty.
func words(list ...string) string { return strings.Join(strings.Fields(strings.Join(list, " ")), " ") }

func (t *tally) missCause(r *Reader, m Message, got Read) {
	miss := Miss{ID: m.ID, Text: m.Text, Wanted: strings.Join(m.Causes, " or "), Got: "no cause"}
	if len(got.Causes) > 0 {
		miss.Got = got.Causes[0].ID
		miss.Terms, miss.Facts = r.astray(got, miss.Got, m.Causes[0])
	}
	t.report.Misses = append(t.report.Misses, miss)
}

// done works out the figures: the causes' first, then the rest by name, then
// the details.
func (t *tally) done() Report {
	if len(t.choices) > 0 {
		for _, row := range t.choices.rows() {
			row.Name = "cause: " + row.Name
			t.report.Rows = append(t.report.Rows, row)
		}
	}
	slices.SortFunc(t.counts, func(a, b count) int { return strings.Compare(a.name, b.name) })
	for _, c := range t.counts {
		t.report.Rows = append(t.report.Rows, share(c.name, c.hits, c.of))
	}
	for _, g := range t.by {
		for i, name := range g.names {
			t.report.Rows = append(t.report.Rows, g.of[i].first("first choice, "+name))
		}
	}
	t.report.Reliability = reliability(t.choices)
	return t.report
}
