package nlu

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/s4bot/s4bot/internal/nlu/fold"
	"github.com/s4bot/s4bot/internal/nlu/pinyin"
)

// gapMost is how many units a star in a phrase may stand for.
const gapMost = 6

// phrase is one alias, cut into units, and what it stands for.
type phrase struct {
	units []unit
	size  int // units without stars: longer phrases say more
	means int // index into whatever the phrase book is about
	// denies says that the phrase itself begins with a negation.
	denies bool
	// whole says that the phrase must be a whole clause.
	whole bool
}

// match is a phrase found in a text: units[start:end).
type match struct {
	*phrase
	start, end int
	negated    bool
	doubtful   bool // in a question or beside "I don't know"
}

// phraseBook finds many phrases in a text at once. Chinese phrases stand in it
// twice: in characters, and in syllables for messages written in pinyin.
type phraseBook struct {
	byFirst map[string][]*phrase
	// soundLeast is how many units a phrase needs to be known by its sound.
	soundLeast int
}

func newPhraseBook() *phraseBook { return &phraseBook{byFirst: map[string][]*phrase{}, soundLeast: 2} }

// add puts phrases in that all mean the same.
func (b *phraseBook) add(means int, aliases []string) {
	for _, alias := range aliases {
		alias, whole := strings.CutPrefix(alias, "=")
		units := trimUnits(unitsOf(fold.String(alias)))
		if len(units) == 0 {
			continue
		}
		p := &phrase{units: units, means: means, denies: negation(units[0].text), whole: whole}
		for _, u := range units {
			if u.kind != starUnit {
				p.size++
			}
		}
		b.insert(p)
		if p.size >= b.soundLeast && units[0].kind == hanUnit {
			b.insert(&phrase{units: sounds(units), size: p.size, means: means, denies: p.denies, whole: whole})
		}
	}
}

func (b *phraseBook) insert(p *phrase) {
	first := p.units[0].text
	b.byFirst[first] = append(b.byFirst[first], p)
}

// sounds spells the Chinese characters of a phrase.
func sounds(units []unit) []unit {
	out := make([]unit, len(units))
	before := ""
	for i, u := range units {
		r, _ := utf8.DecodeRuneInString(u.text)
		out[i] = u
		if u.kind == hanUnit {
			out[i] = unit{pinyin.In(before, r), wordUnit}
		}
		before += u.text
	}
	return out
}

// trimUnits drops stars and clause marks at the ends and clause marks inside:
// an alias is one clause.
func trimUnits(units []unit) []unit {
	out := units[:0]
	for _, u := range units {
		if u.kind == endUnit || u.kind == starUnit && len(out) == 0 {
			continue
		}
		out = append(out, u)
	}
	for len(out) > 0 && out[len(out)-1].kind == starUnit {
		out = out[:len(out)-1]
	}
	return out
}

// find gives all matches in a text, the longest first, and of equal ones the
// later first.
func (b *phraseBook) find(text []unit) []match {
	var out []match
	doubts := doubtfulClauses(text)
	for i, u := range text {
		for _, p := range b.byFirst[u.text] {
			if end := p.matchAt(text, i); end > 0 {
				negated := negatedAt(text, i, p.denies)
				out = append(out, match{p, i, end, negated, doubts[i]})
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].size != out[j].size {
			return out[i].size > out[j].size
		}
		return out[i].start > out[j].start
	})
	return out
}

// matchAt gives the end of the shortest match that begins at i, or 0.
func (p *phrase) matchAt(text []unit, i int) int {
	if p.whole && i > 0 && text[i-1].kind != endUnit {
		return 0
	}
	end := matchUnits(p.units, text, i)
	if p.whole && end < len(text) && text[end].kind != endUnit {
		return 0
	}
	return end
}

func matchUnits(want, text []unit, i int) int {
	for k, w := range want {
		if w.kind == starUnit {
			for skip := 0; skip <= gapMost && i+skip < len(text); skip++ {
				if end := matchUnits(want[k+1:], text, i+skip); end > 0 {
					return end
				}
				if text[i+skip].kind == endUnit {
					return 0
				}
			}
			return 0
		}
		if i >= len(text) || text[i].text != w.text {
			return 0
		}
		i++
	}
	return i
}

var negations = map[string]bool{
	"不": true, "没": true, "未": true, "别": true, "无": true, "非": true, "莫": true, "甭": true,
	"bu": true, "mei": true, "not": true, "no": true, "isnt": true, "wasnt": true, "arent": true, "dont": true, "doesnt": true, "didnt": true, "never": true, "without": true, "hasnt": true, "havent": true,
}

func negation(s string) bool { return negations[s] }

// negatedAt says that the words right before position i deny what follows. What
// denies something itself is denied only by a whole "it is not that".
func negatedAt(text []unit, i int, denies bool) bool {
	before := ""
	for k := i - 1; k >= 0 && k >= i-3 && text[k].kind != endUnit; k-- {
		before = text[k].text + before
		if k == i-1 && !denies && negation(text[k].text) {
			return true
		}
	}
	for _, w := range [...]string{"不是", "并非", "不像", "不会是", "不算"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return !denies && (strings.HasSuffix(before, "没有") || strings.HasSuffix(before, "没见"))
}

// doubts are words that make a clause say that something is not known.
var doubts = [...]string{
	"不知道", "不清楚", "不确定", "不晓得", "说不清", "没看清", "没注意", "没留意", "不记得", "看不懂", "忘了", "是不是", "有没有", "会不会", "能不能", "要不要", "吗",
	"是否", "没问", "没看", "不敢说", "唔知", "buzhidao", "dontthink", "dontknow", "notsure", "nosure", "noidea", "unsure", "cantsay", "cannottell", "canttell", "whether",
}

// doubtTails end a clause that asks, in characters or in pinyin.
var doubtTails = [...]string{"了没", "lema", "lemei", "qianma", "kuanma"}

// doubtfulClauses says for every unit whether the clause around it asks or
// doubts instead of stating.
func doubtfulClauses(text []unit) []bool {
	out := make([]bool, len(text))
	for start := 0; start < len(text); {
		end := start
		for end < len(text) && text[end].kind != endUnit {
			end++
		}
		asks := end < len(text) && isQuestionMark(text[end]) || doubtful(text[start:end])
		for i := start; i < end; i++ {
			out[i] = asks
		}
		start = end + 1
	}
	return out
}

func doubtful(clause []unit) bool {
	var b strings.Builder
	for i, u := range clause {
		b.WriteString(u.text)
		// "扣没扣", "是不是": a verb, its negation, the verb again; "没扣没扣" is
		// no more than emphasis.
		if i >= 2 && u.kind == hanUnit && u.text == clause[i-2].text && (clause[i-1].text == "没" || clause[i-1].text == "不") &&
			(i < 3 || clause[i-3].text != clause[i-1].text) {
			return true
		}
	}
	joined := b.String()
	for _, w := range doubtTails {
		if strings.HasSuffix(joined, w) {
			return true
		}
	}
	for _, w := range doubts {
		if strings.Contains(joined, w) {
			return true
		}
	}
	return false
}
