package nlu

import (
	"regexp"
	"strings"
)

// issuers are ranges of first digits that the card schemes publish, with the
// lengths in use: without them a tenth of all order numbers would look like
// cards. Lengths are as the schemes issue them, or longer where ISO/IEC 7812
// reserves the range.
var issuers = []struct {
	from, to    string
	least, most int
}{
	{"62", "62", 16, 19},
	{"8100", "8171", 16, 19}, // UnionPay
	{"955", "955", 16, 19},
	{"900", "900", 16, 19},
	{"940", "940", 16, 19},
	{"103", "103", 19, 19}, // older Chinese debit cards
	{"6839", "6839", 16, 19},
	{"6858", "6858", 16, 19},
	{"6907", "6907", 16, 19},
	{"6943", "6943", 16, 19},
	{"966666", "966666", 16, 19},
	{"9688", "9688", 16, 19},
	{"9843", "9843", 16, 19},
	{"4", "4", 13, 13},
	{"4", "4", 16, 16},
	{"4", "4", 19, 19}, // Visa
	{"51", "55", 16, 16},
	{"2221", "2720", 16, 16}, // Mastercard
	{"34", "34", 15, 15},
	{"37", "37", 15, 15}, // American Express
	{"3528", "3589", 16, 19},
	{"1800", "1800", 15, 15},
	{"2131", "2131", 15, 15}, // JCB
	{"300", "305", 14, 14},
	{"3095", "3095", 14, 14},
	{"36", "36", 14, 14},
	{"38", "39", 14, 14}, // Diners Club
	{"300", "305", 16, 19},
	{"3095", "3095", 16, 19},
	{"36", "36", 16, 19},
	{"38", "39", 16, 19},
	{"60", "60", 16, 19},
	{"644", "659", 16, 19},   // Discover, RuPay, older Chinese cards
	{"2200", "2204", 16, 19}, // Mir
	{"50", "50", 13, 19},
	{"56", "58", 13, 19},
	{"63", "63", 13, 19},
	{"67", "67", 13, 19},
	{"0604", "0604", 13, 19}, // Maestro and domestic schemes
}

// issued says that the first digits belong to an issuer of numbers that long.
func issued(s string) bool {
	for _, r := range issuers {
		if len(s) >= r.least && len(s) <= r.most && s[:len(r.from)] >= r.from && s[:len(r.to)] <= r.to {
			return true
		}
	}
	return false
}

// orderWord matches text that announces an order or serial number.
var orderWord = regexp.MustCompile(`(?:单号?|流水|凭证|参考|检索|批次|追踪|交易|商户|商家|终端|设备|机身|机器|序列|产品|批准)(?:号|编号|号码|序号)?(?:码|是|为|的|[^\pL\pN])*$|` +
	`\b(?:sn|s/n|order|serial|trace|reference|ref|rrn|invoice|transaction|merchant|terminal|mid|tid|imei|iccid|batch|receipt|tracking)(?:\s?(?:number|num|no|nr|id|code))?(?:is|was|[^\pL\pN])*$`)

// orderLike says that a number that an order word announces is more likely an
// order number than a card: cards that long are of UnionPay, or 19 digits of
// the older Chinese kind.
func orderLike(s string) bool {
	return len(s) >= 17 && !strings.HasPrefix(s, "62") && !strings.HasPrefix(s, "955")
}
