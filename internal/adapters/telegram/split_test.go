package telegram_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rivo/uniseg"

	"github.com/s4bot/s4bot/internal/adapters/telegram"
)

func TestSplitBreaksNoCharacter(t *testing.T) {
	const (
		flag   = "🇨🇳"
		family = "👩\u200d👩\u200d👧\u200d👦"
		skin   = "👍🏽"
		hangul = "\u1112\u1161\u11ab" // one syllable of three parts
		accent = "e\u0301"
	)
	for _, text := range []string{
		strings.Repeat("👩", 5000), strings.Repeat("a", 4095) + "👩b", "short", strings.Repeat("a", 4096),
		strings.Repeat(family, 3000), "a" + strings.Repeat(flag, 3000), strings.Repeat(skin, 3000), "ab" + strings.Repeat(hangul, 3000),
		"a" + strings.Repeat(accent, 4000), strings.Repeat("一二三四五六七八九十 ", 900), strings.Repeat("a\r", 3000),
	} {
		var whole strings.Builder
		characters := 0
		for _, p := range telegram.Split(text) {
			if n := len(utf16.Encode([]rune(p))); n > 4096 || strings.ContainsRune(p, '\uFFFD') {
				t.Errorf("a part of %d units", n)
			}
			characters += uniseg.GraphemeClusterCount(p)
			whole.WriteString(p)
		}
		if whole.String() != text {
			t.Errorf("the parts of %.20q are not the text (%d, %d bytes)", text, whole.Len(), len(text))
		}
		if want := uniseg.GraphemeClusterCount(text); characters != want {
			t.Errorf("%.20q: %d characters became %d", text, want, characters)
		}
	}
}

func TestSplitCutsWhatIsLongerThanAMessage(t *testing.T) {
	text := "e" + strings.Repeat("\u0301", 9000) // one character to the eye
	got := telegram.Split(text)
	if len(got) != 3 || strings.Join(got, "") != text {
		t.Errorf("%d parts", len(got))
	}
}

func TestSplitChoosesWhereToCut(t *testing.T) {
	fill := func(s string) string { return strings.Repeat("x", 3000) + s + strings.Repeat("y", 3000) }
	for name, c := range map[string]struct {
		text string
		end  string // of the first part
	}{
		"line":                       {fill("a.\nb. c"), "a."},
		"line, though late sentence": {fill("a\nb。c"), "a"},
		"sentence":                   {fill("a b。c d"), "a b。"},
		"sentence with its quote":    {fill("“a b！”c d"), "“a b！”"},
		"western sentence":           {fill("a 3.5 is b? c d"), "b? "},
		"no sentence in a number":    {fill("a 3.5 b.c"), "3.5 "},
		"space":                      {fill("a b c"), "a b "},
		"none":                       {fill(""), "y"},
		"only in the first half":     {"a b\n" + fill(""), "y"},
	} {
		if got := telegram.Split(c.text); !strings.HasSuffix(got[0], c.end) {
			t.Errorf("%s: the first part ends with %q", name, got[0][max(0, len(got[0])-12):])
		}
	}
	if got := telegram.Split(" \n "); got != nil {
		t.Errorf("blank: %q", got)
	}
	if got := telegram.Split("a\xffb"); len(got) != 1 || got[0] != "a\uFFFDb" {
		t.Errorf("not UTF-8: %q", got)
	}
}
