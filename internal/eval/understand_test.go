package eval_test

import (
	"context"
	"testing"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/eval"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/kb/index"
	"github.com/s4bot/s4bot/knowledge"
)

func newReader(t testing.TB) *eval.Reader {
	t.Helper()
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	x, err := index.Build(base)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return &eval.Reader{Manager: dialog.New(base, diagnosis.Defaults()), Search: x}
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
