package index

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/s4bot/s4bot/internal/kb"
)

// manySize is a size of generated knowledge that a search takes shortcuts in.
const manySize = many + 50

// manyArticles is generated knowledge and an index over it, built once.
var manyArticles = sync.OnceValues(func() (*kb.Base, *Index) {
	base := generated(manySize)
	x, err := Build(base)
	if err != nil {
		panic(err)
	}
	return base, x
})

func findIn(t *testing.T, x *Index, text string) []kb.Hit {
	t.Helper()
	hits, err := x.Search(context.Background(), text)
	if err != nil {
		t.Fatalf("search %.60q: %v", text, err)
	}
	return hits
}

// aliasesOf gives one alias of every few articles of generated knowledge, with
// the article's id.
func aliasesOf(base *kb.Base, every int, use func(alias, id string)) {
	for i, topic := range base.Topics {
		if i%every == 0 {
			use(topic.Aliases.ZH[i/every%len(topic.Aliases.ZH)], topic.ID)
		}
	}
}

// TestManyTakeShortcuts keeps the tests below honest.
func TestManyTakeShortcuts(t *testing.T) {
	base, x := manyArticles()
	if x.size <= many || x.size != len(documents(base, nil)) {
		t.Errorf("the index has %d articles of %d", x.size, len(documents(base, nil)))
	}
}

// TestManyFindAliases asserts, over aliases of many articles, how often a
// message with these words finds its article.
func TestManyFindAliases(t *testing.T) {
	base, x := manyArticles()
	for _, test := range []struct {
		how          string
		write        func(string) string
		every        int
		first, three float64 // least shares
	}{
		{"exactly", func(s string) string { return s }, 40, .97, .98},
		{"traditional", traditionalText(t), 120, .95, .98},
		{"in a longer message", func(s string) string { return "老板你好，" + s + "，怎么办啊" }, 120, .93, .98},
		{"at the end of a long one", func(s string) string { return strings.Repeat("后面客人排着队等着，", 10) + s }, 120, .93, .98},
		{"pinyin with spaces", func(s string) string { return spell(s, " ") }, 120, .95, .98},
	} {
		t.Run(test.how, func(t *testing.T) {
			n, first, three := 0.0, 0.0, 0.0
			aliasesOf(base, test.every, func(alias, id string) {
				n++
				switch rank(findIn(t, x, test.write(alias)), id) {
				case 1:
					first, three = first+1, three+1
				case 2, 3:
					three++
				}
			})
			t.Logf("%.0f aliases: first %.3f, among three %.3f", n, first/n, three/n)
			if first/n < test.first || three/n < test.three {
				t.Errorf("first %.3f, among three %.3f, want %.2f and %.2f", first/n, three/n, test.first, test.three)
			}
		})
	}
}

// traditionalText writes traditional characters.
func traditionalText(t *testing.T) func(string) string {
	table := traditionalOf(t)
	return func(s string) string {
		return strings.Map(func(r rune) rune {
			if other, ok := table[r]; ok {
				return other
			}
			return r
		}, s)
	}
}

// TestShortcutsFindTheSame searches the same index with and without shortcuts:
// what an alias finds first is the same.
func TestShortcutsFindTheSame(t *testing.T) {
	base, x := manyArticles()
	slow := &Index{bleve: x.bleve, words: x.words, size: many}
	n, same := 0.0, 0.0
	aliasesOf(base, 120, func(alias, _ string) {
		n++
		if findIn(t, x, alias)[0].ID == findIn(t, slow, alias)[0].ID {
			same++
		}
	})
	if same/n < .93 {
		t.Errorf("only %.3f of %.0f aliases find the same first", same/n, n)
	}
}

// TestManyAreTheSameAtEachRun asserts that scores of an index are equal to the
// last digit, also at the same time.
func TestManyAreTheSameAtEachRun(t *testing.T) {
	_, x := manyArticles()
	var running sync.WaitGroup
	for _, text := range messages {
		want := findIn(t, x, text)
		for range 3 {
			running.Go(func() {
				if got, err := x.Search(context.Background(), text); err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("%q finds %v, then %v (%v)", text, head(want), head(got), err)
				}
			})
		}
	}
	running.Wait()
}

// TestManyAreTheSameInAnotherIndex asserts that all hits have the same scores in
// another index of the same knowledge, to the last digit: which of the many
// equals a shortcut keeps must not depend on how bleve numbers them.
func TestManyAreTheSameInAnotherIndex(t *testing.T) {
	base, x := manyArticles()
	other := build(t, base)
	check := func(text, _ string) {
		if want, got := findIn(t, x, text), findIn(t, other, text); !reflect.DeepEqual(got, want) {
			t.Errorf("%.40q finds %v, then %v", text, head(want), head(got))
		}
	}
	aliasesOf(base, 120, check)
	for _, text := range slices.Concat(messages, odd) {
		check(text, "")
	}
}

func TestManyTakeAnything(t *testing.T) {
	_, x := manyArticles()
	for _, text := range slices.Concat(odd, messages) {
		hits := findIn(t, x, text)
		for i, h := range hits {
			if i > 0 && hits[i-1].Score < h.Score {
				t.Errorf("%.40q: %v before %v", text, hits[i-1], h)
			}
		}
	}
}

// TestUnknownWordsFindNothing asserts so in few articles and in many.
func TestUnknownWordsFindNothing(t *testing.T) {
	_, few := embedded()
	_, x := manyArticles()
	for _, text := range []string{
		"", " ", "。，！？", "😀", "\xff\xfe", "xyzzyx", "qwrtp xyzzyx", "ελληνικά", "ขอบคุณ", strings.Repeat("xyzzyx ", 100), "\U0001f004\U0001f004",
	} {
		for name, index := range map[string]*Index{"few": few, "many": x} {
			if hits := findIn(t, index, text); len(hits) != 0 {
				t.Errorf("%.40q finds %v in %s", text, head(hits), name)
			}
		}
	}
}

func TestManyEndWithTheContext(t *testing.T) {
	_, x := manyArticles()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Search(ctx, "卡过期了"); err == nil {
		t.Error("a cancelled search gives no error")
	}
}
