package eval

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/fold"
	"github.com/s4bot/s4bot/internal/nlu/pinyin"
)

// homophoneNoise is the share of characters that are mistyped by sound.
const homophoneNoise = .2

// disturb makes a text harder to read.
type disturb func(random *rand.Rand, text string) string

// disturbed ranks as another ranker does, after disturbing the text. The same
// texts in the same order are always disturbed alike.
func disturbed(rank ranker, how disturb) ranker {
	random := rand.New(rand.NewPCG(1, 1))
	return func(ctx context.Context, text string) ([]Cause, error) {
		return rank(ctx, how(random, text))
	}
}

// mistyped replaces characters by others of the same sound, as people do who
// type by sound and take what comes up. The others are characters that the
// knowledge uses.
func mistyped(base *kb.Base) disturb {
	same := homophones(base)
	return func(random *rand.Rand, text string) string {
		return strings.Map(func(r rune) rune {
			others := same[pinyin.Of(r)]
			if !fold.Han(r) || random.Float64() >= homophoneNoise || len(others) < 2 {
				return r
			}
			for {
				if other := others[random.IntN(len(others))]; other != r {
					return other
				}
			}
		}, text)
	}
}

// homophones gives the characters of a knowledge base by their sound.
func homophones(base *kb.Base) map[string][]rune {
	out := map[string][]rune{}
	for _, c := range base.Causes {
		for _, r := range strings.Join(c.Aliases.ZH, "") {
			if s := pinyin.Of(r); s != "" && !slices.Contains(out[s], r) {
				out[s] = append(out[s], r)
			}
		}
	}
	return out
}

// traditional writes a text in Traditional characters.
func traditional(*kb.Base) disturb {
	return func(_ *rand.Rand, text string) string { return strings.Map(fold.Traditional, text) }
}
