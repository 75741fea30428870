package nlu

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// Cards, spelled in ways that people and filters' enemies spell them.

// scheme is a card scheme's first digits and length.
type scheme struct {
	name, prefix string
	length       int
}

var schemes = []scheme{
	{"UnionPay", "62", 16},
	{"UnionPay", "621700", 17},
	{"UnionPay", "622848", 18},
	{"UnionPay", "622202", 19},
	{"UnionPay", "625", 16},
	{"Visa", "4", 13},
	{"Visa", "4", 16},
	{"Visa", "4", 19},
	{"Mastercard", "51", 16},
	{"Mastercard", "55", 16},
	{"Mastercard", "2221", 16},
	{"Mastercard", "2720", 16},
	{"Mastercard", "25", 16},
	{"Amex", "34", 15},
	{"Amex", "37", 15},
	{"JCB", "3528", 16},
	{"JCB", "3589", 16},
	{"JCB", "3540", 19},
	{"Diners", "300", 14},
	{"Diners", "36", 14},
	{"Diners", "38", 14},
	{"Diners", "36", 16},
	{"Discover", "6011", 16},
	{"Discover", "644", 16},
	{"Discover", "65", 16},
	{"Discover", "6011", 19},
	{"Maestro", "5018", 13},
	{"Maestro", "5020", 16},
	{"Maestro", "5893", 18},
	{"Maestro", "6304", 16},
	{"Maestro", "6759", 19},
	{"Maestro", "6761", 15},
	{"Chinese debit", "9558", 19},
	{"Chinese debit", "9558", 16},
	{"Chinese debit", "95599", 19},
	{"Chinese debit", "601382", 19},
	{"Chinese debit", "103", 19},
}

// number makes a card number of the scheme, check digit and all.
func (s scheme) number(r *rand.Rand) string {
	return withCheckDigit(s.prefix + digits(r, s.length-1-len(s.prefix)))
}

func withCheckDigit(s string) string {
	for c := '0'; c <= '9'; c++ {
		if luhn(s + string(c)) {
			return s + string(c)
		}
	}
	panic("no check digit for " + s)
}

func digits(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + r.IntN(10))
	}
	return string(b)
}

// scripts write a digit.
var scripts = []func(r *rand.Rand, d byte) string{
	plainDigit, plainDigit, plainDigit,
	from('０'), from('٠'), from('۰'), from('०'), from('๐'), from('𝟎'), from('𝟘'), from('𝟬'), from('𝟶'), from('০'),
	of("⓪①②③④⑤⑥⑦⑧⑨"), of("⓿❶❷❸❹❺❻❼❽❾"), of("⁰¹²³⁴⁵⁶⁷⁸⁹"), of("₀₁₂₃₄₅₆₇₈₉"),
	of("〇一二三四五六七八九"), of("零壹贰叁肆伍陆柒捌玖"), of("○一两三四五六七八九"), of("零壹貳參肆伍陸柒捌玖"), of("0⒈⒉⒊⒋⒌⒍⒎⒏⒐"), of("〇㊀㊁㊂㊃㊄㊅㊆㊇㊈"), of("〇〡〢〣〤〥〦〧〨〩"),
	func(_ *rand.Rand, d byte) string { return string('0'+rune(d)) + "\uFE0F\u20E3" },
	func(_ *rand.Rand, d byte) string { return string('0'+rune(d)) + "\u0332" },
	func(_ *rand.Rand, d byte) string { return string('0'+rune(d)) + "\u0336\u0301" },
}

func plainDigit(_ *rand.Rand, d byte) string { return string('0' + rune(d)) }

func from(zero rune) func(*rand.Rand, byte) string {
	return func(_ *rand.Rand, d byte) string { return string(zero + rune(d)) }
}

func of(ten string) func(*rand.Rand, byte) string {
	runes := []rune(ten)
	return func(_ *rand.Rand, d byte) string { return string(runes[d]) }
}

var gaps = []string{
	" ", " ", " ", "  ", "\u00a0", "\u3000", "\u2009", "\u202f", "\u2003", "\u205f", "\u1680", "-", "-", "–", "—", "‐", "‑", "−", "﹣", "－", " - ", "―", "⸺",
	".", "·", "・", "．", "。", "/", "／", "\\", "|", "_", "*", "~", ",", "，", ":", "+", "\t", "\n", "\r\n", "\r", "\n\n", "\u2028", "\u0085",
	"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e", "\u3164", "\u034f", "\u0301", "\u20dd", "\ufe0f", "\u202e", "\u2800", "\u200b \u200b", " \r\n - ", "…", "'", "\x00", "\x7f", "❤️",
}

// spell writes a number in one script or in many, with separators nowhere, at
// every fourth digit, here and there, or everywhere.
func spell10(r *rand.Rand, number string) string {
	script, mixed := pick(r, scripts), r.IntN(3) == 0
	gap, gapsMixed := pick(r, gaps), r.IntN(3) == 0
	style := r.IntN(4)
	var b strings.Builder
	for i := range len(number) {
		if i > 0 && (style == 1 && i%4 == 0 || style == 2 && r.IntN(4) == 0 || style == 3) {
			if gapsMixed {
				gap = pick(r, gaps)
			}
			b.WriteString(gap)
		}
		if mixed {
			script = pick(r, scripts)
		}
		b.WriteString(script(r, number[i]-'0'))
	}
	return b.String()
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// context writes a sentence around what is planted in it.
var contexts = []struct{ before, after string }{
	{"", ""},
	{"", ""},
	{"客人的卡 ", " 刷不了"},
	{"卡号：", "，一直S4"},
	{"卡号是", "。"},
	{"这张卡（", "）不行，别的可以"},
	{"刷了", "显示交易失败"},
	{"the card is ", " and it fails"},
	{"card number: ", ", please help"},
	{"Card no. ", "\nexpires 12/27"},
	{"visa", "!"},
	{"pan=", ";"},
	{"收了500 ", " 不成功"},
	{"金额 128.50，", "，小票没出"},
	{"2024-05-14 12:30 ", " 失败"},
	{"5月14日12:30，", "，5月15日又一次"},
	{"订单202405140001 ", " 付不了"},
	{"订单号 88001234，卡 ", "，金额 3,500.00"},
	{"paid 45.00 with ", " on 14/05/2024 at 12:30"},
	{"¥1,299 / ", " / ¥88"},
	{"单号20240514123456789 ", " 1200元"},
	{"第1张 ", " 第2张没试"},
	{"13800138000 ", " 13900139000"},
	{"1) ", "\n2) 微信可以"},
	{"", " 500"},
	{"300 ", ""},
	{"55 ", " 51"},
	{"S4 ", " S4"},
	{"order 1234567 ref 998877 ", " amt 20"},
	{"机器 SN 00012345 ", " 版本 2.5.1"},
	{"2024年5月14日 ", " 2024年5月15日"},
}

func TestNoCardSurvives(t *testing.T) {
	for shard := range 4 {
		t.Run(fmt.Sprint(shard), func(t *testing.T) {
			t.Parallel()
			for i := range 2_500 {
				r := rand.New(rand.NewPCG(uint64(shard), uint64(i)))
				s := schemes[i%len(schemes)]
				checkPlanted(t, r, s.name, s.number(r), pick(r, contexts))
			}
		})
	}
}

// After a word for the card number the issuer does not matter.
func TestNoAnnouncedNumberSurvives(t *testing.T) {
	t.Parallel()
	words := []string{"卡号", "卡号：", "卡號是", "银行卡号为 ", "卡号应该是", "他的卡号 ", "卡号(19位)", "card number ", "Card Number: ", "card number is ", "CARD NO.", "card no: ", "card # ", "kahao ", "card number was ", "ＣＡＲＤ　ＮＯ："}
	after := []string{"", "，刷不了", " declined", "。500元", "\n有效期 12/27"}
	for i := range 2_000 {
		r := rand.New(rand.NewPCG(uint64(i), 7))
		number := withCheckDigit(digits(r, 12+i%7))
		checkPlanted(t, r, "announced", number, struct{ before, after string }{pick(r, words), pick(r, after)})
	}
}

// checkPlanted plants a number between two texts, sometimes with another card
// beside it, and sees that none of the cards survives.
func checkPlanted(t *testing.T, r *rand.Rand, name, number string, context struct{ before, after string }) {
	t.Helper()
	cards := []string{number}
	planted := spell10(r, number)
	if r.IntN(4) == 0 {
		other := pick(r, schemes).number(r)
		cards = append(cards, other)
		planted += pick(r, []string{" ", "，", "\n", " / ", " 和 ", "、", ";"}) + spell10(r, other)
	}
	text := context.before + planted + context.after
	masked := Mask(text, MaskOptions{})
	for _, card := range cards {
		if part := survivor(masked, context.before+context.after, card); part != "" {
			t.Errorf("%s %s: %q of it survives in %q, from %q", name, card, part, masked, text)
		}
	}
	if r.IntN(4) == 0 {
		checkMasked(t, text, masked)
	}
}

// survivor gives five digits of a card in a row that a masked text still shows,
// though its surroundings do not hold them.
func survivor(masked, around, card string) string {
	shown, known := digitsOf(masked), digitsOf(around)
	for i := 0; i+5 <= len(card); i++ {
		if part := card[i : i+5]; strings.Contains(shown, part) && !strings.Contains(known, part) {
			return part
		}
	}
	return ""
}

// digitsOf gives all digits of a text, a bar where others stand between them.
func digitsOf(text string) string {
	var b strings.Builder
	for _, run := range digitRuns(newView(text)) {
		b.WriteString(run.text(0, len(run.digits)) + "|")
	}
	return b.String()
}

// checkMasked checks what holds of every masked text.
func checkMasked(t *testing.T, text, masked string) {
	t.Helper()
	if !utf8.ValidString(masked) {
		t.Errorf("%q is not UTF-8, from %q", masked, text)
	}
	if again := Mask(masked, MaskOptions{}); again != masked {
		t.Errorf("%q masked again is %q, from %q", masked, again, text)
	}
}

func TestLastFourStay(t *testing.T) {
	for text, want := range map[string]string{
		"6222021234567890128":                            "[card …0128]",
		"卡号 6222 0212 3456 7890 128 不行":                  "卡号 [card …0128] 不行",
		"4111-1111-1111-1111":                            "[card …1111]",
		"４１１１１１１１１１１１１１１１":                               "[card …1111]",
		"visa 4111 1111 1111 1111 和 5500 0000 0000 0004": "visa [card …1111] 和 [card …0004]",
		"4111 1111 1111 1111\n5500 0000 0000 0004":       "[card …1111]\n[card …0004]",
		"卡号 6222 0212 3456 7890 127":                     "卡号 [card …0127]", // mistyped
		"500 4111111111111111 500":                       "500 [card …1111] 500",
		"2024-05-14 4111111111111111":                    "2024-05-14 [card …1111]",
		"S4 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 S4 51":       "S4 [card …1111] S4 51",
		"5️⃣5️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣4️⃣。": "[card …0004]。",
	} {
		if got := Mask(text, MaskOptions{}); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

// Numbers that are no cards.

func TestRandomNumbersStay(t *testing.T) {
	t.Parallel()
	for i, c := range []struct {
		name string
		make func(r *rand.Rand) string
		most float64
	}{
		{"16 digits", func(r *rand.Rand) string { return fmt.Sprint(1+r.IntN(9)) + digits(r, 15) }, .05},
		{"16 digits, any", func(r *rand.Rand) string { return digits(r, 16) }, .04},
		{"16 digits in fours", func(r *rand.Rand) string { return inFours(digits(r, 16)) }, .04},
		{"28 digits", func(r *rand.Rand) string { return digits(r, 28) }, 0},
		{"28 digits of WeChat", func(r *rand.Rand) string { return "微信单号4200001234202405" + digits(r, 12) + "没到账" }, 0},
		{"28 digits with a letter", func(r *rand.Rand) string { return "T" + digits(r, 28) }, 0},
		{"28 digits after letters", func(r *rand.Rand) string { return "订单WX" + digits(r, 28) + "A" }, 0},
		{"28 digits of Alipay", func(r *rand.Rand) string { return "支付宝 20240514220014" + digits(r, 14) + "，金额 5000" }, 0},
		{"order of 18", func(r *rand.Rand) string { return "订单号" + digits(r, 18) }, .005},
		{"order of 19", func(r *rand.Rand) string { return "订单号：" + digits(r, 19) + "没成功" }, .005},
		{"order of 20", func(r *rand.Rand) string { return "流水号 " + digits(r, 20) }, 0},
		{"trace of 18", func(r *rand.Rand) string { return "流水号是" + digits(r, 18) }, .005},
		{"serial of 19", func(r *rand.Rand) string { return "SN " + digits(r, 19) }, .005},
		{"serial of 20", func(r *rand.Rand) string { return "SN:" + digits(r, 20) }, 0},
		{"order of 19, English", func(r *rand.Rand) string { return "order number: " + digits(r, 19) }, .005},
		{"phones", func(r *rand.Rand) string { return "电话1" + digits(r, 10) + " 座机 0571-" + digits(r, 8) }, 0},
		{"amounts", func(r *rand.Rand) string {
			return fmt.Sprintf("今天收了 %d.%02d 和 %d.%02d 元", r.IntN(9999), r.IntN(100), r.IntN(9999), r.IntN(100))
		}, 0},
		{"times", func(r *rand.Rand) string {
			return fmt.Sprintf("2024-%02d-%02d %02d:%02d:%02d 开始", 1+r.IntN(12), 1+r.IntN(28), r.IntN(24), r.IntN(60), r.IntN(60))
		}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, masked := 2_000, 0
			if i == 0 {
				n = 10_000
			}
			for i := range n {
				text := c.make(rand.New(rand.NewPCG(uint64(i), 28)))
				if got := Mask(text, MaskOptions{}); got != text {
					masked++
					if c.most == 0 {
						t.Errorf("%q gives %q", text, got)
					}
				}
			}
			if share := float64(masked) / float64(n); share > c.most {
				t.Errorf("masks %.2f%%, want at most %.2f%%", 100*share, 100*c.most)
			}
		})
	}
}

func inFours(s string) string { return s[:4] + " " + s[4:8] + " " + s[8:12] + " " + s[12:] }

func TestTextWithoutSecretsStays(t *testing.T) {
	for _, text := range []string{
		"", " ", "S4", "机器显示S4交易失败，后面还有人等着", "收了5000块", "下午5:51刷的，收了68元，等了55秒",
		"2024-05-14 18:30:55 收款 1,280.00 失败", "5月14日到5月16日，每天12:00-14:00", "电话 138 1234 5678，座机 0571-88886666",
		"微信支付 4200001234202405141234567890 已扣款", "订单 2024051412345678901234", "SN: 00002202123456789012", "版本 2.10.3 (build 20240514)",
		"商户号 898330157220001", "终端号 12345678 批次 000123 流水 004567", "IMEI 867530041234567", "三点五十五分，一共刷了两三次，二〇二四年五月十四日", "一、二、三、四、五、六、七、八、九",
		"1.5 2.5 3.5 4.5 5.5", "192.168.1.100 和 10.0.0.1", "余额 1234567890123 分", "身份证 110101199003070000", "A1234567 不是证件", "e\u0301 \u200b \u202e",
		"\u0645\u0631\u062d\u0628\u0627 ๑๒๓", "[card …1234]", "[pin] [cvv] [id] [phone] [track]", "0000000000000000", "1111111111111111 1234567890123456",
	} {
		if got := Mask(text, MaskOptions{}); got != text {
			t.Errorf("%q gives %q", text, got)
		}
	}
}

func TestInvalidUTF8(t *testing.T) {
	got := Mask("卡\xff 4111\xff1111\xc3 1111 1111 \xe4\xb8", MaskOptions{})
	if want := "卡\uFFFD [card …1111] \uFFFD"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTracks(t *testing.T) {
	for text, want := range map[string]string{
		"%B4111111111111111^ZHANG/SAN^25121011000012345678?":        "[track]",
		"B4111111111111111^CARDHOLDER/A^2512101":                    "[track]",
		"读出来 ;4111111111111111=25121011000012345678? 这样":            "读出来 [track] 这样",
		"6222021234567890128D25121011000012345678F":                 "[track]",
		"%B6222021234567890128^ /^2512^;6222021234567890128=251210": "[track]",
		"4111111111111111=2512":                                     "[card …1111]=2512",
		"％Ｂ４１１１１１１１１１１１１１１１＾ＺＨＡＮＧ／ＳＡＮ＾２５１２１０１１００００？": "[track]",
	} {
		if got := Mask(text, MaskOptions{}); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestPhonesOnlyByOption(t *testing.T) {
	for text, want := range map[string]string{
		"打我电话 13812345678":                "打我电话 [phone]",
		"138 1234 5678":                   "[phone]",
		"138-1234-5678，找小王":               "[phone]，找小王",
		"+86 138 1234 5678":               "+[phone]",
		"8613812345678":                   "[phone]",
		"１３８１２３４５６７８":                     "[phone]",
		"+852 9123 4567":                  "+[phone]",
		"0912-345-678":                    "[phone]",
		"座机 0571-88886666 找我":             "座机 [phone] 找我",
		"电话：88886666":                     "电话：[phone]",
		"call my mobile 9123 4567 please": "call my mobile [phone] please",
		"13812345678和13912345678":         "[phone]和[phone]",
		"2个 13812345678 3个":               "2个 [phone] 3个",
		"23812345678":                     "23812345678",
		"138123456789":                    "138123456789",
	} {
		if got := Mask(text, MaskOptions{Phones: true}); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
		if got := Mask(text, MaskOptions{}); got != text {
			t.Errorf("%q gives %q without the option", text, got)
		}
	}
}

func TestSpansMerge(t *testing.T) {
	got := replaceSpans("0123456789", []span{{4, 6, "b"}, {0, 5, "a"}, {8, 9, "d"}, {5, 7, "c"}})
	if got != "b7d9" {
		t.Errorf("got %q", got)
	}
}

var shownDigits = regexp.MustCompile(`\[card …(\d{4})\]`)

// Where several readings of the digits overlap, the last four that are shown
// are never out of the middle of a card.
func TestShownDigitsAreTheLast(t *testing.T) {
	t.Parallel()
	for i := range 2_000 {
		r := rand.New(rand.NewPCG(uint64(i), 4))
		card := schemes[i%len(schemes)].number(r)
		var b strings.Builder
		for _, d := range digits(r, 4) + card {
			b.WriteString(" " + string(d))
		}
		for _, m := range shownDigits.FindAllStringSubmatch(Mask(b.String(), MaskOptions{}), -1) {
			if !strings.HasSuffix(card, m[1]) {
				t.Errorf("%s shows %s of %s", b.String(), m[1], card)
			}
		}
	}
}
