package insight

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// words are the plain words of one language.
type words struct {
	lang string
	zone *time.Location
}

// pick gives one of two texts.
func (w words) pick(zh, en string) string {
	if w.lang == english {
		return en
	}
	return zh
}

// of names an id by a table, or by itself.
func (w words) of(table map[string]Title, id string) Name {
	if title, ok := table[id]; ok && title.In(w.lang) != "" {
		return Name{id, title.In(w.lang)}
	}
	return Name{id, id}
}

// day says a day: "3月14日", "14 Mar".
func (w words) day(t time.Time) string {
	t = t.In(w.zone)
	return w.pick(fmt.Sprintf("%d月%d日", t.Month(), t.Day()), t.Format("2 Jan"))
}

// clock says a time of day, with the day if it is not that of now.
func (w words) clock(t, now time.Time) string {
	at, today := t.In(w.zone), dayOf(now.In(w.zone))
	switch {
	case !at.Before(today):
		return at.Format("15:04")
	case !at.Before(today.AddDate(0, 0, -1)):
		return w.pick("昨天 ", "yesterday ") + at.Format("15:04")
	}
	return w.day(t) + " " + at.Format("15:04")
}

// decimal says a number with one digit behind the point, if there is need.
func decimal(x float64) string {
	return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64)
}

// questions says a number of questions.
func (w words) questions(x float64) string {
	if x == 1 {
		return w.pick("1 个问题", "1 question")
	}
	return decimal(x) + w.pick(" 个问题", " questions")
}

// minutes says a length of time.
func (w words) minutes(m float64) string {
	d := time.Duration(m * float64(time.Minute)).Round(time.Second)
	h, min, s := int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60
	var parts []string
	add := func(n int, zh, en string) {
		if n > 0 {
			parts = append(parts, strconv.Itoa(n)+w.pick(" "+zh, " "+en))
		}
	}
	switch {
	case h >= 48:
		return decimal(d.Hours()/24) + w.pick(" 天", " days")
	case h > 0:
		add(h, "小时", "h")
		add(min, "分", "min")
	default:
		add(min, "分", "min")
		add(s, "秒", "s")
	}
	if len(parts) == 0 {
		return w.pick("0 秒", "0 s")
	}
	return strings.Join(parts, " ")
}

// rate says how many merchants an hour are usual.
func (w words) rate(x float64) string {
	if x < .1 {
		return w.pick("平时每小时不到 0.1 家", "usually fewer than 0.1 an hour")
	}
	return w.pick("平时每小时 "+decimal(x)+" 家", "usually "+decimal(x)+" an hour")
}

// alarm says what the radar found.
func (w words) alarm(label string, a Alarm, now time.Time) string {
	since := w.clock(a.Since, now)
	if w.lang == english {
		return fmt.Sprintf("%s: %d merchants since %s; %s", label, a.Merchants, since, w.rate(a.Rate))
	}
	return fmt.Sprintf("%s：%d 家商户，%s，自 %s 起", label, a.Merchants, w.rate(a.Rate), since)
}

// The words for ids that no knowledge names.
var (
	reasons = map[string]Title{
		"asked":         {"商户要找人工", "The merchant asked for a person"},
		"angry":         {"商户着急了", "The merchant lost patience"},
		"charged":       {"客人可能已扣款", "The customer may have been charged"},
		"diagnosed":     {"原因清楚，需要人工处理", "Cause known, a person must act"},
		"no_diagnosis":  {"没问出原因", "No diagnosis"},
		"fixes_failed":  {"试过的办法都没用", "The fixes did not help"},
		"money_unknown": {"不清楚有没有扣款", "Unclear whether the customer paid"},
		"agent_came":    {"客服主动接手", "An agent stepped in"},
	}
	sides = map[string]Title{"merchant": {"给商户", "To the merchant"}, "desk": {"给客服", "To the desk"}}
	fates = map[string]Title{
		"uncertain": {"不知道送到没有", "Nobody knows whether it arrived"},
		"failed":    {"没有送到", "Did not arrive"},
		"gone":      {"对方已联系不上", "The other side cannot be reached"},
	}
	kinds = map[string]Title{
		"question": {"问题", "Question"}, "fix": {"解决办法", "Fix"}, "verify": {"问是否好了", "Did it help"}, "safety": {"扣款提醒", "About the charge"},
		"confirm": {"确认", "Confirmation"}, "handoff": {"转人工", "Handoff"}, "info": {"消息", "Message"}, "closing": {"结束语", "Goodbye"},
	}
	watched = map[Kind]Title{
		OfCause: {"原因", "Cause"}, OfGroup: {"类别", "Area"}, Bank: {"银行", "Bank"},
		Acquirer: {"收单机构", "Acquirer"}, Scheme: {"卡组织", "Card scheme"}, Wallet: {"钱包", "Wallet"},
	}
	unknown = Title{"还不知道", "Not known yet"}
)
