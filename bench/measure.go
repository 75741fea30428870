package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// way is one way to make a turn: begin prepares it for n conversations and gives
// what makes one turn of the i-th, and what ends it.
type way struct {
	name  string
	begin func(ctx context.Context, r *redisServer, n int) (turn func(i int) error, end func(), err error)
}

// rate makes turns in n conversations for a while and gives how many a second
// were finished.
func (w way) rate(ctx context.Context, r *redisServer, n int) (float64, error) {
	turn, end, err := w.begin(ctx, r, n)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", w.name, err)
	}
	defer end()
	if _, _, err := during(turn, n, 0); err != nil { // connections, scripts, caches
		return 0, fmt.Errorf("%s: %w", w.name, err)
	}
	done, took, err := during(turn, n, *length)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", w.name, err)
	}
	return float64(done) / took.Seconds(), nil
}

// during makes turns in n conversations for a while, at least one in each.
func during(turn func(int) error, n int, length time.Duration) (int64, time.Duration, error) {
	var done atomic.Int64
	var failed atomic.Value
	var all sync.WaitGroup
	began := time.Now()
	for i := range n {
		all.Go(func() {
			for first := true; first || time.Since(began) < length; first = false {
				if err := turn(i); err != nil {
					failed.Store(err)
					return
				}
				done.Add(1)
			}
		})
	}
	all.Wait()
	err, _ := failed.Load().(error)
	return done.Load(), time.Since(began), err
}

// spread is the median of some values, with the lowest and the highest.
type spread []float64

func (s spread) median() float64 {
	sorted := slices.Sorted(slices.Values(s))
	return sorted[len(sorted)/2]
}

func (s spread) String() string {
	return fmt.Sprintf("%.2f [%.2f, %.2f]", s.median(), slices.Min(s), slices.Max(s))
}

// compare prints how fast each way is beside GET and SET.
func compare(ctx context.Context, r *redisServer, m *mind) error {
	ways := append([]way{plain}, storeTurn, acknowledged, cold, m.whole(), streams, queue)
	sizes := []int{1, 16, 128}
	ratios := map[string]map[int]spread{}
	base := map[int]spread{}
	for _, w := range ways {
		ratios[w.name] = map[int]spread{}
	}
	for round := range *rounds {
		for _, n := range sizes {
			rates := map[string]float64{}
			for k := range ways {
				w := ways[(k+round)%len(ways)]
				rate, err := w.rate(ctx, r, n)
				if err != nil {
					return err
				}
				rates[w.name] = rate
			}
			base[n] = append(base[n], rates[plain.name])
			for name, rate := range rates {
				ratios[name][n] = append(ratios[name][n], rate/rates[plain.name])
			}
		}
	}
	fmt.Println("| turns/s against GET+SET, at so many conversations | 1 | 16 | 128 |\n|---|---|---|---|")
	for _, w := range ways[1:] {
		fmt.Printf("| %s | %v | %v | %v |\n", w.name, ratios[w.name][1], ratios[w.name][16], ratios[w.name][128])
	}
	fmt.Printf("| %s, a second | %.0f | %.0f | %.0f |\n\n", plain.name, base[1].median(), base[16].median(), base[128].median())
	return nil
}
