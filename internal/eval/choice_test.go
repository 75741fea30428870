package eval

import (
	"context"
	"errors"
	"testing"
)

func TestChoose(t *testing.T) {
	causes := []Cause{{"a", .6}, {"b", .3}, {"c", .1}}
	for _, tt := range []struct {
		name   string
		labels []string
		causes []Cause
		want   choice
	}{
		{"the best is first", []string{"a"}, causes, choice{rank: 1, acceptable: true, p: .6}},
		{"another that is right too is first", []string{"c", "a"}, causes, choice{rank: 3, acceptable: true, p: .6}},
		{"the best is second", []string{"b", "c"}, causes, choice{rank: 2, p: .6}},
		{"the best is not listed", []string{"d"}, causes, choice{p: .6}},
		{"nothing is listed", []string{"a"}, nil, choice{}},
	} {
		if got := choose(Message{Causes: tt.labels}, tt.causes); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestWithin(t *testing.T) {
	for _, tt := range []struct {
		rank, n int
		want    bool
	}{{1, 1, true}, {2, 1, false}, {3, 3, true}, {4, 3, false}, {0, 1, false}, {0, 3, false}} {
		if got := (choice{rank: tt.rank}).within(tt.n); got != tt.want {
			t.Errorf("rank %d is within %d: %v", tt.rank, tt.n, got)
		}
	}
}

// five are the choices that the figures below are worked out from by hand.
var five = choices{
	{rank: 1, acceptable: true, p: .95},
	{rank: 2, acceptable: true, p: .95},
	{rank: 1, acceptable: true, p: 1}, // counts to the last bin
	{rank: 4, p: .15},
	{}, // nothing was found
}

func TestFiguresOfChoices(t *testing.T) {
	want := map[string]float64{
		"first choice":            2. / 5,
		"acceptable first choice": 3. / 5,
		"among three":             3. / 5,
		"mean reciprocal rank":    (1 + .5 + 1 + .25 + 0) / 5,
		// the last bin: 3 × |.9667 − 2/3| = .9; the second: 1 × |.15 − 0| = .15
		"calibration error (ECE)": (.9 + .15) / 5,
	}
	rows := five.rows()
	if len(rows) != len(want) {
		t.Fatalf("%d rows, want %d", len(rows), len(want))
	}
	for _, row := range rows {
		if !near(row.Value, want[row.Name]) || row.Of != 5 {
			t.Errorf("%s: %v of %d, want %v of 5", row.Name, row.Value, row.Of, want[row.Name])
		}
	}
}

func TestReliability(t *testing.T) {
	bins := reliability(five)
	if len(bins) != 10 {
		t.Fatalf("%d bins", len(bins))
	}
	want := map[int]Bin{
		0: {Of: 1, Confidence: 0, Accuracy: 0},
		1: {Of: 1, Confidence: .15, Accuracy: 0},
		9: {Of: 3, Confidence: 2.9 / 3, Accuracy: 2. / 3},
	}
	for i, b := range bins {
		if !near(b.Low, float64(i)/10) || !near(b.High, float64(i+1)/10) {
			t.Errorf("bin %d goes from %v to %v", i, b.Low, b.High)
		}
		if w := want[i]; b.Of != w.Of || !near(b.Confidence, w.Confidence) || !near(b.Accuracy, w.Accuracy) {
			t.Errorf("bin %d is %+v, want %+v", i, b, w)
		}
	}
}

func TestCalibrationErrorOfExtremes(t *testing.T) {
	for _, tt := range []struct {
		name string
		of   choices
		want float64
	}{
		{"right and sure", choices{{rank: 1, p: 1}, {rank: 1, p: 1}}, 0},
		{"wrong and sure", choices{{rank: 2, p: 1}, {rank: 0, p: 1}}, 1},
		{"half right at .5", choices{{rank: 1, p: .5}, {rank: 2, p: .5}}, 0},
		{"gaps of two bins do not cancel out", choices{{rank: 2, p: .35}, {rank: 1, p: .65}}, .35},
	} {
		if got := calibrationError(tt.of); !near(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestCompareAsksForCausesOnly: messages of other kinds are not ranked, and no
// causes give figures of nothing.
func TestCompareAsksForCausesOnly(t *testing.T) {
	rank := func(_ context.Context, text string) ([]Cause, error) {
		if text != "asked" {
			return nil, errors.New("ranked " + text)
		}
		return []Cause{{"a", 1}}, nil
	}
	others := []Message{{Text: "x", Kind: "vague"}, {Text: "y", Kind: "oos"}}
	rows, err := compare(context.Background(), rank, append(others, Message{Text: "asked", Kind: "cause", Causes: []string{"a"}}))
	if err != nil || rows[0].Hits != 1 || rows[0].Of != 1 {
		t.Errorf("one message about a cause gives %+v (%v)", rows, err)
	}
	rows, err = compare(context.Background(), rank, others)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if row != (Row{Name: row.Name}) {
			t.Errorf("a figure of nothing: %+v", row)
		}
	}
	if _, err := compare(context.Background(), rank, []Message{{Text: "z", Kind: "cause", Causes: []string{"a"}}}); err == nil {
		t.Error("a ranker that fails goes unnoticed")
	}
}
