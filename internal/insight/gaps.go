package insight

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

const (
	gapsMost  = 50
	moreMost  = 4
	alike     = .5  // how much of their pairs of characters two texts share that say the same
	gapsTaken = 600 // newest messages that are grouped
	pairsMost = 60  // runes of a message that are compared
)

// gaps groups the messages that nothing matched. Each joins the first group whose
// first message is alike, else begins one (leader clustering: Hartigan, Clustering
// Algorithms, 1975); alike is the share of common pairs of characters (Jaccard 1912).
func (s *scope) gaps() Gaps {
	var all []Gap
	for _, g := range s.in.Gaps {
		if g.Confirmed == "" && s.holds(g.At) {
			all = append(all, g)
		}
	}
	newestFirst(all)
	out := Gaps{Total: len(all)}
	for _, c := range clusters(all[:min(len(all), gapsTaken)]) {
		out.Groups = append(out.Groups, s.gapGroup(c))
	}
	slices.SortStableFunc(out.Groups, func(a, b GapGroup) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), b.Last.Compare(a.Last), cmp.Compare(a.Text, b.Text))
	})
	out.Groups = out.Groups[:min(len(out.Groups), gapsMost)]
	return out
}

func newestFirst(gaps []Gap) {
	slices.SortStableFunc(gaps, func(a, b Gap) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Text, b.Text)) })
}

// cluster is messages that are alike, newest first.
type cluster struct {
	gaps  []Gap
	pairs []map[string]bool
}

func clusters(gaps []Gap) []*cluster {
	var out []*cluster
	for _, g := range gaps {
		pairs := pairsOf(g.Text)
		i := slices.IndexFunc(out, func(c *cluster) bool { return likeness(pairs, c.pairs[0]) >= alike })
		if i < 0 {
			i = len(out)
			out = append(out, &cluster{})
		}
		out[i].gaps, out[i].pairs = append(out[i].gaps, g), append(out[i].pairs, pairs)
	}
	return out
}

// pairsOf gives the pairs of neighbouring letters and digits of a text.
func pairsOf(text string) map[string]bool {
	var runes []rune
	for _, r := range strings.ToLower(text) {
		if len(runes) < pairsMost && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			runes = append(runes, r)
		}
	}
	out := map[string]bool{}
	for i := range runes {
		out[string(runes[i:min(i+2, len(runes))])] = true
	}
	return out
}

// likeness is the common share of two sets; two empty ones are the same.
func likeness(a, b map[string]bool) float64 {
	common := 0
	for x := range a {
		common += count(b[x])
	}
	if len(a)+len(b) == 0 {
		return 1
	}
	return float64(common) / float64(len(a)+len(b)-common)
}

// gapGroup shows a cluster by the message that is most like all of it.
func (s *scope) gapGroup(c *cluster) GapGroup {
	merchants := map[string]bool{}
	for _, g := range c.gaps {
		merchants[g.Merchant] = true
	}
	middle := c.middle()
	out := GapGroup{Text: c.gaps[middle].Text, Count: len(c.gaps), Merchants: len(merchants), Last: c.gaps[0].At, LastLabel: s.day(c.gaps[0].At)}
	for _, g := range c.gaps {
		if len(out.More) < moreMost && g.Text != out.Text && !slices.Contains(out.More, g.Text) {
			out.More = append(out.More, g.Text)
		}
	}
	return out
}

// middleMost is among how many messages the most typical one is sought.
const middleMost = 40

// middle gives the place of the message that is most like the others.
func (c *cluster) middle() int {
	best, most := 0, -1.0
	some := c.pairs[:min(len(c.pairs), middleMost)]
	for i := range some {
		sum := 0.0
		for _, other := range some {
			sum += likeness(some[i], other)
		}
		if sum > most {
			best, most = i, sum
		}
	}
	return best
}

// misread lists the messages that were taken for something else.
func (s *scope) misread() Misread {
	var all []Gap
	for _, g := range s.in.Gaps {
		if g.Confirmed != "" && s.holds(g.At) {
			all = append(all, g)
		}
	}
	newestFirst(all)
	out := Misread{Total: len(all)}
	for _, g := range all[:min(len(all), gapsMost)] {
		out.Rows = append(out.Rows, MisreadRow{Text: g.Text, Read: s.cause(g.Read), Confirmed: s.cause(g.Confirmed), P: g.P, At: g.At, Label: s.day(g.At)})
	}
	return out
}
