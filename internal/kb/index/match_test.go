package index

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/s4bot/s4bot/internal/kb"
)

// TestMatcher shows a text with what a search matches in it: [as written], {by its
// sound}.
func TestMatcher(t *testing.T) {
	x := build(t, small)
	for _, test := range []struct{ search, text, want string }{
		{"卡过期了", "这张卡过期了，换一张", "这张[卡过期]了，换一张"},
		{"卡过期", "卡在，过了，期", "卡在，过了，期"},
		{"卡", "一张卡", "一张[卡]"},
		{"餘額不足", "余额不足", "[余额不足]"},
		{"余额", "帳上餘額少", "帳上[餘額]少"},
		{"guo qi", "卡过期了", "卡{过期}了"},
		{"卡锅齐了", "卡过期了", "{卡过期}了"},
		{"expired cards", "The card has expired", "The [card] has [expired]"},
		{"客人的卡", "洋人的卡", "洋[人的卡]"},
		{"坏了，先看", "丢了线坏了", "丢了线坏了"},
		{"the of", "the end of it", "the end of it"},
		{"code 54", "code 54, expired card", "[code] [54], expired card"},
		{"card 过期", "用 card 付，过期了", "用 [card] 付，[过期]了"},
		{"", "卡过期", "卡过期"},
		{"卡过期", "", ""},
		{"\xff卡过期", "a\xff卡过期", "a\xff[卡过期]"},
	} {
		if got := painted(test.text, x.Match(test.search).Spans(test.text)); got != test.want {
			t.Errorf("%q matches %q, want %q", test.search, got, test.want)
		}
	}
}

func painted(text string, spans []kb.Span) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		marks := "[]"
		if s.Sound {
			marks = "{}"
		}
		b.WriteString(text[at:s.Start] + marks[:1] + text[s.Start:s.End] + marks[1:])
		at = s.End
	}
	return b.String() + text[at:]
}

func TestMatcherBest(t *testing.T) {
	texts := []string{"没有", "卡过期了很久，客人说新卡没带，怎么办", "卡过期了", "过期"}
	best := build(t, small).Match("卡过期").Best(texts, 2)
	if len(best) != 2 || best[0] != 2 || best[1] != 1 && best[1] != 3 {
		t.Errorf("the best are %v", best)
	}
	if best := build(t, small).Match("xyz").Best(texts, 2); len(best) != 0 {
		t.Errorf("the best of nothing are %v", best)
	}
}

// TestMatcherTakesAnything asserts that spans are in order, apart, inside, and
// cut no rune.
func TestMatcherTakesAnything(t *testing.T) {
	_, x := embedded()
	for _, search := range odd {
		m := x.Match(search)
		for _, text := range append([]string{"卡过期了 card 余额", "餘\u200b額不足"}, odd...) {
			if len(text) > 4000 {
				continue
			}
			before := 0
			for _, s := range m.Spans(text) {
				cutsRune := s.End < len(text) && !utf8.RuneStart(text[s.End]) && utf8.ValidString(text)
				if s.Start < before || s.End <= s.Start || s.End > len(text) || !utf8.RuneStart(text[s.Start]) || cutsRune {
					t.Errorf("%.20q in %.20q: %v", search, text, s)
				}
				before = s.End
			}
		}
	}
}
