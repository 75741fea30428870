package nlu

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// amount is a sum of money that a message names, with the units around it.
type amount struct {
	value      float64
	start, end int
	// over and under say that the message means sums above or below it.
	over, under bool
}

// anyAmount is how far two sums that both fail must lie apart for the amount
// not to matter.
const anyAmount = 5

// amountFact reads how the outcome depends on the sum, from sums that worked
// and sums that failed: "50 块行 5000 不行".
func (r *Reader) amountFact(text []unit) (Fact, bool) {
	q := r.base.AmountQuestion()
	if q == nil {
		return Fact{}, false
	}
	worked, failed := sums{math.Inf(1), math.Inf(-1)}, sums{math.Inf(1), math.Inf(-1)}
	ends := apartMatches(r.contrasts.outcomes.find(text))
	amounts := amountsIn(text)
	for i, a := range amounts {
		next := len(text)
		if i+1 < len(amounts) {
			next = amounts[i+1].start
		}
		end, ok := outcomeAfter(text, ends, a.end, next)
		if !ok {
			continue
		}
		s := &worked
		if end.means == fails {
			s = &failed
		}
		s.add(a)
	}
	option := ""
	switch {
	case !worked.empty() && !failed.empty() && worked.high < failed.low, worked.open(failed, true):
		option = q.Amounts.Large
	case !worked.empty() && !failed.empty() && failed.high < worked.low, worked.open(failed, false):
		option = q.Amounts.Small
	case worked.empty() && failed.low*anyAmount <= failed.high && !math.IsInf(failed.high, 1) && failed.low > 0:
		option = q.Amounts.Any
	}
	return Fact{Question: q.ID, Option: option}, option != ""
}

// sums is a range of sums.
type sums struct{ low, high float64 }

func (s sums) empty() bool { return s.low > s.high }

func (s *sums) add(a amount) {
	low, high := a.value, a.value
	if a.over {
		high = math.Inf(1)
	}
	if a.under {
		low = 0
	}
	s.low, s.high = min(s.low, low), max(s.high, high)
}

// open says that sums without end failed, or the others worked: "超过 5000 就
// 失败" (large), "10 块以下刷不了" (not large).
func (s sums) open(failed sums, large bool) bool {
	switch {
	case !s.empty() && !failed.empty():
		return false
	case large:
		return math.IsInf(failed.high, 1) && failed.low > 0 || !s.empty() && s.low == 0 && !math.IsInf(s.high, 1)
	}
	return failed.low == 0 && !failed.empty() && !math.IsInf(failed.high, 1) || math.IsInf(s.high, 1) && s.low > 0 && !s.empty()
}

// amountsIn finds the sums of money in a text: numbers with a currency, with
// hundreds and more in words, or of three digits and more.
func amountsIn(text []unit) []amount {
	var out []amount
	for i := 0; i < len(text); {
		a, ok := amountAt(text, i)
		if !ok {
			i++
			continue
		}
		out = append(out, a)
		i = a.end
	}
	return out
}

var scales = map[string]float64{"十": 10, "百": 100, "千": 1000, "万": 10000, "k": 1000, "w": 10000}

var digitWords = map[string]float64{
	"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "几": 3, "上": 1, "俩": 2, "仨": 3,
}

var currencies = map[string]bool{"块": true, "元": true, "圆": true, "蚊": true, "yuan": true, "rmb": true, "bucks": true, "dollars": true, "hkd": true, "刀": true, "毛": true}

// notMoney are units of other things.
var notMoney = map[string]bool{
	"年": true, "月": true, "日": true, "号": true, "点": true, "分": true, "秒": true, "个": true, "张": true, "台": true, "次": true, "人": true, "天": true, "小": true, "回": true, "遍": true, "格": true, "家": true, "桌": true, "楼": true, "笔": true, "单": true,
	"am": true, "pm": true, "minutes": true, "minute": true, "mins": true, "times": true, "hours": true, "cards": true, "seconds": true, "days": true,
}

func amountAt(text []unit, i int) (amount, bool) {
	value, end, large := number(text, i)
	if end == i || i > 0 && (text[i-1].text == "第" || text[i-1].text == "s") {
		return amount{}, false
	}
	money := large || value >= 100
	if end < len(text) && text[end].text == "多" {
		end++
	}
	switch {
	case end == len(text):
	case currencies[text[end].text]:
		money = true
		end++
		if end < len(text) && text[end].text == "钱" {
			end++
		}
	case notMoney[text[end].text]:
		return amount{}, false
	}
	a := amount{value: value, start: i, end: end}
	a.over, a.under = bounds(text, a)
	return a, money
}

// Words around a sum by which it means all above or all below it.
var (
	overBefore  = []string{"超过", "高于", "大于", "多于", "超", "over", "above", "morethan"}
	overAfter   = []string{"以上", "之上", "起", "andabove", "andmore", "andup", "plus"}
	underBefore = []string{"低于", "不到", "小于", "不足", "少于", "不满", "under", "below", "lessthan"}
	underAfter  = []string{"以下", "之下", "以内", "之内", "andbelow", "andless"}
)

// bounds says whether a sum means all above it or all below it.
func bounds(text []unit, a amount) (over, under bool) {
	before, after := joinUnits(text[max(0, a.start-2):a.start]), joinUnits(text[a.end:min(len(text), a.end+2)])
	tail := func(w string) bool { return strings.HasSuffix(before, w) }
	head := func(w string) bool { return strings.HasPrefix(after, w) }
	first := text[a.start].text // 上千
	switch {
	case slices.ContainsFunc(underBefore, tail), slices.ContainsFunc(underAfter, head):
		return false, true
	case first == "上", slices.ContainsFunc(overBefore, tail), slices.ContainsFunc(overAfter, head),
		strings.HasSuffix(before, "过") && scales[first] > 0: // 过千
		return true, false
	}
	return false, false
}

// number reads a number in digits, in Chinese or mixed (5千) that begins at i;
// large says that it has hundreds or more in words.
func number(text []unit, i int) (value float64, end int, large bool) {
	section, digit, has := 0.0, 0.0, false
	for end = i; end < len(text); end++ {
		u := text[end]
		if u.kind == numberUnit {
			n, err := strconv.ParseFloat(u.text, 64)
			if err != nil || has { // the next number is another sum
				break
			}
			digit, has = n, true
			continue
		}
		if d, ok := digitWords[u.text]; ok && u.kind == hanUnit {
			if u.text == "上" && (end+1 >= len(text) || scales[text[end+1].text] < 100) {
				break
			}
			digit, has = d, true
			continue
		}
		scale, ok := scales[u.text]
		if !ok || !has && u.text != "十" && scale < 100 || u.kind == wordUnit && !has {
			break
		}
		if !has {
			digit = 1
		}
		if scale >= 100 {
			large = true
		}
		if scale == 10000 {
			value, section = value+(section+digit)*scale, 0
		} else {
			section += digit * scale
		}
		digit, has = 0, true
	}
	// 两千五 is 2500, not 2005.
	if large && digit > 0 && digit < 10 && end > i+1 {
		if s := scales[text[end-2].text]; s >= 100 {
			digit *= s / 10
		}
	}
	return value + section + digit, end, large
}
