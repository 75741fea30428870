package nlu

import (
	"slices"

	"github.com/s4bot/s4bot/internal/kb"
)

// Outcomes of something that a message compares.
const (
	succeeds = iota
	fails
)

// outcomePhrases are the words for how something went, as phrases.
var outcomePhrases = [...]string{
	succeeds: `行|都行|能行|能刷|能过|能用|能收|能付|能成|可以|可以刷|可以用|可以过|没问题|没事|没毛病|正常|是好的|好好的|好的|好使|好用|成功|都成|就成|刷得|刷得了|刷得过|刷得出|刷得到|刷过了|过了|就过|都过|能过去|过得去|一刷就过|照样刷|照刷|照收|刷成|刷成了|得|都得|就得|冇问题|冇事|嘟到|碌到|刷到|通过|付得了|收得到|无问题|都中|就中|中的|ok|好了|就好|得行|要得|
		work|works|worked|working|fine|ok|okay|goes through|go through|went through|went thru|go thru|goes thru|accepted|approved|is good|are good|passes|passed|no problem|no issue|no problems|success|succeeds|were fine|was fine`,
	fails: `不行|都不行|就不行|不能刷|不能用|不能|不可以|不成|不成功|不过|过不去|过不了|刷不了|刷不过|刷不出|刷不出来|刷不上|刷不成|刷不|用不了|收不了|付不了|扫不了|扫不出|失败|报错|跳s4|报s4|s4|没反应|不认|不中|不好使|不灵|挂了|也挂|被拒|拒绝|唔得|唔得嘅|都唔得|嘟唔到|碌唔到|刷唔到|唔收|不收|搞不定|弄不成|不得行|没戏|没过|没成功|没成|刷不得|弹回|退回|跳出来|就跳|就报|
		fail|fails|failed|failing|declined|declines|refused|rejected|does not work|doesnt work|dont work|do not work|didnt work|did not work|not working|wont work|wont|doesnt|dont|does not|didnt|cannot|cant|no luck|error|errors|same error|s4`,
}

// comparisonGap is how many units may stand between what is compared and how it
// went.
const comparisonGap = 8

// leadIn is how many units may stand before the outcome in the next clause:
// "换张卡，照样报错".
const leadIn = 3

// comparison is something that a message may compare: other cards, another
// terminal. Works and Fails are the options that its outcome answers, or "".
type comparison struct{ question, works, fails string }

func (c comparison) option(outcome int) string {
	if outcome == succeeds {
		return c.works
	}
	return c.fails
}

// contrasts reads what a message compares with the payment that failed.
type contrasts struct {
	things   *phraseBook // what is compared; it means an index into compared
	compared []comparison
	outcomes *phraseBook
}

func newContrasts(base *kb.Base) *contrasts {
	c := &contrasts{things: newPhraseBook(), outcomes: newPhraseBook()}
	c.things.soundLeast, c.outcomes.soundLeast = 3, 3
	for _, q := range base.Questions {
		for _, x := range q.Contrasts {
			c.things.add(len(c.compared), x.Of.All())
			c.compared = append(c.compared, comparison{q.ID, x.Works, x.Fails})
		}
	}
	for i, words := range outcomePhrases {
		c.outcomes.add(i, phrases(words))
	}
	return c
}

// read gives the facts that the comparisons of a message tell.
func (c *contrasts) read(text []unit) []Fact {
	var out []Fact
	c.each(text, func(thing, end match) {
		x := c.compared[thing.means]
		if option := x.option(end.means); option != "" && !slices.ContainsFunc(out, func(f Fact) bool { return f.Question == x.question }) {
			out = append(out, Fact{Question: x.question, Option: option})
		}
	})
	return out
}

// spans gives what a message says of other cards: the weight of that is in the
// fact alone.
func (c *contrasts) spans(text []unit) []match {
	var out []match
	c.each(text, func(thing, end match) {
		if c.compared[thing.means].question == kb.WhichCards {
			out = append(out, match{start: thing.start, end: end.end})
		}
	})
	return out
}

// each finds what is compared and how it went.
func (c *contrasts) each(text []unit, found func(thing, end match)) {
	things, ends := apartMatches(c.things.find(text)), apartMatches(c.outcomes.find(text))
	for i, thing := range things {
		next := len(text)
		if i+1 < len(things) {
			next = things[i+1].start
		}
		if thing.negated || thing.doubtful {
			continue
		}
		if end, ok := outcomeAfter(text, ends, thing.end, next); ok {
			found(thing, end)
		}
	}
}

// outcomeAfter gives how went what ends at start: the first outcome after it in
// its clause, or near the beginning of the next.
func outcomeAfter(text []unit, ends []match, start, before int) (match, bool) {
	clause := 0 // where the next clause begins
	for i := start; i < len(text) && i < before && i <= start+comparisonGap; i++ {
		if text[i].kind == endUnit {
			if clause > 0 {
				break
			}
			clause = i + 1
		}
		if clause > 0 && i > clause+leadIn {
			break
		}
		for _, end := range ends {
			if end.start == i {
				return end, !end.doubtful
			}
		}
	}
	return match{}, false
}

// apartMatches gives the longest matches that do not overlap, in the order of
// the text.
func apartMatches(found []match) []match {
	var out []match
	for _, m := range found { // the longest come first
		if !slices.ContainsFunc(out, func(o match) bool { return m.start < o.end && o.start < m.end }) {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b match) int { return a.start - b.start })
	return out
}
