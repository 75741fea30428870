package nlu

import (
	"regexp"

	"github.com/s4bot/s4bot/internal/kb"
)

// suspicions are the forms of a guess: "是不是…", "估计…", "…的问题吧".
var suspicions = regexp.MustCompile(`是不是|是否|会不会|怕不是|可能|估计|感觉|觉得|怀疑|应该是|应该不是|八成|大概|寻思|好像是|不会是|难道|莫非|我猜|猜是|看来是|说不定|多半|肯定是|就是.{0,8}(?:问题|毛病)|的(?:问题|毛病|事|锅|原因|责任|关系)|有(?:问题|毛病)|(?:出|有)(?:了)?(?:啥|什么)?(?:问题|毛病|状况|故障|岔子)|(?:方面|那边|这边|那头)|跟.{1,8}有关|怪.{1,10}(?:银行|网|卡|机)|坏了吧|吧$|` +
	`maybe|perhaps|probably|might be|could it be|could be|is it (?:my|the|a|your)|i think|i guess|i suspect|i reckon|i bet|seems like|looks like|sounds like|something (?:wrong )?with|problem with|issue with|fault|must be|blame|` +
	`shi bu shi|shibushi|ke neng|keneng|gu ji|guji|wen ti|wenti`)

// areas are the words for each area that a merchant may suspect, tried in this
// order: what is said of the company or the bank is not about the card.
var areas = []struct {
	option string
	form   *regexp.Regexp
}{
	{"company", regexp.MustCompile(`支付公司|收单|你们(?:公司|平台|系统|那边|后台|这边|服务器|通道)|通道|平台|服务商|拉卡拉|随行付|银联那|第三方|后台服务器|payment (?:company|provider|processor|channel|platform|side)|your (?:side|end|system|platform|company|server|servers|service)|acquirer|processor|tong ?dao|zhi ?fu ?gong ?si|ping ?tai`)},
	{"account", regexp.MustCompile(`(?:商户|店里?|店铺|我们店|公司|咱店|铺)(?:的)?(?:账户|账号|后台|资质|认证|设置|资料|号)|商户(?:后台|那)?|资质|营业执照|merchant (?:account|settings|profile|side|id)|my account|our account|shang ?hu`)},
	{"bank", regexp.MustCompile(`银行(?:那|的|方|系统|出|有|端|问题)|发卡行|发卡方|开卡行|开卡的|(?:他|她|客人|人家)(?:的|家)?(?:那|那家|那个)?银行|哪家银行|银行$|银行吧|the bank|his bank|her bank|their bank|card issuer|issuing bank|issuer|yin ?hang|fa ?ka ?hang`)},
	{"entry", regexp.MustCompile(`(?:我|俺|咱|店员|收银员|小妹|新手|自己|自个|操作|输入|按).{0,8}(?:弄错|搞错|按错|输错|操作错|操作得?不对|操作不当|没弄对|没按对|没操作对|弄得不对|弄不对|按得不对|不会操作|不会用|步骤|哪步|哪一步|手误|失误|点错)|操作(?:问题|失误|不当|方法)|我(?:是不是)?(?:按|弄|点|输|操作).{0,4}(?:错|不对)|(?:did|am|do|was) i .{0,20}wrong|i .{0,16}(?:wrong|mistake|incorrectly)|my (?:mistake|fault)|user error|operator error|pressed something|cao ?zuo`)},
	{"program", regexp.MustCompile(`软件|程序|系统(?:的|有|出|里|坏|问题|毛病|吧|$)|app(?:的|有|出|\b)|固件|software|firmware|the app|program|ruan ?jian|xi ?tong|cheng ?xu`)},
	{"network", regexp.MustCompile(`网络|网的|网有|网出|网不|网这|网吧|的网|上网|家网|店网|断网|信号|wi-?fi|流量卡|宽带|路由|网速|网的事|网的问题|^网|network|internet|signal|connection|wang ?luo|xin ?hao|wifi`)},
	{"card", regexp.MustCompile(`卡(?:片)?(?:的|有|出|本身|自己|坏|不好|那|吧|这|问题)|(?:客人|顾客|他|她|这|那)(?:的|那)?(?:张|个)?卡|(?:his|her|the|their|customer'?s?|customers) card|card itself|something with the card|with the card|\bka de wen ?ti`)},
	{"machine", regexp.MustCompile(`机器|机子|硬件|终端|pos ?机?(?:坏|有|出|的|本身|$)|刷卡机|设备|读卡器|主板|零件|壳子|hardware|the terminal|the machine|card machine|the device|the reader|ji ?qi|ji ?zi|ying ?jian`)},
}

// suspicionMost is how much a message may tell, in units of content, and still
// be a mere suspicion.
const suspicionMost = 7

// suspicion reads which area a message suspects, without telling a sign; "" for
// any other message.
func suspicion(folded string, content int) string {
	if content > suspicionMost || !suspicions.MatchString(folded) {
		return ""
	}
	for _, a := range areas {
		if a.form.MatchString(folded) {
			return a.option
		}
	}
	return ""
}

// withSuspicion adds the suspected area to facts that do not tell it.
func (r *Reader) withSuspicion(facts []Fact, folded string, content int) []Fact {
	for _, f := range facts {
		if f.Question == kb.SuspectedArea {
			return facts
		}
	}
	option := suspicion(folded, content)
	if q := r.base.Question(kb.SuspectedArea); option == "" || q == nil || q.Option(option) == nil {
		return facts
	}
	return append(facts, Fact{kb.SuspectedArea, option, GuessSlip})
}
