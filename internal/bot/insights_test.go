package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/insight"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/store"
)

// insights reads a store and computes the last week's report.
func insights(t *testing.T, s store.Store, c *clock) (insight.Input, insight.Report) {
	t.Helper()
	manager, _ := mind(t)
	in, err := bot.Insights(t.Context(), s, manager, 0)
	if err != nil {
		t.Fatal(err)
	}
	in.Now = c.now()
	return in, insight.Compute(in, insight.Query{Days: 7})
}

func TestInsightsReadTheWholeStore(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w, clock := newWire(), newClock()
		b := newBot(t, s, w, clock)
		other := chat.Room{Platform: "test", ID: "other"}
		say(t, b, shop, "m1", "工行的卡刷卡失败")
		say(t, b, shop, "m2", human)
		say(t, b, other, "m1", "刷卡失败，信号只有一格")
		w.before = func(chat.Room, chat.Post) error {
			return &adapters.Failure{Outcome: adapters.Failed, Reason: "chat not found"}
		}
		say(t, b, other, "m2", "今天天气怎么样")
		if _, ok, err := s.Swap(t.Context(), store.Change{Key: "test:broken", Data: []byte("\x02broken")}); !ok || err != nil {
			t.Fatal(ok, err)
		}

		in, r := insights(t, s, clock)
		if in.Skipped != 1 || r.Skipped != 1 || len(in.Cases) != 2 || in.Cases[0].Merchant == in.Cases[1].Merchant {
			t.Fatalf("read %+v", in)
		}
		n := r.Totals
		if n.Cases != 2 || n.Merchants != 2 || n.Open != 1 || n.Waiting != 1 || n.Handed.N != 1 || r.Handoffs.Bars[0].ID != "asked" || r.Failures.Total == 0 {
			t.Errorf("counted %+v, %+v, %+v", n, r.Handoffs, r.Failures)
		}
		for _, c := range in.Cases {
			if strings.Contains(c.Merchant, shop.ID) || c.End == insight.Handed && (len(c.Names) != 1 || c.Names[0] != "icbc" || c.Handed.IsZero()) {
				t.Errorf("read %+v", c)
			}
		}

		say(t, b, shop, "m3", forget)
		w.before = nil
		say(t, b, shop, "m4", yes)
		clock.advance(time.Hour)
		tick(t, b)
		if in, _ := insights(t, s, clock); len(in.Cases) != 1 || in.Cases[0].End != insight.Open {
			t.Errorf("of a merchant who was forgotten is left %+v", in.Cases)
		}
	})
}

// The words that package insight has for endings, reasons and kinds are those of the
// packages that say them.
func TestInsightsKnowTheWords(t *testing.T) {
	for end, same := range map[dialog.End]insight.End{
		dialog.StillOpen: insight.Open, dialog.Solved: insight.Solved, dialog.LetBe: insight.LetBe, dialog.ToPerson: insight.Handed, dialog.ByAgent: insight.ByAgent, dialog.Anew: insight.Anew,
	} {
		if string(end) != string(same) {
			t.Errorf("%q is %q", end, same)
		}
	}
	in := insight.Input{Now: newClock().now()}
	for _, reason := range []dialog.Reason{
		dialog.AskedFor, dialog.WasAngry, dialog.WasCharged, dialog.NeedsAgent, dialog.NoDiagnosis, dialog.FixesFailed, dialog.MoneyUnknown, dialog.AgentCame,
	} {
		in.Cases = append(in.Cases, insight.Case{Began: in.Now, End: insight.Handed, Reason: string(reason)})
	}
	for _, kind := range []chat.Kind{chat.Question, chat.Fix, chat.Verify, chat.Safety, chat.Confirm, chat.Handoff, chat.Info, chat.Closing} {
		in.Losses = append(in.Losses, insight.Loss{At: in.Now, Side: string(chat.ToMerchant), Fate: "failed", Kind: string(kind)}, insight.Loss{At: in.Now, Side: string(chat.ToDesk), Fate: "gone", Kind: string(kind)})
	}
	r := insight.Compute(in, insight.Query{})
	for _, b := range r.Handoffs.Bars {
		if b.ID == b.Label {
			t.Errorf("the reason %s has no words", b.ID)
		}
	}
	for _, f := range r.Failures.Rows {
		if f.Side.ID == f.Side.Label || f.Fate.ID == f.Fate.Label || f.Kind.ID == f.Kind.Label {
			t.Errorf("%+v has no words", f)
		}
	}
	manager, _ := mind(t)
	base := manager.Model().Base()
	titles := bot.Titles(base)
	for _, c := range base.Causes {
		if titles.Causes[c.ID].ZH == "" || titles.Groups[c.Group()].EN == "" {
			t.Errorf("%s has no title", c.ID)
		}
	}
	for _, kind := range kb.InstitutionKinds {
		switch insight.Kind(kind) {
		case insight.Bank, insight.Acquirer, insight.Scheme, insight.Wallet:
		default:
			t.Errorf("insight does not know the kind %s", kind)
		}
	}
}
