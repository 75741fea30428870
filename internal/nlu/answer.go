package nlu

import (
	"slices"
	"strconv"
	"strings"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/fold"
)

// answer reads a text as the answer to a question that was just asked: an
// ordinal, a bare yes or no, or words of an option's label or aliases.
func (r *Reader) answer(q *kb.Question, text []unit, reading Reading) string {
	text = withoutMarks(text)
	if len(text) == 0 || len(text) > 30 {
		return ""
	}
	if i := ordinal(text, len(q.Options)); i > 0 && q.ID != kb.ResponseCode {
		return q.Options[i-1].ID
	}
	if q.Safety {
		return strictAnswer(q, text)
	}
	if id := r.labelled(q, text); id != "" {
		return id
	}
	if reading.Has(Unsure) {
		return ""
	}
	if reply := yesNo(text); reply != "" && (asksAbility(q) || !ability(text)) {
		for _, o := range q.Options {
			if o.Reply == reply {
				return o.ID
			}
		}
	}
	return ""
}

// strictAnswer reads the answer about the customer's charge: only a plain yes
// or no counts, for "not yet" and "no phone" are no answers to it.
func strictAnswer(q *kb.Question, text []unit) string {
	reply := plainReplies[strings.TrimRight(joinUnits(text), "啊呀呢的哦")]
	for _, o := range q.Options {
		if reply != "" && o.Reply == reply {
			return o.ID
		}
	}
	return ""
}

// plainReplies are what a strict answer may be.
var plainReplies = map[string]string{
	"是": "yes", "是的": "yes", "对": "yes", "有": "yes", "嗯": "yes", "扣": "yes", "yes": "yes", "yeah": "yes", "yep": "yes", "y": "yes", "shi": "yes",
	"没": "no", "没有": "no", "不是": "no", "没有没有": "no", "都没有": "no", "no": "no", "nope": "no", "n": "no", "meiyou": "no", "mei": "no", "未有": "no",
}

// Ordinal reads "2", "2号", "第二个", "the second one" as 2, if there are at
// least so many options; else it gives 0.
func Ordinal(text string, options int) int {
	return ordinal(withoutMarks(unitsOf(fold.String(text))), options)
}

func ordinal(text []unit, options int) int {
	var words []string
	for _, u := range text {
		switch u.text {
		case "第", "个", "号", "项", "选", "我", "是", "吧", "啊", "the", "one", "option", "number", "no", "那", "条":
		default:
			words = append(words, u.text)
		}
	}
	if len(words) != 1 {
		return 0
	}
	n, err := strconv.Atoi(words[0])
	if err != nil {
		n = ordinals[words[0]]
		if len(text) == 1 && n == 1 && words[0] == "一" {
			n = 0
		}
	}
	if n < 1 || n > options {
		return 0
	}
	return n
}

var ordinals = map[string]int{
	"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
	"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "last": 0,
}

// labelShare is how much of an option's wording a reply must share with it, and
// labelLead how far it must lie ahead of the next option.
const (
	labelShare = .6
	labelLead  = .15
)

// wordings gives an option's label and aliases in units, without stars.
func wordings(o *kb.Option) [][]unit {
	var out [][]unit
	for _, words := range append([]string{o.Label.ZH, o.Label.EN}, o.Aliases.All()...) {
		units := trimUnits(unitsOf(fold.String(words)))
		out = append(out, slices.DeleteFunc(units, func(u unit) bool { return u.kind == starUnit }))
	}
	return out
}

// labelled gives the option whose label or alias the text repeats, wholly or
// nearly.
func (r *Reader) labelled(q *kb.Question, text []unit) string {
	best, second, id := 0.0, 0.0, ""
	for _, o := range q.Options {
		score := 0.0
		for _, words := range r.wordingsOf[o] {
			a, b := len(words), len(text)
			if float64(2*min(a, b)) >= (labelShare-labelLead)*float64(a+b) { // else it decides nothing
				score = max(score, overlap(words, text))
			}
		}
		switch {
		case score > best:
			best, second, id = score, best, o.ID
		case score > second:
			second = score
		}
	}
	if best >= labelShare && best-second >= labelLead {
		return id
	}
	return ""
}

// overlap is the Dice coefficient of two texts' units, 0 where one denies what
// the other states.
func overlap(a, b []unit) float64 {
	count, denied := map[string]int{}, 0
	for _, u := range a {
		count[u.text]++
		if negation(u.text) {
			denied++
		}
	}
	same := 0
	for _, u := range b {
		if count[u.text] > 0 {
			count[u.text]--
			same++
		}
		if negation(u.text) {
			denied--
		}
	}
	if denied != 0 || len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(same) / float64(len(a)+len(b))
}

var (
	yesWords = setOf("是|是的|对|对的|对啊|嗯|嗯嗯|恩|有|有的|能|能的|可以|可以的|行|好|好的|没错|确定|是啊|是呀|对呀|会|要|没问题|ok|okay|yes|yeah|yep|yup|y|sure|correct|right|it does|it is|it can|they do|i have|shi|shi de|dui|you|neng|ke yi|系|啱|得|中|对头|有啊|能啊|能用|能刷|正常|当然|true|扣了|成功")
	noWords  = setOf("不是|不|没|没有|没有的|不能|不行|不可以|不对|否|无|没啊|没呢|没有啊|不会|没得|no|nope|n|not|none|it doesnt|it isnt|no it doesnt|nothing|bu|bu shi|mei you|meiyou|mei|bu neng|不中|未有|没有了|没的|木有|都没有|没有没有|不是的|false|也不行|都不行|不行的|不能用|刷不了|不正常")
	fillers  = setOf("啊|呀|呢|吧|哦|的|了|哈|嘛|诶|就|都|也|好像|应该|我|it|i|think|just|really|please|sir|亲|老师")
)

func setOf(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.SplitSeq(list, "|") {
		set[strings.ReplaceAll(w, " ", "")] = true
	}
	return set
}

// abilities are the yes and no words that say that something works; they answer
// only a question whether it does.
var abilities = setOf("能用|能刷|正常|成功|不能用|刷不了|不正常|不行|也不行|都不行|不行的|不能|能|能的|能啊|不可以|可以|可以的|行|it can|it does|they do")

func ability(text []unit) bool { return abilities[joinUnits(text)] }

func asksAbility(q *kb.Question) bool {
	return strings.ContainsAny(q.Ask.ZH, "能行") || strings.Contains(q.Ask.ZH, "成功") || strings.Contains(q.Ask.ZH, "正常") || strings.Contains(q.Ask.ZH, "可以")
}

// YesNo reads a text as a bare "yes" or "no"; it gives "" for anything else.
func YesNo(text string) string { return yesNo(withoutMarks(unitsOf(fold.String(text)))) }

func yesNo(text []unit) string {
	joined, full := "", ""
	for _, u := range text {
		full += u.text
		if !fillers[u.text] {
			joined += u.text
		}
	}
	for _, s := range [...]string{full, joined} {
		switch {
		case yesWords[s]:
			return "yes"
		case noWords[s]:
			return "no"
		}
	}
	return ""
}
