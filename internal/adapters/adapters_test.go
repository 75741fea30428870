package adapters_test

import (
	"slices"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters"
)

func TestAReferenceNamesItsMessages(t *testing.T) {
	for _, c := range []struct {
		ref, message string
		want         bool
	}{
		{"12", "12", true},
		{"12,13c,14m", "13", true},
		{"12,13c", "1", false},
		{"-5:12", "-5:12", true},
		{"-5:12", "12", false},
		{"-5:12", "-6:12", false},
		{"C1/1.2:3.4", "C1/1.2:3.4", true},
		{"12", "", false},
		{"", "", false},
	} {
		if got := adapters.Names(c.ref, c.message); got != c.want {
			t.Errorf("%q names %q: %v", c.ref, c.message, got)
		}
	}
}

func TestAMemoForgetsTheOldest(t *testing.T) {
	var m adapters.Memo[int, string]
	for i := range 5000 {
		m.Put(i, "x")
	}
	if _, old := m.Get(0); old {
		t.Error("the first is still there")
	}
	if _, kept := m.Get(4999); !kept || len(m.Keys()) != 4096 {
		t.Errorf("%d are kept", len(m.Keys()))
	}
	if m.Drop(4999); slices.Contains(m.Keys(), 4999) {
		t.Error("it is not dropped")
	}
}

func TestATextIsCutWhereItReadsBest(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int // bytes that fit
		want string
	}{
		{"一二三。\n四五六七", 18, "一二三。\n"},
		{"一二三。四五六七", 18, "一二三。"},
		{"one two three", 12, "one two "},
		{"3.5 or more", 6, "3.5 "},
		{"🇨🇳🇨🇳🇨🇳", 12, "🇨🇳"},
		{"👩‍👩‍👧👩‍👩‍👧", 20, "👩‍👩‍👧"},
		{"abcdefgh", 5, "abcde"},
	} {
		if got := c.text[:adapters.Cut(c.text, c.n)]; got != c.want {
			t.Errorf("%q is cut after %q, want %q", c.text, got, c.want)
		}
	}
}
