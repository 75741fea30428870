package index

import (
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/kb"
)

// messages are what merchants might write: short and long, Chinese and English,
// in pinyin, in traditional characters, mixed, and beside the point.
var messages = []string{
	"S4", "刷不了", "显示S4交易失败", "余额不够", "卡过期了", "密码输错三次了", "没信号", "机器死机了，按什么都没反应",
	"老板这个机子又不行了，刷了三次都是S4，后面排了一长队，急死我了怎么办",
	"早上还好好的，中午开始所有卡都刷不了，扫码倒是可以", "只有工商银行的卡不行，别的银行都正常",
	"客人说手机收到扣款短信了，但是机器显示失败，这钱到底扣没扣", "超过五千就失败，小金额可以", "打印机没纸了，打到一半就停",
	"昨天更新到一半停电了，今天开机就一直报错", "插卡没反应，要多插几次才行", "屏幕上写着51，是什么意思", "提示请联系发卡行",
	"我们账户是不是被冻结了", "系统维护到几点", "怎么申请POS机", "手续费怎么又涨了", "转人工", "你好", "谢谢，好了",
	"餘額不足嗎？刷卡機一直顯示失敗", "印表機沒紙了", "部機成日熄機，冇電咩", "wang luo bu hao", "yuebuzu", "kaguoqile zenmeban", "mi ma cuo wu",
	"card declined, says contact issuer", "the terminal keeps restarting in the middle of a payment", "no network since this morning",
	"how do I apply for a terminal", "S4 on every card, QR works fine", "code 54", "信用卡 declined 了", "wifi 断了，4G 也 no service",
	"店里的机器是前年买的，一直没更新过，最近几天老是提示版本过低，刷卡转半天圈然后就跳S4，重启过两次，换了个位置也没用，客人用别的店的机器就能刷，是不是要换新机器了，麻烦快点告诉我怎么处理，后面还有人等着呢，谢谢",
}

// BenchmarkSearch searches the messages in turn and reports the median and the
// 99th percentile of a single search.
func BenchmarkSearch(b *testing.B) {
	_, x := embedded()
	benchmarkSearch(b, x)
}

// BenchmarkSearchLarge does so in 10,000 and in 100,000 generated articles.
func BenchmarkSearchLarge(b *testing.B) {
	for _, size := range []int{10_000, 100_000} {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			began := time.Now()
			x, err := Build(generated(size))
			if err != nil {
				b.Fatal(err)
			}
			defer x.Close()
			built := time.Since(began)
			benchmarkSearch(b, x)
			b.ReportMetric(built.Seconds(), "build-s")
		})
	}
}

// generated is a base of articles whose aliases are made of pieces of real ones,
// so that characters and pairs are as common as in merchants' words.
func generated(size int) *kb.Base {
	base, _ := embedded()
	var aliases [][]rune
	for _, c := range base.Causes {
		for _, alias := range c.Aliases.ZH {
			aliases = append(aliases, []rune(alias))
		}
	}
	random := rand.New(rand.NewPCG(1, uint64(size)))
	piece := func() string {
		alias := aliases[random.IntN(len(aliases))]
		from := random.IntN(len(alias))
		return string(alias[from:min(len(alias), from+2+random.IntN(4))])
	}
	out := &kb.Base{Codes: &kb.CodeTable{}}
	for i := range size {
		t := &kb.Topic{ID: "article-" + strconv.Itoa(i), Title: kb.Text{ZH: piece() + piece(), EN: "article " + strconv.Itoa(i)}}
		for range 6 {
			t.Aliases.ZH = append(t.Aliases.ZH, piece()+piece()+piece())
		}
		out.Topics = append(out.Topics, t)
	}
	return out
}

func benchmarkSearch(b *testing.B, x *Index) {
	b.Helper()
	took := make([]time.Duration, 0, 1<<16)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		if _, err := x.Search(context.Background(), messages[i%len(messages)]); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}
