package dialog_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
)

// handedOver gives a shop whose case waits at a desk.
func handedOver(t *testing.T, d dialog.Desk, words string) *shop {
	t.Helper()
	s := newShop(t)
	s.manager = s.manager.At(d)
	s.says(words)
	s.says("转人工")
	if s.state.Phase != dialog.HandedOver {
		t.Fatalf("the phase is %s", s.state.Phase)
	}
	return s
}

// card gives the newest card in some posts.
func card(posts []chat.Post) (c chat.Card) {
	for _, p := range posts {
		if p.Card != nil {
			c = *p.Card
		}
	}
	return c
}

func TestOfTwoAgentsOneClaimsTheCase(t *testing.T) {
	s := handedOver(t, dialog.Desk{}, "刷卡失败")
	if c := card(s.acts(chat.Act{ID: "1", Kind: chat.Claim, Agent: lin})); c.Agent != lin {
		t.Errorf("the card says %+v", c.Agent)
	}
	posts := s.acts(chat.Act{ID: "2", Kind: chat.Claim, Agent: chen})
	if len(posts) != 1 || posts[0].Private != chen.ID || !strings.Contains(posts[0].Text, lin.Name) {
		t.Errorf("the other one reads %+v", posts)
	}
	if posts := s.acts(chat.Act{ID: "1", Kind: chat.Claim, Agent: lin}); len(posts) != 0 {
		t.Errorf("the same tap again: %+v", posts)
	}
}

// Nothing but what the agent who has the case writes reaches the merchant.
func TestWhatReachesTheMerchant(t *testing.T) {
	safe := ""
	for _, f := range newWorld(t).base.Fixes {
		if !f.RepeatsPayment && !f.Agent {
			safe = f.ID
		}
	}
	for name, c := range map[string]struct {
		act  chat.Act
		want bool
	}{
		"whoever has it":          {chat.Act{Kind: chat.Say, Text: "您好", Agent: lin}, true},
		"somebody else":           {chat.Act{Kind: chat.Say, Text: "您好", Agent: chen}, false},
		"nobody":                  {chat.Act{Kind: chat.Say, Text: "您好"}, true}, // acts fills 小林 in
		"a word for inside":       {chat.Act{Kind: chat.Say, Text: "  // 老客户", Agent: lin}, false},
		"one typed in Chinese":    {chat.Act{Kind: chat.Say, Text: "／／老客户", Agent: lin}, false},
		"another one":             {chat.Act{Kind: chat.Say, Text: "、、老客户", Agent: lin}, false},
		"nothing":                 {chat.Act{Kind: chat.Say, Agent: lin}, false},
		"a file":                  {chat.Act{Kind: chat.Say, Agent: lin, Files: []chat.File{{Kind: chat.Photo}}}, true},
		"an edit of inside":       {chat.Act{Kind: chat.Say, Text: "x", Agent: lin, Change: chat.Edit}, false},
		"a deletion of inside":    {chat.Act{Kind: chat.Say, Agent: lin, Change: chat.Delete}, false},
		"an unknown act":          {chat.Act{Kind: "dance", Agent: lin}, false},
		"somebody's release":      {chat.Act{Kind: chat.Release, Agent: chen}, false},
		"somebody's closing":      {chat.Act{Kind: chat.Close, Agent: chen}, false},
		"somebody's fix":          {chat.Act{Kind: chat.Suggest, Fix: safe, Agent: chen}, false},
		"a fix":                   {chat.Act{Kind: chat.Suggest, Fix: safe, Agent: lin}, true},
		"a fix that nobody knows": {chat.Act{Kind: chat.Suggest, Fix: "pray", Agent: lin}, false},
	} {
		s := handedOver(t, dialog.Desk{}, "刷卡失败")
		s.acts(chat.Act{ID: "c", Kind: chat.Claim, Agent: lin})
		c.act.ID = "a"
		if got := len(to(chat.ToMerchant, s.acts(c.act))); (got > 0) != c.want {
			t.Errorf("%s: %d posts to the merchant", name, got)
		}
	}
}

// Whom the agent calls may write, too, and is told so; nobody else, and only while
// the agent has the case.
func TestGuestsWriteToTheMerchant(t *testing.T) {
	s := handedOver(t, dialog.Desk{}, "刷卡失败")
	s.acts(chat.Act{ID: "x", Kind: chat.Say, Text: "// 小陈看看", Agent: chen, Mentions: []chat.Agent{chen}}) // who has no case invites nobody
	s.acts(chat.Act{ID: "c", Kind: chat.Claim, Agent: lin})
	if got := to(chat.ToMerchant, s.acts(chat.Act{ID: "1", Kind: chat.Say, Text: "您好", Agent: chen})); len(got) != 0 {
		t.Errorf("before the call: %+v", got)
	}
	posts := s.acts(chat.Act{ID: "2", Kind: chat.Say, Text: "// @小陈 帮忙看看", Agent: lin, Mentions: []chat.Agent{chen}})
	if len(posts) != 1 || posts[0].Private != chen.ID {
		t.Errorf("the guest is told %+v", posts)
	}
	said := to(chat.ToMerchant, s.acts(chat.Act{ID: "3", Kind: chat.Say, Text: "请看路由器", Agent: chen}))
	if len(said) != 1 || said[0].Text != "小陈：请看路由器" {
		t.Errorf("the merchant reads %+v", said)
	}
	edit := to(chat.ToMerchant, s.acts(chat.Act{ID: "3", Kind: chat.Say, Text: "请看光猫", Agent: chen, Change: chat.Edit}))
	if len(edit) != 1 || edit[0].Text != "小陈：请看光猫" {
		t.Errorf("after the edit: %+v", edit)
	}
	s.acts(chat.Act{ID: "r", Kind: chat.Release, Agent: lin})
	if got := to(chat.ToMerchant, s.acts(chat.Act{ID: "4", Kind: chat.Say, Text: "还在吗", Agent: chen})); len(got) != 0 {
		t.Errorf("after the release: %+v", got)
	}
}

// An agent's hand sends no payment twice either.
func TestASuggestionThatRepeatsThePaymentWaitsForTheCharge(t *testing.T) {
	pays := ""
	for _, f := range newWorld(t).base.Fixes {
		if f.RepeatsPayment && !f.Agent {
			pays = f.ID
		}
	}
	s := handedOver(t, dialog.Desk{}, "刷卡失败")
	s.acts(chat.Act{ID: "c", Kind: chat.Claim})
	if posts := s.acts(chat.Act{ID: "f", Kind: chat.Suggest, Fix: pays}); len(to(chat.ToMerchant, posts)) != 0 || posts[0].Private != lin.ID {
		t.Errorf("while the charge is unknown: %+v", posts)
	}
	s.says("没扣")
	if posts := s.acts(chat.Act{ID: "g", Kind: chat.Suggest, Fix: pays}); len(to(chat.ToMerchant, posts)) != 1 {
		t.Errorf("nothing was debited: %+v", posts)
	}
	if posts := s.acts(chat.Act{ID: "h", Kind: chat.Suggest, Fix: pays}); len(to(chat.ToMerchant, posts)) != 0 {
		t.Errorf("the customer may have paid since: %+v", posts)
	}
}

func TestTheDeskReadsWhichFixArrived(t *testing.T) {
	s := handedOver(t, dialog.Desk{}, "刷卡失败，没扣款")
	s.acts(chat.Act{ID: "c", Kind: chat.Claim})
	fix := newWorld(t).base.Fix("restart-terminal")
	sent := to(chat.ToMerchant, s.acts(chat.Act{ID: "f", Kind: chat.Suggest, Fix: fix.ID}))
	posts := s.step(dialog.Event{At: s.now, Arrived: []dialog.Arrived{{Of: sent[0].Of}}})
	if len(posts) != 1 || !strings.Contains(posts[0].Text, fix.Title.ZH) || posts[0].To != chat.ToDesk {
		t.Errorf("the desk reads %+v", posts)
	}
}

func TestTheBotGoesOnWhenTheCaseIsGivenBack(t *testing.T) {
	s := handedOver(t, dialog.Desk{}, "刷卡失败")
	s.acts(chat.Act{ID: "c", Kind: chat.Claim})
	posts := s.acts(chat.Act{ID: "b", Kind: chat.GiveBack})
	if c := card(posts); c.Agent.ID != "" || c.Over != "" {
		t.Errorf("the card can't be claimed: %+v", c)
	}
	if s.state.Phase == dialog.HandedOver || s.state.Pending.Kind == "" || len(to(chat.ToMerchant, posts)) != 1 {
		t.Errorf("%s, %+v", s.state.Phase, posts)
	}
	if posts := to(chat.ToDesk, s.says("不知道")); len(posts) != 0 {
		t.Errorf("the desk still gets %+v", posts)
	}
	if s.acts(chat.Act{ID: "c2", Kind: chat.Claim, Agent: chen}); s.state.Handoff == nil || s.state.Handoff.Agent != chen {
		t.Error("it can't be claimed again")
	}
	charged := handedOver(t, dialog.Desk{}, "刷卡失败，钱已经扣了")
	charged.acts(chat.Act{ID: "c", Kind: chat.Claim})
	if charged.acts(chat.Act{ID: "b", Kind: chat.GiveBack}); charged.state.Phase != dialog.HandedOver {
		t.Error("a charged customer was given back to the bot")
	}
}

func TestClosingTellsTheCause(t *testing.T) {
	s := handedOver(t, dialog.Desk{Lang: kb.English}, "刷卡失败")
	nextStep := func(r chat.Row) bool { return strings.HasPrefix(r.Label, "Next step") }
	if c := card(s.acts(chat.Act{ID: "c", Kind: chat.Claim})); !slices.ContainsFunc(c.Rows, nextStep) {
		t.Errorf("an open card says %+v", c.Rows)
	}
	posts := s.acts(chat.Act{ID: "x", Kind: chat.Close, Cause: "hardware.card-reader", Note: "寄了新机"})
	if c := card(posts); !strings.HasPrefix(c.Over, "Closed by 小林") || slices.ContainsFunc(c.Rows, nextStep) || !strings.Contains(c.Over, "寄了新机") || c.Lang != "en" {
		t.Errorf("the card is %+v", c)
	}
	if got := to(chat.ToMerchant, posts); len(got) != 1 || got[0].Kind != chat.Closing || strings.Contains(got[0].Text, "colleague") {
		t.Errorf("the merchant reads %+v", got)
	}
	if n := len(s.state.Lessons); s.state.Phase != dialog.Closed || n != 1 || s.state.Lessons[0].Cause != "hardware.card-reader" {
		t.Errorf("%s, %+v", s.state.Phase, s.state.Lessons)
	}
	if posts := s.acts(chat.Act{ID: "y", Kind: chat.Say, Text: "还在吗"}); len(to(chat.ToMerchant, posts)) != 0 || posts[0].Private != lin.ID {
		t.Errorf("after the end: %+v", posts)
	}
}

func TestTheDeskIsRemindedThreeTimes(t *testing.T) {
	s := handedOver(t, dialog.Desk{Remind: 5 * time.Minute}, "刷卡失败")
	var calls []int
	var told int
	for range 200 {
		for _, p := range s.waits(time.Minute) {
			if p.Remind > 0 {
				calls = append(calls, p.Remind)
			}
			if p.To == chat.ToMerchant {
				told++
			}
		}
		if s.n++; s.n == 7 {
			s.says("人呢") // does not put the reminders off
		}
	}
	if len(calls) != 3 || calls[0] != 1 || calls[2] != 2 || told != 2 {
		t.Errorf("reminded %v, and told the merchant %d times", calls, told)
	}
}

func TestHoursAreKept(t *testing.T) {
	spans, err := dialog.ParseHours("mon-fri 09:00-18:00, sat 10:00-12:00")
	if err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("Beijing", 8*3600)
	h := dialog.Hours{Zone: zone, Spans: spans}
	for at, want := range map[string]string{
		"2026-11-27 08:59": "2026-11-27 09:00", "2026-11-27 09:00": "2026-11-27 09:00", "2026-11-27 18:00": "2026-11-28 10:00",
		"2026-11-28 12:00": "2026-11-30 09:00", "2026-11-29 03:00": "2026-11-30 09:00",
	} {
		from, _ := time.ParseInLocation("2006-01-02 15:04", at, zone)
		if got := h.From(from.UTC()).In(zone).Format("2006-01-02 15:04"); got != want || h.Open(from) != (at == want) {
			t.Errorf("from %s it is open at %s, want %s", at, got, want)
		}
	}
	for _, text := range []string{"mon", "mon 9-18", "mon 18:00-09:00", "xyz 09:00-10:00", "mon 09:00-25:00"} {
		if _, err := dialog.ParseHours(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
	s := handedOver(t, dialog.Desk{Remind: time.Minute, Hours: h}, "刷卡失败") // on New Year's Day, 20:00 in Beijing
	if last := to(chat.ToMerchant, s.posts); !strings.Contains(last[len(last)-1].Text, "明天 09:00 上班后会在这里回您") {
		t.Errorf("the merchant reads %q", last[len(last)-1].Text)
	}
	for range 12 * 60 {
		for _, p := range s.waits(time.Minute) {
			if p.Remind > 0 && !h.Open(s.now) {
				t.Fatalf("a reminder at %s", s.now.In(zone))
			}
		}
	}
}

// However long the talk gets, the card keeps what the merchant said before it.
func TestTheCardKeepsTheFirstWords(t *testing.T) {
	s := handedOver(t, dialog.Desk{}, "刷卡失败，老王面馆的机器")
	s.acts(chat.Act{ID: "c", Kind: chat.Claim})
	for n := range 60 {
		s.acts(chat.Act{ID: "a" + strconv.Itoa(n), Kind: chat.Say, Text: "第" + strconv.Itoa(n) + "句"})
		s.says("第" + strconv.Itoa(n) + "答")
	}
	if c := card(s.acts(chat.Act{ID: "r", Kind: chat.Release})); !strings.Contains(strings.Join(c.Rows[2].Parts, ""), "老王面馆") {
		t.Errorf("the card says %+v", c.Rows)
	}
}

func TestALostThreadIsBuiltAnew(t *testing.T) {
	s := handedOver(t, dialog.Desk{}, "刷卡失败")
	s.says("在吗")
	s.tells(chat.Message{ID: "late", Files: []chat.File{{Kind: chat.Photo, Ref: "f"}}})
	s.acts(chat.Act{ID: "c", Kind: chat.Claim})
	s.acts(chat.Act{ID: "a", Kind: chat.Say, Text: "我在"})
	posts := to(chat.ToDesk, s.step(dialog.Event{At: s.now, DeskLost: true}))
	if len(posts) != 4 || len(posts[2].Files) != 1 || !strings.Contains(posts[3].Text, "小林：我在") || posts[0].Card == nil || posts[0].Change != "" || posts[1].Text != "在吗" {
		t.Errorf("the desk gets %+v", posts)
	}
}
