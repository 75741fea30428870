package nlu

import (
	"regexp"
	"strings"

	"github.com/s4bot/s4bot/internal/nlu/fold"
)

// whyForms ask for the reason of a question; they are whole messages.
var whyForms = regexp.MustCompile(`^(?:你|你们|您)?(?:为什么|干嘛|干什么|为何|怎么)(?:要|还要)?(?:这么|这样)?(?:问|问我|问这个|问这些|这么问|知道这个)|^(?:为什么|为何|干嘛)(?:要|给我|把我)?(?:转|找|换|叫)(?:到|给)?(?:人工|同事|客服|人)|^(?:问这个|问这些)(?:干嘛|干什么|做什么|有什么用|有用吗|什么用)|^(?:why|why\s*(?:do you|are you|did you)?\s*ask(?:ing)?.*|why this question|why do you need.*|what for)$|有什么关系$|跟这个有关系吗$|这有关系吗$`)

// AsksWhy says that a message asks why the bot wants to know something.
func AsksWhy(text string) bool { return whyForms.MatchString(plain(text)) }

// bareWhys ask for the reason of whatever was said last; they are whole messages.
var bareWhys = regexp.MustCompile(`^(?:这是|这又是|那)?(?:为什么|为啥|为何|凭什么|凭啥|点解|干嘛|什么道理|有什么用|how come|what for)(?:呢|啊|呀|要这样|要这么做|这样做|这么做)?$`)

// WondersWhy says that a message asks no more than why.
func WondersWhy(text string) bool { return bareWhys.MatchString(plain(text)) }

// backForms take the last answer back; they are whole messages.
var backForms = regexp.MustCompile(`^(?:返回|上一步|回上一步|退回|退回上一步|返回上一步|回到上一步|回到上一题|上一题|撤销|撤回|点错了|按错了|选错了|打错了|我点错了|我按错了|我选错了|不小心点错了|刚才点错了|刚才选错了|刚点错了|手滑了|手滑|back|go back|undo|wrong button|previous|previous question|i clicked wrong|misclick|oops wrong one)$`)

// AsksBack says that a message takes the last answer back.
func AsksBack(text string) bool { return backForms.MatchString(plain(text)) }

// howForms ask how to find something out.
var howForms = regexp.MustCompile(`^(?:请问|那|这个|这)?(?:要|该|应该)?(?:怎么|咋|如何|在哪儿?|哪里|去哪儿?)(?:看|查|知道|判断|分辨|找|确认|看出来|看得出来)(?:呢|啊|呀|的|到|了)?$|^how (?:do|can|would) i (?:check|tell|see|know|find out)(?: that| it)?$|^where (?:do|can) i (?:check|see|find)(?: that| it)?$`)

// AsksHow says that a message asks how to find out what was asked, and nothing else.
func AsksHow(text string) bool { return howForms.MatchString(plain(text)) }

// correctionForms announce that what follows replaces something said before.
var correctionForms = regexp.MustCompile(`^(?:啊|哦|噢|呃|额|哎|哎呀|诶|唉|oh|ah)?\s*(?:不对|错了|不是不是|说错了|我说错了|刚说错|刚才说错|讲错了|搞错了|弄错了|更正|不好意思|等等|等一下|哦不|啊不|no wait|wait|sorry|actually|correction|i meant|i mean|my mistake|scratch that|oops)|看错了|记错了|收回|其实(?:没看|没问|不知道|不清楚|不确定)|不确定了|我是说|我的意思是|其实是|应该是说|刚才说错|刚刚说错|说反了|i meant|i mean|meant to say`)

// correctionLead is a correction's first words, where what follows is a clause of
// its own.
var correctionLead = regexp.MustCompile(`^\s*(?:啊|哦|噢|呃|额|哎|哎呀|诶|唉)?[\s,.，。!！]*(?:不对|错了|不是不是|说错了|我说错了|刚说错了?|刚才说错了?|刚刚说错了?|讲错了|搞错了|弄错了|更正|不好意思|等等|等一下|哦不|啊不)+(?:啊|呀|了|哈)?(?:[\s,.，。!！:：;；]+|$|(?:我是说|我说的是|我的意思是|应该是|是说|其实是?|刚才|是))`)

// Corrects says that a message takes back something said before.
func Corrects(text string) bool { return correctionForms.MatchString(plain(text)) }

// againForms tell of another attempt to pay.
var againForms = regexp.MustCompile(`(?:又|再|重新|重)(?:给|让|叫|帮|拿)?(?:他|她|客人)?(?:去)?(?:刷|试|收|付|插|挥|碰|扫|输|来)了?(?:一|两|二|三|几|好几)?(?:次|遍|下|回|笔|张)|(?:又|重新|重)(?:刷|试|收|付|插|挥|碰)了|(?:tried|swiped|ran|tapped|inserted|charged|paid|run|put) (?:it |the card |her card |his card |them )?(?:again|once more|twice|a second time|another time)`)

// TriesAgain says that a message tells of another attempt to pay.
func TriesAgain(text string) bool { return againForms.MatchString(plain(text)) }

// plain folds a text and drops the marks and spaces at its ends.
func plain(text string) string {
	return strings.Trim(fold.String(text), " .,!?。，！？、~…")
}

// acknowledgements are heard and mean nothing yet, after a fix was explained.
var acknowledgements = setOf("ok|okay|好|好的|行|嗯|嗯嗯|恩|哦|知道了|收到|明白|明白了|我试试|试试|我试一下|马上|马上试|可以|ok我试试|will try|let me try|trying|got it|sure|alright|one sec")

// Acknowledges says that a text is only an "OK, I heard you".
func Acknowledges(text string) bool {
	heard := false
	for clause := range strings.FieldsFuncSeq(fold.String(text), func(r rune) bool { return strings.ContainsRune(",.!。，！", r) }) {
		joined := joinUnits(withoutMarks(unitsOf(clause)))
		if !acknowledgements[joined] && !acknowledgements[strings.TrimRight(joined, "啊呀呢的哈")] {
			return false
		}
		heard = true
	}
	return heard
}

// outcomes are the ways to report on a fix beside "it works" and "it does not".
var outcomes = []struct {
	form   *regexp.Regexp
	result string
}{
	{regexp.MustCompile(`不会弄|不会操作|弄不了|做不了|试不了|没法试|没法弄|弄不来|没有?(?:热点|无线|wifi|路由|别的卡|其他卡|充电器)|没有?(?:备用|新的?|多的?|多余的?|别的|其他)纸|^(?:我|我们|这|店)?(?:家|里|边)?(?:也|都)?没有?纸(?:了|换|可换)*$|看不懂步骤|can'?t do|cannot do|don'?t know how|no other card|no hotspot|客人走了|客人不买|不买了|customer left`), "another_way"},
	{regexp.MustCompile(`还没试|没试|没来得及|等会儿?试|一会儿?试|待会试|还没弄|没弄|正在弄|在弄|等一下|等等|稍等|还没做|没做|没空|还没开始|haven'?t tried|not tried|not yet|didn'?t try|did not try|wait a|hold on|one moment|later`), "not_tried"},
	{regexp.MustCompile(`换了?(?:一?个|另一?个|成)?(?:新的?|别的|其他的?|另外的?)?(?:提示|错误|代码|报错|说法|字样)|变成(?:了)?|变了|不一样了|别的错|另一个错|其他错|新的(?:错|提示|报错)|不是s4了|提示变|different error|another error|other error|new error|changed to|something else now|now it says`), "different"},
}

// Outcome reads a text as a report on a fix: "another_way" (it cannot be done),
// "not_tried", "different", or "".
// Whether it works is for the intents Resolved and NotResolved to say.
func Outcome(text string) string {
	folded := plain(text)
	for _, o := range outcomes {
		if o.form.MatchString(folded) {
			return o.result
		}
	}
	return ""
}

// stillForms tell that it is as before, in whatever words.
var stillForms = regexp.MustCompile(`^(?:但|但是|可|可是|不过|结果|弄完|重启完|换完|换了|试了|试完|完了)?\s*(?:还是|依然|仍然|依旧|照样|仍旧|又)(?:会|在|要|说|显示|提示|报|跳)?[^好行能可没正成通]` +
	`|^(?:but |and |it |its |it'?s |it is |is )*(?:still|keeps?) (?:freez|froze|says?|saying|show|fail|crash|stuck|the same|dead|black|blank|no |not |won'?t|can'?t|doesn'?t|hang|slow|declin|reject|error|getting|giving|s4|beep|spin|loading|offline|restarting)`)

// StillSo says that a report on a fix says "it still …".
func StillSo(text string) bool { return stillForms.MatchString(plain(text)) }

// doneForms tell that something was done, and not what came of it; they are whole
// messages.
var doneForms = regexp.MustCompile(`^(?:我|我们|刚|刚刚|已经|都|全|按你说的|照你说的|照做|,|\s)*(?:弄|搞|做|试|重启|重开|开关机|换|清理|擦|充|更新|升级|插|连|签到|照做|操作)(?:完|过|好)?(?:了|啦|咯|完毕)(?:一遍|一次|一下)?$|^(?:i )?(?:have )?(?:just )?(?:done|did it|did that|done it|finished|tried it|tried that|restarted|rebooted)(?: it| that)?(?: now)?$`)

// Done says that a message reports a fix done, without how it turned out.
func Done(text string) bool { return doneForms.MatchString(plain(text)) }

// otherWayForms ask whether the customer may pay in another way.
var otherWayForms = regexp.MustCompile(`(?:让|叫|请|给|改|先|那|能不能|可不可以|可以|能|要不要|要不|用).{0,8}(?:扫码|扫个码|扫一下|扫二维码|微信|支付宝|换(?:一|别的|另一|另外一)?张?卡|别的卡|另一张卡|现金).{0,6}(?:行不行|行吗|可不可以|可以吗|可以不|好吗|好不好|吗|呢|[?？])|(?:能不能|可不可以|可否|能否|要不要).{0,8}(?:扫码|扫个码|扫一下|微信|支付宝|换(?:一|别的|另一)?张?卡|别的卡|现金)|` +
	`(?:can|could|may|should) (?:he|she|they|the customer|my customer)(?: just| please)? (?:scan|pay (?:by|with|in))|` +
	`(?:can|could|may|should|shall) (?:i|we|he|she|they|the customer|my customer)(?: just| please)? (?:let|try|use|pay|take|scan|swipe|ask|have).{0,24}(?:scan|qr|another card|other card|different card|cash|wechat|alipay)|(?:is it|would it be) ok (?:to|if).{0,30}(?:scan|qr|another card|other card|different card|cash|wechat|alipay)`)

// otherWayMost is how long such a question may be, in bytes: a longer message
// tells of more.
const otherWayMost = 120

// AsksOtherWay says that a message asks whether the customer may pay in another
// way.
func AsksOtherWay(text string) bool {
	return len(text) <= otherWayMost && otherWayForms.MatchString(strings.Trim(fold.String(text), " ,.!。，！"))
}

// asksForms end or make a question.
var asksForms = regexp.MustCompile(`[?？]|(?:吗|么|呢|没|不)$|要不要|能不能|可不可以|有没有|什么时候|多久|怎么|使唔使|^(?:should|can|could|do|does|is|are|when|how|what|why)\b|hello|在吗`)

// Asks says that a text is a question.
func Asks(text string) bool {
	return asksForms.MatchString(strings.Trim(fold.String(text), " .,!。，！"))
}

// givesUpForms drop the matter; they are whole messages.
var givesUpForms = regexp.MustCompile(`^(?:那|唉|哎|还是)?(?:算了|不弄了|不刷了|不搞了|不用了|不用查了|先不用了?|先这样|先这样吧|改天再说|下次再说|不要了|never ?mind|forget it|leave it|no need|not needed)(?:吧|了|啊|谢谢)?$`)

// GivesUp says that a message drops the matter.
func GivesUp(text string) bool { return givesUpForms.MatchString(plain(text)) }
