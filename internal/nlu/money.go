package nlu

import (
	"regexp"
	"strings"

	"github.com/s4bot/s4bot/internal/kb"
)

// moneyForms speak of the customer's charge, in whatever sense: a message that
// has one of them and no clear statement must be asked about.
var moneyForms = regexp.MustCompile(`扣|付款|付过|付了|付钱|已付|支付|划走|划了|刷走|支出|消费|出账|明细|账单|上一笔|(?:他|她|客人|顾客|客户|对方|那边|手机|短信|银行|小票|查).{0,6}成功|(?:后台|记录|明细|语音|播报|小票|看到).{0,8}成功|后台有|播报|短信|短讯|讯息|message|银行.{0,4}(?:发|来|通知)|余额.{0,4}(?:少|不对|变|减)|少了.{0,3}钱|钱.{0,3}(?:走|少|没)了|到账了|已到账|待入账|又刷|再刷|重刷|刷了[两三几]|碌咗|碌了|重复收|收了两` +
	`|charg|debit|deduct|\bpaid\b|\bpay(?:s|ing)? (?:twice|again)|pending|\bsms\b|bank (?:text|message)|(?:text|message) from|\bapproved\b|balance (?:dropped|went down|changed)|took (?:it|the money)|(?:he|she|customer|bank|app|debit|charge|payment).{0,24}(?:went thr|go(?:es|ne)? thr|successful|shows it)|refund|kou ?(?:le|kuan|qian)`)

// ownSuccess is how a merchant reports that the payment went through on the
// terminal, when nobody else is spoken of.
var ownSuccess = regexp.MustCompile(`^(?:这[回次下]|现在|终于|已经|好了)*(?:支付|付款|收款|交易|刷卡)成功[了啦]?`)

// otherMoney speaks of other money than this payment: fees, bonuses, cash, other
// customers, or of a worry.
var otherMoney = regexp.MustCompile(`流量费|年费|月费|服务费|押金|手续费|奖金|工资|折扣|打折|现金|前面几|上一个客人|前一个|怕|担心|万一|cash|previous customer|last customer|other customers|worried|afraid|in case|\bfee\b|deposit|discount`)

// butMoney turns a "not charged" round: "…, but there is a message".
var butMoney = regexp.MustCompile(`(?:但是?|可是|不过|可|but|however)(.*)`)

// quarrels deny or doubt what stands beside them by tone.
var quarrels = []string{"才怪", "谁说", "谁知道", "你以为", "怎么可能", "不可能", "难道", "不是没", "没有不", "没说没", "没有说没", "的话我", "哪有", "不知", "不晓得", "说不准", "不确定", "未啊", "dontknow", "notsure", "doubt", "cantbe", "impossible"}

// quarrelled says that a text makes its own words doubtful.
func quarrelled(joined string) bool {
	for _, w := range quarrels {
		if strings.Contains(joined, w) {
			return true
		}
	}
	return strings.HasSuffix(joined, "未")
}

// hedges make a statement a guess. That nothing was debited must be known, not
// guessed; that something may have been is reason enough to be careful.
var hedges = []string{"应该", "可能", "好像", "大概", "估计", "也许", "没准", "说不定", "吧", "probably", "maybe", "ithink", "guess", "perhaps", "might", "should", "seems"}

// safest settles what a text says of the customer's charge: of two statements
// the later one counts if it corrects, else the one that the customer was
// charged; a guess that nothing was debited says nothing (its phrase is nil).
func (r *Reader) safest(best match, found []match, text []unit) match {
	question := r.factOf[best.means].Question
	for _, m := range found {
		if r.factOf[m.means].Question != question || m.means == best.means || m.negated || m.doubtful || overlaps(m, best) {
			continue
		}
		first, later := best, m
		if m.start < best.start {
			first, later = m, best
		}
		best = later
		if !corrected(text[first.end:later.start]) && r.factOf[first.means].Option == kb.Charged {
			best = first
		}
	}
	joined := joinUnits(text)
	if r.factOf[best.means].Option == kb.Charged {
		if otherMoney.MatchString(spaced(text)) {
			return match{}
		}
		return best
	}
	if but := butMoney.FindStringSubmatch(joinUnits(text[best.end:])); but != nil && moneyForms.MatchString(but[1]) {
		return match{}
	}
	if hedged(text, best) || quarrelled(joined) {
		return match{}
	}
	return best
}

func overlaps(a, b match) bool { return a.start < b.end && b.start < a.end }

// corrected says that the words between two statements take the first back.
func corrected(between []unit) bool {
	joined := joinUnits(between)
	for _, w := range []string{"不对", "其实", "错了", "不是", "更正", "看错", "actually", "sorry", "nowait", "imean"} {
		if strings.Contains(joined, w) {
			return true
		}
	}
	return false
}

// hedged says that the clause around a match guesses.
func hedged(text []unit, m match) bool {
	start, end := m.start, m.end
	for start > 0 && text[start-1].kind != endUnit {
		start--
	}
	for end < len(text) && text[end].kind != endUnit {
		end++
	}
	joined := joinUnits(text[start:end])
	for _, w := range hedges {
		if strings.Contains(joined, w) {
			return true
		}
	}
	return false
}

// guessesNotCharged says that a text guesses that nothing was debited: worth a
// question whether it is so.
func (r *Reader) guessesNotCharged(text []unit) bool {
	for _, m := range r.factBook.find(text) {
		f := r.factOf[m.means]
		if r.base.Question(f.Question).Safety && f.Option != kb.Charged && !m.negated && !m.doubtful {
			return hedged(text, m) && !quarrelled(joinUnits(text))
		}
	}
	return false
}

// spaced writes units apart, for forms that look for Latin words.
func spaced(units []unit) string {
	var b strings.Builder
	for _, u := range units {
		b.WriteString(u.text)
		if u.kind != hanUnit {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func joinUnits(units []unit) string {
	var b strings.Builder
	for _, u := range units {
		b.WriteString(u.text)
	}
	return b.String()
}
