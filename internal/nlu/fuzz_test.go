package nlu

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/s4bot/s4bot/internal/nlu/fold"
)

// plantedCards are the cards that FuzzMask plants: one of each length.
var plantedCards = []string{
	withCheckDigit("422222222222"), withCheckDigit("3600000000000"), withCheckDigit("37828224631000"), withCheckDigit("411111111111111"),
	withCheckDigit("6217001234567890"), withCheckDigit("62284801234567890"), withCheckDigit("622202123456789012"),
}

// FuzzMask masks any text, with a card planted at any place in it.
func FuzzMask(f *testing.F) {
	for i, text := range append(fuzzTexts(), "\xff\xfe4\xc3", "[card …1234] 1111 1111", "B4111111111111111^A^2512101;4111111111111111=2512101000?") {
		f.Add(text, uint(i), uint64(i))
	}
	f.Fuzz(func(t *testing.T, text string, at uint, seed uint64) {
		if len(text) > 2_000 {
			return
		}
		for _, opts := range []MaskOptions{{}, {Phones: true}} {
			checkMask(t, text, opts)
		}
		card := plantedCards[seed%uint64(len(plantedCards))]
		place := runeStart(text, at)
		checkSolid(t, text[:place], card, text[place:])
		checkSpelled(t, text[:place], card, text[place:], rand.New(rand.NewPCG(seed, 1)))
	})
}

func fuzzTexts() []string {
	var out []string
	for _, line := range secretTexts {
		out = append(out, strings.NewReplacer("{", "", "}", "").Replace(line))
	}
	for _, c := range contexts {
		out = append(out, c.before+c.after)
	}
	return append(out, noCodeTexts...)
}

// runeStart gives a place in a text where a rune begins.
func runeStart(text string, at uint) int {
	place := int(at % uint(len(text)+1))
	for place < len(text) && place > 0 && !utf8.RuneStart(text[place]) {
		place--
	}
	return place
}

func checkMask(t *testing.T, text string, opts MaskOptions) {
	t.Helper()
	masked := Mask(text, opts)
	if !utf8.ValidString(masked) {
		t.Errorf("%q is not UTF-8, from %q", masked, text)
	}
	if again := Mask(masked, opts); again != masked {
		t.Errorf("%q masked again is %q, from %q", masked, again, text)
	}
	if len(digitsOf(text)) == 0 && masked != strings.ToValidUTF8(text, "\uFFFD") {
		t.Errorf("%q has no digits and gives %q", text, masked)
	}
}

// checkSolid plants a card as plain digits, with spaces around it.
func checkSolid(t *testing.T, before, card, after string) {
	t.Helper()
	if strings.Contains(before+"|"+after, card) {
		return
	}
	if masked := Mask(before+" "+card+" "+after, MaskOptions{}); strings.Contains(masked, card) {
		t.Errorf("%s survives between %q and %q: %q", card, before, after, masked)
	}
}

// checkSpelled plants a card in some spelling, with letters around it, so that
// nothing can be joined to it.
func checkSpelled(t *testing.T, before, card, after string, r *rand.Rand) {
	t.Helper()
	spelled := spell10(r, card)
	masked := Mask(before+"嗷"+spelled+"嗷"+after, MaskOptions{})
	want := "嗷[card …" + card[len(card)-4:] + "]嗷"
	if !strings.Contains(masked, want) && !strings.Contains(masked, "[track]") {
		t.Errorf("%q survives between %q and %q: %q", spelled, before, after, masked)
	}
}

// FuzzCodes reads codes out of any text.
func FuzzCodes(f *testing.F) {
	for text := range codeTexts {
		f.Add(text, false)
	}
	for _, text := range noCodeTexts {
		f.Add(text, true)
	}
	f.Fuzz(func(t *testing.T, text string, asked bool) {
		folded := fold.String(text)
		namesS4(folded)
		for _, code := range responseCodes(folded, knownCode, asked) {
			if !knownCode(code) {
				t.Errorf("%q names %q, which nobody knows", text, code)
			}
		}
	})
}
