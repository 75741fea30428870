package eval

import (
	"math"
	"testing"
)

// TestShare compares with the intervals that R. G. Newcombe prints ("Two-sided
// confidence intervals for the single proportion", 1998, table I).
func TestShare(t *testing.T) {
	for _, tt := range []struct {
		hits, of  int
		low, high float64
	}{
		{81, 263, .2553, .3662},
		{15, 148, .0624, .1605},
		{0, 20, 0, .1611},
		{1, 29, .0061, .1718},
		{20, 20, .8389, 1},
	} {
		got := share("x", tt.hits, tt.of)
		if !near(got.Low, tt.low) || !near(got.High, tt.high) || !near(got.Value, float64(tt.hits)/float64(tt.of)) {
			t.Errorf("%d of %d: %.4f [%.4f, %.4f], want [%.4f, %.4f]", tt.hits, tt.of, got.Value, got.Low, got.High, tt.low, tt.high)
		}
		if got.Name != "x" || got.Hits != tt.hits || got.Of != tt.of {
			t.Errorf("%d of %d is written as %+v", tt.hits, tt.of, got)
		}
	}
	if got := share("x", 0, 0); got != (Row{Name: "x"}) {
		t.Errorf("of nothing: %+v", got)
	}
}

func near(a, b float64) bool { return math.Abs(a-b) < 5e-5 }

func mean(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}

func TestBootstrap(t *testing.T) {
	sample := []float64{1, .5, 1, 0, 1, .25, 1, 1, .5, 0, 1, 1}
	got := bootstrap("x", sample, mean)
	if got.Name != "x" || got.Of != 12 || got.Hits != 0 || got.Value != mean(sample) {
		t.Errorf("the figure itself is wrong: %+v", got)
	}
	if !(got.Low < got.Value && got.Value < got.High) {
		t.Errorf("the interval is beside the figure: %+v", got)
	}
	if again := bootstrap("x", sample, mean); again != got {
		t.Errorf("the same sample gave %+v, then %+v", got, again)
	}
}

// TestBootstrapIsAsWideAsItShould: the mean of 400 throws of a coin lies within
// two standard errors, .05, at 95 in 100.
func TestBootstrapIsAsWideAsItShould(t *testing.T) {
	coin := make([]float64, 400)
	for i := range coin {
		coin[i] = float64(i % 2)
	}
	got := bootstrap("x", coin, mean)
	if math.Abs(got.Low-.451) > .008 || math.Abs(got.High-.549) > .008 {
		t.Errorf("from %.3f to %.3f, want from .451 to .549", got.Low, got.High)
	}
}

func TestBootstrapOfLittle(t *testing.T) {
	if got := bootstrap("x", nil, mean); got != (Row{Name: "x"}) {
		t.Errorf("of nothing: %+v", got)
	}
	if got := bootstrap("x", []float64{.5, .5, .5}, mean); got.Value != .5 || got.Low != .5 || got.High != .5 {
		t.Errorf("of what is always the same: %+v", got)
	}
}

// TestBootstrapLeavesTheSampleAlone: it draws from the sample, it does not sort
// or change it.
func TestBootstrapLeavesTheSampleAlone(t *testing.T) {
	sample := []float64{3, 1, 2}
	bootstrap("x", sample, mean)
	if sample[0] != 3 || sample[1] != 1 || sample[2] != 2 {
		t.Errorf("the sample is now %v", sample)
	}
}
