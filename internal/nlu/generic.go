package nlu

// genericPhrases say only that something failed, or nothing at all: what is
// left of a message without them is what it tells of the problem.
const genericPhrases = `是否|写着|写的是|写了|旁边|旁边写着|后面写着|后面是|下面写着|小票上|小票上写着|屏幕上|屏幕上写着|数字|两位数字|印着|代码|错误码|应答码|返回码|响应码|提示码|故障码|错误代码|code|error code|response code|s4|s 4|es4|艾斯4|艾斯四|爱思4|s四|交易|失败|失败了|交易失败|刷卡|刷不了|刷不了卡|刷不出|刷不出来|刷不上|刷不成功|不成功|没成功|刷卡失败|收不了|收不了款|收不了钱|收款|收钱|用不了|不能用|不能刷|刷不得|刷不起|
	机器|机子|pos|pos机|刷卡机|终端|收款机|机|卡|屏幕|显示|跳|弹|弹出|出现|报|报错|出错|错误|出了|坏|问题|毛病|情况|故障|有问题|出问题|出毛病|不好使|不行|不行了|不中|不灵|
	怎么|怎么办|怎么回事|怎么弄|怎么搞|怎么处理|为什么|什么|什么意思|什么原因|什么情况|什么问题|回事|咋|啥|是什么|是啥|哪里|解决|解释|处理|帮|帮忙|帮我|帮看看|看看|看一下|看下|帮帮|求助|救命|急|着急|急死|请问|问一下|想问|问下|师傅|老师|客服|亲|老板|你们|你|您|我|我们|我家|我这|这个|那个|这|那|就|又|老|老是|总是|一直|今天|现在|刚才|刚刚|突然|忽然|都|也|还|是|可是|但是|但|不过|然后|结果|因为|所以|而且|已经|可|no|yes|的|了|啊|呀|呢|吧|哦|嘛|哈|诶|唉|哎|吗|么|呃|嗯|额|个|一个|一下|有|在|给|到|上|来|去|说|人|店里|店|客人|客户|客人说|客户说|顾客说|他说|她说|说是|人家说|顾客|排队|等着|等|一堆|一排|好多|快|快点|赶紧|麻烦|谢谢|您好|你好|好|不|没|能|会|要|得|呗|嗷|烦死|烦死了|烦|愁|气死|生意|做生意|钱|外面|后面|已经|半天|好久|好几次|几次|次|又是|老让|叫|让|问|催|催我|
	the|a|an|is|are|was|it|its|i|im|me|my|we|our|you|your|to|on|in|at|of|for|and|but|so|this|that|what|whats|why|how|do|does|did|can|cant|please|pls|help|error|failed|fail|fails|failing|failure|card|cards|machine|terminal|pos|payment|payments|transaction|not|working|work|works|wont|says|say|shows|show|showing|shown|screen|keeps|keep|getting|get|got|problem|issue|problems|customer|customers|waiting|wait|queue|line|urgent|asap|mean|means|meaning|again|now|today|all|just|code|hi|hello|hey|have|has|there|with|up|reader|swipe|any|idea|going|happened|happening|fix|
	zen me|zenme|hui shi|huishi|zen me ban|zenmeban|wei shen me|weishenme|shua ka|shuaka|shua|ka|shi bai|shibai|jiao yi|jiaoyi|ji qi|jiqi|ji zi|jizi|bu liao|buliao|bu xing|a|ya|le|de|ne|ma|wo|ni|de|shen me|shenme|xian shi|xianshi|shua bu liao|bang wo|bang mang|kan kan|kan xia`

func genericBook() *phraseBook {
	book := newPhraseBook()
	book.add(0, phrases(genericPhrases))
	return book
}

// content counts the units of a text that tell something: those that no
// generic word and none of the covered spans explain. Numbers tell nothing by
// themselves; codes are facts.
func (r *Reader) content(text []unit, covered []match) int {
	known := make([]bool, len(text))
	mark := func(m match) {
		for i := m.start; i < m.end; i++ {
			known[i] = true
		}
	}
	for _, m := range covered {
		mark(m)
	}
	for _, m := range r.genericBook.find(text) {
		mark(m)
	}
	told := map[string]bool{} // the same again tells nothing
	for i, u := range text {
		if !known[i] && (u.kind == hanUnit || u.kind == wordUnit) {
			told[u.text] = true
		}
	}
	return len(told)
}
