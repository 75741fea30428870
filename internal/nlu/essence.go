package nlu

import (
	"regexp"
	"slices"
	"strings"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/fold"
)

// marks are what Mask leaves, with the word that announced it.
var marks = regexp.MustCompile(`(?:的?(?:密码|密碼|口令|验证码|安全码|校验码|pin|cvv|cvc|password|卡号)[^\[\]]{0,6})?` + placeholder.String())

// denials say what is not the trouble, or what did not happen before it.
var denials = regexp.MustCompile(`(?:不是|不像是?|跟|和|与)[^,，。;；!！?？ ]{1,6}?(?:的)?(?:问题|毛病|原因|没关系|无关|没事)|[^,，。;；!！?？ ]{1,5}(?:没问题|没毛病|是好的|好好的|没坏)|` +
	`(?:也|都|又|还|从来|从)?(?:没|没有|冇|未)(?:摔|磕|碰|撞|跌|进过?水|泡|淋|湿|停过?电|断过?电|跳过?闸|装|下载)[^,，。;；!！?？ ]{0,4}|` +
	`(?:也|都|又|并|应该|肯定)?(?:不是|不关|跟)(?:我们?的?|你们?的?|客人的?)?(?:网络?|信号|软件|系统|程序|机器|机子|鸡子|硬件|设备|卡片?|银行|操作|账户|通道|支付公司)(?:没关系|无关|的事|的问题)?|` +
	`(?:not|isn'?t) (?:the |a |my |our |his |her )?(?:machine|terminal|card|network|internet|bank|software|us)\b|` +
	`(?:not|isn'?t) (?:the |a |my )?[a-z]+ (?:problem|issue|fault)|(?:not|never|no|wasn'?t|hasn'?t been|didn'?t get) (?:been |get )?(?:dropped|wet|water(?: damage)?|power cuts?|outages?)`)

// Essence gives what is worth searching for in a masked text: the text without
// masked numbers, wishes, phrases that fit every failed payment, what is said
// not to be the trouble, and codes and facts whose weight is in the fact alone.
// It is empty for a message that tells nothing.
func (r *Reader) Essence(text string) string {
	folded := fold.String(ends(text))
	essence, _ := r.essence(folded, r.codes(folded, ""))
	return essence
}

// essence works on a folded text, and counts what the essence tells.
func (r *Reader) essence(folded string, codes []string) (text string, content int) {
	folded = correctionLead.ReplaceAllString(marks.ReplaceAllString(folded, " "), " ")
	units := unitsOf(r.undenied(folded))
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
	if !r.lacks(Negation) {
		strike(r.denied(units), 1)
	}
	for _, m := range r.contrasts.spans(units) {
		strike([]match{m}, 1)
	}
	for i, u := range units {
		drop[i] = drop[i] || u.kind == numberUnit && slices.Contains(codes, u.text)
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

// undenied takes out of a folded text what it says is not the trouble.
func (r *Reader) undenied(folded string) string {
	if r.lacks(Negation) {
		return folded
	}
	asking := strings.ReplaceAll(folded, "是不是", "是否") // asks, and denies nothing
	return denials.ReplaceAllString(asking, " ")
}

// denied gives the signs that a text denies, with their negation: "没摔过" is no
// fall. A negation that is itself a sign ("从没更新过") stays.
func (r *Reader) denied(text []unit) []match {
	var out []match
	found := r.factBook.find(text)
	for _, m := range found {
		asserted := slices.ContainsFunc(found, func(o match) bool { return !o.negated && o.start < m.end && m.start <= o.end })
		if m.negated && !asserted {
			out = append(out, match{phrase: m.phrase, start: max(0, m.start-1), end: m.end})
		}
	}
	return out
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
