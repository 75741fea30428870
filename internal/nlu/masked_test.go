package nlu

import (
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/knowledge"
)

// TestMaskedCardSaysNothing: "what was masked says nothing".
func TestMaskedCardSaysNothing(t *testing.T) {
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	r := New(base)
	masked := Mask("今天天气怎么样 6222021234567894", MaskOptions{})
	if got := r.Read(masked); got.Domain {
		t.Errorf("%q names cards", masked)
	}
	if q := r.Essence(masked); strings.Contains(q, "card") || strings.Contains(q, "7894") {
		t.Errorf("%q is searched as %q", masked, q)
	}
}
