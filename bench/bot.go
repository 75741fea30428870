package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/kb/index"
	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/knowledge"
)

// mind is the knowledge made ready.
type mind struct {
	manager *dialog.Manager
	index   *index.Index
}

func makeMind() (*mind, error) {
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		return nil, err
	}
	x, err := index.Build(base)
	if err != nil {
		return nil, err
	}
	return &mind{dialog.New(base, diagnosis.Defaults()), x}, nil
}

// deaf takes every post at once.
type deaf struct{}

func (deaf) Deliver(context.Context, chat.Room, chat.Post) (string, error) { return "", nil }

func (m *mind) bot(s store.Store, now func() time.Time) *bot.Bot {
	return bot.New(bot.Config{Store: s, Manager: m.manager, Search: m.index, Deliver: deaf{}, Now: now})
}

// said are what merchants say, over and over.
var said = []string{"刷卡显示S4交易失败", "就这张卡不行", "不知道", "没扣", "网络是好的", "还是不行", "换了提示", "重新开始"}

var messages atomic.Int64

func message(i int) chat.Message {
	n := messages.Add(1)
	return chat.Message{
		ID: strconv.FormatInt(n, 10), Room: chat.ParseRoom("telegram:" + strconv.Itoa(2_000_000_000+i)),
		Sender: "老王面馆", Text: said[n%int64(len(said))], At: time.Now(),
	}
}

// whole is the whole turn: read, search, step, commit, deliver, acknowledge.
func (m *mind) whole() way {
	return way{"whole turn: read, search, step, commit, acknowledge", func(ctx context.Context, r *redisServer, n int) (func(int) error, func(), error) {
		s, err := r.store(nil)
		if err != nil {
			return nil, nil, err
		}
		b := m.bot(s, nil)
		return func(i int) error {
			_, err := b.Handle(ctx, message(i))
			return err
		}, func() { _ = s.Close() }, nil
	}}
}

// latency prints how long a whole turn takes at 16 conversations: as fast as they
// go, and at half of that rate, from when it should have begun.
func latency(ctx context.Context, r *redisServer, m *mind) error {
	const n = 16
	turn, end, err := m.whole().begin(ctx, r, n)
	if err != nil {
		return err
	}
	defer end()
	fmt.Println("| whole turn at 16 conversations | turns/s | p50 | p99 |\n|---|---|---|---|")
	took, rate, err := paced(turn, n, 0)
	if err != nil {
		return err
	}
	printLatency("as fast as they go", rate, took)
	took, rate, err = paced(turn, n, time.Duration(float64(time.Second)*n/(rate/2)))
	if err != nil {
		return err
	}
	printLatency("at half of that rate", rate, took)
	fmt.Println()
	return nil
}

// paced makes turns in n conversations, in each one every so often, or one after
// the other if every is 0.
func paced(turn func(int) error, n int, every time.Duration) ([]time.Duration, float64, error) {
	all := make([][]time.Duration, n)
	var failed atomic.Value
	var group sync.WaitGroup
	began, length := time.Now(), time.Duration(*rounds)**length
	for i := range n {
		group.Go(func() {
			at := began.Add(every * time.Duration(i) / time.Duration(n))
			for at.Sub(began) < length {
				time.Sleep(time.Until(at))
				if err := turn(i); err != nil {
					failed.Store(err)
					return
				}
				all[i] = append(all[i], time.Since(at))
				if at = at.Add(every); every == 0 {
					at = time.Now()
				}
			}
		})
	}
	group.Wait()
	if err, ok := failed.Load().(error); ok {
		return nil, 0, err
	}
	took := slices.Concat(all...)
	slices.Sort(took)
	return took, float64(len(took)) / time.Since(began).Seconds(), nil
}

func printLatency(name string, rate float64, took []time.Duration) {
	at := func(q float64) time.Duration {
		return took[int(math.Ceil(q*float64(len(took))))-1].Round(10 * time.Microsecond)
	}
	fmt.Printf("| %s | %.0f | %v | %v |\n", name, rate, at(.5), at(.99))
}
