package nlu

import "strings"

// Intent is something that a merchant wants from the conversation itself,
// beside what they say of the problem. The values are part of the JSON
// interface.
type Intent string

// The intents.
const (
	Greeting    Intent = "greeting"
	Thanks      Intent = "thanks"
	Human       Intent = "human"
	Resolved    Intent = "resolved"
	NotResolved Intent = "not_resolved"
	Restart     Intent = "restart"
	Unsure      Intent = "unsure"
	Angry       Intent = "angry"
	LanguageZH  Intent = "language_zh"
	LanguageEN  Intent = "language_en"
)

// intentOrder ranks the intents: where a message has several, the first here
// leads.
var intentOrder = []Intent{Human, LanguageEN, LanguageZH, Restart, Angry, NotResolved, Resolved, Unsure, Thanks, Greeting}

// intentPhrases are the words for each intent, as phrases (see phraseBook).
var intentPhrases = map[Intent]string{
	Greeting: `您好啊|你好啊|你好呀|老板你好|客服小姐姐|小姐姐在吗|师傅在不|在不在呀|有客服吗|客服上班|上班没|上班了|有人没|喂你好|请问在吗|午安|晚安|你早|早晨|hiya|howdy|hello there|good day|greetings|hi everyone|morning|evening|anyone here|anybody here|hello anyone|helo|hallo|有冇人|有没有客服|喺唔喺度|你好|您好|在吗|在不在|有人吗|有人在吗|有没有人|在么|有人么|哈喽|哈罗|嗨|早上好|早啊|早|早安|上午好|下午好|晚上好|中午好|客服在吗|客服你好|亲在吗|老师好|师傅好|老板好|大家好|喂|喂喂|打扰了|打扰一下|请问有人|上班了没|上班了吗|你在吗|在线吗|
		hello|hi|hey|hi there|good morning|good afternoon|good evening|anyone there|anybody there|is anyone there|are you there|yo|ni hao|nihao|nin hao|zai ma|you ren ma|哈啰|halo|嘿`,
	Thanks: `唔该|唔该晒|谢谢哦|谢谢亲|多谢晒|感恩|帮大忙|太谢谢|谢了啊|谢过|劳驾|费心了|给你点赞|好评|ganxie|xie la|thanks a bunch|thank u|thanks so much|many thanks|ta mate|you saved me|lifesaver|谢咯|谢谢师傅|谢谢老师|谢谢|谢了|多谢|感谢|谢啦|谢谢你|谢谢您|辛苦了|辛苦|麻烦你了|麻烦您了|3q|3ku|thx|thanks|thank you|ty|tks|cheers|much appreciated|appreciate it|xie xie|xiexie|duo xie|非常感谢|太感谢了|感激|谢谢哈|么么哒|你真好|帮大忙了|太好了谢谢|拜拜|再见|bye|好人一生平安`,
	Human: `接个活人|来个活人|来个人|真的人|真人讲|真人说|跟真人|和真人|同真人|搵人|搵真人|真人帮|转真人|人来接|客服接|转客服|叫客服|要客服|喊客服|喊人|找个真人|派工程师|找工程师|师傅上门|值班的人|有人管|人工坐席|人工台|叫个活的|换个人|换人|换个活人|不想跟机器|不和机器|别拿机器人|有没有活人|agent|real agent|live person|live chat|live human|speak to someone|get me someone|someone to call|can someone call|put me through|actual human|supervisor|让人打给我|打我电话|电话多少|客服电话多少|转人工|人工|人工客服|人工服务|真人|找客服|找人工|接人工|要人工|叫人|叫个人|找个人|找真人|活人|找你们领导|找经理|叫经理|客服电话|打电话给我|给我打电话|回个电话|回我电话|派人|派个人|让人来|上门|派师傅|叫师傅来|不要机器人|不跟机器人|别用机器人|不想跟机器人|技术人员|找技术|联系客服|有没有真人|跟人说|和人说|真人客服|在线客服|叫你们老板|专员|找个懂的人|找个*人*跟我说|
		human|real person|a person|live agent|agent please|talk to someone|speak to someone|talk to a human|speak to a person|call me|phone number|customer service|representative|operator|support staff|someone real|an actual person|not a bot|no bot|no robot|a manager|your manager|somebody real|talk to somebody|speak with someone|connect me|transfer me|zhuan ren gong|ren gong|zhen ren|zhaoren|人工客户`,
	Resolved: `就没事|没事喇|没事啦|又好咯|好咯|好喽|好勒|=好啦|=支付成功|=支付成功了|=付款成功了|=交易成功了|=收款成功了|=刷卡成功了|就好了|就行了|就成了|=works|=fine|=good|=all fine|=works now|=it does|就好使了|刷过去了|过去了|票出来了|票吐出来了|出票了|成了成了|刷通了|通了|弄通了|收成功了|扣款成功了正常出票|能收款了|可以刷了|可以用了|又行了|又能用了|这回行了|这回好了|这下好了|这次可以了|这次成功了|好使了|能使了|好晒|得咗啦|刷到咗|刷到了|救回来了|复活了|恢复正常|ok啦|完美|解决啦|搞定啦|弄好啦|已解决|it went thru|went thru|success|successful now|approved now|payment approved|it goes through|it is fine now|fine now|its fine now|all sorted|sorted now|up and running|cheers it works|可以收了|不用了好了|自己好了|好了|可以了|能刷了|能用了|行了|搞定|搞定了|解决了|成功了|刷过了|刷成功了|刷上了|过了一笔|通过了|正常了|恢复了|没问题了|弄好了|修好了|好使了|刷出来了|刷得了|能收了|收到钱了|已经好了|现在好了|现在可以|现在能刷|ok了|okay了|好啦|可以啦|行啦|妥了|成了|整好了|弄成了|好用了|又能刷了|过了过了|刷得起了|没事了|好咗|搞掂|得咗|又好了|
		it works|works now|working now|it worked|that worked|fixed|solved|resolved|all good|all good now|problem solved|went through|it went through|back to normal|working again|is working|sorted|that did it|did the trick|got it working|good now|hao le|haole|ke yi le|keyile|gao ding|gaoding|neng shua le|xing le|jiejue le`,
	NotResolved: `=same|=nope|nope same|=no change|same same|行不通|不成功|点了没反应|不顶事|好个屁|没成功|过不去|还是过不去|没过|不得|还没好呢|还是老毛病|还老样子|没搞定|没弄好|没整好|没修好|整了没用|弄了没用|试了不行|不好使|还是不好使|还不好使|不中用|没啥用|没什么用|白弄|白搞|白折腾|照旧|原样|一点没变|没见好|又跳了|又来了|又失败|还是跳|还是弹|仍旧|还系唔得|都系唔得|照样失败|还是刷唔到|唔掂|still nothing|tried it no luck|same again|same as before|same result|still getting|still says|still shows|still does|keeps failing still|did that still|nope still|that did not help|did nothing|hasnt helped|mei gao ding|hai shi yi yang|haishi yiyang|yi ran|zhao yang|还是不行|还不行|还是没用|没用|没用啊|不管用|还是一样|还是老样子|还是失败|还是s4|还是不好|依旧|依然|照样|没解决|没好|没有用|试了没用|试过了不行|不行啊|还是不能|还是刷不了|还是刷不出|没效果|没变化|一点用没有|弄了没用|都试了|都不行|还那样|还这样|没反应还是|还是报|又s4|还s4|仍然|老样子|不起作用|不顶用|还是那样|还是显示|试了还是|弄完还是|搞完还是|还是没好|还是没弄好|还是过不去|还没好|都弄了还|不得行|没卵用|没得用|唔得|仲系唔得|整了还是|没整好|
		still not working|still not|still failing|still fails|still the same|same error|same thing|still s4|didnt work|did not work|doesnt work|does not work|no luck|not fixed|not solved|no change|nothing changed|not working still|still broken|that didnt help|didnt help|no good|no difference|hai shi bu xing|haishi buxing|bu xing|mei yong|meiyong|hai bu xing|still no|tried that no`,
	Restart: `再问一遍|重新问一遍|重新来一遍|重新来过|从头来过|再来过|从新来|从新开始|重开一个|重新走一遍|返回开头|回到第一步|从第一步|全部重新|搞乱了重来|说乱了|归零|清零|重新填|重新选|start fresh|fresh start|do over|from scratch|back to start|back to the start|back to the beginning|go back to the beginning|begin from the start|all over again|由头嚟过|由头再嚟|从头嚟|重新嚟过|重新来|重新开始|从头来|从头开始|从头再来|重来|再来一遍|重新问|从头问|从头再问|回主菜单|主菜单|返回主页|回到开头|回到最开始|清空重来|重头来|重新说|从头说|推倒重来|换个问题|重新提问|重新咨询|全部重来|重置对话|返回首页|回首页|回到主页|
		start over|start again|restart the chat|begin again|from the beginning|from the start|main menu|reset chat|new question|start from scratch|lets start over|chong xin lai|chongxinlai|chong lai|cong tou|cong tou lai`,
	Unsure: `没问|没查|查不了|看不了|没法看|没办法看|他没手机|没手机|还没看|没看呢|not checked|cant check|cannot check|havent asked|didnt ask|搞不清楚|弄不清楚|说不上|说不准|没看明白|看不明白|没看懂|没瞧见|没瞅见|没瞅|瞅不出|瞧不出|没在意|没管|没仔细看|没细看|没记住|记不清|记不住|记不得|想不起来|不好判断|不太会看|哪晓得|我哪知道|天知道|鬼知道|不认识|不识字|没听懂|听不懂|两眼一抹黑|一头雾水|好像是又好像不是|可能吧|大概吧|也许吧|不敢说|唔记得|唔识|唔识睇|睇唔出|搞唔清|maybe i am not sure|no clue really|couldnt say|havent checked|didnt look|not certain|no idea mate|hard to tell|who knows|how would i know|how should i know|i forget|i forgot|mei zhu yi|kan bu chu|kan bu dong|bu ji de|不知道|不清楚|不晓得|说不清|不确定|不太清楚|不懂|看不懂|不会看|搞不懂|不明白|没看清|没注意|没留意|看不出来|看不出|不了解|不记得|忘了|不太懂|弄不清|搞不清|分不清|我也不知道|哪知道|谁知道|没看到|没印象|不好说|不太确定|不会弄|不会操作|唔知|唔清楚|唔知道|没概念|说不上来|说不好|拿不准|不认得|
		dont know|do not know|not sure|no idea|unsure|cant tell|can not tell|i cant say|dunno|idk|no clue|havent noticed|didnt notice|hard to say|beats me|dont remember|bu zhi dao|buzhidao|bu qing chu|buqingchu|bu que ding|bu dong|bu xiao de|wo ye bu zhi dao`,
	Angry: `破玩意儿|什么东西|什么鬼东西|什么烂|破东西|烂东西|烂货|破烂|破pos|破平台|真垃圾|太垃圾|再也不用|再也不用你们|答非所问|鸡同鸭讲|对牛弹琴|废话|说的什么|老子|老娘|气死我了|气死人|气炸|火死了|冒火|来气|窝火|急眼|骂人|想砸|砸了它|想砸机|扔了|一群废物|猪|蠢货|傻逼|sb|卧槽|我靠|靠|我去|尼玛|你大爷|什么鬼|搞毛线|黑店|坑死|坑钱|骗钱|诈骗|起诉|告你们|律师|赔我生意|赔损失|损失谁|找媒体|网上曝光|垃圾公司|垃圾平台|垃圾客服|太差劲|差劲|差评|一星|拉黑|拉倒|顶你个肺|仆街|扑街|死蠢|癫|神经|嬲|激气|好嬲|what a joke|joke of|pathetic|hopeless|trash|hate this|hate your|incompetent|disgrace|disgusting|screw|screw you|bloody|for gods sake|ffs|im done with|cancel my contract|cancelling|lawyer|ripped off|rip off|this sucks|sucks|you people|so bad|piece of|垃圾|废物|骗子|骗人|坑人|什么破|破机器|破玩意|什么玩意|投诉|举报|退机|退钱|赔钱|赔我|赔偿|你赔|谁赔|气死|烦死|烦死了|滚|傻|蠢|脑残|屁用|放屁|他妈|妈的|tmd|操|草泥马|狗屎|有病|神经病|智障|人工智障|糊弄|忽悠|耍我|耍人|玩我|浪费时间|耽误我|耽误生意|没完没了|受够|忍无可忍|再也不用|不用你们|黑心|曝光|消费者协会|12315|工商局|什么态度|什么服务|差评|太差|太烂|烂机器|烂透了|恶心|过分|离谱|搞毛|搞什么鬼|搞咩鬼|你们有毛病|坑爹|要命|火大|无语|服了你|服了你们|退货|换一家|
		useless|garbage|rubbish|piece of junk|junk|crap|shit|bullshit|fuck|fucking|damn|wtf|stupid|idiot|idiots|ridiculous|unacceptable|terrible|awful|worst|scam|refund my|sue you|complaint|complain|furious|pissed|angry|fed up|sick of this|waste of time|wasting my time|losing customers|losing money|la ji|laji|fei wu`,
	LanguageZH: `讲中国话|说中国话|换成中文|切到中文|转中文|改成中文|调成中文|变成中文|用普通话|讲国语|中文行不|中文可以吗|中文谢谢|会中文吗|会说中文|写中文|打中文|英文看不懂|看唔明英文|唔识英文|讲返中文|用繁体|reply in chinese|answer in chinese|chinese version|chinese language|can you chinese|in mandarin|back to chinese|change to chinese|说中文|讲中文|用中文|中文回复|换中文|中文吧|切换中文|改中文|切成中文|要中文|请说中文|看不懂英文|不懂英文|看不懂英语|看不懂洋文|别说英文|讲普通话|说普通话|说国语|说汉语|中文版|
		chinese please|in chinese|speak chinese|switch to chinese|use chinese|shuo zhong wen|zhong wen|zhongwen|mandarin`,
	LanguageEN: `换成英文|切到英文|转英文|改成英文|调成英文|变成英文|会英文吗|会说英文|写英文|英语行不|英文可以吗|英文谢谢|看唔明中文|唔识中文|reply in english|answer in english|english language|in english please|back to english|change to english|do you have english|no hablo|cant read chinese|dont understand mandarin|any english|speak any english|i only speak english|english only|说英文|讲英文|用英文|英文回|英文回复|换英文|切换英文|说英语|讲英语|用英语|换英语|英语回复|改英文|要英文|英文版|切成英文|看不懂中文|不懂中文|中文我看不懂|
		english please|in english|speak english|switch to english|use english|english pls|english version|can you english|do you speak english|i dont understand chinese|dont speak chinese|dont read chinese|cant read chinese|no chinese|switch to英文|yingwen|ying wen|english`,
}

// intentsFound are the intents of a text, strongest first, and all that they
// cover of it.
type intentsFound struct {
	names   []Intent
	covered []match
}

// intents finds the intents in a text.
func (r *Reader) intents(text []unit) intentsFound {
	best := map[int]match{}
	var found intentsFound
	for _, m := range r.intentBook.find(text) {
		if m.negated || !strictIntent(intentOrder[m.means], m, text) {
			continue
		}
		found.covered = append(found.covered, m)
		if have, ok := best[m.means]; !ok || m.size > have.size {
			best[m.means] = m
		}
	}
	for i, name := range intentOrder {
		if m, ok := best[i]; ok && !contained(m, best, i) {
			found.names = append(found.names, name)
		}
	}
	return found
}

// contained says that a longer phrase of another intent covers the match
// ("没用" inside "还是没用" is the same; "好了" inside "弄好了没用" is not).
func contained(m match, all map[int]match, own int) bool {
	for i, o := range all {
		if i != own && o.start <= m.start && o.end >= m.end && o.size > m.size {
			return true
		}
	}
	return false
}

// strictIntent drops matches of short words where the words around them mean
// something else.
func strictIntent(intent Intent, m match, text []unit) bool {
	before, after := "", ""
	if m.start > 0 {
		before = text[m.start-1].text
	}
	if m.end < len(text) {
		after = text[m.end].text
	}
	switch intent {
	case Resolved:
		// "充好了电", "什么时候能好了": a question, or part of another word.
		if strings.ContainsAny(before, "时刚换弄装升充更输") && m.size <= 2 || strings.ContainsAny(after, "吗么没电才就还也但又") {
			return false
		}
		return !m.doubtful || m.size > 3
	case Greeting:
		// a bare 早 or 喂 greets only by itself
		return m.size > 1 || m.end-m.start == len(withoutMarks(text)) || text[m.start].kind == wordUnit && m.start == 0
	case Angry:
		return m.size > 1 || text[m.start].kind == wordUnit || len(text) <= 4
	}
	return true
}

func withoutMarks(text []unit) []unit {
	var out []unit
	for _, u := range text {
		if u.kind != endUnit {
			out = append(out, u)
		}
	}
	return out
}

func intentBook() *phraseBook {
	book := newPhraseBook()
	book.soundLeast = 3 // 激气 and 机器 sound alike
	for i, name := range intentOrder {
		book.add(i, phrases(intentPhrases[name]))
	}
	return book
}

// phrases cuts a list of phrases at its bars.
func phrases(list string) []string {
	out := strings.Split(list, "|")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}
