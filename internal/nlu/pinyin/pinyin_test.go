package pinyin

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// spelled are words of this trade and how they sound.
var spelled = map[string]string{
	"刷卡失败": "shua ka shi bai", "交易失败": "jiao yi shi bai", "机器没反应": "ji qi mei fan ying", "还是不行": "hai shi bu xing", "密码错了": "mi ma cuo le", "都刷不了": "dou shua bu le",
	"重启": "chong qi", "重新插": "chong xin cha", "长时间": "chang shi jian", "弹出": "tan chu", "调整": "tiao zheng", "系统": "xi tong", "差一点": "cha yi dian", "连不上": "lian bu shang", "显示着": "xian shi zhe", "不得行": "bu de xing",
	"怎么办": "zen me ban", "为什么": "wei shen me", "网络": "wang luo", "信号": "xin hao", "余额": "yu e", "额度": "e du", "费率": "fei lv", "绿灯": "lv deng", "忽略": "hu lue", "小票": "xiao piao", "读卡": "du ka", "芯片": "xin pian", "磁条": "ci tiao",
	"流量": "liu liang", "处理": "chu li", "传不上": "chuan bu shang", "转圈": "zhuan quan", "卷纸": "juan zhi", "数字": "shu zi", "参数": "can shu", "更新": "geng xin", "校验": "jiao yan", "应答": "ying da", "哪里": "na li", "谁": "shui", "给": "gei", "地方": "di fang",
	"嗯": "en", "〇": "ling", "零": "ling", "女": "nv", "旅": "lv", "屏幕": "ping mu", "曝光": "bao guang", "钥匙": "yao shi", "充电": "chong dian", "降级": "jiang ji", "空间": "kong jian", "模块": "mo kuai", "查询": "cha xun", "切换": "qie huan", "发卡": "fa ka", "单子": "dan zi", "只": "zhi",
}

func TestOf(t *testing.T) {
	for word, want := range spelled {
		var got []string
		for _, r := range word {
			got = append(got, Of(r))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s sounds %q, want %q", word, got, want)
		}
	}
	for _, r := range "aZ5 ，。!é\u200b😀あ한" {
		if got := Of(r); got != "" {
			t.Errorf("%c sounds %q", r, got)
		}
	}
}

func TestIn(t *testing.T) {
	for word, want := range map[string]string{
		"银行": "hang", "发卡行": "hang", "工行": "hang", "招行": "hang", "不行": "xing", "还是不行": "xing", "这张卡行": "xing", "行": "xing", "就行": "xing",
		"严重": "zhong", "又重": "chong", "店长": "zhang", "多长": "chang", "学校": "xiao", "安全校": "jiao", "子弹": "dan", "又弹": "tan", "强调": "diao", "卡": "ka", "a": "",
	} {
		r, size := utf8.DecodeLastRuneInString(word)
		if got := In(word[:len(word)-size], r); got != want {
			t.Errorf("the last of %s sounds %q, want %q", word, got, want)
		}
	}
}

// Context is as much as any reading depends on, and no more.
func TestContext(t *testing.T) {
	longest := 0
	for _, after := range readingsAfter {
		for _, words := range after {
			for _, word := range words {
				longest = max(longest, len(word))
			}
		}
	}
	if longest != Context {
		t.Errorf("a reading depends on %d bytes before it, In's callers give %d", longest, Context)
	}
}

// Every reading is a syllable that Split knows, so that what is written in
// characters and what is written in letters can meet.
func TestReadingsAreSyllables(t *testing.T) {
	for r := rune(0x4e00); r <= 0x9fa5; r++ {
		if s := Of(r); strings.ContainsAny(s, "aeiouv") && !syllables()[s] {
			t.Errorf("%c sounds %q, which is no syllable", r, s)
		}
	}
	for r, s := range readings {
		if !syllables()[s] {
			t.Errorf("%c sounds %q, which is no syllable", r, s)
		}
	}
	for s := range syllables() {
		if len(s) > 6 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is a strange syllable", s)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, want := range []string{
		"shua ka", "shua bu liao", "shua ka shi bai", "jiao yi shi bai", "zen me ban", "zen me hui shi", "mi ma cuo wu", "wang luo bu hao", "xian shi", "chao shi", "ji qi", "yin hang ka", "hai shi bu xing", "mei you xin hao", "mei fan ying", "chong qi",
		"jin e", "shu ru jin e", "xian e", "chao xian e", "yu e bu zu", "yu e bu gou", "zhang hu yu e", "ka li yu e", "chang an", "gang an zhuang", "ji neng", "xia neng", "yue fei", "ge yue", "ping an yin hang", "pin gang",
		"ren gong", "zhuan ren gong", "ping mu", "duan wang", "fei lv", "lv deng", "hu lue", "nue", "zhuang", "ke ren deng zhe", "bu zhi dao", "hao le", "ke yi le", "fan gan", "dan gao", "xian", "nv", "e", "a", "xiao piao", "lian bu shang", "zhong guo", "shuang", "ta men dou bu xing",
	} {
		parts, ok := Split(strings.ReplaceAll(want, " ", ""))
		if got := strings.Join(parts, " "); !ok || got != want {
			t.Errorf("%q splits into %q, %v", strings.ReplaceAll(want, " ", ""), got, ok)
		}
	}
	for word, want := range map[string]string{"hulve": "hu lue", "nve": "nue", "xvyao": "xu yao"} {
		if parts, _ := Split(word); strings.Join(parts, " ") != want {
			t.Errorf("%q splits into %q, want %q", word, parts, want)
		}
	}
	for _, word := range []string{
		"", "card", "terminal", "error", "failed", "swipe", "network", "pos", "pos机", "s4", "Shua", "shua ka", "xi'an", "main", "again", "pain", "n", "m", "ng", "hm", "v", "i", "u", "zh", "screen", "declined", "customer", strings.Repeat("a", 61), "刷卡", "shuakaa1",
	} {
		if parts, ok := Split(word); ok || parts != nil {
			t.Errorf("%q splits into %q", word, parts)
		}
	}
}

// TestEnglishIsNoPinyin: an English word has no syllables, though it would
// divide into some, and alone makes no text Chinese.
func TestEnglishIsNoPinyin(t *testing.T) {
	for _, text := range []string{"machine", "change pin", "are you", "corrupt database", "human", "same same"} {
		if Spelled(strings.Fields(text)) {
			t.Errorf("%q is pinyin", text)
		}
	}
	for _, text := range []string{"ka guo qi le", "kaguoqi", "machine ka zhu le ma", "yu e bu zu"} {
		if !Spelled(strings.Fields(text)) {
			t.Errorf("%q is no pinyin", text)
		}
	}
}

// What is put together from syllables comes apart into syllables, and not into
// more of them, 余额 excepted.
func TestSplitRandom(t *testing.T) {
	known := make([]string, 0, 450)
	for s := range syllables() {
		known = append(known, s)
	}
	slices.Sort(known)
	for i := range 20_000 {
		r := rand.New(rand.NewPCG(uint64(i), 4))
		word, n := "", 1+r.IntN(8)
		for range n {
			word += known[r.IntN(len(known))]
		}
		if english[word] {
			continue
		}
		parts, ok := Split(word)
		if !ok || len(parts) > n+strings.Count(word, "yue") || strings.Join(parts, "") != word {
			t.Errorf("%q splits into %q, %v", word, parts, ok)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("shuakashibai")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, word string) {
		parts, ok := Split(word)
		for _, p := range parts {
			if !ok || !syllables()[p] || len(word) > splitMost {
				t.Errorf("%q splits into %q, %v", word, parts, ok)
			}
		}
		for _, r := range word {
			In(word, r)
		}
	})
}

func TestFuzzy(t *testing.T) {
	for _, c := range [][2]string{
		{"shi", "si"}, {"zhi", "zi"}, {"chi", "ci"}, {"shua", "sua"}, {"na", "la"}, {"nv", "lv"}, {"nue", "lue"}, {"wang", "wan"}, {"zheng", "zen"}, {"xing", "xin"}, {"ying", "yin"}, {"liang", "nian"}, {"zhuang", "zuan"}, {"niang", "lian"}, {"shang", "san"},
	} {
		if Fuzzy(c[0]) != Fuzzy(c[1]) {
			t.Errorf("%s is %s, %s is %s", c[0], Fuzzy(c[0]), c[1], Fuzzy(c[1]))
		}
	}
	for _, c := range [][2]string{{"ka", "ga"}, {"shua", "hua"}, {"xing", "xiang"}, {"zhong", "zhon"}, {"bu", "pu"}, {"ren", "len"}, {"hui", "fei"}, {"yu", "yi"}, {"deng", "ding"}} {
		if Fuzzy(c[0]) == Fuzzy(c[1]) {
			t.Errorf("%s and %s are both %s", c[0], c[1], Fuzzy(c[0]))
		}
	}
	for s := range syllables() {
		if once := Fuzzy(s); Fuzzy(once) != once || once == "" {
			t.Errorf("%s becomes %q, then %q", s, once, Fuzzy(once))
		}
	}
	if Fuzzy("") != "" {
		t.Error("nothing sounds like something")
	}
}
