package nlu

import (
	"testing"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/knowledge"
)

// TestComparisons asserts what messages that compare tell, and that others tell
// nothing.
func TestComparisons(t *testing.T) {
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	r := New(base)
	for _, test := range []struct{ text, question, want string }{
		{"50块行5000不行", "amount_matters", "large_fails"},
		{"刷两百能过，刷三千就报错", "amount_matters", "large_fails"},
		{"几百的没事，上千就跳S4", "amount_matters", "large_fails"},
		{"超过5000就失败", "amount_matters", "large_fails"},
		{"一万以上刷不了", "amount_matters", "large_fails"},
		{"1000以内正常", "amount_matters", "large_fails"},
		{"2000 goes through, 3000 declined", "amount_matters", "large_fails"},
		{"10块以下刷不了", "amount_matters", "small_fails"},
		{"8块钱失败，80块就可以", "amount_matters", "small_fails"},
		{"under 20 yuan fails", "amount_matters", "small_fails"},
		{"20块不行，2000也不行", "amount_matters", "any_amount"},
		{"刷了500失败", "amount_matters", ""},
		{"500块能刷", "amount_matters", ""},
		{"等了5分钟不行", "amount_matters", ""},
		{"试了300次都失败", "amount_matters", ""},
		{"100块行不行", "amount_matters", ""},

		{"换张卡就成功了", "which_cards", "this_card"},
		{"前面那桌刷得过，这位就失败", "which_cards", "this_card"},
		{"换张卡，照样报错", "which_cards", "every_card"},
		{"前后的人没试，我自己的卡也过不去", "which_cards", "every_card"},
		{"the next customer went through", "which_cards", "this_card"},
		{"储蓄卡照刷，信用卡都过不去", "which_cards", "one_type"},
		{"别的银行一刷就过", "which_cards", "one_bank"},
		{"别的卡不知道行不行", "which_cards", ""},
		{"换卡试试", "which_cards", ""},

		{"微信收得到，刷卡不行", "other_ways", "qr_works"},
		{"扫码也挂了", "other_ways", "qr_fails"},
		{"alipay works fine", "other_ways", "qr_works"},
		{"二号机好好的", "other_terminals", "ours_work"},
		{"备用机也报错", "other_terminals", "ours_fail"},
		{"整条街都刷不了", "other_terminals", "neighbours_fail"},
		{"客人在超市刚刷过了", "card_elsewhere", "accepted"},
		{"at the atm it was refused", "card_elsewhere", "refused"},
		{"网是好的", "network_state", "good"},
		{"不是网正常的问题", "network_state", ""},
		{"网正常吗", "network_state", ""},
	} {
		if got := r.Read(test.text).Fact(test.question); got != test.want {
			t.Errorf("%s: %s is %q, want %q", test.text, test.question, got, test.want)
		}
	}
}

func TestAmountsInWords(t *testing.T) {
	for text, want := range map[string]float64{
		"5000": 5000, "五千": 5000, "5千": 5000, "两千五": 2500, "三百二": 320, "一万二": 12000, "1万": 10000, "一百零五块": 105, "二十块": 20, "20块": 20, "3k": 3000, "2w": 20000,
		"十块钱": 10, "一千五百块": 1500, "两万三千": 23000, "上千": 1000, "几百": 300,
		"51": -1, "3次": -1, "五点": -1, "2024年": -1, "三台": -1, "第100": -1,
	} {
		got := -1.0
		if list := amountsIn(unitsOf(text)); len(list) > 0 {
			got = list[0].value
		}
		if got != want {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
	}
}
