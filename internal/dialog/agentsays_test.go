package dialog_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
)

// desk writes in a case's thread; every act is a second later than the one before.
type desk struct {
	*shop
	n int
}

func atDesk(t *testing.T) *desk { return &desk{shop: handedOver(t, dialog.Desk{}, "刷卡失败")} }

// does lets an agent act, and gives the act and what the merchant gets.
func (d *desk) does(a chat.Act) (chat.Act, []chat.Post) {
	d.t.Helper()
	d.n++
	d.now = d.now.Add(time.Second)
	a.ID, a.At = "a"+strconv.Itoa(d.n), d.now
	return a, to(chat.ToMerchant, d.acts(a))
}

func (d *desk) writes(who chat.Agent, text string) chat.Act {
	d.t.Helper()
	a, _ := d.does(chat.Act{Kind: chat.Say, Agent: who, Text: text})
	return a
}

// again tells the merchant's side of what is read once more, an hour later, by a
// program that has kept the state alone.
func (d *desk) again(acts ...chat.Act) (texts []string) {
	d.t.Helper()
	var kept dialog.State
	if err := json.Unmarshal([]byte(encode(d.t, d.state)), &kept); err != nil {
		d.t.Fatalf("%v", err)
	}
	d.state, d.now = kept, d.now.Add(time.Hour)
	for _, a := range acts {
		for _, p := range to(chat.ToMerchant, d.acts(a)) {
			texts = append(texts, p.Text)
		}
	}
	return texts
}

// What stayed inside stays there, also when a thread is read once more after much was
// said and somebody else has the case.
func TestWhatWasInsideStaysInside(t *testing.T) {
	d := atDesk(t)
	early := d.writes(chen, "接手前")
	d.does(chat.Act{Kind: chat.Claim, Agent: lin})
	aside := d.writes(chen, "这家很烦")
	note := d.writes(chen, "// 别理他")
	note.Text = "别理他" // as the thread has it after an edit
	for n := range 75 {
		d.writes(lin, "第"+strconv.Itoa(n)+"句")
	}
	d.does(chat.Act{Kind: chat.Release, Agent: lin})
	d.does(chat.Act{Kind: chat.Claim, Agent: chen})
	missed := chat.Act{ID: "missed", Kind: chat.Say, Agent: chen, Text: "您好", At: d.now.Add(time.Minute)}
	if got := d.again(early, aside, note, missed, missed); len(got) != 1 || got[0] != "您好" {
		t.Errorf("the merchant reads %q", got)
	}
}

// So does what the one who has the case wrote for inside.
func TestAWordForInsideIsNeverForgotten(t *testing.T) {
	d := atDesk(t)
	d.does(chat.Act{Kind: chat.Claim, Agent: lin})
	note, said := d.writes(lin, "// 老客户"), d.writes(lin, "您好")
	note.Text = "老客户"
	for n := range 75 {
		d.writes(lin, "第"+strconv.Itoa(n)+"句")
	}
	if got := d.again(note, said); len(got) != 0 {
		t.Errorf("the merchant reads %q", got)
	}
}

// What was written before the claim and comes to light after it stays inside, and the
// writer is told; so with a guest's words from before the call.
func TestWordsFromBeforeTheClaimStayInside(t *testing.T) {
	d := atDesk(t)
	before := chat.Act{ID: "b", Kind: chat.Say, Agent: lin, Text: "要不要接？", At: d.now.Add(time.Second / 2)}
	d.writes(chen, "在看")
	d.does(chat.Act{Kind: chat.Claim, Agent: lin})
	asked := chat.Act{ID: "g", Kind: chat.Say, Agent: chen, Text: "内部的话", At: d.now.Add(time.Second / 2)}
	d.does(chat.Act{Kind: chat.Say, Agent: lin, Text: "// @小陈", Mentions: []chat.Agent{chen}})
	for _, a := range []chat.Act{before, asked} {
		if posts := d.acts(a); len(posts) != 1 || posts[0].Private != a.Agent.ID {
			t.Errorf("%s: %+v", a.Text, posts)
		}
	}
	after := chat.Act{ID: "h", Kind: chat.Say, Agent: chen, Text: "请看路由器", At: d.now.Add(time.Second)}
	if got := d.again(after); len(got) != 1 {
		t.Errorf("the merchant reads %q", got)
	}
}

// A platform's clock may be another one than ours, and than that of its taps.
func TestClocksThatAreOthers(t *testing.T) {
	for _, off := range []time.Duration{-3 * 365 * 24 * time.Hour, time.Hour} {
		d := atDesk(t)
		d.acts(chat.Act{ID: "n", Kind: chat.Say, Agent: lin, Text: "// 看看", At: d.now.Add(off)})
		d.acts(chat.Act{ID: "c", Kind: chat.Claim, Agent: lin, At: d.now})
		if posts := to(chat.ToMerchant, d.acts(chat.Act{ID: "s", Kind: chat.Say, Agent: lin, Text: "您好", At: d.now.Add(off + time.Second)})); len(posts) != 1 {
			t.Errorf("off by %v the merchant gets %+v", off, posts)
		}
	}
}

// An edit into a word for inside takes the merchant's copy back, however it is typed.
func TestAnEditForInsideTakesBack(t *testing.T) {
	for _, sign := range []string{"//", "／／", "、、"} {
		d := atDesk(t)
		d.does(chat.Act{Kind: chat.Claim, Agent: lin})
		said := d.writes(lin, "您好")
		said.Change, said.Text = chat.Edit, sign+" 您好"
		if got := to(chat.ToMerchant, d.acts(said)); len(got) != 1 || got[0].Change != chat.Delete || got[0].Text != "" {
			t.Errorf("%s: %+v", sign, got)
		}
	}
}

// What agents change follows as long as the line is known: after the end of the case,
// and of a claim. Then they are told. A line for inside needs no word.
func TestChangesFollowOrAreTold(t *testing.T) {
	for name, between := range map[string]func(*desk){
		"closed":     func(d *desk) { d.does(chat.Act{Kind: chat.Close, Agent: lin}) },
		"given back": func(d *desk) { d.does(chat.Act{Kind: chat.GiveBack, Agent: lin}) },
		"claimed again": func(d *desk) {
			d.does(chat.Act{Kind: chat.GiveBack, Agent: lin})
			d.does(chat.Act{Kind: chat.Claim, Agent: lin})
		},
		"somebody else's": func(d *desk) {
			d.does(chat.Act{Kind: chat.Release, Agent: lin})
			d.does(chat.Act{Kind: chat.Claim, Agent: chen})
		},
		"much later": func(d *desk) {
			for n := range 50 {
				d.writes(lin, strconv.Itoa(n))
			}
		},
	} {
		d := atDesk(t)
		d.does(chat.Act{Kind: chat.Claim, Agent: lin})
		d.does(chat.Act{Kind: chat.Say, Agent: lin, Text: "// @小陈", Mentions: []chat.Agent{chen}})
		said, guests, inside := d.writes(lin, "您好"), d.writes(chen, "请看路由器"), d.writes(lin, "// 老客户")
		between(d)
		for _, change := range []chat.Change{chat.Edit, chat.Delete} {
			said.Change, guests.Change, inside.Change = change, change, change
			for _, a := range []chat.Act{said, guests} {
				if posts := d.acts(a); len(posts) != 1 || posts[0].To != chat.ToMerchant || posts[0].Change != change || posts[0].Of != a.ID {
					t.Errorf("%s: the merchant's side of a %s is %+v", name, change, posts)
				} else if change == chat.Edit && a.Agent == chen && posts[0].Text != "小陈：请看路由器" {
					t.Errorf("%s: the merchant reads %q", name, posts[0].Text)
				}
			}
			if posts := d.acts(inside); len(posts) != 0 {
				t.Errorf("%s: a %s for inside: %+v", name, change, posts)
			}
		}
	}
}

func TestAChangeThatComesTooLateIsTold(t *testing.T) {
	d := atDesk(t)
	d.does(chat.Act{Kind: chat.Claim, Agent: lin})
	said := d.writes(lin, "您好")
	for n := range 70 {
		d.writes(lin, strconv.Itoa(n))
	}
	for change, want := range map[chat.Change]string{chat.Edit: "改", chat.Delete: "删"} {
		said.Change = change
		if posts := d.acts(said); len(posts) != 1 || posts[0].Private != lin.ID || !strings.Contains(posts[0].Text, want) {
			t.Errorf("of a %s the agent reads %+v", change, posts)
		}
	}
}

// A double click says nothing twice; a second try does.
func TestADoubleClickIsOne(t *testing.T) {
	d := atDesk(t)
	d.does(chat.Act{Kind: chat.Claim, Agent: lin})
	said := d.writes(lin, "您好")
	tap := chat.Act{Kind: chat.Say, Agent: lin, Text: "您好", Again: said.ID}
	var got []int
	for _, pause := range []time.Duration{0, 300 * time.Millisecond, 15 * time.Second} {
		d.now = d.now.Add(pause - time.Second)
		_, posts := d.does(tap)
		got = append(got, len(posts))
	}
	if !slices.Equal(got, []int{1, 0, 1}) {
		t.Errorf("the merchant gets %v", got)
	}
	other := d.writes(lin, "在吗")
	if _, posts := d.does(chat.Act{Kind: chat.Say, Agent: lin, Text: "在吗", Again: other.ID}); len(posts) != 1 {
		t.Errorf("another message: %+v", posts)
	}
}
