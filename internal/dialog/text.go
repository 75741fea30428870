package dialog

import (
	"strconv"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

// The bot's own words. Everything about causes, questions and fixes comes from
// the knowledge base.
var (
	textGreeting = kb.Text{
		ZH: "您好！卡机显示 S4 或刷卡失败，直接用您的话告诉我就行，比如“刷卡转半天然后失败”。我一步步帮您查，随时可以说“转人工”。",
		EN: "Hello! If a card payment fails or the terminal shows S4, just tell me in your own words, such as “it spins for ages and then fails”. I'll go through it with you step by step. Say “human” any time for a person.",
	}
	textHelp = kb.Text{
		ZH: "我专门帮您查刷卡失败（S4）：说说机器、卡、屏幕是什么样，我会问几个小问题，再告诉您怎么办。\n/why 为什么这么问 · /back 退回上一步 · /human 找人工 · /restart 重新开始 · /language 换语言 · /forget 删除我的记录",
		EN: "I find out why a card payment fails (S4). Tell me what the terminal, the card and the screen do; I'll ask a few short questions and say what to do.\n/why why I ask · /back one step back · /human a person · /restart start again · /language change language · /forget erase my data",
	}
	textOpening       = kb.Text{ZH: "好，马上帮您查。", EN: "OK, let's find out right away."}
	textNoted         = kb.Text{ZH: "记下了：%s。", EN: "Got it: %s."}
	textSeparator     = kb.Text{ZH: "；", EN: "; "}
	textTried         = kb.Text{ZH: "“%s”已经试过", EN: "“%s” was tried already"}
	textUnsure        = kb.Text{ZH: "不清楚", EN: "Not sure"}
	textYesThis       = kb.Text{ZH: "对，%s", EN: "Yes: %s"}
	textConfirm       = kb.Text{ZH: "跟您确认一下：%s，对吗？", EN: "Just to be sure: %s. Is that right?"}
	textWhich         = kb.Text{ZH: "您前面说“%s”，刚才说“%s”。现在是哪个？", EN: "Earlier you said “%s”, just now “%s”. Which one is right?"}
	textCorrected     = kb.Text{ZH: "好的，改成“%s”了（原来记的是“%s”）。", EN: "OK, changed to “%s” (I had “%s”)."}
	textHowToCheck    = kb.Text{ZH: "这样看：", EN: "Here is how to tell: "}
	textNeverMind     = kb.Text{ZH: "没关系，换个办法。", EN: "Never mind, let's try another way."}
	textUndone        = kb.Text{ZH: "好，退回一步。", EN: "OK, one step back."}
	textNothingToUndo = kb.Text{ZH: "前面没有可以退回的了。", EN: "There is nothing to take back."}
	textSettled       = kb.Text{ZH: "那个选项现在用不上了，看这里：", EN: "That option is settled by now; please go on here:"}
	textSettledAll    = kb.Text{ZH: "那个选项现在用不上了。", EN: "That option is settled by now."}
	textLost          = kb.Text{ZH: "这句我没看懂，抱歉。", EN: "Sorry, I didn't get that."}
	textUnreadable    = kb.Text{ZH: "我只看得懂文字，麻烦您打几个字说说情况。", EN: "I can only read text. Please tell me in a few words."}
	textOutside       = kb.Text{ZH: "这个我帮不上，我专门查刷卡失败（S4）的原因。卡机有问题随时说。", EN: "I can't help with that; I find out why card payments fail (S4). Tell me any time the terminal gives trouble."}
	textWelcome       = kb.Text{ZH: "不客气！有问题随时找我，祝您生意兴隆。", EN: "You're welcome! I'm here whenever you need me."}
	textGlad          = kb.Text{ZH: "太好了！有问题随时找我。", EN: "Great! I'm here whenever you need me."}
	textRestarted     = kb.Text{ZH: "好，重新开始。现在卡机是什么情况？", EN: "OK, starting again. What is the terminal doing now?"}
	textReopen        = kb.Text{ZH: "又不行了？接着查，前面说的我都记着。", EN: "Not working again? Let's go on; I still have everything you told me."}
	textLanguage      = kb.Text{ZH: "好的，用中文。", EN: "Sure, English it is."}
	textNudge         = kb.Text{ZH: "还在吗？不急，方便的时候接着说就行。", EN: "Still there? No hurry, just go on when you can."}
	textRecap         = kb.Text{ZH: "欢迎回来，接着查。已经知道：%s。", EN: "Welcome back, let's go on. So far: %s."}
	textWelcomeBack   = kb.Text{ZH: "欢迎回来，接着查。", EN: "Welcome back, let's go on."}
	textTooFast       = kb.Text{ZH: "消息来得太快，我跟不上了，后面的先不看。请等半分钟，再把最要紧的一句发给我。", EN: "Messages come faster than I can read, so I'm not reading the rest. Please wait half a minute, then send me the most important one again."}
	textBroken        = kb.Text{ZH: "抱歉，这条我没能处理，已经记下来让同事看。请换个说法再发一次；要找人，发“人工”。", EN: "Sorry, I couldn't handle that message. It is noted for my colleagues. Please say it another way, or write “human” for a person."}
	textPhoto         = kb.Text{ZH: "照片收到了。我看不了图，先帮您留着，转人工时同事看得到（有卡号的地方请遮住再拍）。", EN: "I've got the picture. I can't read it, but I'll keep it for a colleague in case one takes over (please cover any card number)."}
	textVideo         = kb.Text{ZH: "视频收到了。我看不了，先帮您留着，转人工时同事看得到。", EN: "I've got the video. I can't watch it, but I'll keep it for a colleague in case one takes over."}
	textMuteOffer     = kb.Text{ZH: "光看图我帮不上忙。要不要让同事直接来看？", EN: "Pictures alone don't tell me enough. Shall a colleague look at them?"}
	textNotAtAll      = kb.Text{ZH: "不客气。", EN: "You're welcome."}
	textSentAgain     = kb.Text{ZH: "刚才网络不稳，怕您没收到，再发一次：", EN: "The line was bad just now, so in case you didn't get it, here it is again:"}
	textWhyNothing    = kb.Text{ZH: "现在线索还少，哪种原因都有可能。", EN: "There is too little to go on yet; it could be any of the causes."}
	textForgetGroup   = kb.Text{ZH: "要把我这里关于这个群的记录全部删掉吗？删了就找不回来，正在查的问题也会停下。", EN: "Shall I erase everything I keep about this group? It can't be undone, and what we are working on stops."}
	textVoice         = kb.Text{ZH: "语音收到了。我听不了，先帮您留着，转人工时同事听得到。麻烦打几个字给我。", EN: "I've got the recording. I can't listen to it, but I'll keep it for a colleague in case one takes over. Please type a few words for me."}
	textFile          = kb.Text{ZH: "收到了。这个我打不开，先帮您留着，转人工时同事看得到。", EN: "Got it. I can't open it, but I'll keep it for a colleague in case one takes over."}
	textDetails       = kb.Text{ZH: "收到了，转人工时同事看得到。", EN: "Got it; a colleague will see it if one takes over."}
	textFilesKept     = kb.Text{ZH: "附件我看不了，先帮您留着，转人工时同事看得到。", EN: "I can't look at the attachment, but I'll keep it for a colleague in case one takes over."}
	textTooLarge      = kb.Text{ZH: "这个文件太大（超过 20 MB），我这边收不下来，同事也看不到。麻烦发个小一点的，或者截张图。", EN: "That file is too large (over 20 MB), so neither I nor a colleague can open it. Please send a smaller one, or a screenshot."}
	textForget        = kb.Text{ZH: "要把我这里关于您的记录全部删掉吗？删了就找不回来，正在查的问题也会停下。", EN: "Shall I erase everything I keep about you? It can't be undone, and what we are working on stops."}
	textForgetDesk    = kb.Text{ZH: "已经转给同事的内容，我会请他们也删掉。", EN: "I'll ask my colleagues to delete what they were given, too."}
	textForgetYes     = kb.Text{ZH: "全部删掉", EN: "Erase everything"}
	textForgetNo      = kb.Text{ZH: "先不删", EN: "Keep it"}
	textKept          = kb.Text{ZH: "好，都留着。", EN: "OK, nothing is erased."}
	textForgotten     = kb.Text{ZH: "我这边都删掉了。聊天窗口里要是还留着文字，那只在您手机上，您可以自己删。以后有问题随时找我。", EN: "Everything I kept is erased. If words still stand in this chat, they are only on your phone; you can delete them there. I'm here whenever you need me."}
	textGroup         = kb.Text{ZH: "在群里，我只看得到三种消息：@我的、回复我的，还有 / 开头的命令。其他聊天我看不到。", EN: "In a group I only see messages that mention me, replies to me, and commands that begin with /. I can't see the rest of the chat."}
	textAgentHere     = kb.Text{ZH: "👤 %s来了，下面由同事直接回您。", EN: "👤 %s is here and will answer you from now on."}
	textReleased      = kb.Text{ZH: "换一位同事来接，您说过的都在，不用再说一遍。请稍等。", EN: "Another colleague takes over; everything you said is here, so you needn't repeat it. One moment please."}
	textBackToBot     = kb.Text{ZH: "同事让我接着帮您查。", EN: "My colleague asked me to go on with you."}
	textClosedByAgent = kb.Text{ZH: "这个问题同事已经处理完了。还有事随时找我。", EN: "My colleague has finished with this. I'm here whenever you need me."}
	textStillWaiting  = kb.Text{ZH: "同事手上还有别的店，我又催了一次。您先忙，回您时这里会有提示。", EN: "My colleagues are still with other shops; I've called them again. Please go on with your work, you'll see the answer here."}
	textNobodyYet     = kb.Text{ZH: "抱歉，还没有同事腾出手来。您的情况都在，轮到了马上回您；要紧的话请打收单机构的客服电话。", EN: "I'm sorry, nobody is free yet. Everything you told me is kept and you will be answered here. If it can't wait, please call your acquirer's hotline."}
	textNobodyNow     = kb.Text{ZH: "现在同事下班了，%s上班后会在这里回您。您说过的都留着，不用再说一遍。", EN: "Nobody is here at the moment; you will be answered here %s. Everything you told me is kept."}
	textToday         = kb.Text{ZH: "今天 %s ", EN: "after %s today"}
	textTomorrow      = kb.Text{ZH: "明天 %s ", EN: "after %s tomorrow"}
	textColleague     = kb.Text{ZH: "同事", EN: "A colleague"}
	textRelayed       = kb.Text{ZH: "已经补充给同事了，请稍等。", EN: "I've passed that on to my colleague. One moment please."}

	textMoneyFirst   = kb.Text{ZH: "先确认一件事，免得客人付两次：", EN: "One thing first, so that nobody pays twice:"}
	textWaitUnknown  = kb.Text{ZH: "没弄清之前，先别让客人再付。后面的客人可以先收现金。", EN: "Until that is clear, please don't let this customer pay again. You can take cash from the others for now."}
	textWaitingMoney = kb.Text{ZH: "先请客人看一眼银行短信：", EN: "Your customer first. Please have them look at their bank messages:"}
	textMoneyAgain   = kb.Text{ZH: "刚才又收过一次，再确认一下，免得客人付两次：", EN: "It was run once more, so to be sure that nobody pays twice:"}
	textUnclearMoney = kb.Text{ZH: "没听准。弄清楚之前，先别再刷。", EN: "I'm not sure I got that. Until it is clear, please don't run the card again."}
	textDeskCharged  = kb.Text{ZH: "🔴 客人可能已被扣款（已提醒商户先别再刷）。商户说：", EN: "🔴 The customer may have been charged (the merchant was told not to run the card again). The merchant says: "}
	textDropped      = kb.Text{ZH: "好的，先放一放。要接着查，随时说一声。", EN: "OK, let's leave it. Just write whenever you want to go on."}
	textDropMoney    = kb.Text{ZH: "记得看一眼客人有没有被扣款。", EN: "Do check whether the customer was charged."}
	textThenTell     = kb.Text{ZH: "客人那边有结果了告诉我：", EN: "When that is done, tell me:"}
	textWayRound     = kb.Text{ZH: "没扣款就好。先别让客人等：%s。咱们接着查机器。", EN: "Good, nothing was charged. So that nobody has to wait, %s. Meanwhile let's go on."}
	textAnyWay       = kb.Text{ZH: "换一张卡，或者扫码付", EN: "take another card or let them scan to pay"}
	textByScan       = kb.Text{ZH: "扫码付", EN: "let them scan to pay"}
	textByCard       = kb.Text{ZH: "换一张卡试", EN: "try another card"}
	textByCash       = kb.Text{ZH: "先收现金", EN: "take cash for now"}
	textLikely       = kb.Text{ZH: "看来是：%s。", EN: "Most likely: %s. "}
	textDoThis       = kb.Text{ZH: "这样做：%s", EN: "Please do this: %s"}
	textResult       = kb.Text{ZH: "弄完告诉我，现在怎么样？", EN: "Tell me when you've done it. How is it now?"}
	textOutcome      = kb.Text{ZH: "好，辛苦了。现在怎么样？", EN: "Thanks. How is it now?"}
	textWorks        = kb.Text{ZH: "好了", EN: "It works"}
	textSame         = kb.Text{ZH: "还是一样", EN: "Still the same"}
	textDifferent    = kb.Text{ZH: "提示变了", EN: "A different error"}
	textNotTried     = kb.Text{ZH: "还没试", EN: "Not tried yet"}
	textAnother      = kb.Text{ZH: "做不了，换个办法", EN: "I can't do that, another way"}
	textNoHurry      = kb.Text{ZH: "不急，您先弄。做不了也没关系，点“换个办法”。", EN: "No hurry. If you can't do it, that's fine: choose “another way”."}
	textOtherWay     = kb.Text{ZH: "好，换个办法。", EN: "OK, another way."}
	textSawSame      = kb.Text{ZH: "好的，这个办法没用，我记下了。", EN: "OK, so that didn't help."}
	textSawDifferent = kb.Text{ZH: "提示变了，这也是线索。", EN: "A new message is a clue too."}
	textClosing      = kb.Text{ZH: "太好了，这次解决了！", EN: "Great, that's solved!"}
	textPrevent      = kb.Text{ZH: "以后可以：%s", EN: "For next time: %s"}

	textOffer     = kb.Text{ZH: "要不要让同事接手？", EN: "Shall a colleague take over?"}
	textSorry     = kb.Text{ZH: "耽误您生意了，真对不起。要不要现在就让同事接手？您说过的都会带过去。", EN: "I'm sorry this is costing you business. Shall a colleague take over right now? Everything you told me goes along."}
	textLostOffer = kb.Text{ZH: "抱歉，我还是没看懂。要不要让同事接手？", EN: "Sorry, I still don't get it. Shall a colleague take over?"}
	textPersonNow = kb.Text{ZH: "好，转人工", EN: "Yes, a person please"}
	textGoOn      = kb.Text{ZH: "先不用，接着查", EN: "Not yet, let's go on"}

	textMeanwhile      = kb.Text{ZH: "麻烦先备好这些，有的直接发给我：", EN: "Please have this ready, or send it here:"}
	textHandedOver     = kb.Text{ZH: "您说过的都一并转过去了，不用再说一遍。同事会在这里回您。", EN: "Everything you told me goes along, so you needn't repeat it. My colleague will answer you right here."}
	textPersonHasIt    = kb.Text{ZH: "已经转给同事了，会在这里回您。要从头再来，说“重新开始”。", EN: "A colleague has your case and will answer here. To start afresh, say “start over”."}
	textDeskRestarted  = kb.Text{ZH: "商户重新开始了，这个工单先放下。", EN: "The merchant started afresh; this case is set aside."}
	textDeskResolved   = kb.Text{ZH: "商户说已经好了。", EN: "The merchant says it works now."}
	textDeskBroken     = kb.Text{ZH: "商户发来一条消息，程序没能处理，原文留在系统里（bot held）。请问问商户说了什么。", EN: "The merchant sent a message that the program could not handle; it is kept (bot held). Please ask what it was."}
	textDeskClosed     = kb.Text{ZH: "商户收不到消息了：对方停用了机器人，或聊天已不在。", EN: "The merchant can no longer be reached: the bot was blocked, or the chat is gone."}
	textDeskForwarded  = kb.Text{ZH: "（转发的）", EN: "(forwarded) "}
	textDeskEdited     = kb.Text{ZH: "（改过的）", EN: "(edited) "}
	textDeskSender     = kb.Text{ZH: "%s：", EN: "%s: "}
	textDeskTooLarge   = kb.Text{ZH: "，超过 20 MB，取不下来", EN: ", over 20 MB, can't be fetched"}
	textDeskForget     = kb.Text{ZH: "商户要求删除全部资料，机器人这边和这里转发的内容都已经删了；同事自己写过的，请也删掉。", EN: "The merchant asked to be forgotten; the bot has erased what it kept and what it passed on here. Please delete what you wrote about them yourselves."}
	textDeskNotSent    = kb.Text{ZH: "⚠️ 这条没能送到商户那里。（%s）", EN: "⚠️ This did not reach the merchant. (%s)"}
	textDeskUncertain  = kb.Text{ZH: "⚠️ 这条不知道送到没有，发到一半断线了。要紧的话请再发一次。（%s）", EN: "⚠️ Nobody knows whether this reached the merchant; the line broke. If it matters, please send it again. (%s)"}
	textDeskNotEdited  = kb.Text{ZH: "⚠️ 商户那边的这条改不了了，可能过了时限，或者已经不在。（%s）", EN: "⚠️ The merchant's copy can't be changed any more: it is too old, or gone. (%s)"}
	textDeskNotDeleted = kb.Text{ZH: "⚠️ 商户那边的这条撤不回来了，平台只许 48 小时内撤回。（%s）", EN: "⚠️ The merchant's copy can't be taken back any more; the platform allows it for 48 hours. (%s)"}
	textDeskOldEdited  = kb.Text{ZH: "⚠️ 您改的这条没有同步到商户那边：消息太早了，改不了。要紧的话请再写一条。", EN: "⚠️ Your edit did not reach the merchant: the message is too old. If it matters, write it anew."}
	textDeskOldDeleted = kb.Text{ZH: "⚠️ 您删的这条没有从商户那边撤回：消息太早了，撤不了。", EN: "⚠️ Your deletion did not reach the merchant: the message is too old."}
	textDeskOver       = kb.Text{ZH: "这个工单已经结了，这条没发给商户。", EN: "This case is over, so this was not sent to the merchant."}
	textDeskEnded      = kb.Text{ZH: "这个工单已经结了。", EN: "This case is over."}
	textDeskFree       = kb.Text{ZH: "这个工单现在没人接手，先点“接手”。", EN: "Nobody has this case at the moment. Claim it first."}
	textDeskTaken      = kb.Text{ZH: "这个工单是 %s 的。", EN: "%s has this case."}
	textDeskClaimFirst = kb.Text{ZH: "还没人接手，这条没发给商户。先点“接手”，再发一次。", EN: "Nobody has this case yet, so this was not sent to the merchant. Claim it first, then write again."}
	textDeskEarlier    = kb.Text{ZH: "这条写在您接手（或被叫来）之前，没发给商户。要发的话，请再写一遍。", EN: "You wrote this before the case was yours (or before you were called), so it was not sent to the merchant. If it should be, write it again."}
	textDeskInside     = kb.Text{ZH: "这个工单是 %s 的，您写的只有同事看得到，没发给商户。", EN: "%s has this case: what you write stays among colleagues and was not sent to the merchant."}
	textDeskNoWay      = kb.Text{ZH: "机器人能查的都查过了，交回去也没有别的办法，请您接着处理。", EN: "The bot has tried all it knows, so it can't go on with this case. Please carry on with it."}
	textDeskCharge     = kb.Text{ZH: "客人有没有扣款还没弄清，这一步可能让客人付两次。请先查这笔交易。", EN: "It is not clear whether the customer was charged, and this could make them pay twice. Please look up the payment first."}
	textDeskQuiet      = kb.Text{ZH: "商户一直没回话。要是问题已经解决，可以结单。", EN: "The merchant has not answered for a while. If it is solved, you can close the case."}
	textDeskSuggested  = kb.Text{ZH: "✓ 办法已经发给商户：%s。", EN: "✓ The merchant has the fix: %s."}
	textDeskGuest      = kb.Text{ZH: "%s 请您一起看这个工单。您在这里写的会发给商户；只给同事看的，请用 // 开头。", EN: "%s asked you to join this case. What you write here goes to the merchant; begin with // for colleagues only."}
	textDeskFault      = kb.Text{ZH: "抱歉，程序出了错，这一步没有做成。请换个办法，或者告诉管理员。", EN: "Sorry, a fault of the program kept this from being done. Please try another way, or tell your administrator."}
	textDeskRemind     = kb.Text{ZH: "⏰ %s 还在等，没人接手。", EN: "⏰ %s is still waiting, and nobody has the case."}
	textCardReturned   = kb.Text{ZH: "↩️ 已交回机器人，商户接着跟机器人聊。要接手，随时点。", EN: "↩️ Given back to the bot. Claim it any time to take over."}
	textCardClosed     = kb.Text{ZH: "%s 结单：%s", EN: "Closed by %s: %s"}
	textCardForgotten  = kb.Text{ZH: "商户资料已删除", EN: "The merchant was forgotten"}
	textNoneOfThese    = kb.Text{ZH: "不在这些原因里", EN: "none of these causes"}
	textCardThen       = kb.Text{ZH: "；没扣就：", EN: "; if it was not: "}
	textCardCharge     = kb.Text{ZH: "先查这笔交易有没有扣款", EN: "First look up whether this payment was charged"}
	textTakeYourTime   = kb.Text{ZH: "好，您先弄，不急。", EN: "Fine, take your time."}
	textDontRerun      = kb.Text{ZH: "这一笔有没有扣款还没弄清，先别再刷。", EN: "Until we know whether it was charged, please don't run the card again."}
	textDontPay        = kb.Text{ZH: "查清楚之前，先别再刷，也别让客人再付。", EN: "Until it is cleared up, please don't run the card again and don't ask the customer to pay again."}
	textPatience       = kb.Text{ZH: "同事已经收到，会在这里回您。", EN: "My colleague has it and will answer you here."}
	textSecret         = kb.Text{ZH: "提醒一下：卡号、密码不用发给我，刚才的我已经遮住了。", EN: "Please never send card numbers or PINs; I have hidden what you sent."}
	textCharged        = kb.Text{
		ZH: "先别再刷，也别让客人再付：这笔可能已经扣了款。\n没成功的扣款一般会由银行自动退回；请留好小票，记下时间和金额。",
		EN: "Please don't run the card again and don't ask the customer to pay again: this payment may have gone through.\nA charge that failed is normally returned by the bank; keep the slip and note the time and amount.",
	}

	textGoesOn     = kb.Text{ZH: "好，那接着查。", EN: "All right, let's go on."}
	textWhyAsk     = kb.Text{ZH: "现在看，「%s」和「%s」都有可能，这一问能分清。", EN: "Right now it could be “%s” or “%s”; this tells which."}
	textWhyCause   = kb.Text{ZH: "目前最像：%s（约 %s）。", EN: "Right now this is the likeliest: %s (about %s)."}
	textWhyFor     = kb.Text{ZH: "支持：%s", EN: "For it: %s"}
	textWhyAgainst = kb.Text{ZH: "不太像的地方：%s", EN: "Against it: %s"}
	textOwnWords   = kb.Text{ZH: "您描述的情况", EN: "what you described"}
	textNoHelp     = kb.Text{ZH: "“%s”没用", EN: "“%s” didn't help"}

	textCardTitle    = kb.Text{ZH: "新工单 · ", EN: "New case · "}
	textCardUrgent   = kb.Text{ZH: "🔴 加急工单 · ", EN: "🔴 Urgent case · "}
	textCardMerchant = kb.Text{ZH: "商户：", EN: "Merchant: "}
	textCardTerminal = kb.Text{ZH: "终端：", EN: "Terminal: "}
	textCardMoney    = kb.Text{ZH: "扣款：", EN: "Charge: "}
	textCardWaiting  = kb.Text{ZH: "⏳ 店里有客人在等", EN: "⏳ A customer is waiting"}
	textCardWords    = kb.Text{ZH: "原话：", EN: "Their words: "}
	textCardFacts    = kb.Text{ZH: "已知：", EN: "Known: "}
	textCardTop      = kb.Text{ZH: "最可能：", EN: "Likeliest: "}
	textCardOut      = kb.Text{ZH: "已排除：", EN: "Ruled out: "}
	textBecause      = kb.Text{ZH: "%s（%s）", EN: "%s (%s)"}
	textCardTried    = kb.Text{ZH: "试过：", EN: "Tried: "}
	textTriedResult  = kb.Text{ZH: "%s → %s", EN: "%s → %s"}
	textCardNext     = kb.Text{ZH: "下一步：", EN: "Next step: "}
	textCardRefund   = kb.Text{ZH: "查这笔交易的状态，没成功就跟进退款", EN: "Look up this payment; if it failed, see to the reversal"}
	textCardLook     = kb.Text{ZH: "看一遍以上情况，联系商户", EN: "Read the above and contact the merchant"}
)

// handoffTexts tell the merchant why a person takes over.
var handoffTexts = map[Reason]kb.Text{
	AskedFor:     {ZH: "好的，这就请同事来。", EN: "Of course, I'm getting a colleague."},
	WasAngry:     {ZH: "真对不起，马上请同事接手。", EN: "I'm really sorry. A colleague takes over right away."},
	WasCharged:   {ZH: "我已经加急转给同事核实这笔款。", EN: "I've passed this to a colleague as urgent, to look into the charge."},
	NeedsAgent:   {ZH: "这个要同事来处理，我马上转过去。", EN: "This needs a colleague; I'm passing it on now."},
	NoDiagnosis:  {ZH: "这个光靠问还定不下来，我请同事直接帮您看，会更快。", EN: "I can't pin this down by asking; a colleague can look into it faster."},
	FixesFailed:  {ZH: "试过的都没用，不再耽误您，我请同事接手。", EN: "None of that helped. I won't keep you any longer: a colleague takes over."},
	MoneyUnknown: {ZH: "还不知道有没有扣款，先别再刷，也别让客人再付。我请同事帮您查清楚。", EN: "We don't know yet whether the customer was charged, so please don't run it again. A colleague will find out."},
}

var reasonLabels = map[Reason]kb.Text{
	AskedFor:     {ZH: "商户要找人工", EN: "the merchant asked for a person"},
	WasAngry:     {ZH: "商户很着急", EN: "the merchant is upset"},
	WasCharged:   {ZH: "客人可能已被扣款", EN: "the customer may have been charged"},
	NeedsAgent:   {ZH: "原因已查出，要人处理", EN: "cause found, needs an agent"},
	NoDiagnosis:  {ZH: "原因没定下来", EN: "no clear cause"},
	FixesFailed:  {ZH: "试过的办法没用", EN: "fixes didn't help"},
	MoneyUnknown: {ZH: "是否扣款不明", EN: "charge unknown"},
	AgentCame:    {ZH: "同事主动接手", EN: "an agent stepped in"},
}

// dayNames name the day on which the desk opens.
var dayNames = map[time.Weekday]kb.Text{
	time.Monday:    {ZH: "周一 %s ", EN: "on Monday after %s"},
	time.Tuesday:   {ZH: "周二 %s ", EN: "on Tuesday after %s"},
	time.Wednesday: {ZH: "周三 %s ", EN: "on Wednesday after %s"},
	time.Thursday:  {ZH: "周四 %s ", EN: "on Thursday after %s"},
	time.Friday:    {ZH: "周五 %s ", EN: "on Friday after %s"},
	time.Saturday:  {ZH: "周六 %s ", EN: "on Saturday after %s"},
	time.Sunday:    {ZH: "周日 %s ", EN: "on Sunday after %s"},
}

// fileKinds name files for the desk.
var fileKinds = map[chat.FileKind]kb.Text{
	chat.Photo:     {ZH: "照片", EN: "photo"},
	chat.Video:     {ZH: "视频", EN: "video"},
	chat.Voice:     {ZH: "语音", EN: "voice message"},
	chat.Audio:     {ZH: "音频", EN: "audio"},
	chat.Document:  {ZH: "文件", EN: "file"},
	chat.Sticker:   {ZH: "表情", EN: "sticker"},
	chat.Place:     {ZH: "位置", EN: "location"},
	chat.Contact:   {ZH: "联系人", EN: "contact"},
	chat.OtherFile: {ZH: "其他内容", EN: "other content"},
}

var moneyLabels = map[string]kb.Text{
	"":         {ZH: "还不清楚", EN: "unknown"},
	charged:    {ZH: "可能已扣", EN: "probably charged"},
	notCharged: {ZH: "没有扣", EN: "not charged"},
}

var resultLabels = map[Result]kb.Text{
	Works:     {ZH: "好了", EN: "worked"},
	Same:      {ZH: "没用", EN: "no help"},
	Different: {ZH: "提示变了", EN: "different error"},
	Skipped:   {ZH: "没做", EN: "not done"},
	Before:    {ZH: "商户之前试过，没用", EN: "tried before, no help"},
}

// fill puts values in for the %s of a text, in order.
func fill(text string, values ...string) string {
	for _, v := range values {
		text = strings.Replace(text, "%s", v, 1)
	}
	return text
}

// joinLines joins what is not empty, a line each.
func joinLines(parts []string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n")
}

// percent writes a probability as whole per cent, never 0 or 100: the bot is
// never that sure.
func percent(p float64) string {
	return strconv.Itoa(min(max(int(p*100+.5), 1), 99)) + "%"
}
