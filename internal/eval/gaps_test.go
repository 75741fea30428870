package eval_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/eval"
	"github.com/s4bot/s4bot/internal/kb"
)

// confirmed is a gap whose cause was confirmed, unmatched one that nothing in
// the knowledge matched.
func confirmed(text, cause string) eval.Gap {
	return eval.Gap{Gap: dialog.Gap{Text: text, Case: 1, Cause: cause, P: .01, Read: "hardware.power"}, Conversation: "test:1"}
}

func unmatched(text string) eval.Gap {
	return eval.Gap{Gap: dialog.Gap{Text: text, Case: 1}, Conversation: "test:2"}
}

// finds is a Searcher that finds the same for every text.
type finds []kb.Hit

var _ eval.Searcher = finds{}

func (f finds) Search(context.Context, string) ([]kb.Hit, error) { return f, nil }

// findingReader reads with a search of which the test knows what it finds.
func findingReader(t testing.TB, hits ...kb.Hit) *eval.Reader {
	t.Helper()
	return &eval.Reader{Manager: newReader(t).Manager, Search: finds(hits)}
}

// group writes the outcome as lines "article: text (gaps) | text (gaps)".
func group(t testing.TB, r *eval.Reader, gaps ...eval.Gap) string {
	t.Helper()
	groups, err := eval.Gaps(context.Background(), r, gaps)
	if err != nil {
		t.Fatal(err)
	}
	if groups == nil {
		t.Error("no list at all: it would be null in JSON")
	}
	var lines []string
	for _, g := range groups {
		var sets []string
		for _, s := range g.Sets {
			mark := "?"
			if s.Confirmed {
				mark = "!"
			}
			sets = append(sets, s.Text+mark+strings.Repeat("*", len(s.Gaps)))
		}
		lines = append(lines, g.Article+": "+strings.Join(sets, " | "))
	}
	return strings.Join(lines, "\n")
}

func TestGapsGroupByArticle(t *testing.T) {
	const network, reader = "network.weak-signal", "hardware.card-reader"
	for _, tt := range []struct {
		name string
		gaps []eval.Gap
		want string
	}{
		{"nothing", nil, ""},
		{
			"under the cause that was confirmed",
			[]eval.Gap{confirmed("它今天有点犯困", network), confirmed("嗓子哑了叫不应", reader)},
			reader + ": 嗓子哑了叫不应!*\n" + network + ": 它今天有点犯困!*",
		},
		{
			"the largest group first",
			[]eval.Gap{confirmed("嗓子哑了叫不应", reader), confirmed("它今天有点犯困", network), confirmed("像蜗牛散步", network)},
			network + ": 它今天有点犯困!* | 像蜗牛散步!*\n" + reader + ": 嗓子哑了叫不应!*",
		},
		{
			"what is alike in one set, under its shortest text, and the largest set first",
			[]eval.Gap{
				confirmed("像蜗牛散步", network), confirmed("它今天有点犯困的样子", network),
				confirmed("它今天有点犯困", network), confirmed("它今天又有点犯困", network),
			},
			network + ": 它今天有点犯困!*** | 像蜗牛散步!*",
		},
		{
			"the same text under two causes",
			[]eval.Gap{confirmed("它今天有点犯困", network), confirmed("它今天有点犯困", reader)},
			reader + ": 它今天有点犯困!*\n" + network + ": 它今天有点犯困!*",
		},
		{
			"what is read rightly today is left out",
			[]eval.Gap{confirmed("信号只有一格", network), unmatched("卡过期了"), unmatched("怎么申请POS机"), confirmed("它今天有点犯困", network)},
			network + ": 它今天有点犯困!*",
		},
		{
			"what is surely read as another cause is not",
			[]eval.Gap{confirmed("卡过期了", network)},
			network + ": 卡过期了!*",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := group(t, newReader(t), tt.gaps...); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// TestUnmatchedStandUnderTheNearest: the best hit counts that a message can
// belong to, and only if it has something in common with it.
func TestUnmatchedStandUnderTheNearest(t *testing.T) {
	for _, tt := range []struct {
		name string
		hits []kb.Hit
		want string
	}{
		{"nothing is found", nil, ": 它今天有点犯困?*"},
		{"a cause", []kb.Hit{{ID: "network.weak-signal", Score: .1}}, "network.weak-signal: 它今天有点犯困?*"},
		{"the table of codes is no place", []kb.Hit{{ID: kb.CodesArticle, Score: 3}, {ID: "settlement", Score: .2}}, "settlement: 它今天有点犯困?*"},
		{"all of it is far", []kb.Hit{{ID: "network.weak-signal", Score: 0}, {ID: "card.expired", Score: -2}}, ": 它今天有点犯困?*"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := group(t, findingReader(t, tt.hits...), unmatched("它今天有点犯困")); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestASetIsConfirmedByOne: confirmed and unmatched messages that are alike
// stand together.
func TestASetIsConfirmedByOne(t *testing.T) {
	r := findingReader(t, kb.Hit{ID: "network.weak-signal", Score: .1})
	want := "network.weak-signal: 它今天有点犯困!**"
	if got := group(t, r, unmatched("它今天有点犯困啊"), confirmed("它今天有点犯困", "network.weak-signal")); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestGapsKeepWhereTheyAreFrom(t *testing.T) {
	gap := confirmed("它今天有点犯困", "network.weak-signal")
	groups, err := eval.Gaps(context.Background(), newReader(t), []eval.Gap{gap})
	if err != nil || len(groups) != 1 || !slices.Equal(groups[0].Sets[0].Gaps, []eval.Gap{gap}) {
		t.Errorf("%+v became %+v (%v)", gap, groups, err)
	}
}
