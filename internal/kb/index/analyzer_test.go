package index

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"

	"github.com/s4bot/s4bot/internal/nlu/fold"
	"github.com/s4bot/s4bot/internal/nlu/terms"
)

// TestTokens shows each token with the bytes of the original that it stands
// for: term=original.
func TestTokens(t *testing.T) {
	for _, test := range []struct {
		how      string
		tokenize tokenizer
		text     string
		want     string
	}{
		{"simplified", terms.Characters, "余额不足", "余=余 额=额 不=不 足=足"},
		{"traditional", terms.Characters, "餘額不足", "余=餘 额=額 不=不 足=足"},
		{"full-width", terms.Characters, "ＰＯＳ機１２", "pos=ＰＯＳ 机=機 12=１２"},
		{"zero-width", terms.Characters, "余\u200b额", "余=余 额=额"},
		{"zero-width inside a word", terms.Characters, "lo\u200bw 电", "low=lo\u200bw 电=电"},
		{"capitals and digits", terms.Characters, "显示S4失败", "显=显 示=示 s4=S4 失=失 败=败"},
		{"one rune that folds to many", terms.Characters, "㍿卡", "株=㍿ 式=㍿ 会=㍿ 社=㍿ 卡=卡"},
		{"a regional word", terms.Characters, "印表機沒紙", "打=印表機 印=印表機 机=印表機 没=沒 纸=紙"},
		{"a filter-evading word", terms.Characters, "刷ka了", "刷=刷ka 卡=刷ka 了=了"},
		{"invalid bytes", terms.Characters, "余\xff额\xe5", "余=余 额=额"},
		{"emoji and punctuation", terms.Characters, "卡😀，card!", "卡=卡 card=card"},
		{"pairs", terms.Pairs, "餘額 不，足", "余额=餘額 额不=額 不"},
		{"pairs stop at words", terms.Pairs, "刷card卡机", "卡机=卡机"},
		{"pairs over zero-width", terms.Pairs, "餘\u200b額", "余额=餘\u200b額"},
		{"one character", terms.Pairs, "卡", ""},
		{"sounds", terms.Sounds, "餘額", "yu=餘 e=額 yu e=餘額"},
		{"sounds, southern", terms.Sounds, "信號", "xin=信 hao=號 xin hao=信號"},
		{"sounds of pinyin", terms.Sounds, "yu e", "yu=yu e=e yu e=yu e"},
		{"sounds of full-width pinyin", terms.Sounds, "ｙｕ餘", "yu=ｙｕ yu=餘 yu yu=ｙｕ餘"},
		{"no sounds of English", terms.Sounds, "battery 卡", "ka=卡"},
		{"sounds stop at marks", terms.Sounds, "余，额", "yu=余 e=额"},
		{"nothing", terms.Sounds, "", ""},
	} {
		t.Run(test.how, func(t *testing.T) {
			tokens := test.tokenize.Tokenize([]byte(test.text))
			if got := show(test.text, tokens); got != test.want {
				t.Errorf("%q gives\n%s\nwant\n%s", test.text, got, test.want)
			}
			checkTokens(t, test.text, tokens)
		})
	}
}

func show(text string, tokens analysis.TokenStream) string {
	var out []string
	for _, token := range tokens {
		out = append(out, fmt.Sprintf("%s=%s", token.Term, text[token.Start:token.End]))
	}
	return strings.Join(out, " ")
}

// checkTokens asserts that every token has a term, stands at bytes of the
// original text that begin and end between its runes, and that positions count
// from 1.
func checkTokens(t *testing.T, text string, tokens analysis.TokenStream) {
	t.Helper()
	valid := utf8.ValidString(text)
	for i, token := range tokens {
		if len(token.Term) == 0 || !utf8.Valid(token.Term) || token.Position != i+1 {
			t.Errorf("%q: token %d is %+v", text, i, token)
		}
		if token.Start < 0 || token.Start >= token.End || token.End > len(text) {
			t.Fatalf("%q: token %q stands at %d to %d of %d", text, token.Term, token.Start, token.End, len(text))
		}
		if !utf8.RuneStart(text[token.Start]) || token.End < len(text) && valid && !utf8.RuneStart(text[token.End]) {
			t.Errorf("%q: token %q cuts a rune at %d or %d", text, token.Term, token.Start, token.End)
		}
	}
}

// FuzzTokens asserts that the terms of the characters are what the original
// bytes fold to, whatever the text.
func FuzzTokens(f *testing.F) {
	for _, text := range append(append([]string{}, odd...), messages...) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, tokenize := range []tokenizer{terms.Characters, terms.Pairs, terms.Sounds} {
			checkTokens(t, text, tokenize.Tokenize([]byte(text)))
		}
		for _, token := range tokenizer(terms.Characters).Tokenize([]byte(text)) {
			if original := text[token.Start:token.End]; !strings.Contains(fold.String(original), string(token.Term)) {
				t.Errorf("%q: the term %q stands at %q", text, token.Term, original)
			}
		}
	})
}
