package dialog_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/kb/index"
	"github.com/s4bot/s4bot/knowledge"
)

// world is the embedded knowledge with its manager and index.
type world struct {
	base    *kb.Base
	manager *dialog.Manager
	index   *index.Index
}

var theWorld = sync.OnceValues(func() (world, error) {
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		return world{}, err
	}
	x, err := index.Build(base)
	if err != nil {
		return world{}, err
	}
	return world{base, dialog.New(base, diagnosis.Defaults()), x}, nil
})

func newWorld(t testing.TB) world {
	t.Helper()
	w, err := theWorld()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

var room = chat.Room{Platform: "test", ID: "1"}

// shop is a conversation under test: it feeds events to Step and checks after
// each what must always hold.
type shop struct {
	world
	t     fataler
	state dialog.State
	now   time.Time
	n     int
	posts []chat.Post // of all steps
}

type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func newShop(t testing.TB) *shop { return openShop(t, newWorld(t)) }

func openShop(t fataler, w world) *shop {
	return &shop{world: w, t: t, now: time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC)}
}

// says sends a text; chooses taps an option; edits replaces message id.
func (s *shop) says(text string) []chat.Post {
	s.n++
	return s.hear(chat.Message{ID: "m" + strconv.Itoa(s.n), Room: room, Text: text})
}

func (s *shop) chooses(option string) []chat.Post {
	s.n++
	return s.hear(chat.Message{ID: "m" + strconv.Itoa(s.n), Room: room, Choice: option})
}

func (s *shop) hear(m chat.Message) []chat.Post {
	hits, err := s.index.Search(context.Background(), s.manager.Query(m.Text))
	if err != nil {
		s.t.Fatalf("search %q: %v", m.Text, err)
	}
	return s.step(dialog.Event{At: s.now, Heard: []dialog.Heard{{Message: m, Hits: hits}}})
}

func (s *shop) waits(d time.Duration) []chat.Post {
	s.now = s.now.Add(d)
	return s.step(dialog.Event{At: s.now})
}

func (s *shop) step(e dialog.Event) []chat.Post {
	s.t.Helper()
	before := encode(s.t, s.state)
	next, posts := s.manager.Step(s.state, e)
	if after := encode(s.t, s.state); after != before {
		s.t.Fatalf("Step changed its argument:\n%s\n%s", before, after)
	}
	again, same := s.manager.Step(s.state, e)
	if encode(s.t, again) != encode(s.t, next) || encode(s.t, same) != encode(s.t, posts) {
		s.t.Fatalf("the same step gave something else")
	}
	s.state = next
	s.posts = append(s.posts, posts...)
	s.check(e, posts)
	return posts
}

// check is what holds after every step.
func (s *shop) check(e dialog.Event, posts []chat.Post) {
	s.t.Helper()
	var back dialog.State
	text := encode(s.t, s.state)
	if err := json.Unmarshal([]byte(text), &back); err != nil || encode(s.t, back) != text {
		s.t.Fatalf("the state does not survive JSON: %v", err)
	}
	if len(text) > 200_000 {
		s.t.Fatalf("the state has grown to %d bytes", len(text))
	}
	ids := map[string]bool{}
	for _, p := range s.posts {
		if ids[p.ID] {
			s.t.Fatalf("two posts have the id %s", p.ID)
		}
		ids[p.ID] = true
	}
	for _, p := range posts {
		if strings.TrimSpace(p.Text) == "" && len(p.Files) == 0 && p.Change != chat.Delete {
			s.t.Fatalf("a post without text: %+v", p)
		}
	}
	s.checkMoney(e)
	if len(e.Heard) > 0 {
		silent, repeated := s.manager.Step(s.state, e)
		if len(repeated) > 0 || encode(s.t, silent) != encode(s.t, s.state) {
			s.t.Fatalf("a repeated event was answered: %+v", repeated)
		}
	}
	s.checkKnown()
}

// checkMoney: a fix that repeats the payment waits for its result only while it
// is known that nothing was debited, and what says that the customer was
// charged reaches a person.
func (s *shop) checkMoney(e dialog.Event) {
	s.t.Helper()
	charge := ""
	for _, f := range s.manager.View(s.state).Facts {
		if f.Question == s.base.SafetyQuestion().ID {
			charge = f.Option
		}
	}
	if fix := s.base.Fix(s.state.Pending.Fix); fix != nil && fix.RepeatsPayment && charge != "not_charged" {
		s.t.Fatalf("%s repeats the payment, but it is not known that nothing was debited", fix.ID)
	}
	for _, h := range e.Heard {
		if strings.Contains(h.Message.Text, "钱已经扣了") && s.state.Phase != dialog.HandedOver {
			s.t.Fatalf("%q left the phase %s", h.Message.Text, s.state.Phase)
		}
	}
}

// checkKnown: a known fact is not asked again.
func (s *shop) checkKnown() {
	s.t.Helper()
	v := s.manager.View(s.state)
	if s.state.Pending.Kind != dialog.ForAnswer {
		return
	}
	for _, f := range v.Facts {
		if f.Question == v.Question {
			s.t.Fatalf("%s is known to be %s and is asked again", f.Question, f.Option)
		}
	}
}

func encode(t fataler, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("encode: %v", err)
	}
	return string(data)
}

// talk is what random merchants say.
var talk = []string{
	"刷卡失败", "S4", "S4 51", "代码55", "别的卡都能刷", "哪张卡都刷不了", "网断了", "网络信号满格", "信号只有一格",
	"没扣", "钱已经扣了", "好了，但是客人说钱已经扣了", "钱已经扣了，转人工", "网断了，钱已经扣了", "重启过了还是不行，钱已经扣了", "刷卡失败，没扣款，网络是好的", "不知道钱扣没扣", "不知道", "好了", "还是不行", "换了别的提示", "还没试", "重启过了", "对", "不是",
	"不对，我是说网络正常", "没有", "1", "2", "9", "客人等着呢", "转人工", "垃圾", "为什么问这个", "返回", "谢谢", "你好", "重新开始",
	"昨天的钱还没到账", "怎么申请POS机", "English please", "说中文", "", "🙏", "啊啊啊", "/why", "/back", "/human", "/restart", "/language", "/help", "/start",
	"the card is expired", "no signal", "not charged", "it works", "still not working", "卡过期了", "机器死机了", "打印机没纸了",
	"\x00\x01", "\xff\xfe", "\u200b", strings.Repeat("刷卡", 2000),
}

// act does one random thing.
func (s *shop) act(t *rapid.T) {
	switch rapid.IntRange(0, 9).Draw(t, "what") {
	case 0, 1, 2, 3:
		s.says(rapid.SampledFrom(talk).Draw(t, "text"))
	case 4, 5, 6, 7:
		if options := s.state.Pending.Options; len(options) > 0 {
			s.chooses(rapid.SampledFrom(options).Draw(t, "option"))
			return
		}
		s.says(rapid.SampledFrom(talk).Draw(t, "text"))
	case 8:
		s.waits(time.Duration(rapid.IntRange(1, 600).Draw(t, "minutes")) * time.Minute)
	case 9:
		s.hear(chat.Message{
			ID: fmt.Sprint("m", rapid.IntRange(1, s.n+1).Draw(t, "id")), Room: room, Edited: true,
			Text: rapid.SampledFrom(talk).Draw(t, "text"),
		})
	}
}

func TestAnyConversationKeepsThePromises(t *testing.T) {
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		s := openShop(t, w)
		for range rapid.IntRange(1, 25).Draw(t, "turns") {
			s.act(t)
		}
		s.says("转人工")
		if s.state.Phase != dialog.HandedOver {
			t.Fatalf("asked for a person, and the phase is %s", s.state.Phase)
		}
	})
}

func TestNoConversationGoesOnForEver(t *testing.T) {
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		s := openShop(t, w)
		s.says("刷卡失败")
		for turn := 0; ; turn++ {
			if s.state.Phase == dialog.HandedOver || s.state.Phase == dialog.Closed {
				return
			}
			if turn > 60 {
				t.Fatalf("after %d answers the case is still open: %s", turn, encode(t, s.state.Pending))
			}
			s.chooses(rapid.SampledFrom(s.state.Pending.Options).Draw(t, "option"))
		}
	})
}

func TestCorrectionLeavesTheBeliefOfNeverHavingSaidIt(t *testing.T) {
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.SampledFrom(askable(w.base)).Draw(t, "question")
		first := rapid.SampledFrom(q.Options).Draw(t, "first")
		second := rapid.SampledFrom(q.Options).Draw(t, "second")
		log := func(option string) []diagnosis.Evidence {
			return []diagnosis.Evidence{{Kind: diagnosis.Answered, Question: q.ID, Option: option}}
		}
		s := openShop(t, w)
		s.says("刷卡失败")
		s.state.Pending = dialog.Pending{Kind: dialog.ForAnswer, Question: q.ID, Options: optionIDs(q)}
		s.chooses(first.ID)
		s.state.Pending = dialog.Pending{Kind: dialog.ForWhich, Question: q.ID, Options: optionIDs(q)}
		s.chooses(second.ID)
		want := w.manager.Model().Ranked(w.manager.Model().Belief(log(second.ID)))
		if got := s.manager.View(s.state).Belief; !alike(got, want) {
			t.Fatalf("after correcting %s from %s to %s:\n got %v\nwant %v", q.ID, first.ID, second.ID, got[:3], want[:3])
		}
	})
}

func TestBackRestoresBeliefAndFacts(t *testing.T) {
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		s := openShop(t, w)
		s.says("刷卡失败")
		for range rapid.IntRange(0, 4).Draw(t, "answers") {
			if s.state.Pending.Kind == dialog.ForAnswer {
				s.chooses(rapid.SampledFrom(s.state.Pending.Options).Draw(t, "option"))
			}
		}
		if s.state.Pending.Kind != dialog.ForAnswer {
			return
		}
		before := s.manager.View(s.state)
		s.chooses(s.state.Pending.Options[0])
		if s.state.Phase == dialog.HandedOver {
			return // a person has it: nothing is undone behind their back
		}
		s.says("/back")
		after := s.manager.View(s.state)
		if !alike(before.Belief, after.Belief) || encode(t, before.Facts) != encode(t, after.Facts) || before.Question != after.Question {
			t.Fatalf("/back did not restore:\n%s %v\n%s %v", before.Question, before.Facts, after.Question, after.Facts)
		}
	})
}

func TestTriedFixIsNotProposed(t *testing.T) {
	s := newShop(t)
	s.says("机器死机了按不动，重启过了也没用")
	for range 30 {
		if s.state.Phase == dialog.HandedOver || s.state.Phase == dialog.Closed {
			return
		}
		if s.state.Pending.Fix == "restart-terminal" {
			t.Fatal("restarting was tried already and is proposed")
		}
		option := s.state.Pending.Options[len(s.state.Pending.Options)-1]
		if slices.Contains(s.state.Pending.Options, "not_charged") {
			option = "not_charged"
		}
		s.chooses(option)
	}
	t.Fatal("the conversation did not end")
}

func TestConfirmsASurpriseOnce(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败")
	for _, known := range [][2]string{{"network_state", "none"}, {"screen_message", "network"}, {"suspected_area", "network"}} {
		q := s.base.Question(known[0])
		s.state.Pending = dialog.Pending{Kind: dialog.ForAnswer, Question: q.ID, Options: optionIDs(q)}
		s.chooses(known[1])
	}
	q := s.base.Question("fails_at")
	s.state.Pending = dialog.Pending{Kind: dialog.ForAnswer, Question: q.ID, Options: optionIDs(q)}
	posts := s.chooses("printing")
	if posts[0].Kind != chat.Confirm || posts[0].Options[0].ID != "printing" {
		t.Fatalf("want a light confirmation of a surprising answer, got %+v", posts[0])
	}
	s.says("对")
	for _, f := range s.manager.View(s.state).Facts {
		if f.Question == q.ID && f.Option != "printing" {
			t.Fatalf("the confirmed answer is lost: %v", f)
		}
	}
	if s.state.Phase == dialog.Confirming {
		t.Fatal("confirmed twice")
	}
}

func FuzzStep(f *testing.F) {
	for _, text := range talk {
		f.Add(text, uint8(0), "works")
	}
	w := newWorld(f)
	f.Fuzz(func(t *testing.T, text string, pick uint8, option string) {
		s := openShop(t, w)
		s.says(text)
		if n := len(s.state.Pending.Options); n > 0 {
			s.chooses(s.state.Pending.Options[int(pick)%n])
		}
		s.chooses(option)
		s.says(text + "51")
		s.waits(time.Hour)
		s.says("转人工")
		if s.state.Phase != dialog.HandedOver {
			t.Fatalf("asked for a person, and the phase is %s", s.state.Phase)
		}
	})
}

// askable gives the questions that can be asked and are not about money.
func askable(base *kb.Base) []*kb.Question {
	var out []*kb.Question
	for _, q := range base.Questions {
		if q.Auto == "" && !q.Safety {
			out = append(out, q)
		}
	}
	return out
}

func optionIDs(q *kb.Question) []string {
	var ids []string
	for _, o := range q.Options {
		ids = append(ids, o.ID)
	}
	return ids
}

func alike(a, b []diagnosis.Probability) bool {
	p := map[string]float64{}
	for _, x := range a {
		p[x.Cause] = x.P
	}
	for _, x := range b {
		if math.Abs(p[x.Cause]-x.P) > 1e-9 {
			return false
		}
	}
	return true
}
