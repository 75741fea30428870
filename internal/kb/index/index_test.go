package index

import (
	"context"
	"math"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/fold"
	"github.com/s4bot/s4bot/internal/nlu/pinyin"
	"github.com/s4bot/s4bot/knowledge"
)

// embedded is the knowledge of the program and an index over it, built once.
var embedded = sync.OnceValues(func() (*kb.Base, *Index) {
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		panic(err)
	}
	x, err := Build(base)
	if err != nil {
		panic(err)
	}
	return base, x
})

func find(t testing.TB, text string) []kb.Hit {
	t.Helper()
	_, x := embedded()
	hits, err := x.Search(context.Background(), text)
	if err != nil {
		t.Fatalf("search %.60q: %v", text, err)
	}
	return hits
}

// rank gives the place of an id among the hits, from 1; 0 if it is not there.
func rank(hits []kb.Hit, id string) int {
	return 1 + slices.IndexFunc(hits, func(h kb.Hit) bool { return h.ID == id })
}

// TestSearchFinds asserts that the cause is among the first three, however its
// words are written.
func TestSearchFinds(t *testing.T) {
	for _, test := range []struct{ how, text, id string }{
		{"exact alias", "卡过期了", "card.expired"},
		{"exact alias", "电量低", "hardware.power"},
		{"inside a message", "老板，客人那张卡过期了怎么办啊", "card.expired"},
		{"traditional", "餘額不足", "card.insufficient-balance"},
		{"traditional", "這張卡過期了", "card.expired"},
		{"traditional", "密碼輸錯了", "operation.wrong-pin"},
		{"traditional, Taiwan", "網路訊號很弱", "network.weak-signal"},
		{"traditional, Taiwan", "印表機沒紙了", "hardware.printer-paper"},
		{"traditional, Hong Kong", "部機成日當機", "software.os-crash"},
		{"full-width", "ｌｏｗ　ｂａｔｔｅｒｙ　ｗａｒｎｉｎｇ", "hardware.power"},
		{"zero-width", "余\u200b额\u200d不\ufeff足", "card.insufficient-balance"},
		{"filter-evading", "银行ka过期了", "card.expired"},
		{"pinyin with spaces", "yu e bu zu", "card.insufficient-balance"},
		{"pinyin without", "yuebuzu", "card.insufficient-balance"},
		{"pinyin with spaces", "ka guo qi le", "card.expired"},
		{"pinyin without", "kaguoqile", "card.expired"},
		{"pinyin without", "mimashucuole", "operation.wrong-pin"},
		{"pinyin, southern", "sijilei cun bu zu neicunbuzu", "hardware.memory"},
		{"pinyin in capitals", "XINHAO HEN RUO", "network.weak-signal"},
		{"homophones", "鱼鹅不足", "card.insufficient-balance"},
		{"homophones", "卡锅齐了", "card.expired"},
		{"homophones", "迷马书错了", "operation.wrong-pin"},
		{"homophones", "打印机却只", "hardware.printer-paper"},
		{"homophones, southern", "信好很落", "network.weak-signal"},
		{"English", "the card is out of date", "card.expired"},
		{"English", "battery warning, it's very low", "hardware.power"},
		{"English", "wrong PIN entered three times", "operation.wrong-pin"},
		{"English, another form of the word", "updates did not finish", "software.update-incomplete"},
		{"mixed", "card expired 了，换卡吗", "card.expired"},
		{"mixed", "客人 balance 不足", "card.insufficient-balance"},
		{"mixed", "机器 low battery 自己关机", "hardware.power"},
		{"mixed with pinyin", "打印机 mei zhi 了", "hardware.printer-paper"},
	} {
		t.Run(test.how+": "+test.text, func(t *testing.T) {
			if r := rank(find(t, test.text), test.id); r < 1 || r > 3 {
				t.Errorf("%s is number %d: %v", test.id, r, head(find(t, test.text)))
			}
		})
	}
}

func head(hits []kb.Hit) []kb.Hit { return hits[:min(5, len(hits))] }

// TestSearchFindsEveryAlias asserts, over all aliases of the embedded
// knowledge, how often a message of exactly these words finds its cause.
func TestSearchFindsEveryAlias(t *testing.T) {
	base, _ := embedded()
	for _, test := range []struct {
		how          string
		write        func(string) string
		list         func(kb.Texts) []string
		every        int     // one of how many aliases is tried
		first, three float64 // least shares
	}{
		{"Chinese", func(s string) string { return s }, func(x kb.Texts) []string { return x.ZH }, 3, .96, .99},
		{"English", func(s string) string { return s }, func(x kb.Texts) []string { return x.EN }, 2, .94, .99},
		{"pinyin with spaces", func(s string) string { return spell(s, " ") }, func(x kb.Texts) []string { return x.ZH }, 16, .92, .96},
		{"pinyin without", func(s string) string { return spell(s, "") }, func(x kb.Texts) []string { return x.ZH }, 16, .90, .93},
	} {
		t.Run(test.how, func(t *testing.T) {
			n, first, three := 0.0, 0.0, 0.0
			for _, c := range base.Causes {
				for i, alias := range test.list(c.Aliases) {
					if i%test.every != 0 {
						continue
					}
					r := rank(find(t, test.write(alias)), c.ID)
					n++
					if r == 1 {
						first++
					}
					if r >= 1 && r <= 3 {
						three++
					}
				}
			}
			t.Logf("%.0f aliases: first %.3f, among three %.3f", n, first/n, three/n)
			if first/n < test.first || three/n < test.three {
				t.Errorf("want %.2f and %.2f", test.first, test.three)
			}
		})
	}
}

// spell writes the Chinese characters of a text by their sounds.
func spell(text, between string) string {
	var b strings.Builder
	for _, r := range text {
		if sound := pinyin.Of(r); sound != "" {
			b.WriteString(sound + between)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// TestTraditionalFindsTheSame writes Chinese aliases in traditional characters:
// the hits are those of the simplified text, to the last digit.
func TestTraditionalFindsTheSame(t *testing.T) {
	traditional := traditionalOf(t)
	base, _ := embedded()
	changed := 0
	for _, c := range base.Causes {
		for i, alias := range c.Aliases.ZH {
			if i%4 != 0 {
				continue
			}
			written := strings.Map(func(r rune) rune {
				if other, ok := traditional[r]; ok {
					return other
				}
				return r
			}, alias)
			if written == alias {
				continue
			}
			changed++
			if got, want := find(t, written), find(t, alias); !reflect.DeepEqual(got, want) {
				t.Errorf("%q finds %v, %q finds %v", written, head(got), alias, head(want))
			}
		}
	}
	if changed < 150 {
		t.Errorf("only %d aliases have traditional characters", changed)
	}
}

// traditionalOf gives a traditional character for a simplified one.
func traditionalOf(t *testing.T) map[rune]rune {
	t.Helper()
	data, err := os.ReadFile("../../nlu/fold/simplified.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[rune]rune{}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, pair := range strings.Fields(line) {
			from, n := utf8.DecodeRuneInString(pair)
			to, _ := utf8.DecodeRuneInString(pair[n:])
			if fold.String(string(from)) == string(to) {
				out[to] = from
			}
		}
	}
	return out
}

func TestEveryArticleIsFoundByItsTitle(t *testing.T) {
	base, _ := embedded()
	titles := map[string]kb.Text{kb.CodesArticle: base.Codes.Title}
	for _, c := range base.Causes {
		titles[c.ID] = c.Title
	}
	for _, h := range base.Howtos {
		titles[h.ID] = h.Title
	}
	for _, topic := range base.Topics {
		titles[topic.ID] = topic.Title
	}
	for id, title := range titles {
		for _, text := range []string{title.ZH, title.EN} {
			if r := rank(find(t, text), id); r < 1 || r > 3 {
				t.Errorf("%q: %s is number %d", text, id, r)
			}
		}
	}
}

// odd are texts that no search may choke on.
var odd = []string{
	"", " ", "\n\t\r", "。，！？", "S4", "s 4", "，卡，", "a", "卡",
	strings.Repeat("卡过期了", 2500), strings.Repeat("x", 10000), strings.Repeat("yuebuzu", 1500), strings.Repeat("\u200b", 10000) + "卡",
	"😀", "😭💳❌", "👨\u200d👩\u200d👧", "卡😀过😀期", "🇨🇳", "\u0301\u0302", "e\u0301chec",
	"\x00", "\x00卡\x01过\x7f期", "\u0085\u2028\u2029", "\ufffd", "\ufeff卡",
	"\xff\xfe\xfd", "卡\xe5\x8d", "\xed\xa0\x80卡", "\xf4\x90\x80\x80", "余\xff额",
	`+a -b "c`, `+卡 -过期 "了`, `title:卡`, `han:卡^5`, `卡~2`, `card*`, `ca?d`, `/card.*/`, `(card AND`, `[1 TO *]`, `>=5`, `\`, `\"`, `"`, `""`, `AND OR NOT`, `*`, `*:*`, `_all:x`, `han:`, `:`,
	"ﷺ", "㍿㋿①⑳ⅷ", "ｱｲｳ", "ﬀﬁ", "Ⓢ④", "𠮷野家", "卡\U000e0041", "\u202e逆\u202c", "İıẞ", "한국어 카드", "カード", "карта", "بطاقة",
}

func TestSearchTakesAnything(t *testing.T) {
	for _, text := range odd {
		checkHits(t, text, find(t, text))
	}
	for _, nothing := range []string{"", " \n", "。，！？", "\xff\xfe", "\u200b\u200d", "😀"} {
		if hits := find(t, nothing); len(hits) != 0 {
			t.Errorf("%q finds %v", nothing, head(hits))
		}
	}
}

// TestSearchKnowsNoQuerySyntax asserts that operators are mere punctuation.
func TestSearchKnowsNoQuerySyntax(t *testing.T) {
	for text, same := range map[string]string{
		`+余额 -不足`: "，余额，不足", `"余额不足"`: "余额不足", `han:余额不足`: "han，余额不足",
		`余额不足^9`: "余额不足，9", `balance~2`: "balance，2", `bal*`: "bal", `(余额 AND 不足)`: "余额 and 不足",
	} {
		if got, want := find(t, text), find(t, same); !reflect.DeepEqual(got, want) {
			t.Errorf("%q finds %v, %q finds %v", text, head(got), same, head(want))
		}
	}
}

// checkHits asserts what the dialog relies on: known ids, once each, with
// positive scores, best first.
func checkHits(t *testing.T, text string, hits []kb.Hit) {
	t.Helper()
	seen := map[string]bool{}
	for i, h := range hits {
		if seen[h.ID] || !known()[h.ID] || math.IsNaN(h.Score) || math.IsInf(h.Score, 0) {
			t.Errorf("%.40q: hit %+v", text, h)
		}
		seen[h.ID] = true
		if i > 0 && hits[i-1].Score < h.Score {
			t.Errorf("%.40q: %v before %v", text, hits[i-1], h)
		}
	}
}

var known = sync.OnceValue(func() map[string]bool {
	base, _ := embedded()
	ids := map[string]bool{}
	for _, d := range documents(base, nil) {
		ids[d.id] = true
	}
	return ids
})

// TestSearchIsTheSameAtEachRun asserts that scores are equal to the last digit,
// in one index and in another of the same knowledge, also at the same time.
func TestSearchIsTheSameAtEachRun(t *testing.T) {
	base, x := embedded()
	other, err := Build(base)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	var running sync.WaitGroup
	for _, text := range messages {
		want := find(t, text)
		for _, index := range []*Index{x, other, x} {
			running.Go(func() {
				if got, err := index.Search(context.Background(), text); err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("%q finds %v, then %v (%v)", text, head(want), head(got), err)
				}
			})
		}
	}
	running.Wait()
}

func TestSearchCapsTheText(t *testing.T) {
	filler := strings.Repeat("呃", queryMost-4)
	for name, test := range map[string]struct {
		text, same string
	}{
		"the last that counts": {filler + "卡过期了", filler + "卡过期了"},
		"one too many":         {filler + "呃呃呃呃卡过期了", filler + "呃呃呃呃"},
		"cut in the middle":    {filler + "呃呃卡过期了", filler + "呃呃卡过"},
		"runes, not bytes":     {strings.Repeat("卡过期了", 50) + "余额不足", strings.Repeat("卡过期了", 50)},
		"invalid bytes count":  {strings.Repeat("\xff", queryMost) + "卡过期了", ""},
	} {
		if got, want := find(t, test.text), find(t, test.same); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: finds %v, want %v", name, head(got), head(want))
		}
	}
	if rank(find(t, filler+"卡过期了"), "card.expired") == 0 {
		t.Error("the words just below the cap are lost")
	}
}

func TestSearchEndsWithItsContext(t *testing.T) {
	_, x := embedded()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Search(ctx, "卡过期了"); err == nil {
		t.Error("a cancelled search gives no error")
	}
}

func FuzzSearch(f *testing.F) {
	for _, text := range append(slices.Clone(odd), messages...) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		hits := find(t, text)
		checkHits(t, text, hits)
		if again := find(t, text); !reflect.DeepEqual(hits, again) {
			t.Errorf("finds %v, then %v", head(hits), head(again))
		}
	})
}
