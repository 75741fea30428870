package slack

// phrase is a text of the desk in its languages.
type phrase struct{ zh, en string }

// in gives the phrase in a language.
func (p phrase) in(lang string) string {
	if lang == "en" {
		return p.en
	}
	return p.zh
}

// What the desk reads that no post says.
var (
	wordUrgent   = phrase{"🔴 紧急", "🔴 Urgent"}
	wordTop      = phrase{"最可能的原因", "Likeliest causes"}
	wordFix      = phrase{"可以发给商户的办法：", "Fix to send: "}
	wordNobody   = phrase{"⚪ 还没有人接手", "⚪ Nobody has it yet"}
	wordAgent    = phrase{"🟢 负责人：", "🟢 With "}
	wordOver     = phrase{"✅ ", "✅ "}
	wordAnswers  = phrase{"↩ 回复上面的一条消息", "↩ In reply to a message above"}
	wordNotSent  = phrase{"没有送达商户。", "This did not reach the merchant."}
	wordDoubtful = phrase{"不确定是否送达商户。", "Nobody knows whether this reached the merchant."}

	labelClaim   = phrase{"接手", "Claim"}
	labelSuggest = phrase{"发送建议的办法", "Send the fix"}
	labelClose   = phrase{"结单", "Close"}
	labelRelease = phrase{"放手", "Release"}
	labelBack    = phrase{"交还机器人", "Back to the bot"}
	labelAgain   = phrase{"再发一次", "Send again"}

	wordFile        = phrase{"📎 文件", "📎 File"}
	wordTooLarge    = phrase{"太大，这里放不下，请让商户换个方式发。", "is too large to be shown here; ask the merchant for another way."}
	wordUnfetched   = phrase{"没能取到，请让商户再发一次。", "could not be fetched; ask the merchant to send it again."}
	wordEmptyFile   = phrase{"是空的。", "is empty."}
	wordNotUploaded = phrase{"没能放进 Slack：", "was not taken by Slack: "}
)
