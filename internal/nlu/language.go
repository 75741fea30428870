package nlu

import (
	"strings"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/fold"
	"github.com/s4bot/s4bot/internal/nlu/pinyin"
)

// spell turns a message that is written in pinyin into units of one syllable;
// ok is false for any other message.
func spell(units []unit) ([]unit, bool) {
	var out []unit
	var words []string
	for _, u := range units {
		if u.kind == hanUnit {
			return nil, false
		}
		parts, ok := []string(nil), false
		if u.kind == wordUnit {
			words = append(words, u.text)
			parts, ok = pinyin.Split(u.text)
		}
		if !ok {
			out = append(out, u)
		}
		for _, p := range parts {
			out = append(out, unit{p, wordUnit})
		}
	}
	return out, pinyin.Spelled(words)
}

// language tells the language to answer in from a folded text: Chinese as soon
// as there is a Chinese character or pinyin, English for other Latin words. What the
// terminal shows, S4 and a code, is in no language.
func language(folded string) kb.Lang {
	if strings.ContainsFunc(folded, fold.Han) {
		return kb.Chinese
	}
	words := strings.TrimSpace(s4Forms.ReplaceAllString(folded, " "))
	latin := strings.ContainsFunc(words, func(r rune) bool { return r >= 'a' && r <= 'z' })
	if !latin || len(words) < 2 {
		return ""
	}
	if _, ok := spell(unitsOf(words)); ok {
		return kb.Chinese
	}
	return kb.English
}
