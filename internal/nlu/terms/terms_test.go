package terms

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/s4bot/s4bot/internal/nlu/fold"
)

// show gives each term with the bytes of the text that it stands for:
// term=original.
func show(text string, list []Term) string {
	out := make([]string, len(list))
	for i, term := range list {
		out[i] = term.Text + "=" + text[term.Start:term.End]
	}
	return strings.Join(out, ", ")
}

func TestWords(t *testing.T) {
	for _, test := range []struct{ how, text, stems, pairs string }{
		{"one word", "card", "card=card", ""},
		{"endings fall", "expired cards", "expir=expired, card=cards", "expir card=expired cards"},
		{"forms of one word", "declining declines", "declin=declining, declin=declines", "declin declin=declining declines"},
		{"three make two pairs", "No network today", "no=No, network=network, todai=today", "no network=No network, network todai=network today"},
		{"digits are words", "code 54", "code=code, 54=54", "code 54=code 54"},
		{"letters with digits keep their ending", "S4s", "s4s=S4s", ""},
		{"full-width", "ＣＡＲＤＳ", "card=ＣＡＲＤＳ", ""},
		{"accents", "Éxpired", "expir=Éxpired", ""},
		{"zero-width inside", "ca\u200brds", "card=ca\u200brds", ""},
		{"other alphabets keep their ending", "карты カード", "карты=карты, カード=カード", "карты カード=карты カード"},
		{"characters are no words", "刷卡失败", "", ""},
		{"a character parts a pair", "card坏reader", "card=card, reader=reader", ""},
		{"words beside characters", "显示card expired了", "card=card, expir=expired", "card expir=card expired"},
		{"nothing", "", "", ""},
		{"marks only", "！？…", "", ""},
	} {
		t.Run(test.how, func(t *testing.T) {
			stems, pairs := Words(Pieces(test.text))
			if got := show(test.text, stems); got != test.stems {
				t.Errorf("stems of %q: %s\nwant %s", test.text, got, test.stems)
			}
			if got := show(test.text, pairs); got != test.pairs {
				t.Errorf("pairs of %q: %s\nwant %s", test.text, got, test.pairs)
			}
		})
	}
}

func TestSpelled(t *testing.T) {
	for _, test := range []struct {
		how, text string
		want      bool
	}{
		{"with spaces", "yu e bu zu", true},
		{"without", "yuebuzu", true},
		{"in words", "mima cuowu", true},
		{"capitals", "XINHAO HEN RUO", true},
		{"full-width", "ｙｕ　ｅ", true},
		{"tone marks", "yú'é bù zú", true},
		{"marks between", "yu e bu zu!!! zen me ban?", true},
		{"numbers do not count", "54 yu e bu zu 100", true},
		{"one word of another kind in four syllables", "S4 yu e bu zu", true},
		{"one in three", "S4 yu e bu", false},
		{"two in seven", "pos yu e bu zu le S4 a", false},
		{"two in eight", "pos yu e bu zu zen me S4 ban ne", true},
		{"one syllable", "ka", false},
		{"English", "card expired", false},
		{"English with a syllable or two", "the pin is wrong", false},
		{"an English word that begins like pinyin", "network", false},
		{"an English word without a last vowel", "again", false},
		{"English beside pinyin", "card expired zenme ban", false},
		{"characters", "余额不足", false},
		{"one character in pinyin", "yu e bu zu 了", false},
		{"numbers only", "54 100", false},
		{"marks only", "，。！", false},
		{"another alphabet", "карта", false},
		{"another alphabet beside pinyin", "yu e карта", false},
		{"nothing", "", false},
	} {
		t.Run(test.how, func(t *testing.T) {
			if got := Spelled(Pieces(test.text)); got != test.want {
				t.Errorf("%q is spelled: %v, want %v", test.text, got, test.want)
			}
		})
	}
}

// TestSoundsDependOnWhatStandsBefore shows the last character's sound: a
// reading looks at the text before it, however long that is and however it is
// written.
func TestSoundsDependOnWhatStandsBefore(t *testing.T) {
	long := strings.Repeat("刷不了卡", 2000)
	for _, test := range []struct{ text, want string }{
		{"银行", "hang"},
		{"銀行", "hang"},
		{"不行", "xing"},
		{"行", "xing"},
		{"发卡行", "hang"},
		{"這張發卡行", "hang"},
		{"开户行", "hang"},
		{"这张卡行", "xing"},
		{"工商银\u200b行", "hang"},
		{"严重", "zhong"},
		{"又重", "chong"},
		{"店长", "zhang"},
		{"POS银行", "hang"},
		{"\U00020bb7银行", "hang"},
		{"\U00020bb7开户行", "hang"},
		{"\U00020bb7不行", "xing"},
		{long + "银行", "hang"},
		{long + "发卡行", "hang"},
		{long + "不行", "xing"},
		{long + "这张卡行", "xing"},
		{strings.Repeat("\U00020bb7", 2000) + "银行", "hang"},
		{strings.Repeat("银行", 1000) + "不行", "xing"},
	} {
		sounds := Sounds(Pieces(test.text))
		_, size := utf8.DecodeLastRuneInString(test.text)
		start, got := len(test.text)-size, ""
		for _, s := range sounds {
			if s.Start == start && s.End == len(test.text) {
				got = s.Text
			}
		}
		if want := Sounds(Pieces(test.want))[0].Text; got != want {
			t.Errorf("the last of %.30q (%d bytes) sounds %q, want %q", test.text, len(test.text), got, want)
		}
	}
}

// TestSoundsMeet asserts that one word has the same sounds however it is
// written.
func TestSoundsMeet(t *testing.T) {
	for _, ways := range [][]string{
		{"余额不足", "餘額不足", "鱼鹅不足", "yu e bu zu", "yuebuzu", "YU E BU ZU", "余额bu zu"},
		{"发卡行", "fa ka hang", "fakahang"},
		{"都不行", "dou bu xing", "doubuxing"},
		{"信号", "xin hao", "xing hao"},
		{"重启", "chong qi", "cong qi"},
	} {
		want := texts(Sounds(Pieces(ways[0])))
		for _, text := range ways[1:] {
			if got := texts(Sounds(Pieces(text))); got != want {
				t.Errorf("%s sounds %q, %s sounds %q", text, got, ways[0], want)
			}
		}
	}
}

func texts(list []Term) string {
	var out []string
	for _, term := range list {
		out = append(out, term.Text)
	}
	return strings.Join(out, ", ")
}

func TestTail(t *testing.T) {
	for _, test := range []struct {
		text string
		n    int
		want string
	}{
		{"", 6, ""},
		{"发卡", 6, "发卡"},
		{"张发卡", 6, "发卡"},
		{"张发卡", 7, "发卡"},
		{"\U00020bb7卡", 6, "卡"},
		{"\U00020bb7卡", 7, "\U00020bb7卡"},
		{"卡", 2, ""},
	} {
		if got := tail(test.text, test.n); got != test.want {
			t.Errorf("the last %d bytes of %q are %q, want %q", test.n, test.text, got, test.want)
		}
	}
}

// odd are texts in which bytes, runes and terms part ways.
var odd = []string{
	"", " ", "卡", "a", "余额不足", "餘額不足", "刷ka了", "印表機沒紙", "card expired 了", "yuebuzu zenmeban", "S4 54",
	"余\u200b额", "lo\u200bw", "㍿卡", "ﷺ", "ﬀﬁ", "①⑳ⅷ", "ＰＯＳ機１２", "e\u0301chec", "\u0301\u0302", "İıẞ", "한국어 카드", "カード", "ｱｲｳ", "بطاقة", "שלום",
	"余\xff额\xe5", "\xff\xfe", "\xed\xa0\x80卡", "\xf4\x90\x80\x80", "卡\U000e0041", "𠮷野家", "\x00卡\x01", "\u0085\u2028卡", "😀卡😀", "👨\u200d👩\u200d👧", "ies ss s sses",
}

// FuzzTerms asserts that every term of any text says something and stands at
// bytes of the text that begin and end between its runes.
func FuzzTerms(f *testing.F) {
	for _, text := range odd {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		pieces := Pieces(text)
		checkPieces(t, text, pieces)
		stems, pairs := Words(pieces)
		for kind, list := range map[string][]Term{
			"character": Characters(pieces), "pair": Pairs(pieces), "sound": Sounds(pieces), "stem": stems, "pair of words": pairs,
		} {
			for i, term := range list {
				checkPlace(t, text, kind+" "+term.Text, term.Start, term.End)
				if term.Text == "" || !utf8.ValidString(term.Text) {
					t.Errorf("%q: the %s at %d is %q", text, kind, term.Start, term.Text)
				}
				if i > 0 && term.End < list[i-1].End {
					t.Errorf("%q: the %s %q stands before %q", text, kind, term.Text, list[i-1].Text)
				}
			}
		}
		if Spelled(pieces) && strings.ContainsFunc(fold.String(text), fold.Han) {
			t.Errorf("%q has characters and is spelled", text)
		}
	})
}

// checkPieces asserts that pieces hold the folded text's letters, digits and
// characters, one Chinese character or one word each, and no more.
func checkPieces(t *testing.T, text string, pieces []Piece) {
	t.Helper()
	all := ""
	for i, p := range pieces {
		checkPlace(t, text, "piece "+p.Text, p.Start, p.End)
		first, size := utf8.DecodeRuneInString(p.Text)
		if p.Han != fold.Han(first) || p.Han && size != len(p.Text) || i == 0 && p.Adjacent {
			t.Errorf("%q: piece %d is %+v", text, i, p)
		}
		all += p.Text
	}
	rest := fold.String(text)
	for _, p := range pieces {
		at := strings.Index(rest, p.Text)
		if at < 0 {
			t.Fatalf("%q: the pieces %q do not stand in %q", text, all, fold.String(text))
		}
		rest = rest[at+len(p.Text):]
	}
}

func checkPlace(t *testing.T, text, what string, start, end int) {
	t.Helper()
	if start < 0 || start >= end || end > len(text) {
		t.Fatalf("%q: the %s stands at %d to %d of %d", text, what, start, end, len(text))
	}
	if !utf8.ValidString(text) {
		return
	}
	if !utf8.RuneStart(text[start]) || end < len(text) && !utf8.RuneStart(text[end]) {
		t.Errorf("%q: the %s cuts a rune at %d or %d", text, what, start, end)
	}
}
