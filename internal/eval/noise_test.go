package eval

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/fold"
	"github.com/s4bot/s4bot/internal/nlu/pinyin"
	"github.com/s4bot/s4bot/knowledge"
)

var embedded = sync.OnceValues(func() (*kb.Base, error) { return kb.Load(knowledge.Files) })

func newBase(t testing.TB) *kb.Base {
	t.Helper()
	base, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	return base
}

// aliases gives all that merchants say of causes, in both languages.
func aliases(base *kb.Base) []string {
	var out []string
	for _, c := range base.Causes {
		out = append(out, c.Aliases.All()...)
	}
	return out
}

func TestMistypedKeepsTheSound(t *testing.T) {
	base := newBase(t)
	mistype, random := mistyped(base), rand.New(rand.NewPCG(7, 7))
	han, changed := 0, 0
	for _, text := range aliases(base) {
		before, after := []rune(text), []rune(mistype(random, text))
		if len(after) != len(before) {
			t.Fatalf("%q became %q", text, string(after))
		}
		for i, r := range before {
			if fold.Han(r) {
				han++
			}
			switch {
			case r == after[i]:
			case !fold.Han(r) || !fold.Han(after[i]):
				t.Errorf("in %q, %c became %c", text, r, after[i])
			case pinyin.Of(r) != pinyin.Of(after[i]):
				t.Errorf("in %q, %c became %c, which sounds otherwise", text, r, after[i])
			default:
				changed++
			}
		}
	}
	if got := float64(changed) / float64(han); math.Abs(got-.2) > .02 {
		t.Errorf("%.3f of %d characters are mistyped, want about .2", got, han)
	}
}

func TestHomophonesAreCharactersOfTheKnowledge(t *testing.T) {
	for sound, characters := range homophones(newBase(t)) {
		for i, r := range characters {
			if pinyin.Of(r) != sound || slices.Contains(characters[:i], r) {
				t.Fatalf("%c stands among %q, which sound %s", r, string(characters), sound)
			}
		}
	}
}

func TestTraditionalGoesBackToTheSame(t *testing.T) {
	base := newBase(t)
	write, changed := traditional(base), 0
	texts := append(aliases(base), "刷卡失败，S4 51，card declined 🙏")
	for _, text := range texts {
		written := write(nil, text)
		if written != text {
			changed++
		}
		if fold.String(written) != fold.String(text) {
			t.Errorf("%q in traditional characters is %q, which reads %q", text, written, fold.String(written))
		}
	}
	if changed < len(texts)/4 {
		t.Errorf("only %d of %d texts have traditional characters", changed, len(texts))
	}
	if got := write(nil, "机器没电了"); got != "機器沒電了" {
		t.Errorf("written in traditional characters: %s", got)
	}
}

// TestDisturbedRanksTheDisturbedText: a ranker sees what was made of the text,
// and two that are made alike see the same.
func TestDisturbedRanksTheDisturbedText(t *testing.T) {
	base := newBase(t)
	texts := []string{"打印机没纸了，网络信号也很差", "卡过期了", "the card is expired", ""}
	hear := func() []string {
		var heard []string
		rank := disturbed(func(_ context.Context, text string) ([]Cause, error) {
			heard = append(heard, text)
			return []Cause{{text, 1}}, nil
		}, mistyped(base))
		for _, text := range texts {
			causes, err := rank(context.Background(), text)
			if err != nil || causes[0].ID != heard[len(heard)-1] {
				t.Errorf("%q gave %v (%v)", text, causes, err)
			}
		}
		return heard
	}
	first := hear()
	if again := hear(); !slices.Equal(first, again) {
		t.Errorf("first it heard %q, then %q", first, again)
	}
	if first[2] != texts[2] || first[3] != "" || utf8.RuneCountInString(first[0]) != utf8.RuneCountInString(texts[0]) {
		t.Errorf("it heard %q", first)
	}
}
