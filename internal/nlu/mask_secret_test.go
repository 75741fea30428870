package nlu

import (
	"strings"
	"testing"
)

// secretTexts hold a PIN or code between braces, which must go, and nothing
// else that may.
var secretTexts = strings.Split(strings.TrimSpace(`
密码是{123456}
密码{123456}
密码:{123456}
密码：{１２３４５６}
密碼係{1234}
密碼：{123456}
密 码 {123456}
他的密码 {1 2 3 4 5 6}
密码是{1-2-3-4-5-6}
密码{12 34 56}不对
密码 {123 456}
客人的密码是{888888}，刷了还是S4
客人说密码是{123456}
密码他说是{123456}
密码客人报的{123456}
密码应该是{654321}吧
密码好像是{1234}
密码我输的{123456}
密码输的是{123456}
我输的密码是{123456}
输入密码{123456}之后跳55
输入密码：{123456}，显示55
密码（6位）：{123456}
密码六位{123456}
密码是六位数{123456}
支付密码{123456}
取款密码为{000000}
银行卡密码{987654}
卡的密码是{1234}
操作员密码 {0000}
登录密码：{12345678}
密码就是{111111}
密码一直是{111111}
密码改成了{222222}
密码设的{333333}
密码设置为{333333}
密码用的{123123}
密码写的是{123123}
密码叫{123456}
密码"{123456}"
密码“{123456}”
密码【{123456}】
密码({1234})
密码={1234}
密码->{1234}
密码#{1234}
密码，{123456}
密码
{123456}
密码四位的{4829}
密码是{四八二九}
密码{一二三四五六}
密码{零零零零零零}
密码是{①②③④⑤⑥}
密码是{1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣}
密码是{１ ２ ３ ４ ５ ６} 55
密\u200b码{123456}
密码{123456}和{654321}都不行
密码{123456}或者{654321}
密码{123456，654321}
密码{123456}，第二次输{654321}
密码第一次输{123456}，第二次输{654321}
密码多少？{123456}
pin... {1234}
pin, which is {1234}
the pin was {1234} then {4321} then {1111}
the customer gave me {1234} as his pin
{1234}, that's the pin
pw: {123456}
three-digit code {123}
背面的数字是{123}
pin={1234}&cvv={123}
帮我试下密码{123456}
密码先输{123456}再输{654321}
{123456}是密码
{123456} 是他的密码
{123456}就是客人的密码
{123456}这个密码
输入{123456}这个密码
用{123456}做密码
把{1234}当密码
{1234}（密码）
输了{123456}密码错误
输{123456}提示密码错误
口令 {123456}
验证码{123456}
短信验证码是{4829}
验证码：{482913}
动态码 {482913}
mima {123456}
mima shi {123456}
mi ma {123456}
密码pin {1234}
pin: {1234}
PIN {1234}
pin{1234}
PIN:{１２３４}
pin = {1234}
pin is {1234}
the pin is {123456}
his PIN was {4829}
my pin number is {1234}
pin no. {1234}
PIN №{1234}
pin #{1234}
pin code {123456}
pin code: {1234}
pin码{1234}
PIN码是 {123456}
p.i.n. {1234}
pin ({1234})
pin "{1234}"
pin {1 2 3 4}
pin {1-2-3-4}
customer's pin is {4829}
the customer's pin: {482913}
customer said the pin is {4829}
the pin he entered is {1234}
the pin he typed was {1234}
pin entered: {1234}
entered pin {1234}
I typed the pin {1234} and got 55
the pin that the customer gave us was {4829}
pin for the card is {1234}
pin changed to {1234}
pin should be {1234}
i think the pin is {1234}
the 4 digit pin is {1234}
pin (4 digits): {1234}
{1234} is the pin
{1234} is my pin
{1234} is his card pin
{1234} was the pin
{1234} as pin
{1234} (pin)
used {1234} as the pin
password {123456}
password: {12345678}
passcode {1234}
pwd {123456}
password is {123456}
otp {123456}
one-time code {123456}
cvv {123}
CVV：{123}
cvv是{123}
cvv2 {123}
CVV2:{1234}
cvv{123}
cvc {123}
cvc2 is {123}
cvn2 {123}
cid {1234}
cvv {1 2 3}
cvv/cvc: {123}
cvv code {123}
cvv number is {123}
the cvv is {123}
his cvv {123}
{123} is the cvv
the code {123} is the cvv
the code {123} is the cvv code
{123} cvv 这样，{321}是cvv
{123} (cvv)
{123} as cvv
security code {123}
security code is {123}
the security code on the back: {123}
the code on the back is {123}
the number on the back of the card is {123}
the three digits on the back are {123}
3 digits on the back: {123}
last three digits {123}
last 3 digits on the back {123}
verification code {123}
安全码 {123}
安全码：{１２３}
安全码是{123}
卡安全码{一二三}
校验码{123}
验证码 {123}
背面三位 {123}
背面三位是 {123}
背面三位数 {123}
背面的三位数字是{123}
卡背面三位：{123}
卡后面三位是{123}
背后三位{123}
反面三位数{123}
卡片背面后三位 {123}
卡背面写着{123}
后三位是{123}
末三位{123}
最后三位数字{123}
签名栏{123}
签名栏后面三位是{123}
签名条上的三位{123}
{123}是安全码
{123}就是背面三位
{123}是卡背面的安全码
`), "\n")

func TestSecretsAreMasked(t *testing.T) {
	for _, line := range joinContinued(secretTexts) {
		line = strings.ReplaceAll(line, `\u200b`, "\u200b")
		text := strings.NewReplacer("{", "", "}", "").Replace(line)
		masked := Mask(text, MaskOptions{})
		for _, part := range strings.Split(line, "{")[1:] {
			secret, _, _ := strings.Cut(part, "}")
			if strings.Contains(masked, secret) {
				t.Errorf("%q gives %q", text, masked)
			}
		}
		if kept := outside(line); plainOf(masked) != kept {
			t.Errorf("%q gives %q, which keeps %q, want %q", text, masked, plainOf(masked), kept)
		}
		checkMasked(t, text, masked)
	}
}

// joinContinued puts a line that begins with a brace after one that is only a
// word back to it: a number on the next line.
func joinContinued(lines []string) []string {
	var out []string
	for _, line := range lines {
		if n := len(out) - 1; n >= 0 && out[n] == "密码" {
			out[n] += "\n" + line
			continue
		}
		out = append(out, line)
	}
	return out
}

// outside gives what stands outside the braces of a line.
func outside(line string) string {
	var b strings.Builder
	for i, part := range strings.Split(line, "{") {
		if i > 0 {
			_, part, _ = strings.Cut(part, "}")
		}
		b.WriteString(part)
	}
	return b.String()
}

// plainOf gives a masked text without its placeholders.
func plainOf(masked string) string { return placeholder.ReplaceAllString(masked, "") }

func TestNoSecrets(t *testing.T) {
	for _, text := range []string{
		"密码输错3次", "输完密码后显示 55", "收了5000块", "密码错误 代码 55", "PIN error 55", "密码错误55", "pin 55", "密码错 55", "pin wrong 3 times",
		"密码不对，收5000块没成功", "输密码后扣了5000", "输了密码，收款5000失败", "没输密码，1000以下的", "不用密码 1000元以下", "密码 500.00", "用密码支付 5000 元",
		"密码 2024-05-14 改的", "密码 12:30 输的", "密码输错三四次", "密码两次不对", "输密码 5000次都行", "密码错误 1001元", "刷5000 密码错误", "金额123456密码错误", "订单123456密码错误",
		"用密码刷了5000没成", "输完密码报 1001", "密码错误 代码 1001", "PIN pad error 1002", "pin pad shows 1002", "PIN not accepted, amount 5000", "used pin for 5000 yuan", "pin 5000 transaction failed",
		"pin failed, the amount is 5000", "opinion 1234", "spin 1234", "shopping 1234", "pinpoint 1234", "密码键盘 型号 123456", "密码键盘序列号是 123456", "密码锁了 单号 123456", "输密码的时候死机，机器编号 123456",
		"安全码错误 55", "cvv error 55", "卡背面磨花了", "后三位看不清", "cvv 3 位", "尾号1234", "卡尾号 1234 的那张", "后四位1234", "last four digits 1234", "last 4 digits 1234", "代码 123", "code 123", "error 1234",
		"我的验证码收不到 5 分钟了", "password wrong", "the code is 55", "S4 55 密码", "密码正确 5000失败", "pin is correct, 5000 declined", "pin and 5000", "密码：忘了", "客人忘记密码了，收款200", "密码错误次数超限 38", "卡号后面显示 55",
	} {
		if got := Mask(text, MaskOptions{}); got != text {
			t.Errorf("%q gives %q", text, got)
		}
	}
}

func TestSecretsBesideOtherNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"密码123456 55":                                   "密码[pin] 55",
		"密码 1 2 3 4 5 6 55":                             "密码 [pin] 55",
		"密码1234，金额5000，跳55":                             "密码[pin]，金额5000，跳55",
		"卡号4111 1111 1111 1111 密码123456 cvv 123":        "卡号[card …1111] 密码[pin] cvv [cvv]",
		"card 4111111111111111 cvv 123 exp 12/27":       "card [card …1111] cvv [cvv] exp 12/27",
		"pin 1234 4111111111111111":                     "pin [pin] [card …1111]",
		"4111111111111111 123 12/27":                    "[card …1111] 123 12/27",
		"cvv 123 12/27":                                 "cvv [cvv] 12/27",
		"密码123456123456123456":                          "密码123456123456123456",
		"密码是[pin] 5000元":                                "密码是[pin] 5000元",
		"[card …1234]pin 1234":                          "[card …1234]pin [pin]",
		"密码 [card …1234] 5678":                          "密码 [card …1234] 5678",
		"S4 55 客人密码是123456":                             "S4 55 客人密码是[pin]",
		"2024-05-14 密码123456 13:45":                     "2024-05-14 密码[pin] 13:45",
		"[card …4111] [card …1111] 1111 1111":           "[card …4111] [card …1111] 1111 1111",
		"刷了500密码123456错了3次":                             "刷了500密码[pin]错了3次",
		"the pin is 1234, the cvv is 123, amount 50.00": "the pin is [pin], the cvv is [cvv], amount 50.00",
	} {
		if got := Mask(text, MaskOptions{}); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}
