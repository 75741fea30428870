// Package pinyin turns Chinese characters into toneless syllables and splits
// Latin letters into syllables, so that what is written by sound can be
// compared with what is written in characters.
package pinyin

import (
	"strings"
	"sync"

	gopinyin "github.com/mozillazg/go-pinyin"
)

// Of gives the toneless syllable of a Chinese character in its commonest
// reading, with v for ü (lü is lv, but lüe is lue, as it is typed); "" for
// anything else.
func Of(r rune) string {
	if s, ok := readings[r]; ok {
		return s
	}
	if r < 0x3400 {
		return ""
	}
	return first(gopinyin.PinyinDict[int(r)])
}

// first gives the first of the readings that the dictionary lists, toneless.
func first(all string) string {
	s, _, _ := strings.Cut(all, ",")
	return typed(tones.Replace(s))
}

// tones maps vowels with a tone mark to plain ones.
var tones = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e", "ê", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
	"ū", "u", "ú", "u", "ǔ", "u", "ù", "u", "ü", "v", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v",
	"ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m",
)

// typed gives the spelling in use of a syllable that has two.
func typed(s string) string {
	switch s {
	case "lve", "nve":
		return s[:1] + "ue"
	case "jv", "qv", "xv", "yv":
		return s[:1] + "u"
	}
	return s
}

// syllables holds every toneless syllable that a character has, but those
// without a vowel: they would make pinyin of half of English.
var syllables = sync.OnceValue(func() map[string]bool {
	known := make(map[string]bool, 450)
	for r, all := range gopinyin.PinyinDict {
		if s := first(all); r >= 0x4e00 && r <= 0x9fa5 && strings.ContainsAny(s, "aeiouv") {
			known[s] = true
		}
	}
	return known
})

// Fuzzy folds what southern speakers and hasty typing do not tell apart: the
// initials zh/z, ch/c, sh/s and n/l, and the finals ang/an, eng/en, ing/in.
func Fuzzy(s string) string {
	switch {
	case strings.HasPrefix(s, "zh"), strings.HasPrefix(s, "ch"), strings.HasPrefix(s, "sh"):
		s = s[:1] + s[2:]
	case strings.HasPrefix(s, "n"):
		s = "l" + s[1:]
	}
	for _, final := range [...]string{"ang", "eng", "ing"} {
		if strings.HasSuffix(s, final) {
			return s[:len(s)-1]
		}
	}
	return s
}
