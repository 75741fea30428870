package nlu

// waitingPhrases say that a customer stands there.
var waitingPhrases = []string{
	"客人*等", "顾客*等", "客人还在", "客人在这", "排队", "排着队", "排长队", "在等", "等着呢", "等着结账", "等着付", "等着买单", "后面*人", "一堆人", "好多人", "人都等", "站着等", "催我", "急死", "客人要走", "客人急", "客人跑了", "十万火急", "赶紧",
	"customer waiting", "customers waiting", "people waiting", "waiting in line", "in a queue", "long queue", "long line", "queue is", "line is growing", "customer is here", "customer is standing", "hurry", "pai dui", "ke ren deng",
}

// domainPhrases name the things that this program is about.
var domainPhrases = []string{
	"刷", "卡", "交易", "机器", "机子", "终端", "pos", "收款", "付款", "支付", "失败", "屏幕", "网络", "信号", "报错", "余额", "密码", "小票", "插", "磁条", "芯片", "扫码", "银行", "系统", "更新", "重启",
	"card", "cards", "terminal", "machine", "payment", "payments", "transaction", "transactions", "declined", "swipe", "tap", "chip", "screen", "reader", "network", "signal", "wifi", "pin",
}

// terminalPhrases name the terminal, or swiping a card.
var terminalPhrases = []string{
	"刷卡", "刷不", "刷了", "碌卡", "机子", "机仔", "部机", "机器", "终端", "pos", "收款机", "刷卡机", "读卡", "卡机", "ji zi", "ji qi", "shua ka",
	"terminal", "card machine", "card reader", "the machine", "swipe", "card payment", "payment failed",
}

// aboutCards says that a text names cards, payments or the terminal; a robot is
// no machine of theirs.
func (r *Reader) aboutCards(units []unit) bool {
	other := map[int]bool{}
	for _, m := range r.domainBook.find(units) { // the longest come first
		if m.means == 1 {
			for i := m.start; i < m.end; i++ {
				other[i] = true
			}
		} else if !other[m.start] {
			return true
		}
	}
	return false
}
