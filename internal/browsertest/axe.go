package browsertest

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"testing"
)

//go:embed testdata/axe-core/axe.min.js
var axeJS string

// Except is a finding that is no fault here, and the reason.
type Except struct {
	What string // the id of a rule of axe, or a selector as FocusOrder names it
	Why  string
}

func excepted(what string, except []Except) bool {
	return slices.ContainsFunc(except, func(e Except) bool { return e.What == what && e.Why != "" })
}

// finding of axe: a rule and the elements that break it.
type axeFinding struct {
	ID, Impact, Help string
	Nodes            []struct {
		Target         []any
		HTML           string
		FailureSummary string
	}
}

func (f axeFinding) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s", f.ID, f.Impact, f.Help)
	for _, n := range f.Nodes {
		fmt.Fprintf(&b, "\n  %v  %s\n    %s", n.Target, short(n.HTML), strings.ReplaceAll(n.FailureSummary, "\n", "\n    "))
	}
	return b.String()
}

// Axe fails for everything on the page, as it is now, that axe-core finds
// against WCAG 2.1 A and AA or against its best practices. What axe cannot
// decide is logged.
func (p *Page) Axe(t testing.TB, except ...Except) {
	t.Helper()
	var found struct{ Violations, Incomplete []axeFinding }
	p.Eval(`(() => {`+axeJS+`
	})(), axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
		resultTypes: ["violations", "incomplete"],
	}).then(({violations, incomplete}) => ({violations, incomplete}))`, &found)
	for _, finding := range found.Violations {
		if !excepted(finding.ID, except) {
			t.Errorf("axe: %s", finding)
		}
	}
	for _, finding := range found.Incomplete {
		t.Logf("axe cannot decide: %s", finding)
	}
}
