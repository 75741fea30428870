package store_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/s4bot/s4bot/internal/store"
)

// A follower who is slow holds nobody up, and then hears of each feed once, or of
// any feed if there were too many.
func TestASlowFollowerHoldsNobodyUp(t *testing.T) {
	for _, test := range []struct {
		feeds int
		want  []string
	}{
		{2, []string{"web:0", "web:1"}},
		{5000, []string{""}},
	} {
		var f store.Followers
		ctx, cancel := context.WithCancel(t.Context())
		busy, free := make(chan struct{}), make(chan struct{})
		var heard []string
		var following sync.WaitGroup
		following.Go(func() {
			f.Follow(ctx, func(feed string) {
				heard = append(heard, feed)
				switch len(heard) {
				case 1:
					close(busy)
					<-free
				case 1 + len(test.want):
					cancel()
				}
			})
		})
		<-busy
		for range 3 {
			for n := range test.feeds {
				f.Tell(fmt.Sprint("web:", n))
			}
		}
		close(free)
		following.Wait()
		if first, then := heard[0], slices.Sorted(slices.Values(heard[1:])); first != "" || !slices.Equal(then, test.want) {
			t.Errorf("after %d feeds changed, one hears first %q, then %q; want \"\", %q", test.feeds, first, then, test.want)
		}
	}
}

func TestTellingNobodyIsNothing(t *testing.T) {
	var f store.Followers
	f.Tell("web:1")
	f.Tell()
}
