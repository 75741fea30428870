// Command bench compares the store and the runtime with what else one could
// build on Redis, on a Redis of its own, and prints tables for docs/RESULTS.md.
// It is a module of its own, so that what is only compared with never becomes a
// dependency of the program.
//
// Speeds are ratios: each round measures every way, in changing order, against
// GET and SET of the same bytes in the same round; what is printed is the median
// of the rounds, with the lowest and the highest.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"time"
)

var (
	rounds = flag.Int("rounds", 5, "rounds of each measurement")
	length = flag.Duration("length", time.Second, "length of one measurement")
	keys   = flag.Int("keys", 100_000, "conversations whose memory is measured")
)

func main() {
	flag.Parse()
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	r, err := startRedis()
	if err != nil {
		return err
	}
	defer r.stop()
	fmt.Printf("%d cores, %s, %s, no persistence; %d rounds of %v, median [lowest, highest]\n\n", runtime.GOMAXPROCS(0), r.version(ctx), runtime.Version(), *rounds, *length)
	m, err := makeMind()
	if err != nil {
		return err
	}
	for _, part := range []func(context.Context, *redisServer, *mind) error{compare, latency, roundTrips, memory} {
		if err := part(ctx, r, m); err != nil {
			return err
		}
	}
	return nil
}
