package nlu

import (
	"regexp"
	"strings"
)

// A PIN has 4 to 12 digits (ISO 9564-1); in China 6 are usual.
const pinLeast, pinMost, pinUsual = 4, 12, 6

// secrets are the numbers that may not be kept even encrypted (PCI DSS 3.3).
// Folding has made the words plain: 密碼 is 密码, PIN is pin.
var secrets = []secret{
	newSecret(secretWords{codeWordsZH, codeWordsEN, `cv[vcn] ?2?`}, 3, 4, "[cvv]"),
	newSecret(secretWords{pinWordsZH, pinWordsEN, `\(pin`}, pinLeast, pinMost, "[pin]"),
}

// codeWordsZH and codeWordsEN name the verification code on a card.
const (
	codeWordsZH = `安\s?全\s?码|安全代码|安全数字|安全号码?|校验码|验证码|验证值|` +
		`(?:背|反)(?:面|后|部)?(?:的|那|这|有|上|写着|印着|最后)*(?:三|3|四|4|几)(?:位|个|码)(?:数字|数|号码|码)*|` +
		`(?:背|反)(?:面|后)(?:的|那|上)*(?:小?数字|号码|代码|码)|` +
		`(?:后面?|末尾?|最后)(?:的|那|这)?(?:三|3)(?:位|个|码)(?:数字|数|号码|码)*|` +
		`正面(?:的|那|这)?(?:四|4)(?:位|个)(?:数字|数|号码|码)*|` +
		`签名(?:栏|条|处|区)(?:的|上|里|旁边|后面|边上|那|这|三位|3位|数字|号码)*|` +
		`卡(?:片)?(?:背|反|后)面?(?:的|上|那|这|写着|印着|数字|号码|小字)*`
	codeWordsEN = `cvv ?2?|cvc ?2?|cvn ?2?|csc|cvd|cid|card (?:verification|validation|security) (?:code|value|number)|security (?:code|number|no|digits)|` +
		`verification (?:code|value|number)|card code|(?:three|3)[ -]digits? (?:security )?(?:code|number)|` +
		`(?:code|number|numbers|digits|three|3) (?:on|at|from) (?:the |its )?(?:back|reverse|signature strip)(?: of (?:the |his |her |my |their |this )?card)?|` +
		`(?:back|reverse) (?:code|number|digits)|last (?:three|3)(?: digits| numbers)?|back of (?:the |his |her |my |their |this )?card|signature (?:strip|panel)`
)

// pinWordsZH and pinWordsEN name a PIN, a password or a code sent by message.
const (
	pinWordsZH = `密\s?码|口令|卡密|验证码|校验码|动态码|安全码`
	pinWordsEN = `pin|p\.i\.n\.?|pass ?(?:word|code|wd|phrase)|pw|pwd|psw|passwd|mi ?ma|otp|one[ -]time (?:code|password|pin)|verification code|sms code|auth code`
)

// fillersZH and fillersEN may stand between a word and its number.
const (
	fillersZH = `[\s"'“”‘’「」『』【】()<>《》\[\]:=#*~→>/、-]|是不是|是否|会不会|应该|好像|可能|大概|估计|也许|其实|就|是|为|系|乃|等于|即|` +
		`输入|键入|输的|输了|输成|输过|输|填的|填了|填|写的|写着|写了|写|印着|印的|打的|打了|按的|按了|按|用的|用了|用|设的|设成|设置|设为|设定|设了|设|改成|改为|改了|换成|换了|试了|试过|试|` +
		`给的|给我|给了|报的|念的|告诉|说的|说是|说|记得|发来|收到|发的|的|了|过|着|码|号码|号|数字|数|叫做|叫|才|还|都|也|一直|原来|现在|目前|当前|先|再|又|新|旧|初始|默认|多少\??|第[一二三123]次|` +
		`这个|那个|这串|那串|我们|他们|她们|你们|我|他|她|它|你|您|咱|俺|客人|顾客|客户|老板|店员|收银员|人家|卡上|这张|那张|卡|银行卡|信用卡|` +
		`(?:[三四六八34568]|十二|12) ?位(?:数字|数|密码|的|纯数字)*|[三四六八34568]个(?:数字|数|字)`
	fillersEN = `[\s"'()<>\[\]:=#*~→>/-]|number|num|no\.|no\b|code|digits|digit|shi|wei|de|is|was|are|were|be|being|been|it's|its|it|he|she|they|i|we|customer|cardholder|guest|client|said|says|told|me|us|` +
		`entered|entering|typed|typing|keyed|inputted|used|using|use|tried|gave|given|put|wrote|printed|reads|set|changed|reset|to|as|the|a|my|his|her|their|our|your|this|that|which|one|` +
		`should|might|may|could|would|must|maybe|perhaps|probably|think|believe|guess|just|only|of|card|on (?:the|his|her|my|this) card|for (?:the|this|that|his|her|my|their) (?:card|account)|` +
		`\.{2,3}|, which (?:is|was)|new|old|full|currently|now|still|always|also|equals|cvv2?|cvc2?|[3468][ -]digits?|(?:three|four|six|eight)[ -]digits?`
)

// secretWords are the words for a secret; those in right may stand right after
// the number.
type secretWords struct{ zh, en, right string }

func newSecret(words secretWords, least, most int, with string) secret {
	zh, en := words.zh, words.en
	latin := `(?:^|[^a-z])(?:` + en + `)`
	return secret{
		before: regexp.MustCompile(`(?:` + zh + `|` + latin + `)(?:` + fillersZH + `|` + fillersEN + `)*,?\s*$`),
		after: regexp.MustCompile(`^[\s"'“”’」)\],、]{0,3}(?:` +
			`(?:(?:这|那)(?:个|串|组|几位)?|才|就|应该|好像|可能|也许|不|会)*(?:是|为|系|作为|当作|当做|当成|做|当)(?:不是)?(?:[我你您他她它咱俺]们?|客人|顾客|客户|老板|人家|这张|那张|这|那|银行|信用|卡|的|片|个|上|正确|真正|真|新|旧|原来|现在|支付|取款|交易|消费|登录|操作员|柜员|主管)*(?:` + zh + `|` + en + `)|` +
			`(?:这|那)(?:个|串|组)(?:` + zh + `)|` +
			words.right + `\b|` +
			`\(\s?(?:the |my |his |her )?(?:` + zh + `|` + en + `)|` +
			`(?:is|was|are|were|as|being|=|in|for|at|that is|that's)\s?(?:(?:the|my|his|her|their|your|our|a|its|customer's|guest's|card|card's|correct|right|new|old|atm|bank|real|actual)\s)*(?:` + en + `|` + zh + `)\b)`),
		more:  regexp.MustCompile(`^\s*` + another + `(?:` + fillersZH + `|` + fillersEN + `)*$`),
		least: least, most: most, with: with,
	}
}

// afterComma says that a comma stands right before the number: then it counts
// as the word's only if it ends its clause too (endsThere).
var (
	afterComma = regexp.MustCompile(`,\s*$`)
	endsThere  = regexp.MustCompile(`^\s*(?:$|[^\pL\pN\s])`)
)

// another matches what stands between two numbers of the same kind.
const another = `,?\s*(?:和|或|跟|与|及|以及|还有|还是|又|再|后来|然后|不是|改成|换成|变成|第[二三四234]次|then|or|and|not|maybe)`

// moneyUnit matches what follows an amount, countedUnit what follows a small
// number that counts something.
var (
	moneyUnit   = regexp.MustCompile(`^ ?(?:元|块|圆|毛钱|多块|多元|以下|以上|以内|左右|rmb|cny|hkd|usd|yuan|yen|dollars?|bucks|euros?|(?:card )?(?:transactions?|payments?|purchases?|sales?)\b)`)
	countedUnit = regexp.MustCompile(`^ ?(?:次|分钟|秒|年|times?\b|minutes?|seconds?|hours?|percent|%)`)
)

// dateOrTime matches a date of our time, a time of day, and an amount with
// cents.
var dateOrTime = regexp.MustCompile(`^(?:20[1-4]\d ?[-/.年] ?\d{1,2} ?[-/.月]|(?:[01]?\d|2[0-3]):[0-5]\d(?:\D|$)|\d+\.\d\d(?:\D|$))`)

// farWord and farIs match a PIN's word at some distance before the number; the
// words of notPin mean that the number is something else.
var (
	farWord = regexp.MustCompile(`(?:密码|(?:^|[^a-z])(?:pin|password|passcode)\b)[^\d.。;!?]{0,40}$`)
	farIs   = regexp.MustCompile(`(?:是|为|:|=|\b(?:is|was|are|it's|being))\s*["'“(]?$`)
	notPin  = regexp.MustCompile(`错误|失败|显示|提示|跳|弹|代码|编码|编号|单号|流水|订单|商户|终端|账号|卡号|机号|型号|工号|房号|桌号|序列|电话|手机|金额|余额|限额|额度|收了|收款|收到|刷了|扣|付|价|时间|日期|元|块|error|code|amount|total|price|sale|balance|limit|serial|order|phone|terminal|merchant|time\b|date|invoice|shows|display|message`)
)

// pinFarOff says that a PIN's word stands before a number of some length,
// further away, and nothing between them says that it is another number.
func pinFarOff(before string, length int) bool {
	m := farWord.FindString(before)
	if m == "" || notPin.MatchString(m) {
		return false
	}
	return length == pinUsual && len([]rune(m)) < 20 || farIs.MatchString(m)
}

// complaint matches what makes the word before it part of an error message.
var complaint = regexp.MustCompile(`^\s?(?:错|不对|不正确|有误|失败|问题|输|的问题|error|problem|issue|failure|fail|pad|block|wrong|incorrect|entry)`)

// pinComplaint says that a PIN is quoted in a complaint: "输了123456密码错误".
func pinComplaint(v view, run digitRun, w window) bool {
	after := strings.TrimLeft(v.after(run.end(w.to-1), 12), ` ,"'”`)
	return (strings.HasPrefix(after, "密码") || strings.HasPrefix(after, "提示密码")) && !otherNumber.MatchString(v.before(run.start(w.from), 12))
}

// otherNumber matches text that announces a number that is no PIN.
var otherNumber = regexp.MustCompile(`(?:单|号|额|款|收|刷|付|扣|码|钱|no|id|[$¥€£])[^\pL\pN]*$`)
