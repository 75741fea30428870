package slack

// What those read who ask, tap and fill in.
var (
	wordHelp = phrase{
		"把遇到的情况写在 /s4 后面，例如：/s4 刷卡显示 S4，别的卡可以。我会给出最可能的原因、理由和处理办法，只有你能看到。也可以直接私信我、@我，或在一条消息的菜单里选「这可能是什么？」。",
		"Write what happened after /s4, for example: /s4 card declined with S4, other cards work. You get the likeliest causes, why, and what to do; only you see it. You can also message me directly, mention me, or choose “What could this be?” in a message's menu.",
	}
	wordNoAnswer = phrase{"现在查不了，请稍后再试。", "That can't be looked up now; try again in a moment."}
	wordNoMatch  = phrase{"没有找到相符的原因。换个说法，或多写一点看到的情况。", "Nothing matches. Say it in other words, or add what can be seen."}
	wordAsked    = phrase{"🔎 ", "🔎 "}
	wordCure     = phrase{"🛠 办法：", "🛠 What to do: "}
	wordAskFirst = phrase{"先问清有没有扣款，再让顾客重新付款。", "Ask about the charge first: this lets the customer pay again."}
	wordThanks   = phrase{"收到，谢谢。", "Noted, thank you."}
	labelGood    = phrase{"👍 有用", "👍 Helpful"}
	labelBad     = phrase{"👎 没用", "👎 Not helpful"}

	titleReason    = phrase{"哪里不对？", "What was wrong?"}
	wordReason     = phrase{"原因（可不填）", "Reason"}
	wordReasonHint = phrase{"例如：真正的原因是什么，少了什么", "Such as the true cause, or what is missing"}

	titleSuggest = phrase{"发送建议的办法", "Send the fix"}
	titleClose   = phrase{"结单", "Close the case"}
	labelSend    = phrase{"发送", "Send"}
	labelCancel  = phrase{"取消", "Cancel"}
	wordWillRead = phrase{"商户会看到：", "The merchant will read:"}
	wordCause    = phrase{"确认的原因", "Confirmed cause"}
	wordSearch   = phrase{"输入几个字来查找", "Type to search"}
	wordNone     = phrase{"都不是 / 不是 S4 问题", "None of these / not S4"}
	wordOther    = phrase{"其他", "Other"}
	wordNote     = phrase{"备注（可不填）", "Note"}
	wordNoteHint = phrase{"对下次有帮助的情况", "What will help next time"}

	wordNotDone = phrase{"刚才的操作没有成功，请再试一次。", "That did not work; please try again."}
	wordNoCase  = phrase{"这里已经没有对应的问题单了，刚才的操作没有生效。", "There is no case here any more; nothing was done."}
	wordGone    = phrase{"原来的消息已经找不到了，没有再发。", "The message is gone; nothing was sent again."}
)
