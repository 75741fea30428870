//go:build chaos

package chaos

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
)

// shopMost is how many messages a merchant sends: so many may come at once, and
// be it after an hour, before any counts as too many; and the state still knows
// all of them.
const shopMost = 19

// said are the merchants' words.
var said = []string{
	"刷卡失败了", "机器显示S4", "还是不行", "换了一张卡也不行", "网络是好的", "不知道", "重启过了", "可以了", "没有扣款", "顾客在等",
	"the card was declined", "it says S4", "no", "yes", "wifi is fine", "/help", "/why", "/back", "/human", "/restart", "1", "2", "谢谢",
}

// shop is one merchant's chat.
type shop struct {
	w    *world
	chat int64

	mu     sync.Mutex
	sent   []string
	texts  []written
	edited map[int]bool
}

// written is a text that can still be edited.
type written struct {
	id   int
	text string
}

var lastChat atomic.Int64

// trade lets merchants write, one after the other, until the trouble is over.
func (w *world) trade() {
	for !w.calm.Load() {
		s := &shop{w: w, chat: 1000 + lastChat.Add(1), edited: map[int]bool{}}
		w.mu.Lock()
		w.shops = append(w.shops, s)
		w.mu.Unlock()
		s.write()
	}
}

// write sends a merchant's messages, at the pace of people in a hurry. The first
// is sent whatever happens, so that each shop has a story.
func (s *shop) write() {
	s.say()
	for n := 1; n < shopMost && !s.w.calm.Load(); {
		for range min(1+rand.IntN(3)*rand.IntN(2), shopMost-n) { // sometimes a burst
			s.act()
			n++
		}
		time.Sleep(300*time.Millisecond + rand.N(1200*time.Millisecond)) // thinks
	}
}

// act does one of the things that merchants do.
func (s *shop) act() {
	s.w.writing.RLock()
	defer s.w.writing.RUnlock()
	switch n := rand.IntN(10); {
	case n < 3 && s.tap():
	case n == 3 && s.edit():
	default:
		s.say()
	}
	if rand.IntN(12) == 0 {
		s.w.repeat()
	}
}

func (s *shop) say() {
	text := said[rand.IntN(len(said))]
	s.mu.Lock()
	update, id := s.w.platform.Say(s.chat, text)
	s.sent = append(s.sent, strconv.Itoa(id))
	s.texts = append(s.texts, written{id, text})
	s.mu.Unlock()
	s.w.sent(update)
}

// edit corrects the newest message, once.
func (s *shop) edit() bool {
	s.mu.Lock()
	if len(s.texts) == 0 || s.edited[s.texts[len(s.texts)-1].id] {
		s.mu.Unlock()
		return false
	}
	one := s.texts[len(s.texts)-1]
	s.edited[one.id] = true
	text := one.text + "啊"
	update := s.w.platform.Edit(s.chat, one.id, text)
	s.sent = append(s.sent, untimed(dialog.Trace(chat.Message{ID: strconv.Itoa(one.id), Text: text, Edited: true})))
	s.mu.Unlock()
	s.w.sent(update)
	return true
}

// tap taps a button of the newest post that has some.
func (s *shop) tap() bool {
	posts := s.w.platform.Sent(s.chat)
	for _, m := range slices.Backward(posts) {
		if options := m.Options(); len(options) > 0 {
			s.tapOn(m.ID, options[rand.IntN(len(options))].Data)
			return true
		}
	}
	return false
}

func (s *shop) tapOn(message int, data string) {
	s.mu.Lock()
	s.w.mu.Lock()
	update := s.w.platform.Tap(s.chat, message, data)
	s.w.taps++ // as the platform names them
	mark := "cb48000" + strconv.Itoa(s.w.taps)
	s.w.mu.Unlock()
	s.sent = append(s.sent, mark)
	s.mu.Unlock()
	s.w.sent(update)
}

// sent notes an update. A webhook keeps no order: there the merchant waits until
// the update is accepted.
func (w *world) sent(update int64) {
	w.mu.Lock()
	w.updates = append(w.updates, update)
	w.mu.Unlock()
	if w.hook != nil {
		until(time.Hour, func() bool { return w.hook.has(update) || w.over.Load() })
	}
}

// repeat has the platform send some earlier update again: one that was confirmed,
// because what is not confirmed keeps its place.
func (w *world) repeat() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := len(w.updates); w.platform.Unconfirmed() == 0 {
		w.confirmed = n
	}
	if w.confirmed > 0 {
		w.platform.Repeat(w.updates[rand.IntN(w.confirmed)])
	}
}

// marks are what the state should know.
func (s *shop) marks() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}
