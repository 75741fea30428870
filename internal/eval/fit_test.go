package eval_test

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/eval"
)

// plain are messages of every kind that are easily told apart.
var plain = map[dialog.MessageKind][]string{
	dialog.AboutCause: {"信号只有一格", "卡过期了", "打印机没纸了", "密码输错了三次", "电池没电了，自己关机", "机器死机了按不动", "the card is expired", "no signal at all"},
	dialog.AboutGroup: {"是不是网络的问题", "我怀疑是机器坏了", "会不会是银行的问题", "是卡的问题吧", "应该是你们公司的问题", "是不是程序出毛病了", "maybe it is the network", "is it the bank"},
	dialog.Vague:      {"刷卡失败", "S4", "付不了款", "S4怎么回事", "交易失败了", "收不了钱", "payment failed", "it shows S4"},
	dialog.IntentOnly: {"转人工", "谢谢", "你好", "重新开始", "多谢师傅", "在吗", "hello", "thank you"},
	dialog.OutOfScope: {"今天天气怎么样", "怎么申请POS机", "昨天的钱还没到账", "帮我写一首诗", "你会唱歌吗", "手续费是多少", "how do I get a refund", "what is the weather like"},
}

// plainMessages gives them in a fixed order.
func plainMessages() []eval.Message {
	var out []eval.Message
	for _, kind := range dialog.Kinds {
		for _, text := range plain[kind] {
			out = append(out, eval.Message{Text: text, Kind: string(kind)})
		}
	}
	return out
}

func TestFitKindsSeparates(t *testing.T) {
	r, ctx := newReader(t), context.Background()
	messages := plainMessages()
	weights, row, err := eval.FitKinds(ctx, r, messages)
	if err != nil {
		t.Fatal(err)
	}
	if row.Of != len(messages) || row.Value < .7 || row.Low > row.Value || row.High < row.Value {
		t.Errorf("of messages left out of the fit it tells %+v", row)
	}
	var rows [][]float64
	for _, kind := range dialog.Kinds {
		if len(weights[kind]) != len(dialog.KindFeatures) {
			t.Fatalf("%s has %d weights", kind, len(weights[kind]))
		}
		var row []float64
		for _, name := range dialog.KindFeatures {
			row = append(row, weights[kind][name])
		}
		rows = append(rows, row)
	}
	wrong := 0
	for _, m := range messages {
		hits, err := r.Search.Search(ctx, r.Manager.Query(m.Text))
		if err != nil {
			t.Fatal(err)
		}
		p := dialog.Softmax(rows, r.Manager.Features(r.Manager.Reading(m.Text), hits))
		if got := dialog.Kinds[slices.Index(p, slices.Max(p))]; string(got) != m.Kind {
			t.Logf("%q was fitted to as %s and is told as %s", m.Text, m.Kind, got)
			wrong++
		}
	}
	if wrong > len(messages)/10 {
		t.Errorf("of the messages that it was fitted to %d are told wrongly", wrong)
	}
}

func TestFitKindsIsTheSameAtEachRun(t *testing.T) {
	messages := plainMessages()
	weights, row, err := eval.FitKinds(context.Background(), newReader(t), messages)
	if err != nil {
		t.Fatal(err)
	}
	again, same, err := eval.FitKinds(context.Background(), newReader(t), messages)
	if err != nil || !reflect.DeepEqual(weights, again) || row != same {
		t.Errorf("the same messages gave %v, then %v (%v)", row, same, err)
	}
}
