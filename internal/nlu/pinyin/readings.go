package pinyin

import "strings"

// readings are the syllables of characters whose commonest reading in this
// trade is not the first in the dictionary: 重启, 长时间, 调整, 弹出, 校验, 曝光.
var readings = map[rune]string{
	'重': "chong", '长': "chang", '调': "tiao", '弹': "tan", '校': "jiao", '曝': "bao",
	'嗯': "en", '〇': "ling", '嘅': "ge",
}

// readingsAfter are the other readings of such characters, by the text that
// stands before them.
var readingsAfter = map[rune]map[string][]string{
	'行': {"hang": {"银", "发卡", "开户", "分", "支", "总", "商", "招", "建", "工", "农", "交", "某"}},
	'重': {"zhong": {"严", "体"}},
	'长': {"zhang": {"店", "行", "增"}},
	'调': {"diao": {"强", "声", "语"}},
	'弹': {"dan": {"子", "炸"}},
	'校': {"xiao": {"学", "高"}},
}

// Context is how many bytes of the text before a character In looks at.
const Context = len("发卡")

// In gives the syllable of a Chinese character that stands after some text: 行
// is hang in 银行 and xing in 不行. Where the text does not tell, it is Of.
func In(before string, r rune) string {
	for syllable, words := range readingsAfter[r] {
		for _, word := range words {
			if strings.HasSuffix(before, word) {
				return syllable
			}
		}
	}
	return Of(r)
}
