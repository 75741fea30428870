package nlu_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
	"github.com/s4bot/s4bot/knowledge"
)

var theReader = sync.OnceValues(func() (*nlu.Reader, error) {
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		return nil, err
	}
	return nlu.New(base), nil
})

func newReader(t testing.TB) *nlu.Reader {
	t.Helper()
	r, err := theReader()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFacts(t *testing.T) {
	r := newReader(t)
	tests := []struct{ text, question, option string }{
		{"别的卡都能刷，就这张不行", "which_cards", "this_card"},
		{"哪张卡都刷不了", "which_cards", "every_card"},
		{"換了好幾張卡都刷不出", "which_cards", "every_card"},
		{"other cards work fine", "which_cards", "this_card"},
		{"网是好的", "network_state", "good"},
		{"信号只有一格", "network_state", "weak"},
		{"wang luo duan le", "network_state", "none"},
		{"显示51", kb.ResponseCode, "balance"},
		{"小票上印着五十四", kb.ResponseCode, "expired"},
		{"钱已经扣了", "charge_status", "charged"},
		{"客人说没收到扣款短信", "charge_status", "not_charged"},
		{"没扣", "charge_status", "not_charged"},
		{"the customer was charged", "charge_status", "charged"},
		{"he was not charged", "charge_status", "not_charged"},
		{"是不是网的问题", kb.SuspectedArea, "network"},
		{"I think it's the bank", kb.SuspectedArea, "bank"},
		// no answer at all
		{"不知道钱扣没扣", "charge_status", ""},
		{"钱扣了吗？", "charge_status", ""},
		{"有没有扣款我不清楚", "charge_status", ""},
		{"纸仓盖没扣紧", "charge_status", ""},
		{"was he charged?", "charge_status", ""},
		{"收了51块", kb.ResponseCode, ""},
		{"不是没信号", "network_state", ""},
	}
	for _, tt := range tests {
		if got := r.Read(tt.text).Fact(tt.question); got != tt.option {
			t.Errorf("%q: %s is %q, want %q", tt.text, tt.question, got, tt.option)
		}
	}
}

func TestAnswers(t *testing.T) {
	r := newReader(t)
	tests := []struct{ question, text, option string }{
		{"network_state", "2", "weak"},
		{"network_state", "第三个", "none"},
		{"network_state", "信号弱", "weak"},
		{"network_state", "正常", "good"},
		{"charge_status", "没有", "not_charged"},
		{"charge_status", "是的，扣了", "charged"},
		{"charge_status", "no", "not_charged"},
		{"which_cards", "就这张", "this_card"},
		{kb.ResponseCode, "51", "balance"},
		{kb.ResponseCode, "５５", "pin"},
		{kb.ResponseCode, "没有", "none"},
		{"network_state", "不知道", ""},
		{"network_state", "今天天气不错", ""},
		{"charge_status", "不知道", ""},
		{"charge_status", "还不知道扣没扣", ""},
	}
	for _, tt := range tests {
		if got := r.ReadAnswer(tt.text, tt.question).Fact(tt.question); got != tt.option {
			t.Errorf("asked %s, %q is %q, want %q", tt.question, tt.text, got, tt.option)
		}
	}
}

func TestIntents(t *testing.T) {
	r := newReader(t)
	tests := []struct {
		text string
		want nlu.Intent
	}{
		{"您好，有人吗", nlu.Greeting},
		{"多謝晒", nlu.Thanks},
		{"我要找真人", nlu.Human},
		{"can I talk to a real person", nlu.Human},
		{"可以了，能刷了", nlu.Resolved},
		{"it's working now, cheers", nlu.Resolved},
		{"弄完还是不行", nlu.NotResolved},
		{"从头再来", nlu.Restart},
		{"这个我不清楚", nlu.Unsure},
		{"bu zhi dao", nlu.Unsure},
		{"你们这破机器，退钱", nlu.Angry},
		{"用中文", nlu.LanguageZH},
		{"english pls", nlu.LanguageEN},
		{"信号只有一格", ""},
	}
	for _, tt := range tests {
		got := r.Read(tt.text).Intents
		if tt.want == "" && len(got) > 0 || tt.want != "" && !slices.Contains(got, tt.want) {
			t.Errorf("%q has the intents %v, want %q", tt.text, got, tt.want)
		}
	}
}

func TestTriedAndWaiting(t *testing.T) {
	r := newReader(t)
	if got := r.Read("重启过了还是不行").Tried; !slices.Contains(got, "restart-terminal") {
		t.Errorf("restarted already, and read as %v", got)
	}
	if got := r.Read("要不要重启？").Tried; len(got) > 0 {
		t.Errorf("a question whether to restart is read as %v tried", got)
	}
	if !r.Read("后面好多人排队").Waiting || r.Read("机器坏了").Waiting {
		t.Error("a waiting customer is not told from none")
	}
}

func TestLanguage(t *testing.T) {
	r := newReader(t)
	for text, want := range map[string]kb.Lang{
		"S4 91": "", "s4, 05!": "", "S4 error": kb.English,
		"刷卡失败": kb.Chinese, "card declined": kb.English, "POS机not working": kb.Chinese,
		"shua ka shi bai": kb.Chinese, "S4": "", "51": "", "": "",
	} {
		if got := r.Read(text).Lang; got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

func TestEssenceHoldsNoSecretAndNoWish(t *testing.T) {
	r := newReader(t)
	for text, want := range map[string]string{
		"S4怎么回事啊": "", "转人工客服": "", "密码是[pin]": "", "可是钱已经扣了": "",
	} {
		if got := r.Essence(text); got != want {
			t.Errorf("the essence of %q is %q, want %q", text, got, want)
		}
	}
	if got := r.Essence("卡号[card …1234]刷不了，信号一格"); got == "" {
		t.Error("the sign is lost")
	}
}

func TestWishes(t *testing.T) {
	for text, want := range map[string]bool{"为什么问这个？": true, "why do you ask": true, "为什么刷不了": false} {
		if nlu.AsksWhy(text) != want {
			t.Errorf("AsksWhy(%q) is %v", text, !want)
		}
	}
	for text, want := range map[string]bool{"点错了": true, "go back": true, "机器退回去了": false} {
		if nlu.AsksBack(text) != want {
			t.Errorf("AsksBack(%q) is %v", text, !want)
		}
	}
	for text, want := range map[string]string{"还没试": "not_tried", "现在换了个提示": "different", "一样": "", "not yet": "not_tried"} {
		if got := nlu.Outcome(text); got != want {
			t.Errorf("Outcome(%q) is %q, want %q", text, got, want)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	r := newReader(b)
	for b.Loop() {
		r.Read("我们店的机子从昨天晚上开始老是转圈圈，转半天最后跳S4，别的卡也一样，扫码倒是能收，您帮忙看看")
	}
}
