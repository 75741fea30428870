package bot

import (
	"context"
	"strconv"
	"time"

	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/insight"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/store"
)

// Insights reads a whole store for what the insights page is computed from: the
// records of cases, the open cases as they stand by the manager's belief, the messages
// that were read badly, and the posts that did not plainly arrive. What cannot be
// decoded is counted and passed over.
//
// Merchants are numbered in the order in which they are met: their rooms and names are
// not in it, and the numbers mean nothing in another reading. One reading takes as long
// as reading the store does, and is no snapshot. Whoever shows it to people should keep
// it for a while (a minute, say) instead of reading anew for each of them.
//
// kept is how long the store keeps a conversation after its last message (0: for
// ever): of the time before, only some merchants are still known.
func Insights(ctx context.Context, s store.Store, m *dialog.Manager, kept time.Duration) (insight.Input, error) {
	in := insight.Input{Titles: Titles(m.Model().Base()), Now: s.Now(), Kept: kept}
	merchants := 0
	err := s.Each(ctx, func(_ string, data []byte) error {
		c, err := decode(data)
		if err != nil {
			in.Skipped++
			return nil
		}
		merchants++
		add(&in, m, c, strconv.Itoa(merchants))
		return nil
	})
	return in, err
}

// add takes one conversation in.
func add(in *insight.Input, m *dialog.Manager, c conversation, merchant string) {
	for _, r := range c.State.Records {
		in.Cases = append(in.Cases, caseOf(r, merchant))
	}
	if r, ok := m.OpenCase(c.State); ok {
		in.Cases = append(in.Cases, caseOf(r, merchant))
	}
	for _, g := range c.State.Gaps {
		in.Gaps = append(in.Gaps, insight.Gap{Merchant: merchant, Text: g.Text, At: g.At, Confirmed: g.Cause, Read: g.Read, P: g.P})
	}
	for _, l := range c.Lost {
		in.Losses = append(in.Losses, insight.Loss{At: l.At, Side: string(l.To), Fate: l.Fate, Kind: string(l.Kind), Reason: l.Reason})
	}
}

func caseOf(r dialog.Record, merchant string) insight.Case {
	c := insight.Case{
		Merchant: merchant, Number: r.Case, Began: r.Began.Time(), Handed: r.Handed.Time(), Ended: r.Ended.Time(), Lang: string(r.Lang), End: insight.End(r.End),
		Reason: string(r.Reason), Predicted: r.Predicted, P: r.P, Confirmed: r.Confirmed, Fixes: r.Fixes, Fix: r.Fix, Names: r.Names,
	}
	for _, q := range r.Questions {
		c.Questions = append(c.Questions, insight.Asked{Question: q.Question, Bits: q.Bits, Changed: q.Changed, Unsure: q.Unsure, Open: q.Open})
	}
	return c
}

// Titles gives the names that insights are told in.
func Titles(base *kb.Base) insight.Titles {
	t := insight.Titles{
		Causes: map[string]insight.Title{}, Groups: map[string]insight.Title{}, Questions: map[string]insight.Title{},
		Names: map[string]insight.Institution{}, Efforts: map[string]float64{},
	}
	for _, c := range base.Causes {
		t.Causes[c.ID] = insight.Title(c.Title)
		if title, ok := dialog.GroupTitle(c.Group()); ok {
			t.Groups[c.Group()] = insight.Title(title)
		}
	}
	for _, q := range base.Questions {
		t.Questions[q.ID], t.Efforts[q.ID] = insight.Title(q.Ask), q.Effort
	}
	for _, n := range base.Institutions {
		t.Names[n.ID] = insight.Institution{Title: insight.Title(n.Title), Kind: insight.Kind(n.Kind)}
	}
	return t
}
