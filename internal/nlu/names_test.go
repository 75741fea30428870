package nlu_test

import (
	"strings"
	"testing"
)

func TestNamesOfInstitutions(t *testing.T) {
	r := newReader(t)
	for text, want := range map[string]string{
		"工行的卡刷不了":                   "icbc",
		"工商银行和建行的卡都不行":              "ccb icbc",
		"農業銀行刷不了":                   "abc",
		"ICBC card declined":        "icbc",
		"中行的卡":                      "boc",
		"其中行不行我不知道":                 "",
		"看建行情":                      "",
		"手工行业的店":                    "",
		"我提交行程单":                    "",
		"我们用的银联商务的机子":               "chinaums",
		"银联卡都刷不了":                   "unionpay",
		"拉卡拉机器报S4":                  "lakala",
		"收钱吧的机器":                    "shouqianba",
		"这样能收钱吧":                    "",
		"随行付款失败":                    "",
		"Visa and MasterCard fail":  "mastercard visa",
		"支付宝可以，微信支付也可以":             "alipay wechat-pay",
		"刷卡失败":                      "",
		"民生路的店":                     "",
		"平安夜生意好":                    "",
		"gong shang yin hang de ka": "icbc",
	} {
		if got := strings.Join(r.Read(text).Names, " "); got != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}
