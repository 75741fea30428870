package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
)

// Two agents with eight cases at once: everybody's words reach their own merchant,
// and nobody else's. Slack takes about a message a second in a channel, so that the
// desk needs its time.
func TestTwoAgentsAndEightCases(t *testing.T) {
	x := atSlack(t, map[string]string{})
	const cases = 8
	for n := range cases {
		x.platform.Say(int64(100+n), fmt.Sprintf("刷卡失败，第%d家", n))
		x.platform.Say(int64(100+n), "转人工")
	}
	eventually(t, "all cards are there", func() bool { return len(x.slack.Channel(deskChannel).Top()) == cases })
	threads := make([]slacktest.Message, cases)
	for _, card := range x.slack.Channel(deskChannel).Top() {
		for n := range cases {
			if strings.Contains(card.Text, fmt.Sprintf("第%d家", n)) {
				threads[n] = card
			}
		}
	}
	var all sync.WaitGroup
	for n, card := range threads {
		agent := []*slacktest.Person{x.lin, x.chen}[n%2]
		all.Go(func() {
			agent.Taps(deskChannel, card.TS, "claim").Wait()
			eventually(t, "the claim is told", func() bool { return strings.Contains(x.said(int64(100+n)), "来了") })
			for k := range 3 {
				agent.Says(deskChannel, card.TS, fmt.Sprintf("答%d-%d", n, k))
				x.platform.Say(int64(100+n), fmt.Sprintf("问%d-%d", n, k))
			}
		})
	}
	all.Wait()
	for n := range cases {
		within(t, time.Minute, fmt.Sprintf("merchant %d has all answers", n), func() bool { return strings.Contains(x.said(int64(100+n)), fmt.Sprintf("答%d-2", n)) })
		within(t, time.Minute, fmt.Sprintf("thread %d has all questions", n), func() bool { return strings.Contains(x.threadText(threads[n].TS), fmt.Sprintf("问%d-2", n)) })
	}
	for n := range cases {
		said, thread := x.said(int64(100+n)), x.threadText(threads[n].TS)
		for k := range cases {
			for _, word := range []string{fmt.Sprintf("答%d-", k), fmt.Sprintf("问%d-", k)} {
				if k != n && (strings.Contains(said, word) || strings.Contains(thread, word)) {
					t.Errorf("%s… is in case %d", word, n)
				}
			}
		}
		if first, last := strings.Index(said, fmt.Sprintf("答%d-0", n)), strings.Index(said, fmt.Sprintf("答%d-2", n)); first > last {
			t.Errorf("the answers of case %d are out of order: %s", n, said)
		}
	}
}

// said is all that the bot said in a chat.
func (x *team) said(chat int64) string {
	var out []string
	for _, m := range x.platform.Sent(chat) {
		out = append(out, m.Text)
	}
	return strings.Join(out, "|")
}

func (x *team) threadText(ts string) string {
	var out []string
	for _, m := range x.slack.Channel(deskChannel).Thread(ts) {
		out = append(out, m.Text)
	}
	return strings.Join(out, "|")
}

// Of two who tap at once, one has the case.
func TestADoubleClaim(t *testing.T) {
	x := atSlack(t, map[string]string{})
	x.platform.Say(x.chat, "转人工")
	card := x.card(1)
	var both sync.WaitGroup
	for _, p := range []*slacktest.Person{x.lin, x.chen} {
		both.Go(func() { p.Taps(deskChannel, card.TS, "claim").Wait() })
	}
	both.Wait()
	eventually(t, "one is told that the other has it", func() bool {
		return len(x.slack.Ephemerals("U0LIN"))+len(x.slack.Ephemerals("U0CHEN")) == 1
	})
	x.reads("来了")
	coming := slices.DeleteFunc(x.platform.Sent(x.chat), func(m sentMessage) bool { return !strings.Contains(m.Text, "来了") })
	if len(coming) != 1 {
		t.Errorf("the merchant hears of %d agents", len(coming))
	}
}
