package dialog

import (
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

// The words of the inside view.
var (
	textInsideOther   = kb.Text{ZH: "别的原因（知识里没有的）", EN: "Something else (not in the knowledge)"}
	textInsideWords   = kb.Text{ZH: "原话", EN: "In their words"}
	textInsidePerson  = kb.Text{ZH: "马上转人工", EN: "Hand over to a person at once"}
	textInsideSeconds = kb.Text{ZH: "%s 秒", EN: "%s s"}
	textInsideMinutes = kb.Text{ZH: "%s 分钟", EN: "%s min"}
	textInsideSpan    = kb.Text{ZH: "%s 分 %s 秒", EN: "%s min %s s"}

	textInsideSaves    = kb.Text{ZH: "问这一句，平均能省 %s；问了，估计还要 %s。", EN: "Asking this saves %s on average; with it, about %s are left."}
	textInsideFixes    = kb.Text{ZH: "有 %s 的把握管用，做一次约 %s，比先问别的划算。", EN: "It helps with a chance of %s and takes about %s: better than asking more first."}
	textInsideMoneyFix = kb.Text{ZH: "钱先弄清：下一步「%s」要客人再付一次。问它不为省时间，只为不让客人付两次。", EN: "Money first: the next step, “%s”, makes the customer pay again. This is asked so that nobody pays twice, not to save time."}
	textInsideDoubt    = kb.Text{ZH: "“%s”有些出人意料，按先前的判断有 %s 可能是点错或说错，所以轻轻确认一次。", EN: "“%s” is surprising: going by what was known, it is a slip with a chance of %s. So it is confirmed once."}

	textInsideTellsNone  = kb.Text{ZH: "分不开现在最可能的几个原因", EN: "Tells none of the likely causes apart"}
	textInsideTellsLess  = kb.Text{ZH: "也分得开「%s」和「%s」，但省得没那么多", EN: "Tells “%s” from “%s”, too, but saves less"}
	textInsideTellsVain  = kb.Text{ZH: "分得开「%s」和「%s」，但多半不改变接下来的做法", EN: "Tells “%s” from “%s”, but would hardly change what to do"}
	textInsideTellsAlike = kb.Text{ZH: "分得开「%s」和「%s」，细算不相上下，粗看时排在后面", EN: "Tells “%s” from “%s”: just as good at a close look, behind at first sight"}
	textInsideNotTried   = kb.Text{ZH: "管用的可能 %s，做一次约 %s", EN: "Helps with a chance of %s, takes about %s"}
	textInsideNotPaid    = kb.Text{ZH: "管用的可能 %s，做一次约 %s，还得先弄清有没有扣款", EN: "Helps with a chance of %s, takes about %s, once the charge is known"}
	textInsideByAgent    = kb.Text{ZH: "同事来做，管用的可能 %s", EN: "A colleague does it; helps with a chance of %s"}
	textInsideNoPerson   = kb.Text{ZH: "原因还没弄清，同事也要从头问起", EN: "The cause is not known yet, so a colleague would have to start from there"}

	textInsideThenAsk     = kb.Text{ZH: "接着问：%s", EN: "Then asks: %s"}
	textInsideThenFix     = kb.Text{ZH: "办法：%s", EN: "Then tries: %s"}
	textInsideThenPerson  = kb.Text{ZH: "转人工：%s", EN: "Then a person: %s"}
	textInsideThenOffer   = kb.Text{ZH: "问一句要不要人工", EN: "Then offers a person"}
	textInsideThenDone    = kb.Text{ZH: "结单", EN: "Then it is solved"}
	textInsideThenConfirm = kb.Text{ZH: "先确认一次", EN: "Then confirms it once"}
	textInsideThenHelp    = kb.Text{ZH: "先说说怎么看、怎么做", EN: "Then explains how"}

	textInsideEnd       = kb.Text{ZH: "把握很大的办法试了两个都没用，只剩转人工。", EN: "Two fixes for a confident diagnosis failed: only a person is left."}
	textInsideAsked     = kb.Text{ZH: "已经问满 %s 个问题，不再问了。", EN: "%s questions were asked: no more."}
	textInsideTried     = kb.Text{ZH: "已经给过 %s 个办法，不再试了。", EN: "%s fixes were proposed: no more."}
	textInsideNoTests   = kb.Text{ZH: "接连两次说不清楚，费事的问题先不问。", EN: "Two answers in a row were not known: nothing that takes effort is asked."}
	textInsideNoPayment = kb.Text{ZH: "扣款没弄清，要客人再付的办法都不用。", EN: "The charge is not cleared up: no fix that makes the customer pay again."}
)

// becauseTexts say why something is asked or tried where no cost decides.
var becauseTexts = map[chat.InsideBy]kb.Text{
	chat.ByMoney:   {ZH: "钱先弄清：不知道有没有扣款，就不能让客人再付。问它不为省时间，只为不让客人付两次。", EN: "Money first: while the charge is unknown nobody should pay again. This is asked so that nobody pays twice, not to save time."},
	chat.ByWaiting: {ZH: "店里有客人在等：先弄清有没有扣款，才好请客人换个方式付。这不是按省时间算的。", EN: "A customer is waiting: once the charge is known they can pay another way. This is not a matter of saving time."},
	chat.ByScreen:  {ZH: "提示变了，先听听屏幕现在怎么说；这是定好的规矩，不是按省时间算的。", EN: "The error has changed, so the new one is heard first: that is a rule, not a matter of saving time."},
	chat.ByClash:   {ZH: "前后两个回答对不上，先要知道哪个算数。", EN: "Two answers contradict each other; first it has to be known which one counts."},
	chat.ByEarlier: {ZH: "这是先前定的，还在等回复；回复之前不换。", EN: "This was chosen before what is known now; the answer is awaited first."},
}

// phaseLabels say where a conversation stands.
var phaseLabels = map[Phase]kb.Text{
	Idle:       {ZH: "还没有问题", EN: "No case yet"},
	Asking:     {ZH: "在查原因", EN: "Looking for the cause"},
	Confirming: {ZH: "在确认回答", EN: "Confirming an answer"},
	CheckMoney: {ZH: "在弄清扣款", EN: "Checking the charge"},
	Fixing:     {ZH: "在试办法", EN: "Trying a fix"},
	Offering:   {ZH: "在问要不要人工", EN: "Offering a person"},
	HandedOver: {ZH: "已转人工", EN: "A person has the case"},
	Closed:     {ZH: "已结束", EN: "Closed"},
}
