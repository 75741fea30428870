package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/web/webtest"
)

// streams are as many as the pages of a thousand merchants keep open.
const streams = 1000

// BenchmarkTurnsBesideStreams measures a turn on the page, from sending a message to
// the answer on the stream, with a thousand other streams open and without, by turns,
// and gives the ratio of the medians.
func BenchmarkTurnsBesideStreams(b *testing.B) {
	s := serve(b, map[string]string{"DATA_DIR": b.TempDir(), "BURST_WAIT": "0s"})
	turns(b, s) // the first ones are slow
	var alone, beside []time.Duration
	for b.Loop() {
		alone = append(alone, turns(b, s)...)
		var open []*webtest.Stream
		for range streams {
			x := webtest.Visit(b, s.http).Opens("/chat/events")
			x.Next() // "ready": it is really open
			open = append(open, x)
		}
		beside = append(beside, turns(b, s)...)
		for _, x := range open {
			x.Close()
		}
	}
	without, with := median(alone), median(beside)
	b.ReportMetric(float64(with)/float64(without), "ratio")
	b.ReportMetric(without.Seconds()*1000, "ms-alone")
	b.ReportMetric(with.Seconds()*1000, "ms-beside")
}

// turns lets merchants say something each and wait for the answer.
func turns(b *testing.B, s *serving) (took []time.Duration) {
	for range 100 {
		shop := webtest.Visit(b, s.http)
		stream := shop.Opens("/chat/events")
		stream.Next()
		began := time.Now()
		shop.Says(webtest.Saying{Text: "刷卡就跳S4"})
		for !strings.Contains(stream.Next().Data, `"from":"bot"`) {
		}
		took = append(took, time.Since(began))
		stream.Close()
	}
	return took
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}
