package nlu

import (
	"regexp"
	"strings"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/fold"
)

// marks are what Mask leaves, with the word that announced it.
var marks = regexp.MustCompile(`(?:的?(?:密码|密碼|口令|验证码|安全码|校验码|pin|cvv|cvc|password|卡号)[^\[\]]{0,6})?\[(?:card(?: …[0-9]{4})?|cvv|pin|track|id|phone)\]`)

// denials say what is not the trouble.
var denials = regexp.MustCompile(`(?:不是|不像是?|跟|和|与)[^,，。;；!！?？ ]{1,6}?(?:的)?(?:问题|毛病|原因|没关系|无关|没事)|[^,，。;；!！?？ ]{1,5}(?:没问题|没毛病|是好的|好好的|没坏)|(?:not|isn'?t) (?:the |a |my )?[a-z]+ (?:problem|issue|fault)`)

// Essence gives what is worth searching for in a masked text: the text without
// masked numbers, wishes, phrases that fit every failed payment, what is said
// not to be the trouble, and facts whose weight is in the fact alone. It is
// empty for a message that tells nothing.
func (r *Reader) Essence(text string) string {
	essence, _ := r.essence(fold.String(ends(text)))
	return essence
}

// essence works on a folded text, and counts what the essence tells.
func (r *Reader) essence(folded string) (text string, content int) {
	units := unitsOf(denials.ReplaceAllString(marks.ReplaceAllString(folded, " "), " "))
	drop := make([]bool, len(units))
	strike := func(found []match, least int) {
		for _, m := range found {
			for i := m.start; i < m.end && m.end-m.start >= least; i++ {
				drop[i] = true
			}
		}
	}
	strike(r.genericBook.find(units), 3)
	strike(r.intents(units).covered, 3)
	strike(r.waitingBook.find(units), 2)
	strike(r.s4Book.find(units), 1)
	for _, m := range r.factBook.find(units) {
		if q := r.base.Question(r.factOf[m.means].Question); q.Safety || q.ID == kb.WhichCards || usual(q, r.factOf[m.means].Option) {
			strike([]match{m}, 1)
		}
	}
	rest := make([]unit, 0, len(units))
	for i, u := range units {
		if drop[i] {
			u = unit{" ", endUnit}
		}
		rest = append(rest, u)
	}
	if content = r.content(rest, nil); content == 0 {
		return "", 0
	}
	return join(rest), content
}

// usual says that an answer is what most would give: that the network is fine
// is no sign of a network fault, though it has its words.
func usual(q *kb.Question, option string) bool { return q.Option(option).Share >= .5 }

// join writes units as a text again: Chinese characters together, all else
// apart.
func join(units []unit) string {
	var b strings.Builder
	for _, u := range units {
		switch u.kind {
		case hanUnit:
			b.WriteString(u.text)
		case endUnit:
			b.WriteByte(' ')
		default:
			b.WriteString(" " + u.text + " ")
		}
	}
	return strings.TrimSpace(b.String())
}
