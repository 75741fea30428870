package kb_test

import (
	"slices"
	"testing"

	"github.com/s4bot/s4bot/internal/kb"
)

func TestWords(t *testing.T) {
	if got, want := kb.CommonWords(), []kb.Word{{"very_common", 8}, {"common", 4}, {"normal", 2}, {"uncommon", 1}, {"rare", .5}}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	want := []kb.Word{{"always", .95}, {"usually", .8}, {"often", .6}, {"sometimes", .3}, {"rarely", .1}, {"never", .02}}
	if got := kb.SignWords(); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	kb.SignWords()[0].Value = 7
	if !slices.Equal(kb.SignWords(), want) {
		t.Error("the words can be changed from outside")
	}
}
