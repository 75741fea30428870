package dialog_test

import (
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
)

// english hears a message of somebody whose app is English.
func (s *shop) english(m chat.Message) []chat.Post {
	m.Room, m.Lang = room, "en-GB"
	return s.hear(m)
}

// The app's language holds for all that is said to somebody who has not written in any.
func TestTheAppsLanguageHoldsUntilWordsTell(t *testing.T) {
	for name, first := range map[string][]chat.Message{
		"a code":   {{ID: "1", Text: "S4"}},
		"a number": {{ID: "1", Text: "05"}},
		"a photo":  {{ID: "1", Files: []chat.File{{Kind: chat.Photo}}}, {ID: "2", Files: []chat.File{{Kind: chat.Photo}}}},
		"a card":   {{ID: "1", Text: "6222021234567890123"}},
		"a person": {{ID: "1", Text: "/human"}},
		"a start":  {{ID: "1", Text: "/start"}, {ID: "2", Files: []chat.File{{Kind: chat.Voice}}}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			var posts []chat.Post
			for _, m := range first {
				posts = append(posts, s.english(m)...)
			}
			if p := s.state.Pending; len(p.Options) > 0 {
				posts = append(posts, s.hear(chat.Message{ID: "tap", Room: room, Choice: p.Options[0]})...) // of an app that says nothing
			}
			if s.state.Phase == dialog.HandedOver {
				posts = append(posts, s.acts(chat.Act{ID: "c", Kind: chat.Claim})...)
				posts = append(posts, s.acts(chat.Act{ID: "b", Kind: chat.GiveBack})...)
			}
			for _, p := range to(chat.ToMerchant, posts) {
				if text := strings.ReplaceAll(p.Text, "小林", ""); han.MatchString(text) {
					t.Errorf("an English app reads %q", p.Text)
				}
			}
			if len(posts) == 0 {
				t.Error("the bot says nothing")
			}
			s.says("扣了")
			if s.state.Lang != "zh" {
				t.Errorf("after Chinese words the language is %q", s.state.Lang)
			}
		})
	}
}

// Who quotes the screen goes on in their own language.
func TestWhatTheScreenPrintsIsNoLanguage(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败")
	s.says("TRANSACTION DECLINED, PLEASE CALL ISSUER")
	if s.state.Lang != "zh" {
		t.Errorf("the language is %q", s.state.Lang)
	}
	s.says("it says please call the issuer")
	if s.state.Lang != "en" {
		t.Errorf("after English words the language is %q", s.state.Lang)
	}
	s.says("这台机器打不出小票")
	if s.state.Lang != "zh" {
		t.Errorf("after Chinese words the language is %q", s.state.Lang)
	}
}

// One finger, two taps: the second one says nothing new.
func TestADoubleTapIsOne(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败")
	p := s.state.Pending
	tap := func(id string) chat.Message {
		return chat.Message{ID: id, Room: room, Post: p.Posts[len(p.Posts)-1], Choice: p.Options[0]}
	}
	s.hear(tap("t1"))
	before := s.state.Pending.Question
	if posts := s.hear(tap("t2")); len(posts) != 0 || s.state.Pending.Question != before {
		t.Errorf("the second tap is answered with %+v", posts)
	}
	s.says("/back")
	if posts := s.hear(tap("t3")); len(posts) == 0 || s.state.Pending.Question != before {
		t.Errorf("after /back the tap is answered with %+v, and %s is pending", posts, s.state.Pending.Question)
	}
	twice := newShop(t)
	twice.says("刷卡失败")
	heard := []dialog.Heard{{Message: tap("t1")}, {Message: tap("t2")}}
	if posts := twice.step(dialog.Event{At: twice.now, Heard: heard}); len(posts) == 0 || strings.Contains(posts[0].Text, "用不上") {
		t.Errorf("two taps at once are answered with %+v", posts)
	}
}

// Nobody is given to a person for being polite, or for an old button.
func TestHarmlessActsCallNoPerson(t *testing.T) {
	for name, act := range map[string]func(s *shop, old string){
		"/start":    func(s *shop, _ string) { s.says("/start") },
		"/language": func(s *shop, _ string) { s.says("/language") },
		"thanks":    func(s *shop, _ string) { s.says("谢谢") },
		"an old button": func(s *shop, old string) {
			s.n++
			s.hear(chat.Message{ID: "t" + string(rune('a'+s.n)), Room: room, Post: old, Choice: "random"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			s.says("刷卡失败")
			old := s.state.Pending.Posts[0]
			s.chooses(s.state.Pending.Options[0])
			for range 6 {
				act(s, old)
			}
			if s.state.Phase == dialog.HandedOver || s.state.Phase == dialog.Offering {
				t.Errorf("the phase is %s", s.state.Phase)
			}
		})
	}
}

// Platforms tell of edits, too, in which no word is another one.
func TestAnEditThatChangesNothingIsNone(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败，信号只有一格")
	m := chat.Message{ID: "m1", Room: room, Text: "刷卡失败，信号只有一格", Edited: true, At: s.now}
	if posts := s.hear(m); len(posts) != 0 {
		t.Errorf("it is answered with %+v", posts)
	}
	long := strings.Repeat("一", 600)
	s.hear(chat.Message{ID: "m2", Room: room, Text: long})
	if posts := s.hear(chat.Message{ID: "m2", Room: room, Text: long + "卡过期了", Edited: true, At: s.now}); len(posts) == 0 {
		t.Error("what a long text says at its end now is not heard")
	}
	m.Text = "刷卡失败，卡过期了"
	if posts := s.hear(m); len(posts) == 0 {
		t.Error("another text is not heard")
	}
}

// A merchant who blocks the bot is known to be out of reach before anything is sent.
func TestWhoLeavesIsOutOfReach(t *testing.T) {
	s := handedOver(t, dialog.Desk{}, "刷卡失败")
	s.acts(chat.Act{ID: "c", Kind: chat.Claim})
	gone := chat.Message{ID: "left1", Room: room, Left: true}
	posts := s.hear(gone)
	if len(posts) != 1 || posts[0].To != chat.ToDesk || !s.state.Unreachable {
		t.Errorf("the desk reads %+v", posts)
	}
	if again := s.hear(gone); len(again) != 0 {
		t.Errorf("and again %+v", again)
	}
	s.says("我回来了")
	if s.state.Unreachable {
		t.Error("who writes is in reach")
	}
}
