package slack

import "github.com/s4bot/s4bot/internal/chat"

// What those read who improve the knowledge.
var (
	wordOffer         = phrase{"结单了。要把商户的说法加进文章「%s」吗？下次机器人就能直接认出来。", "Closed. Add the merchant's words to the article “%s”? Next time the bot will know them."}
	labelImprove      = phrase{"改进这篇文章", "Improve the article"}
	labelImproveAgain = phrase{"改一改再提", "Change it and try again"}

	titleImprove   = phrase{"改进文章", "Improve an article"}
	labelPropose   = phrase{"提交", "Propose"}
	wordArticle    = phrase{"文章（原因）", "Article (the cause)"}
	wordLanguage   = phrase{"下面内容的语言", "Language of what follows"}
	wordWords      = phrase{"商户的说法，一行一句；不要留个人信息", "The merchant's words, one a line; nothing personal"}
	wordOrFix      = phrase{"也可以加一个新办法（不加就留空）：", "Or add a new fix (leave it empty for none):"}
	wordFixTitle   = phrase{"新办法的名称", "The new fix: its name"}
	wordFixSteps   = phrase{"步骤，一行一步", "Its steps, one a line"}
	wordOtherTitle = phrase{"名称，另一种语言", "Its name in the other language"}
	wordOtherSteps = phrase{"步骤，另一种语言", "Its steps in the other language"}
	wordSafety     = phrase{"安全", "Safety"}
	wordRepeats    = phrase{"做这个办法时顾客要再付一次款", "The customer pays again when it is done"}

	wordProposed = phrase{"提议已经交给知识负责人，有结果会告诉你。", "The knowledge's owner has your proposal; you will hear what becomes of it."}
	wordProposes = phrase{"💡 %s 想改进文章「%s」：", "💡 %s proposes a change of the article “%s”:"}
	labelApprove = phrase{"采纳", "Approve"}
	labelReject  = phrase{"不采纳", "Reject"}
	labelUndo    = phrase{"撤回这次改动", "Take it back"}

	wordApproved  = phrase{"✅ 已写进文章「%s」，机器人几秒内就会用上。提议人：%s", "✅ Written to the article “%s”; the bot reads it within seconds. Proposed by %s"}
	wordRejected  = phrase{"🚫 没有采纳对文章「%s」的提议。提议人：%s", "🚫 Rejected: a change of the article “%s”. Proposed by %s"}
	wordTakenBack = phrase{"↩ 文章「%s」已恢复成改动前的样子。提议人：%s", "↩ The article “%s” is as it was before. Proposed by %s"}
	wordYours     = phrase{"✅ %s 采纳了你对文章「%s」的提议，谢谢。", "✅ %s approved your change of the article “%s”. Thank you."}
	wordYoursNot  = phrase{"🚫 %s 这次没有采纳你对文章「%s」的提议，谢谢你写下来。", "🚫 %s did not take your change of the article “%s” this time. Thank you for writing it."}
	wordYoursBack = phrase{"↩ %s 把你对文章「%s」的改动撤回了。", "↩ %s took your change of the article “%s” back."}
	wordNotOwner  = phrase{"只有知识负责人可以决定。", "Only the owner of the knowledge decides this."}

	wordNotImproved = phrase{"这次没能改成，什么都没有动。请稍后再试，或让管理员看看日志。", "That did not work, and nothing was changed. Try again later, or let the operator look into the log."}
)

// reasonsAgainst are why an improvement is not made.
var reasonsAgainst = []struct {
	err  error
	says phrase
}{
	{errCarried, phrase{"一次提的内容太多，放不下了。请分成几次，每次少写几句。", "That is too much for one proposal. Please make several, with fewer lines each."}},
	{chat.ErrNothingNew, phrase{"没有可加的新内容，文章没有改动。", "There is nothing new in it; the article stays as it is."}},
	{chat.ErrPersonal, phrase{"新办法里有卡号、电话之类的个人信息，请去掉再提。", "The new fix holds a card number, a phone number or the like. Please take it out."}},
	{chat.ErrUnfinished, phrase{"新办法要有名称，也要有步骤；另一种语言可以都不写，要写就写全。", "A new fix needs a name and steps; the other language can be left empty, but not by half."}},
	{chat.ErrNoArticle, phrase{"这篇文章或这次改动已经找不到了。", "That article, or that change, is not there any more."}},
	{chat.ErrFaulty, phrase{"这样改知识库会有错误，所以没有改。请让管理员运行 bot kb check。", "The knowledge would have faults, so nothing was changed. Ask the operator to run bot kb check."}},
	{chat.ErrLayout, phrase{"这篇文章的写法没法自动修改，请直接改文件。", "That article is written in a way that can't be changed from here. Please edit the file."}},
	{chat.ErrChanged, phrase{"文件后来又有人改过，所以没有动它。请直接改文件。", "The file was changed since, so it was left alone. Please edit the file."}},
}

// remarks say what is to be known about a line.
var remarks = map[chat.About]phrase{
	chat.AboutKnown:       {"文章里已经有：", "The article has it already: "},
	chat.AboutPersonal:    {"有个人信息，没有加：", "Left out, for it holds personal data: "},
	chat.AboutLong:        {"太长，没有加：", "Left out, for it is too long: "},
	chat.AboutShort:       {"太短，没有加：", "Left out, for it is too short: "},
	chat.AboutElsewhere:   {"文章「%s」里也有这句：", "The article “%s” has this line, too: "},
	chat.AboutOneLanguage: {"新办法只写了一种语言，另一种语言的商户也会看到这一种。", "The fix is written in one language only; merchants of the other one would read it, too."},
	chat.AboutNoPayment:   {"提议人说这个办法不用再付款：机器人不会先问有没有扣款。", "The fix is said to repeat no payment: the bot will not ask about the charge first."},
}
