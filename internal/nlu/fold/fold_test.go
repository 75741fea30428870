package fold

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestString(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "",
		"POS机":                         "pos机",
		"ＰＯＳ　Ｓ４！":                      "pos s4!",
		"①②③⑩ ⒈ ㈠ ㊀":                   "12310 1. (一) 一",
		"𝐒𝟒 Ⓢ④ Ｓ₄ ﬁ ㎏ №":               "s4 s4 s4 fi kg no",
		"刷\u200b卡\u00ad\ufeff失\u2060败": "刷卡失败",
		"5️⃣ ❤️ e\u0301":               "5 ❤ e",
		"shuā kǎ Café É":               "shua ka cafe e",
		"一\t二\r\n三\u3000四\u00a0五\x00六": "一 二 \n三 四 五 六",
		"刷卡機螢幕顯示交易失敗，請聯繫發卡銀行":          "刷卡机屏幕显示交易失败,请联系发卡银行",
		"裡面沒有訊號，餘額不足":                  "里面没有信号,余额不足",
		"⼿⼀⼆勞":                         "手一二劳",
		"ㅤ刷\u1160卡ﾠ":                   "刷卡",
		"刷⠀卡":                          "刷 卡",
		"\u0130I":                      "ii",
		"卡\uFFFD卡":                     "卡 卡",
	} {
		if got := String(text); got != want {
			t.Errorf("%q folds to %q, want %q", text, got, want)
		}
	}
}

func TestInvalidUTF8(t *testing.T) {
	text := "卡\xff\xe4\xb8刷\uFFFD\xc3"
	want := []Rune{{'卡', 0, 3}, {' ', 3, 4}, {' ', 4, 5}, {' ', 5, 6}, {'刷', 6, 9}, {' ', 9, 12}, {' ', 12, 13}}
	got := Runes(text)
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("rune %d is %v, want %v", i, got[i], want[i])
		}
	}
}

// Each folded rune shows in the original what it was made of.
func TestOffsets(t *testing.T) {
	for _, c := range []struct {
		text, folded, original string
	}{
		{"我嘅刷ka卡冇反應", "刷卡", "刷ka卡"},
		{"張ka冇反應", "卡", "張ka"},
		{"螢幕黑咗", "屏幕", "螢幕"},
		{"點解唔得", "为什么", "點解"},
		{"點解唔得", "不行", "唔得"},
		{"刷\u200b卡", "卡", "卡"},
		{"⑩分钟", "10", "⑩"},
		{"shuǎ 失败", "失败", "失败"},
	} {
		if got := originalOf(c.text, c.folded); got != c.original {
			t.Errorf("%q in %q comes from %q, want %q", c.folded, c.text, got, c.original)
		}
	}
}

// originalOf gives the bytes of a text that a part of its folded form comes
// from.
func originalOf(text, part string) string {
	runes := Runes(text)
	want := []rune(part)
	for i := range runes {
		if i+len(want) <= len(runes) && same(runes[i:i+len(want)], want) {
			return text[runes[i].Start:runes[i+len(want)-1].End]
		}
	}
	return ""
}

func same(runes []Rune, want []rune) bool {
	for i, r := range want {
		if runes[i].R != r {
			return false
		}
	}
	return true
}

// Folding twice is folding once, rune by rune over all of Unicode.
func TestEveryRune(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		once := String(string(r))
		if twice := String(once); twice != once {
			t.Errorf("%U folds to %q, then to %q", r, once, twice)
		}
		for _, c := range once {
			if Invisible(c) || unicode.IsUpper(c) && unicode.ToLower(c) != c || unicode.IsControl(c) && c != '\n' {
				t.Errorf("%U folds to %q", r, once)
			}
		}
	}
}

func TestWordsAreFolded(t *testing.T) {
	for _, list := range wordsByFirst() {
		for i, w := range list {
			from, to := string(w.from), string(w.to)
			var folded []Rune
			for _, r := range from {
				folded = appendFolded(folded, r, 0, 1)
			}
			if !same(folded, w.from) || len(folded) != len(w.from) {
				t.Errorf("%s can never be found: it folds to %s", from, text(folded))
			}
			if from != to && String(to) != to {
				t.Errorf("%s=%s folds on to %s", from, to, String(to))
			}
			if got := String(from + "嗷"); got != to+"嗷" {
				t.Errorf("%s gives %s, want %s", from, got, to)
			}
			for _, other := range list[i+1:] {
				if string(other.from) == from {
					t.Errorf("%s stands twice: %s, %s", from, to, string(other.to))
				}
			}
		}
	}
}

func text(runes []Rune) string {
	var b strings.Builder
	for _, r := range runes {
		b.WriteRune(r.R)
	}
	return b.String()
}

func TestRegionalWords(t *testing.T) {
	for text, want := range map[string]string{
		// Taiwan
		"螢幕顯示網路逾時": "屏幕显示网络超时", "訊號不好": "信号不好", "印表機沒紙": "打印机没纸", "列印失敗": "打印失败", "機器當機了": "机器死机了", "重開機也沒用": "重启也没用",
		"軟體要更新": "软件要更新", "韌體版本": "固件版本", "記憶體不足": "内存不足", "程式錯誤": "程序错误", "資料庫異常": "数据库异常", "晶片讀不到": "芯片读不到", "網路線鬆了": "网线松了", "這張卡不支援": "这张卡不支持",
		"感熱紙用完": "热敏纸用完", "觸控螢幕沒反應": "触摸屏没反应", "顯示著S4": "显示着s4", "客人等著": "客人等着", "妳好": "你好", "甚麼意思": "什么意思", "瞭解": "了解", "馀額": "余额", "帳戶餘額": "账户余额", "結帳": "结账", "重新開機": "重启",
		// Hong Kong
		"部機冇電": "机器没电", "部機開唔到": "机器开不到", "張咭唔得": "张卡不行", "碌卡機壞咗": "刷卡机坏了", "碌咭": "刷卡", "點解唔得": "为什么不行", "點樣搞": "怎么搞", "點算好": "怎么办好", "係咪壞咗": "是不是坏了", "唔係": "不是", "係網絡問題": "是网络问题", "我係老闆": "我是老板",
		"仲係唔得": "还是不行", "仲未得": "还不行", "仲有": "还有", "啱啱": "刚刚", "搞掂": "搞定", "好咗": "好了", "得咗": "好了", "乜嘢事": "什么事", "做乜": "为什么", "撳咩都冇反應": "按什么都没反应", "而家": "现在", "今日成日斷線": "今天老是断网", "邊個": "谁", "幾時": "什么时候",
		"俾錢": "付钱", "畀咗錢": "给了钱", "呢張卡": "这张卡", "嗰部": "那部", "郁唔到": "动不了", "唔郁": "不动", "喐都唔喐": "动都不动", "人客等緊": "客人在等", "啲客": "些客", "咁慢": "这么慢", "嚟緊": "来紧", "隔籬鋪頭": "隔壁店", "熄咗機": "关了机", "信用額唔夠": "额度不够", "户口冇錢": "账户没钱", "搵人": "找人",
		"好咩": "好吗", "唔知道": "不知道", "唔該": "谢谢", "有冇人": "有没有人", "拍卡": "碰卡", "hang機": "死机", "個芒黑咗": "个屏幕黑了",
		// dialects
		"咋整啊": "怎么办啊", "咋回事": "怎么回事", "咋了": "怎么了", "啥情况": "什么情况", "为啥": "为什么", "做啥子": "做什么", "啷个办": "怎么办", "莫得信号": "没有信号", "木有网": "没有网", "俺这机器": "我这机器", "晓不得": "不知道", "中不中": "行不行", "么子情况": "什么情况", "恁慢": "这么慢",
		"弗来三": "不行", "刷勿出": "刷不出", "好伐": "好吗", "阿拉店里": "我们店里", "侬好": "你好", "肿么办": "怎么办", "机器坏特了": "机器坏掉了", "不咋地": "不怎么",
		// filters
		"刷ka卡": "刷卡", "刷KA失败": "刷卡失败", "银行ka卡": "银行卡", "信用ka": "信用卡", "个人信xi息": "个人信息", "插ka没反应": "插卡没反应", "ka号错误": "卡号错误", "P0S机": "pos机",
	} {
		if got := String(text); got != want {
			t.Errorf("%q folds to %q, want %q", text, got, want)
		}
	}
}

// Ordinary Mandarin has regional words inside it that are none.
func TestOrdinaryMandarinStays(t *testing.T) {
	for _, text := range strings.Fields(`
		当机器显示失败时怎么办 当机子没电的时候 当机立断 适当机会 早点解决 快点解决 重点解决一下 两点解除限制 8点解冻 12点解约 尽早点解决 晚点再试 网点样式 早点搞定 8点算起 10点整 12点搞活动
		系统维护 关系不大 联系客服 一系列问题 体系 就系统出错了 都系统问题 数据库系统 联系人
		刷过卡了 插过卡也不行 换过卡 过卡失败 拍卡号 刷退款失败
		信用额度不够 户口本 查户口 农业户口
		上网卡得很 上网卡死 数据卡住了 数据卡在那里 流量卡没了 网卡
		这全部机器 外部机构 内部机房
		拿着机子去修 对着机器 放着机器不管
		插头先拔掉 回头先看看 里头先
		仲裁委员会 伯仲之间 郁闷 忧郁 步伐 讨伐 砍伐 伐木 弗兰克 咋舌 咋咋呼呼 执着
		怎么得了 什么得罪 那么得意 莫得罪 小米有问题 玉米有吗 大米有货 积木有货 树木有 五厘米有
		完成日期 生成日志 达成日 成本 完成部分 变成个大问题
		那边个别机器 旁边个体户 左边位置 后边部分
		反而家里的可以 打听日期 听日语
		平等 等紧急通知 等紧张 排队等着呢排队的人很多 我呢个人觉得
		转人工客服 工人客气 个人客户
		阿拉伯 阿拉善 未得到通知 尚未得知 没得到 感冒得厉害
		方程式 软体动物 水晶片 系列印刷 连线路都检查了 考卷纸
		档案 按怎么按都没反应 选单笔金额 坏特别快 一条街市场
		著名 显著 名著 瞭望 甚至
		刷kakao 用kakao卡 ka是什么 taka也
		个芒果 忙碌 劳碌 相关系统 投资讯息吗
		唔 嗯唔，好的
	`) {
		want := strings.NewReplacer("，", ",", "讯息", "讯息").Replace(text)
		if got := String(text); got != want {
			t.Errorf("%q folds to %q", text, got)
		}
	}
}

// alphabets are what random texts are made of.
var alphabets = []string{
	"刷卡失败机器显示交易银行网络密码", "abcXYZ 0189.,-", "ａＺ０９①⒑㈠㊀ﬁ㎏", "\u200b\u0301\ufe0f\u20e3\u3164\u00ad", "刷卡機螢幕訊號餘額係著", "\x00\n\r\t\u2028\u3000",
	"冇唔嘅喺咗咋啥俺恁侬弗伐仲郁乜系咪点解部机成日户口边个几时", "\xff\xc3\xe4\xb8\uFFFD", "😀👍🏽❤️", "刷ka卡信xi息", "éßĳſKΩΐӑ",
}

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(30) {
		alphabet := alphabets[r.IntN(len(alphabets))]
		at := r.IntN(len(alphabet))
		b.WriteString(alphabet[at:min(len(alphabet), at+1+r.IntN(6))])
	}
	return b.String()
}

func TestOffsetsOfRandomText(t *testing.T) {
	for i := range 20_000 {
		checkOffsets(t, randomText(rand.New(rand.NewPCG(uint64(i), 9))))
	}
}

func FuzzRunes(f *testing.F) {
	for i := range 50 {
		f.Add(randomText(rand.New(rand.NewPCG(uint64(i), 8))))
	}
	f.Fuzz(checkOffsets)
}

// checkOffsets checks that the folded runes of a text come from it in order,
// that each is made of what it points at, and that nothing visible is lost.
func checkOffsets(t *testing.T, text string) {
	t.Helper()
	at := Rune{}
	covered := make([]bool, len(text))
	for _, r := range Runes(text) {
		if r.Start < at.Start || r.End < at.End || r.Start >= r.End || r.End > len(text) {
			t.Fatalf("%q: %v after %v", text, r, at)
		}
		at = r
		if !madeOf(r.R, text[r.Start:r.End]) {
			t.Errorf("%q: %c does not come from %q", text, r.R, text[r.Start:r.End])
		}
		for i := r.Start; i < r.End; i++ {
			covered[i] = true
		}
	}
	for i, r := range text {
		if !covered[i] && !Invisible(r) && String(string(r)) != "" {
			t.Errorf("%q: %c is lost", text, r)
		}
	}
	if !utf8.ValidString(String(text)) {
		t.Errorf("%q folds to no UTF-8", text)
	}
}

// madeOf says that a folded rune is among what an original folds to, by itself,
// before another character, or without a look at the words.
func madeOf(r rune, original string) bool {
	for start := 0; start < len(original); {
		c, size := utf8.DecodeRuneInString(original[start:])
		for _, plain := range appendFolded(nil, c, 0, size) {
			if plain.R == r {
				return true
			}
		}
		start += size
	}
	return strings.ContainsRune(String(original), r) || strings.ContainsRune(String(original+"好"), r)
}

func TestTraditionalFoldsBack(t *testing.T) {
	for r := rune(0x4e00); r < 0x9fa6; r++ {
		if want, got := String(string(r)), String(string(Traditional(r))); got != want && !strings.ContainsRune(unsimplified, Traditional(r)) {
			t.Errorf("%c is %c in Traditional, which folds to %s, want %s", r, Traditional(r), got, want)
		}
	}
}
