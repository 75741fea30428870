package index

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/bayes"
)

// small is knowledge of which every part has words of its own.
var small = &kb.Base{
	Causes: []*kb.Cause{
		{
			ID: "card.expired", Title: kb.Text{ZH: "卡过期", EN: "expired card"},
			Aliases: kb.Texts{ZH: []string{"有效日子到头", "zhengjian shixiao"}, EN: []string{"out of date"}},
			Explain: kb.Text{ZH: "银行拒绝受理", EN: "the bank refuses"},
			Prevent: kb.Texts{ZH: []string{"收款前瞧一眼"}, EN: []string{"glance first"}},
			Cures:   []kb.Cure{{Fix: &kb.Fix{ID: "other", Title: kb.Text{ZH: "请顾客另付", EN: "another way"}}}},
		},
		{
			ID: "network.down", Title: kb.Text{ZH: "网络断", EN: "network down"},
			Aliases: kb.Texts{ZH: []string{"没信号"}, EN: []string{"offline"}},
			Explain: kb.Text{ZH: "数据传送失败", EN: "data cannot travel"},
		},
	},
	Howtos: []*kb.Howto{{
		ID: "howto.apply", Title: kb.Text{ZH: "申请机器", EN: "apply"},
		Aliases: kb.Texts{ZH: []string{"想办POS"}, EN: []string{"get a terminal"}}, Steps: kb.Texts{ZH: []string{"打开官网"}, EN: []string{"visit us"}},
	}},
	Topics: []*kb.Topic{{
		ID: "fees", Title: kb.Text{ZH: "手续费", EN: "fees"},
		Aliases: kb.Texts{ZH: []string{"扣点多少"}, EN: []string{"percentage"}}, Answer: kb.Text{ZH: "请问客服", EN: "ask support"},
	}},
	Codes: &kb.CodeTable{Title: kb.Text{ZH: "应答码", EN: "codes"}, Aliases: kb.Texts{ZH: []string{"数字含义"}, EN: []string{"meaning"}}},
}

func build(t *testing.T, base *kb.Base, without ...Part) *Index {
	t.Helper()
	x, err := Build(base, without...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

// TestParts shows what each text finds first, with everything and without each
// part.
func TestParts(t *testing.T) {
	everything, parts := build(t, small), map[Part]*Index{}
	for _, part := range []Part{Aliases, Pinyin, Body, Bayes} {
		parts[part] = build(t, small, part)
	}
	for _, test := range []struct {
		how, text, id string
		lost          []Part // without each of these it finds nothing
	}{
		{"title", "卡过期", "card.expired", nil},
		{"English title", "network", "network.down", nil},
		{"alias", "没信号", "network.down", []Part{Aliases}},
		{"English alias", "offline", "network.down", []Part{Aliases}},
		{"alias of a how-to", "想办", "howto.apply", []Part{Aliases}},
		{"alias of a topic", "扣点", "fees", []Part{Aliases}},
		{"alias of the codes", "含义", kb.CodesArticle, []Part{Aliases}},
		{"explanation", "拒绝受理", "card.expired", []Part{Body}},
		{"fix", "顾客另付", "card.expired", []Part{Body}},
		{"prevention", "瞧一眼", "card.expired", []Part{Body}},
		{"steps", "打开", "howto.apply", []Part{Body}},
		{"a title in pinyin", "ka guo qi", "card.expired", []Part{Pinyin}},
		{"an alias in pinyin", "meixinhao", "network.down", []Part{Pinyin, Aliases}},
		{"an alias that is pinyin", "zheng jian shi xiao", "card.expired", []Part{Pinyin, Aliases}},
		{"homophones", "颗果骑", "card.expired", []Part{Pinyin}},
	} {
		t.Run(test.how, func(t *testing.T) {
			if hits := findIn(t, everything, test.text); rank(hits, test.id) != 1 {
				t.Errorf("%q finds %v, want %s", test.text, hits, test.id)
			}
			for part, x := range parts {
				hits := findIn(t, x, test.text)
				lost := slices.Contains(test.lost, part)
				if lost && rank(hits, test.id) != 0 || !lost && rank(hits, test.id) != 1 {
					t.Errorf("without %s %q finds %v", part, test.text, hits)
				}
			}
		})
	}
}

// TestPartsTogether asserts that parts are left out each for itself.
func TestPartsTogether(t *testing.T) {
	x := build(t, small, Aliases, Body, Pinyin, Bayes)
	for _, text := range []string{"没信号", "拒绝受理", "ka guo qi", "想办", "打开", "zheng jian shi xiao"} {
		if hits := findIn(t, x, text); len(hits) != 0 {
			t.Errorf("%q finds %v", text, hits)
		}
	}
	if hits := findIn(t, x, "卡过期"); rank(hits, "card.expired") != 1 {
		t.Errorf("the title finds %v", hits)
	}
}

// TestScoreAddsTwoOpinions asserts that a score is bleve's opinion, and naive
// Bayes's by its weight unless that is left out.
func TestScoreAddsTwoOpinions(t *testing.T) {
	with, without := build(t, small), build(t, small, Bayes)
	for _, text := range []string{"卡过期了没信号", "network offline", "ka guo qi", "手续费扣点", "机器"} {
		bm25, err := with.bm25(context.Background(), text)
		if err != nil || len(bm25) == 0 {
			t.Fatalf("%q finds %v, %v", text, bm25, err)
		}
		scores := with.words.Scores(text)
		for _, h := range findIn(t, with, text) {
			if want := bm25[h.ID] + bayes.Tempered*scores[slices.Index(with.words.IDs(), h.ID)]; h.Score != want {
				t.Errorf("%q: %v, want %v", text, h, want)
			}
		}
		plain := map[string]float64{}
		for _, h := range findIn(t, without, text) {
			plain[h.ID] = h.Score
		}
		if !reflect.DeepEqual(plain, bm25) {
			t.Errorf("%q: without naive Bayes %v, want %v", text, plain, bm25)
		}
	}
}

// TestBuildLeavesTheBaseAlone asserts that leaving parts out changes no article.
func TestBuildLeavesTheBaseAlone(t *testing.T) {
	before := documents(small, nil)
	build(t, small, Aliases, Body)
	if after := documents(small, nil); !reflect.DeepEqual(after, before) {
		t.Errorf("the articles are\n%+v\nthey were\n%+v", after, before)
	}
}

// TestExplain asserts that the terms of a text that speak for an article are
// those of its own words, also in a text that is too long.
func TestExplain(t *testing.T) {
	x := build(t, small)
	terms := x.Explain("卡过期了", "card.expired", "network.down")
	if len(terms) == 0 || len(x.Explain("xyzzyx", "card.expired", "network.down")) != 0 {
		t.Errorf("explained by %v", terms)
	}
	if terms := x.Explain(strings.Repeat("，", queryMost)+"卡过期了", "card.expired", "network.down"); len(terms) != 0 {
		t.Errorf("beyond what is searched %v", terms)
	}
}
