package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/terms"
)

// Matcher shows which parts of an article's texts a search matches. It cuts them
// as the index does.
type Matcher struct {
	index              *Index
	characters, sounds map[string]bool
	pairs, words       map[string]bool
	short, spelled     bool
}

// Match makes a matcher for a text that is searched for.
func (x *Index) Match(text string) *Matcher {
	text = firstRunes(text, queryMost)
	pieces := terms.Pieces(text)
	m := &Matcher{
		index: x, sounds: map[string]bool{}, spelled: terms.Spelled(pieces), short: len(pieces) == 1,
		characters: set(terms.Characters(pieces)), pairs: set(terms.Pairs(pieces)), words: map[string]bool{},
	}
	clauses := strings.Fields(text)
	if m.spelled {
		clauses = []string{text}
	}
	for _, clause := range clauses {
		for _, t := range terms.Sounds(terms.Pieces(clause)) {
			if len(pieces) == 1 || double(t.Text) {
				m.sounds[t.Text] = true
			}
		}
	}
	for _, t := range x.english(text) {
		m.words[t.Text] = true
	}
	return m
}

// Spans gives the parts of a text that match, in their order and apart. A single
// Chinese character counts in a search, but hardly; so it is no part, unless the
// search is for nothing else.
func (m *Matcher) Spans(text string) []kb.Span {
	pieces := terms.Pieces(text)
	covered := make([]byte, len(text)) // 1: by its sound, 2: as it is written
	mark := func(list []terms.Term, in map[string]bool, as byte) {
		for _, t := range list {
			if !in[t.Text] {
				continue
			}
			for i := t.Start; i < t.End; i++ {
				covered[i] = max(covered[i], as)
			}
		}
	}
	mark(terms.Sounds(pieces), m.sounds, 1)
	if !m.spelled {
		mark(terms.Pairs(pieces), m.pairs, 2)
		mark(m.index.english(text), m.words, 2)
		mark(m.lone(pieces), m.characters, 2)
	}
	return m.trimmed(text, spans(covered))
}

// particles are characters that say nothing by themselves. They count in a search,
// but hardly.
const particles = "的了吗呢吧啊呀么得地个"

// trimmed gives parts without the particles around them; of a part of which one
// character is left nothing remains.
func (m *Matcher) trimmed(text string, list []kb.Span) []kb.Span {
	if m.short {
		return list
	}
	out := list[:0]
	for _, s := range list {
		part := strings.TrimRight(text[s.Start:s.End], particles)
		s.End = s.Start + len(part)
		part = strings.TrimLeft(part, particles)
		s.Start = s.End - len(part)
		if r, size := utf8.DecodeRuneInString(part); size == len(part) && (size == 0 || unicode.Is(unicode.Han, r)) {
			continue
		}
		out = append(out, s)
	}
	return out
}

// lone gives the pieces that match by themselves: numbers and words of another
// kind than English in an article, and the only character of a search.
func (m *Matcher) lone(pieces []terms.Piece) []terms.Term {
	return terms.Characters(slices.DeleteFunc(slices.Clone(pieces), func(p terms.Piece) bool {
		return !m.short && (p.Han || utf8.RuneCountInString(p.Text) < 2 || plain[p.Text])
	}))
}

// plain are English words that say nothing.
var plain = func() map[string]bool {
	out := map[string]bool{}
	for _, word := range []string{
		"the", "is", "it", "of", "to", "in", "on", "and", "or", "an", "at", "my", "me", "we", "he", "she", "they", "this", "that", "was", "be", "for",
		"with", "not", "no", "are", "as", "but", "by", "do", "does", "has", "have", "his", "her", "so", "what", "you", "your", "but", "from", "if",
	} {
		out[word] = true
	}
	return out
}()

// english cuts a text as the field of English words does.
func (x *Index) english(text string) []terms.Term {
	var out []terms.Term
	for _, token := range x.bleve.Mapping().AnalyzerNamed(analyzerEN).Analyze([]byte(firstRunes(text, 10*queryMost))) {
		if r, _ := utf8.DecodeRune(token.Term); r < utf8.RuneSelf && len(token.Term) > 1 {
			out = append(out, terms.Term{Text: string(token.Term), Start: token.Start, End: token.End})
		}
	}
	return out
}

func set(list []terms.Term) map[string]bool {
	out := map[string]bool{}
	for _, t := range list {
		out[t.Text] = true
	}
	return out
}

// double says that a sound is two syllables.
func double(sound string) bool { return slices.Contains([]byte(sound), ' ') }

// spans gives the runs of what is covered.
func spans(covered []byte) []kb.Span {
	var out []kb.Span
	for i := 0; i < len(covered); {
		end := i
		for end < len(covered) && covered[end] == covered[i] {
			end++
		}
		if covered[i] > 0 {
			out = append(out, kb.Span{Start: i, End: end, Sound: covered[i] == 1})
		}
		i = end
	}
	return out
}

// Best gives the places of the texts of which most is matched, at most so many,
// the best first.
func (m *Matcher) Best(texts []string, most int) []int {
	type found struct {
		at    int
		share float64
	}
	var all []found
	for i, text := range texts {
		long := 0
		for _, s := range m.Spans(text) {
			long += s.End - s.Start
		}
		if long > 0 {
			all = append(all, found{i, float64(long*long) / float64(len(text)+12)})
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(b.share, a.share) })
	out := make([]int, 0, most)
	for _, f := range all[:min(most, len(all))] {
		out = append(out, f.at)
	}
	return out
}
