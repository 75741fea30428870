package chart

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// words are a chart's own words in one language.
type words struct {
	noData string
	months []string // empty: they are numbered
}

var (
	chinese = words{noData: "还没有数据"}
	english = words{noData: "No data yet", months: []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}}
)

// in gives the words of a language; anything but English is Chinese.
func in(lang string) words {
	if lang == "en" {
		return english
	}
	return chinese
}

// Day writes a date as short as it is plain: 5月3日, 3 May.
func Day(t time.Time, lang string) string {
	day := strconv.Itoa(t.Day())
	if months := in(lang).months; months != nil {
		return day + " " + months[t.Month()-1]
	}
	return strconv.Itoa(int(t.Month())) + "月" + day + "日"
}

// Number writes a number as people read it: 1,234 or 0.25, two decimals at most.
func Number(x float64) string {
	x = sound(x)
	whole, part := math.Modf(math.Round(math.Abs(x)*100) / 100)
	digits := strconv.FormatFloat(whole, 'f', 0, 64)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	if part > 0 {
		digits += strings.TrimPrefix(strconv.FormatFloat(math.Round(part*100)/100, 'f', -1, 64), "0")
	}
	if x < 0 && digits != "0" {
		return "-" + digits
	}
	return digits
}

// Percent writes a share of 1 as a percentage: 37%, and below 1% with a decimal.
func Percent(x float64) string {
	x = 100 * sound(x)
	if x != 0 && math.Abs(x) < .95 {
		return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64) + "%"
	}
	return strconv.FormatFloat(math.Round(x), 'f', 0, 64) + "%"
}
