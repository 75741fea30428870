package eval_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/eval"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/kb/index"
	"github.com/s4bot/s4bot/knowledge"
)

// ways are the ways of reading that docs/RESULTS.md compares, in its order.
var ways = []string{
	"s4bot", "without aliases", "without pinyin", "without body", "without naive Bayes",
	"without facts", "without codes", "without negation", "without calibration",
	"20 % of characters mistyped by sound", "in Traditional characters",
	"bleve as in DESIGN.md, no facts", "bleve cjk",
}

func TestCompare(t *testing.T) {
	messages := []eval.Message{
		{Text: "信号只有一格", Kind: "cause", Causes: []string{"network.weak-signal"}},
		{Text: "卡过期了", Kind: "cause", Causes: []string{"card.expired"}},
		{Text: "打印机没纸了", Kind: "cause", Causes: []string{"hardware.printer-paper"}},
		{Text: "wrong PIN entered three times", Kind: "cause", Causes: []string{"operation.wrong-pin"}},
		{Text: "转人工", Kind: "intent", Intent: "human"},
		{Text: "刷卡失败", Kind: "vague"},
	}
	base := trimmed(t)
	got, err := eval.Compare(context.Background(), base, diagnosis.Defaults(), messages)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range got {
		names = append(names, c.Name)
		calibrated := !strings.HasPrefix(c.Name, "bleve")
		if has := slices.ContainsFunc(c.Rows, func(r eval.Row) bool { return strings.HasPrefix(r.Name, "calibration") }); has != calibrated {
			t.Errorf("%s: it has a calibration: %v", c.Name, has)
		}
		for i, row := range c.Rows {
			if row.Name != got[0].Rows[i].Name || row.Of != 4 {
				t.Errorf("%s, row %d: %s of %d, want %s of 4", c.Name, i, row.Name, row.Of, got[0].Rows[i].Name)
			}
		}
		if first := c.Rows[0].Value; first < .5 {
			t.Errorf("%s finds %.2f of what every search finds", c.Name, first)
		}
	}
	if !slices.Equal(names, ways) {
		t.Errorf("compared are %q, want %q", names, ways)
	}
	agrees(t, base, got[0], messages)
}

// trimmed is the embedded knowledge with few words, so that thirteen ways of
// reading it are soon made.
func trimmed(t *testing.T) *kb.Base {
	t.Helper()
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	few := func(x *kb.Texts) { x.ZH, x.EN = x.ZH[:min(12, len(x.ZH))], x.EN[:min(6, len(x.EN))] }
	for _, c := range base.Causes {
		few(&c.Aliases)
	}
	for _, topic := range base.Topics {
		few(&topic.Aliases)
	}
	for _, e := range base.Examples {
		few(&e.Texts)
	}
	return base
}

// agrees says that the bot's own rows are those of Understand.
func agrees(t *testing.T, base *kb.Base, own eval.Comparison, messages []eval.Message) {
	t.Helper()
	x, err := index.Build(base)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	r := &eval.Reader{Manager: dialog.New(base, diagnosis.Defaults()), Search: x}
	report, err := eval.Understand(context.Background(), r, messages)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range own.Rows {
		row.Name = "cause: " + row.Name
		if report.Rows[i] != row {
			t.Errorf("Compare gives %+v, Understand %+v", row, report.Rows[i])
		}
	}
}
