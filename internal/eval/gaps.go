package eval

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/terms"
)

// Gap is a message that was read badly, with the conversation that it is from.
type Gap struct {
	dialog.Gap
	Conversation string `json:"conversation"`
}

// GapGroup holds the messages that belong to one article.
type GapGroup struct {
	// Article is where they most likely belong: the confirmed cause, or what
	// the knowledge finds nearest; "" if it finds nothing.
	Article string `json:"article"`
	Sets    []Set  `json:"messages"`
}

// Set holds messages that say much the same.
type Set struct {
	Text string `json:"text"` // the shortest of them
	Gaps []Gap  `json:"gaps"`
	// Confirmed says that the cause of at least one was confirmed.
	Confirmed bool `json:"confirmed"`
}

// mended is the belief from which the knowledge, as it is now, reads a message
// rightly.
const mended = .5

// alike is the share of common terms (Jaccard's index) from which two messages
// say much the same.
const alike = .6

// Gaps groups messages that were read badly by the article that each most
// likely belongs to, the largest group first. What today's knowledge reads
// rightly is left out.
func Gaps(ctx context.Context, r *Reader, gaps []Gap) ([]GapGroup, error) {
	groups := map[string]*GapGroup{}
	for _, g := range gaps {
		article, rightly, err := r.belongs(ctx, g)
		if err != nil {
			return nil, err
		}
		if rightly {
			continue
		}
		if groups[article] == nil {
			groups[article] = &GapGroup{Article: article}
		}
		groups[article].add(g)
	}
	out := make([]GapGroup, 0, len(groups))
	for _, g := range groups {
		slices.SortStableFunc(g.Sets, func(a, b Set) int { return cmp.Compare(len(b.Gaps), len(a.Gaps)) })
		out = append(out, *g)
	}
	slices.SortFunc(out, func(a, b GapGroup) int {
		return cmp.Or(cmp.Compare(b.size(), a.size()), strings.Compare(a.Article, b.Article))
	})
	return out, nil
}

func (g *GapGroup) size() int {
	n := 0
	for _, s := range g.Sets {
		n += len(s.Gaps)
	}
	return n
}

func (g *GapGroup) add(gap Gap) {
	i := slices.IndexFunc(g.Sets, func(s Set) bool { return similar(s.Text, gap.Text) })
	if i < 0 {
		g.Sets = append(g.Sets, Set{Text: gap.Text})
		i = len(g.Sets) - 1
	}
	s := &g.Sets[i]
	s.Gaps = append(s.Gaps, gap)
	s.Confirmed = s.Confirmed || gap.Cause != ""
	if len(gap.Text) < len(s.Text) {
		s.Text = gap.Text
	}
}

// belongs gives the article that a message belongs to; rightly says that the
// knowledge as it is now reads it so.
func (r *Reader) belongs(ctx context.Context, g Gap) (article string, rightly bool, err error) {
	read, err := r.Read(ctx, g.Text)
	if err != nil {
		return "", false, err
	}
	if g.Cause != "" {
		best := len(read.Causes) > 0 && read.Causes[0].ID == g.Cause && read.Causes[0].P >= mended
		return g.Cause, best, nil
	}
	if read.Kind == dialog.IntentOnly || len(read.Causes) > 0 && read.Causes[0].P >= mended {
		return "", true, nil
	}
	hits, err := r.Search.Search(ctx, r.Manager.Query(read.Masked))
	if err != nil || len(hits) == 0 {
		return "", false, err
	}
	return nearest(hits), false, nil
}

// nearest gives the best hit that messages can belong to.
func nearest(hits []kb.Hit) string {
	for _, h := range hits {
		if h.ID != kb.CodesArticle && h.Score > 0 {
			return h.ID
		}
	}
	return ""
}

// similar says that two texts share most of their characters and words.
func similar(a, b string) bool {
	x, y := bag(a), bag(b)
	both := 0
	for t := range x {
		if y[t] {
			both++
		}
	}
	return float64(both) >= alike*float64(len(x)+len(y)-both)
}

func bag(text string) map[string]bool {
	out := map[string]bool{}
	for _, t := range terms.Characters(terms.Pieces(text)) {
		out[t.Text] = true
	}
	return out
}
