package bayes

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// known are a few classes with words in common.
var known = []Class{
	{ID: "card.expired", Texts: []string{"卡过期了", "有效期过了", "the card has expired", "card is out of date"}, Body: []string{"银行不再受理这张卡"}},
	{ID: "card.balance", Texts: []string{"余额不足", "卡里没钱了", "not enough money on the card", "insufficient balance"}},
	{ID: "network.down", Texts: []string{"没网了", "网络断了", "no network", "the network is down"}, Body: []string{"信号弱的时候交易会超时"}},
	{ID: "paper", Texts: []string{"打印机没纸了", "小票打不出来", "the printer is out of paper"}},
	{ID: "pin", Texts: []string{"密码输错了", "密码不对", "wrong pin entered"}},
}

// best gives the class that scores highest.
func best(m *Model, text string) string {
	scores := m.Scores(text)
	return m.IDs()[slices.Index(scores, slices.Max(scores))]
}

// score gives the score of one class.
func score(t *testing.T, m *Model, text, id string) float64 {
	t.Helper()
	i := slices.Index(m.IDs(), id)
	if i < 0 {
		t.Fatalf("there is no class %s", id)
	}
	return m.Scores(text)[i]
}

func TestOwnWordsScoreFirst(t *testing.T) {
	m := New(known, Options{})
	for _, class := range known {
		for _, text := range slices.Concat(class.Texts, class.Body) {
			if got := best(m, text); got != class.ID {
				t.Errorf("%q is of %s, want %s: %v", text, got, class.ID, m.Scores(text))
			}
			if score(t, m, text, class.ID) <= 0 {
				t.Errorf("%q speaks against its own class: %v", text, m.Scores(text))
			}
		}
	}
}

func TestOtherSpellingsFindTheClass(t *testing.T) {
	m := New(known, Options{})
	for _, test := range []struct{ how, text, id string }{
		{"in a longer message", "老板，客人的卡好像过期了怎么办", "card.expired"},
		{"traditional", "餘額不足", "card.balance"},
		{"homophones", "鱼鹅布族", "card.balance"},
		{"homophones", "蜜马书措勒", "pin"},
		{"homophones, southern", "忘罗断乐", "network.down"},
		{"pinyin with spaces", "wang luo duan le", "network.down"},
		{"pinyin without", "mimashucuole", "pin"},
		{"another form of the word", "cards expire", "card.expired"},
		{"capitals", "NO NETWORK", "network.down"},
		{"mixed", "printer 没纸", "paper"},
		{"the body's words", "信号弱", "network.down"},
	} {
		t.Run(test.how+": "+test.text, func(t *testing.T) {
			if got := best(m, test.text); got != test.id {
				t.Errorf("is of %s, want %s: %v", got, test.id, m.Scores(test.text))
			}
		})
	}
}

func TestUnknownWordsScoreNothing(t *testing.T) {
	m := New(known, Options{})
	for _, text := range []string{"", " ", "，。！", "😀", "\xff\xfe", "xyzzy qwrtp", "карта", "한국어", "99", "猫，狗"} {
		for i, s := range m.Scores(text) {
			if s != 0 {
				t.Errorf("%q scores %v for %s", text, s, m.IDs()[i])
			}
		}
	}
	if got := New(nil, Options{}).Scores("卡过期了"); len(got) != 0 {
		t.Errorf("no class scores %v", got)
	}
	if got := New([]Class{{ID: "empty"}}, Options{}).Scores("卡过期了"); !reflect.DeepEqual(got, []float64{0}) {
		t.Errorf("a class without texts scores %v", got)
	}
}

// TestUnknownWordsChangeNothing asserts that the words of a message that no
// class uses neither speak for a class nor against one.
func TestUnknownWordsChangeNothing(t *testing.T) {
	m := New(known, Options{})
	if got, want := m.Scores("xyzzy，密码，карта"), m.Scores("密码"); !reflect.DeepEqual(got, want) {
		t.Errorf("scores %v, without the unknown words %v", got, want)
	}
}

func TestRepeatedWordsSayNoMore(t *testing.T) {
	m := New(known, Options{})
	for once, often := range map[string]string{
		"卡": "卡，卡，卡", "过期": "过期，过期！过期", "card": strings.Repeat("card ", 50), "no network": "no network, no network", "密码错": "密码错，密码错",
	} {
		if got, want := m.Scores(often), m.Scores(once); !reflect.DeepEqual(got, want) {
			t.Errorf("%q scores %v, %q scores %v", often, got, once, want)
		}
	}
	repeated := slices.Clone(known)
	repeated[0].Texts = append([]string{"卡过期了，卡过期了，卡过期了"}, known[0].Texts[1:]...)
	if got, want := New(repeated, Options{}).Scores("卡过期了"), m.Scores("卡过期了"); !reflect.DeepEqual(got, want) {
		t.Errorf("a known text that repeats itself scores %v, want %v", got, want)
	}
}

// TestMoreTextsSayMore asserts that a word counts by how many texts have it.
func TestMoreTextsSayMore(t *testing.T) {
	m := New([]Class{
		{ID: "often", Texts: []string{"密码", "密码，网络", "密码，纸"}},
		{ID: "once", Texts: []string{"密码", "余额，网络", "余额，纸"}},
	}, Options{})
	if often, once := score(t, m, "密码", "often"), score(t, m, "密码", "once"); !(often > once) {
		t.Errorf("scores %v where three texts have it, %v where one has", often, once)
	}
}

// TestBodyCountsLess gives two classes the same words, one as texts and the
// other as body.
func TestBodyCountsLess(t *testing.T) {
	m := New([]Class{
		{ID: "texts", Texts: []string{"密码输错"}, Body: []string{"网络断了"}},
		{ID: "body", Texts: []string{"网络断了"}, Body: []string{"密码输错"}},
		{ID: "neither", Texts: []string{"打印机没纸"}, Body: []string{"小票"}},
	}, Options{})
	texts, body, neither := score(t, m, "密码输错", "texts"), score(t, m, "密码输错", "body"), score(t, m, "密码输错", "neither")
	if !(texts > body && body > neither) {
		t.Errorf("scores %v in the texts, %v in the body, %v in neither", texts, body, neither)
	}
	if ratio := body / texts; ratio > .5 {
		t.Errorf("the body counts %.2f of the texts", ratio)
	}
}

func TestNoSounds(t *testing.T) {
	with, without := New(known, Options{}), New(known, Options{NoSounds: true})
	for _, text := range []string{"鱼鹅布族", "yu e bu zu", "yuebuzu"} {
		if got := best(with, text); got != "card.balance" {
			t.Errorf("%q is of %s", text, got)
		}
		for i, s := range without.Scores(text) {
			if s != 0 {
				t.Errorf("without sounds %q scores %v for %s", text, s, without.IDs()[i])
			}
		}
	}
	for _, class := range known {
		for _, text := range class.Texts {
			if got := best(without, text); got != class.ID {
				t.Errorf("without sounds %q is of %s, want %s", text, got, class.ID)
			}
		}
	}
}

// TestWordsOfPinyinAreNoWords asserts that what is spelled by sound counts as
// sounds only: "wang" and "luo" are no English.
func TestWordsOfPinyinAreNoWords(t *testing.T) {
	m := New(known, Options{})
	if got, want := m.Scores("wang luo duan le"), m.Scores("wangluoduanle"); !reflect.DeepEqual(got, want) {
		t.Errorf("scores %v with spaces, %v without", got, want)
	}
}

func TestExplain(t *testing.T) {
	m := New(known, Options{})
	for _, test := range []struct {
		text, first, second string
		has, hasNot         []string
	}{
		{"卡过期了", "card.expired", "card.balance", []string{"过", "期"}, []string{"不", "足"}},
		{"卡过期了，余额不足", "card.balance", "card.expired", []string{"余", "额", "不", "足", "yu e"}, []string{"过", "期"}},
		{"the card expired", "card.expired", "card.balance", []string{"expir"}, []string{"balanc"}},
		{"yuebuzu", "card.balance", "card.expired", []string{"yu e", "bu zu"}, []string{"yuebuzu"}},
		{"xyzzy", "card.balance", "card.expired", nil, []string{"xyzzy"}},
		{"", "card.balance", "card.expired", nil, nil},
	} {
		got := m.Explain(test.text, test.first, test.second)
		checkExplained(t, test.text, got)
		for _, term := range test.has {
			if !says(got, term) {
				t.Errorf("%q, %s against %s: %v lacks %q", test.text, test.first, test.second, got, term)
			}
		}
		for _, term := range test.hasNot {
			if says(got, term) {
				t.Errorf("%q, %s against %s: %v has %q", test.text, test.first, test.second, got, term)
			}
		}
		if test.has == nil && len(got) != 0 {
			t.Errorf("%q: %v", test.text, got)
		}
	}
	if got := m.Explain("卡过期了", "card.expired", "card.expired"); len(got) != 0 {
		t.Errorf("a class against itself: %v", got)
	}
}

// checkExplained asserts that terms speak for a class, the strongest first.
func checkExplained(t *testing.T, text string, list []Term) {
	t.Helper()
	for i, term := range list {
		if term.Text == "" || !(term.Gain > 0) || math.IsInf(term.Gain, 0) {
			t.Errorf("%q: %+v", text, term)
		}
		if i > 0 && term.Gain > list[i-1].Gain {
			t.Errorf("%q: %+v before %+v", text, list[i-1], term)
		}
	}
}

func says(list []Term, text string) bool {
	return slices.ContainsFunc(list, func(term Term) bool { return term.Text == text })
}

// TestExplainAddsUp asserts that what speaks for a class and what speaks for
// the other make the difference of their scores, but for their sizes.
func TestExplainAddsUp(t *testing.T) {
	m := New(known, Options{})
	const text, first, second = "卡过期了还是余额不足 expired", "card.expired", "card.balance"
	sum := 0.0
	for _, term := range m.Explain(text, first, second) {
		sum += term.Gain
	}
	for _, term := range m.Explain(text, second, first) {
		sum -= term.Gain
	}
	weight := 0.0
	for _, term := range m.cut(text) {
		if _, ok := m.terms[term.text]; ok {
			weight += term.weight
		}
	}
	sizes := weight * (m.start[slices.Index(m.ids, first)] - m.start[slices.Index(m.ids, second)])
	if want := score(t, m, text, first) - score(t, m, text, second); math.Abs(sum+sizes-want) > 1e-9 {
		t.Errorf("the terms make %v and the sizes %v, want %v", sum, sizes, want)
	}
}

// TestScoresAreTheSameAtEachRun asserts that scores are equal to the last bit,
// in one model and in others of the same classes.
func TestScoresAreTheSameAtEachRun(t *testing.T) {
	m := New(known, Options{})
	for range 20 {
		other := New(known, Options{})
		for _, text := range []string{"卡过期了", "客人的卡余额不足，没网，密码不对，the card is out of paper", "yuebuzu", "", "xyzzy"} {
			want := m.Scores(text)
			for _, got := range [][]float64{m.Scores(text), other.Scores(text)} {
				if !slices.EqualFunc(got, want, func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }) {
					t.Fatalf("%q scores %v, then %v", text, want, got)
				}
			}
			a, b := m.Explain(text, "card.expired", "paper"), other.Explain(text, "card.expired", "paper")
			if !reflect.DeepEqual(a, b) {
				t.Fatalf("%q is explained by %v, then %v", text, a, b)
			}
		}
	}
}

func FuzzScores(f *testing.F) {
	m := New(known, Options{})
	for _, text := range []string{"卡过期了", "yu e bu zu", "no network", "\xff", "㍿卡", "余\u200b额"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for i, s := range m.Scores(text) {
			if math.IsNaN(s) || math.IsInf(s, 0) {
				t.Errorf("%q scores %v for %s", text, s, m.IDs()[i])
			}
		}
		checkExplained(t, text, m.Explain(text, "card.expired", "paper"))
	})
}
