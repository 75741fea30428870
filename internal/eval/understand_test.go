package eval_test

import (
	"context"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/eval"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/kb/index"
	"github.com/s4bot/s4bot/knowledge"
)

// embedded is the knowledge of the program and what reads by it, built once.
var embedded = sync.OnceValues(func() (world, error) {
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		return world{}, err
	}
	x, err := index.Build(base)
	if err != nil {
		return world{}, err
	}
	return world{base, &eval.Reader{Manager: dialog.New(base, diagnosis.Defaults()), Search: x}}, nil
})

type world struct {
	base   *kb.Base
	reader *eval.Reader
}

func newWorld(t testing.TB) world {
	t.Helper()
	w, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func newReader(t testing.TB) *eval.Reader {
	t.Helper()
	return newWorld(t).reader
}

// TestReadingDoesNotGetWorse guards what is promised of reading, with room for
// the noise of a set of this size. Better figures belong in docs/RESULTS.md.
func TestReadingDoesNotGetWorse(t *testing.T) {
	messages, err := eval.LoadMessages("testdata/imagined-dev.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	report, err := eval.Understand(context.Background(), newReader(t), messages)
	if err != nil {
		t.Fatal(err)
	}
	least := map[string]float64{"cause: first choice": .75, "cause: among three": .88, "kind": .88, "intent": .93}
	for _, row := range report.Rows {
		if row.Value < least[row.Name] {
			t.Errorf("%s: %.3f, want at least %.2f", row.Name, row.Value, least[row.Name])
		}
		delete(least, row.Name)
	}
	if len(least) > 0 {
		t.Errorf("not measured: %v", least)
	}
}

func TestReadIsCompleteForAnything(t *testing.T) {
	r := newReader(t)
	for _, text := range []string{"", "🙏", "\xff", "S4", "转人工", "怎么申请POS机", "网断了", "您好，附近有什么好吃的"} {
		got, err := r.Read(context.Background(), text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if got.Kind == "" || got.Causes == nil || got.Codes == nil || got.Facts == nil || got.Language == "" {
			t.Errorf("%q: a field is missing: %+v", text, got)
		}
	}
}

// some are labelled messages, and what they are read as below.
var some = []eval.Message{
	{ID: "right", Text: "信号只有一格", Lang: "zh", Kind: "cause", Causes: []string{"network.weak-signal"}},
	{ID: "another", Text: "the card is expired", Lang: "en", Kind: "cause", Causes: []string{"issuer.declined", "card.expired"}},
	{ID: "wrong", Text: "打印机没纸了，纸卷用完了", Lang: "zh", Kind: "cause", Causes: []string{"card.lost-or-frozen"}},
	{ID: "elsewhere", Text: "转人工", Lang: "zh", Kind: "cause", Causes: []string{"card.expired"}},
	{ID: "person", Text: "转人工", Lang: "zh", Kind: "intent", Intent: "human"},
	{ID: "thanks", Text: "转人工", Lang: "zh", Kind: "intent", Intent: "thanks"},
	{ID: "area", Text: "是不是网络的问题", Lang: "zh", Kind: "group", Group: "network"},
	{ID: "other area", Text: "是不是网络的问题", Lang: "zh", Kind: "group", Group: "card"},
	{ID: "vague", Text: "刷卡失败", Lang: "zh", Kind: "vague"},
	{ID: "outside", Text: "今天天气怎么样", Lang: "zh", Kind: "oos"},
	{ID: "no outside", Text: "信号只有一格", Lang: "zh", Kind: "oos"},
}

func understandSome(t testing.TB) eval.Report {
	t.Helper()
	report, err := eval.Understand(context.Background(), newReader(t), some)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestUnderstandCounts(t *testing.T) {
	report := understandSome(t)
	hits := map[string][2]int{
		"cause: first choice": {1, 4}, "cause: acceptable first choice": {2, 4},
		"kind": {9, 11}, "intent": {1, 2}, "group: right group first": {1, 2}, "out of scope answered with a cause": {1, 2},
		"first choice, zh": {1, 3}, "first choice, en": {0, 1},
		"first choice, to 10 characters": {1, 2}, "first choice, 11 to 30 characters": {0, 2},
	}
	for _, row := range report.Rows {
		if want, ok := hits[row.Name]; ok && want != [2]int{row.Hits, row.Of} {
			t.Errorf("%s: %d of %d, want %d of %d", row.Name, row.Hits, row.Of, want[0], want[1])
		}
		if row.Low > row.High || row.Low < 0 || row.High > 1 {
			t.Errorf("%s lies from %v to %v", row.Name, row.Low, row.High)
		}
		delete(hits, row.Name)
	}
	if len(hits) > 0 || report.Messages != len(some) {
		t.Errorf("%d messages; not measured: %v", report.Messages, hits)
	}
	kinds := eval.Confusion{
		"cause": {"cause": 3, "intent": 1}, "intent": {"intent": 2}, "group": {"group": 2},
		"vague": {"vague": 1}, "oos": {"oos": 1, "cause": 1},
	}
	if !reflect.DeepEqual(report.Kinds, kinds) {
		t.Errorf("the kinds are %v, want %v", report.Kinds, kinds)
	}
	intents := eval.Confusion{"human": {"human": 1}, "thanks": {"human": 1}}
	if !reflect.DeepEqual(report.Intents, intents) {
		t.Errorf("the intents are %v, want %v", report.Intents, intents)
	}
}

// TestUnderstandExplainsMisses: what is missed stands there with what was meant,
// and a wrong cause with what led astray.
func TestUnderstandExplainsMisses(t *testing.T) {
	misses := map[string]eval.Miss{}
	for _, m := range understandSome(t).Misses {
		if _, ok := misses[m.ID]; !ok {
			misses[m.ID] = m
		}
	}
	for id, want := range map[string][2]string{
		"another":    {"issuer.declined or card.expired", "card.expired"},
		"wrong":      {"card.lost-or-frozen", "hardware.printer-paper"},
		"elsewhere":  {"card.expired", "no cause"},
		"thanks":     {"thanks", "human"},
		"other area": {"card", "network"},
		"no outside": {"oos", "cause"},
	} {
		m, ok := misses[id]
		if !ok || !strings.Contains(m.Wanted, want[0]) || !strings.Contains(m.Got, want[1]) {
			t.Errorf("%s: %+v, want %q read as %q", id, m, want[0], want[1])
		}
		delete(misses, id)
	}
	if len(misses) > 0 {
		t.Errorf("these are no misses: %v", misses)
	}
	for _, m := range understandSome(t).Misses {
		explained := m.ID == "another" || m.ID == "wrong"
		if explained != (len(m.Terms) > 0) || m.ID == "wrong" && len(m.Facts) == 0 {
			t.Errorf("%s is explained by the terms %v and the facts %v", m.ID, m.Terms, m.Facts)
		}
		for _, w := range append(m.Terms, m.Facts...) {
			if w.Of == "" || w.Gain <= 0 {
				t.Errorf("%s: %+v did not lead astray", m.ID, w)
			}
		}
		if len(m.Terms) > 5 || len(m.Facts) > 5 {
			t.Errorf("%s is explained at length: %v %v", m.ID, m.Terms, m.Facts)
		}
	}
}

func TestUnderstandOfOtherKindsHasNoCauses(t *testing.T) {
	report, err := eval.Understand(context.Background(), newReader(t), some[4:6])
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range report.Rows {
		if strings.HasPrefix(row.Name, "cause") || strings.HasPrefix(row.Name, "first choice") {
			t.Errorf("%s was measured on messages about no cause", row.Name)
		}
	}
}
