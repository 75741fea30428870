package eval

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/nlu"
)

// The fit of the kinds: full-batch AdaGrad on the mean log loss with an L2
// penalty.
const (
	fitSteps   = 600
	fitRate    = .5
	fitPenalty = .01

	fitFolds = 5
)

// kindShares is how often each kind is assumed to come, in the order of
// dialog.Kinds, whatever its share of the messages that are fitted to.
var kindShares = []float64{.58, .08, .06, .12, .16}

// FitKinds fits the weights by which kinds of messages are told apart, and
// gives the share told rightly of messages that were left out of the fit, by
// cross-validation.
func FitKinds(ctx context.Context, r *Reader, messages []Message) (dialog.KindWeights, Row, error) {
	all, err := r.examples(ctx, messages)
	if err != nil {
		return nil, Row{}, err
	}
	random := rand.New(rand.NewPCG(1, 1))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	hits := 0
	for fold := range fitFolds {
		var train, test []example
		for i, e := range all {
			if i%fitFolds == fold {
				test = append(test, e)
			} else {
				train = append(train, e)
			}
		}
		weights := fit(train)
		for _, e := range test {
			if p := dialog.Softmax(weights, e.features); slices.Index(p, slices.Max(p)) == e.kind {
				hits++
			}
		}
	}
	return named(fit(all)), share("kind, cross-validated", hits, len(all)), nil
}

// example is a message made ready for the fit.
type example struct {
	features []float64
	kind     int // index into dialog.Kinds
}

func (r *Reader) examples(ctx context.Context, messages []Message) ([]example, error) {
	var out []example
	for _, m := range messages {
		text := nlu.Mask(m.Text, r.Mask)
		hits, err := r.Search.Search(ctx, r.Manager.Query(text))
		if err != nil {
			return nil, err
		}
		kind := slices.Index(dialog.Kinds, dialog.MessageKind(m.Kind))
		out = append(out, example{r.Manager.Features(r.Manager.Reading(text), hits), kind})
	}
	return out, nil
}

func fit(data []example) [][]float64 {
	worth := make([]float64, len(dialog.Kinds)) // of one example of each kind
	for _, e := range data {
		worth[e.kind]++
	}
	for c, n := range worth {
		worth[c] = kindShares[c] / n
	}
	weights, squares := grid(), grid()
	for range fitSteps {
		gradient := grid()
		for _, e := range data {
			p := dialog.Softmax(weights, e.features)
			p[e.kind]--
			for c := range p {
				for i, x := range e.features {
					gradient[c][i] += worth[e.kind] * p[c] * x
				}
			}
		}
		for c := range weights {
			for i := range weights[c] {
				g := gradient[c][i] + fitPenalty*weights[c][i]
				squares[c][i] += g * g
				weights[c][i] -= fitRate * g / math.Sqrt(squares[c][i]+1e-9)
			}
		}
	}
	return weights
}

func grid() [][]float64 {
	out := make([][]float64, len(dialog.Kinds))
	for i := range out {
		out[i] = make([]float64, len(dialog.KindFeatures))
	}
	return out
}

// named gives weights by their names, rounded to what matters.
func named(weights [][]float64) dialog.KindWeights {
	out := dialog.KindWeights{}
	for c, kind := range dialog.Kinds {
		out[kind] = map[string]float64{}
		for i, name := range dialog.KindFeatures {
			out[kind][name] = math.Round(weights[c][i]*1000) / 1000
		}
	}
	return out
}
