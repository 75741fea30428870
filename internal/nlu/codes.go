package nlu

import (
	"regexp"
	"strings"
)

// S4 is how the failure itself stands among the codes of a message.
const S4 = "S4"

// s4Forms are the spellings of S4 in folded text: s4, s-4, s四, es4, 艾斯4, and
// S455, which is S4 and a response code.
var s4Forms = regexp.MustCompile(`(?:^|[^a-z0-9'’])(?:s|es|ess)[\s._\p{Pd}−]{0,2}(?:(?:4|四|肆|four|si)(?:[^0-9a-z]|$)|4s4|4(?:05|14|51|54|55|61|62|65|75|91|96)(?:[^0-9a-z]|$))|(?:艾斯|爱思|爱司|爱斯|艾丝|艾司|埃斯|诶斯|哎斯)\s?(?:4|四|肆)`)

// namesS4 says that a folded text names the failure S4.
func namesS4(folded string) bool { return s4Forms.MatchString(folded) }

// responseCodes finds the two-digit response codes that a folded text names.
// Where asked is true the text answers the question for the code, and any two
// digits by themselves count.
func responseCodes(folded string, known func(string) bool, asked bool) []string {
	var out []string
	last := len(folded) // where the code before ends
	for _, m := range codeForms.FindAllStringIndex(folded, -1) {
		n := apart(codeNumber{folded[:m[0]], folded[m[0]:m[1]], folded[m[1]:]})
		code, ok := n.code()
		if !ok || !known(code) || n.inside() {
			continue
		}
		listed := last < m[0] && oneMore.MatchString(folded[last:m[0]]) && !n.counts()
		if listed || n.named(asked) {
			out, last = appendNew(out, code), m[1]
		}
	}
	return out
}

// oneMore matches what stands between two codes: "51 和 55".
var oneMore = regexp.MustCompile(`^[\s,、/&]*(?:和|或者?|跟|与|还有|又|后来|然后|or|and|then)?[\s]*(?:是|报|跳|变成)?\s*$`)

// codeForms finds what may be a response code: whole numbers in digits or in
// Chinese, and A0.
var codeForms = regexp.MustCompile(`[0-9]+|a[ -]?[0零〇]|[零〇一二三四五六七八九十]+`)

// codeNumber is a number in a folded text, with the text around it.
type codeNumber struct{ before, text, after string }

// apart parts S4 from a code that is written on to it: S455.
func apart(n codeNumber) codeNumber {
	if len(n.text) == 3 && n.text[0] == '4' && endsWithS.MatchString(n.before) {
		return codeNumber{n.before + "4", n.text[1:], n.after}
	}
	return n
}

var endsWithS = regexp.MustCompile(`(?:^|[^a-z'’])e?s$`)

// code gives the two characters of a code that is written as digits, as two
// Chinese numerals (五五) or as a Chinese number (五十五).
func (n codeNumber) code() (string, bool) {
	switch {
	case n.text[0] == 'a':
		return "A0", true
	case isDigitByte(n.text[0]):
		return n.text, len(n.text) == 2
	}
	return chineseCode([]rune(n.text))
}

func chineseCode(r []rune) (string, bool) {
	switch ten := strings.IndexRune(string(r), '十'); {
	case len(r) == 2 && ten < 0:
		return chineseDigits(r), true
	case len(r) == 2 && r[0] == '十':
		return "1" + chineseDigits(r[1:]), r[1] != '十'
	case len(r) == 2:
		return chineseDigits(r[:1]) + "0", true
	case len(r) == 3 && r[1] == '十' && r[0] != '十' && r[2] != '十':
		return chineseDigits([]rune{r[0], r[2]}), true
	}
	return "", false
}

func chineseDigits(r []rune) string {
	b := make([]byte, len(r))
	for i, c := range r {
		b[i] = '0' + numerals[c]
	}
	return string(b)
}

// inside says that the number is part of something longer: of another number, a
// date, a time, an amount with cents, or a Latin word.
func (n codeNumber) inside() bool {
	if s4Before.MatchString(n.before) {
		return longerAfter.MatchString(n.after)
	}
	return longerBefore.MatchString(n.before) && !gluedWord.MatchString(n.before) || longerAfter.MatchString(n.after)
}

var (
	longerBefore = regexp.MustCompile(`(?:[a-z_0-9零〇一二三四五六七八九十百千万亿]|[0-9] ?[.:/-] ?)$`)
	longerAfter  = regexp.MustCompile(`^(?:[0-9_十百千万亿]|[.:/-][0-9]|[a-df-z]|e[^r])`)
	gluedWord    = regexp.MustCompile(`(?:^|[^a-z])(?:codes?|error|err|resp|rc)$`)
)

// named says that the text around the number makes it a code.
func (n codeNumber) named(asked bool) bool {
	switch {
	case s4Before.MatchString(n.before), codeWord.MatchString(n.before):
		return !amountUnit.MatchString(n.after)
	case n.counts():
		return false
	case asked, aloneBefore.MatchString(n.before) && aloneAfter.MatchString(n.after):
		return true
	case showWord.MatchString(n.before), meaning.MatchString(n.after):
		return true
	}
	return placeWord.MatchString(n.before) && codeTalk.MatchString(n.before+n.after)
}

// counts says that the number counts, numbers or prices something.
func (n codeNumber) counts() bool {
	return amountUnit.MatchString(n.after) || countUnit.MatchString(n.after) || amountWord.MatchString(n.before)
}

// codeFillers may stand between a word for a code and the code.
const codeFillers = `(?:一个|一下|下|[\s"'“”‘’「【(\[:=#,./、>+\p{Pd}]|是|为|的|了|着|个|出来|出|就|都|一直|老是|总是|写|显示|is|was|it|says|shows|no\.|number|a\b)*$`

var (
	// s4Before matches the failure's name right before a number.
	s4Before = regexp.MustCompile(`(?:(?:^|[^a-z0-9'’])(?:s|es)[\s._\p{Pd}−]{0,2}(?:4|四|肆)|(?:艾斯|爱思|爱司|爱斯|埃斯|哎斯)\s?(?:4|四|肆))(?:交易|失败|错误|刷卡)*` + codeFillers)
	// codeWord matches a noun for a code, which leaves no doubt.
	codeWord = regexp.MustCompile(`(?:代码|代号|(?:错误|故障|应答|返回|响应|提示|结果|报错|失败|回应)(?:号?码|编号)|错误|报错|交易失败|\bcodes?|\berror|\berr|\bresp(?:onse)?|\brc|daima|dai ma|cuowu)` + codeFillers)
	// showWord matches a verb for what a terminal does with a code.
	showWord = regexp.MustCompile(`(?:报|跳|弹|蹦|冒|甩|闪|出来|吐|来|回|显示|提示|出现|写着|写的|写了|打着|印着|标着|印的|返回|带着|带个|有个|还有|\bshow(?:s|n|ing)?|\bsays?|\bsaid|\bdisplay(?:s|ed|ing)?|\breads|\breturn(?:s|ed)?|\bprint(?:s|ed)|tiao|xianshi|xian shi)` + codeFillers)
	// placeWord matches what says where a number stands, which is a code only in
	// talk about codes.
	placeWord = regexp.MustCompile(`(?:后面|旁边|后边|边上|下面|底下|上面|前面|幕上|票上|机器上|数字|号码|失败|不成功|是|个|写|码|\bwith|\band|\bthen|\bnumber|\bgot|\bgives?|\bgave|\bgetting|\bis|\bwas|declined|failed)` + codeFillers)
	codeTalk  = regexp.MustCompile(`s ?-?4|代码|错误|报错|失败|屏|小票|单子|显示|提示|码|\berror|\bcode|\bscreen|\bslip|\breceipt|declin|fail`)
	// meaning matches what follows a code that is asked about or explained.
	meaning = regexp.MustCompile(`^[\s的"'“”’」】\]),、]*(?:代码|号?错误|错码|报错|是什么|什么意思|什么情况|怎么回事|这个码|这个代码|余额不足|密码错|密码不|过期|超限|超额|code|error|err\b|means?\b|what|s4)`)
	// aloneBefore and aloneAfter match what may stand around a code that is the
	// whole message.
	aloneBefore = regexp.MustCompile(`^[\s\p{P}+~]*(?:(?:那个|就|应该|好像|大概|可能|我看|它|上面|后面|旁边)*(?:是|为|写的|写着|有)?|it'?s?|it is|its|is|yes|对|嗯)[\s\p{P}]*$`)
	aloneAfter  = regexp.MustCompile(`^\s*(?:了|的|吧|呀|啊|哦|吗|呢|嘛|哈|来着|左右)*[\s\p{P}~]*$`)
)

var (
	// amountUnit matches the units that no code has, whatever announces it.
	amountUnit = regexp.MustCompile(`^ ?(?:元|块|圆|毛|角|%|分|秒|小时|点|度|岁|年|月|日|天|周|礼拜|星期|次|遍|折|万|千|百|亿|倍|期|兆|米|公里|斤|公斤|寸|几|多(?:块|元|次|分|秒|天|个|岁|人|度|年)|来(?:块|元|次|分|秒|天|个|岁|人)|` +
		`(?:rmb|cny|usd|hkd|yuan|dollars?|bucks|yen|euros?|cents|mins?|minutes?|secs?|seconds?|hours?|hrs?|days?|weeks?|months?|years?|times|percent|degrees|am|pm|kg|km|gb|mb|mah|k|w)\b)`)
	// countUnit matches the units of things that are counted or numbered.
	countUnit = regexp.MustCompile(`^ ?(?:个|人(?:[^家]|$)|位|名|家|张|台|桌|单|笔|条|件|路|楼|层|格|份|杯|瓶|箱|版|排|号(?:机|桌|店|线|楼|台|客|车|房|柜|门|收银|员|铺|窗|pos|刷)|` +
		`(?:people|persons?|customers?|clients?|guests?|cards?|orders?|transactions?|tables?|items?|bars?|pieces|stores?|shops?)\b)`)
	// amountWord matches what announces an amount, a share or a place in a row.
	amountWord = regexp.MustCompile(`(?:电量|电池|信号|还剩|剩下|剩余|剩|金额|单价|价格|收|收了|收款|卖|卖了|刷|刷了|付|付了|支付|扣|扣了|转|转了|一共|总共|合计|共|第|等|等了|订单|单号|尾号|桌|房|月|年|每|满|减|约|超过|低于|至少|最多|不到|只有|找零|编号|型号|版本|` +
		`battery|amount|total|price|paid|pay|charged?|charging|signal|room|table|seat|order|ending(?: in)?|version|rmb|cny|usd|hkd|[$¥€£₩])(?:[\s:=是]|只有|大概|is|was|of)*$`)
)

func isDigitByte(c byte) bool { return c >= '0' && c <= '9' }

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}
