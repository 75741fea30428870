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

// tells sends a message with more than a text.
func (s *shop) tells(m chat.Message) []chat.Post {
	s.n++
	if m.ID == "" {
		m.ID = "m" + strconv.Itoa(s.n)
	}
	m.Room = room
	return s.hear(m)
}

// to gives the posts to one side.
func to(side chat.Recipient, posts []chat.Post) []chat.Post {
	return slices.DeleteFunc(slices.Clone(posts), func(p chat.Post) bool { return p.To != side })
}

func TestALinkTellsTerminalAndLanguage(t *testing.T) {
	for text, want := range map[string]struct {
		terminal string
		lang     kb.Lang
	}{
		"/start":                            {},
		"/start shop7":                      {terminal: "shop7"},
		"/start en":                         {lang: kb.English},
		"/start en-Shop_7":                  {terminal: "Shop_7", lang: kb.English},
		"/start zh_T-12":                    {terminal: "T-12", lang: kb.Chinese},
		"/start " + strings.Repeat("x", 65): {},
	} {
		s := newShop(t)
		s.says(text)
		if s.state.Terminal != want.terminal || want.lang != "" && s.state.Lang != want.lang {
			t.Errorf("%s: terminal %q, language %q", text, s.state.Terminal, s.state.Lang)
		}
		s.says("刷卡失败")
		card := to(chat.ToDesk, s.says("转人工"))[0].Text
		if strings.Contains(card, "终端：") != (want.terminal != "") && s.state.Lang == kb.Chinese {
			t.Errorf("%s: the card is %s", text, card)
		}
	}
}

func TestForwardedWordsAreNoCommands(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败")
	s.tells(chat.Message{Text: "/human", Forwarded: true})
	if s.state.Phase == dialog.HandedOver {
		t.Error("a forwarded command was obeyed")
	}
	s.says("/human")
	if p := to(chat.ToDesk, s.tells(chat.Message{Text: "您尾号1234的卡支出100元", Forwarded: true})); len(p) != 1 || !strings.Contains(p[0].Text, "转发") {
		t.Errorf("the desk got %+v", p)
	}
}

func TestEveryKindOfFileReachesTheDesk(t *testing.T) {
	kinds := []chat.FileKind{
		chat.Photo, chat.Video, chat.Voice, chat.Audio, chat.Document, chat.Sticker, chat.Place, chat.Contact, chat.OtherFile,
	}
	for _, kind := range kinds {
		file := chat.File{Kind: kind, Platform: "test", Ref: "f", Name: "n"}
		s := newShop(t)
		s.says("刷卡失败")
		before := s.tells(chat.Message{ID: "before", Files: []chat.File{file}})
		if len(to(chat.ToMerchant, before)) != 1 {
			t.Errorf("%s: the merchant got %+v", kind, before)
		}
		early := to(chat.ToDesk, s.says("转人工"))
		if kind != chat.Sticker && (len(early) != 2 || early[1].Of != "before" || !slices.Equal(early[1].Files, []chat.File{file})) {
			t.Errorf("%s before the handoff: the desk got %+v", kind, early)
		}
		late := to(chat.ToDesk, s.tells(chat.Message{ID: "late", Files: []chat.File{file}, Quote: "问题"}))
		if len(late) != 1 || late[0].Of != "late" || late[0].Quote != "问题" || !slices.Equal(late[0].Files, []chat.File{file}) || late[0].Text == "" {
			t.Errorf("%s after the handoff: the desk got %+v", kind, late)
		}
	}
}

// Who can only send pictures gets a person, not the same question for ever.
func TestPicturesAloneLeadToAPerson(t *testing.T) {
	s := newShop(t)
	photo := chat.Message{Files: []chat.File{{Kind: chat.Photo, Platform: "test", Ref: "f"}}}
	for n := 1; s.state.Phase != dialog.HandedOver; n++ {
		if n > 6 {
			t.Fatal("six pictures and no person")
		}
		s.tells(photo)
	}
}

func TestAnAgentMakesTheBotSilentUntilTheCaseEnds(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败")
	s.says("转人工")
	s.step(dialog.Event{At: s.now, Agent: []dialog.AgentSaid{{ID: "a1", Agent: "小林", Text: "您好"}}})
	for _, text := range []string{"好的", "为什么会这样？", "好了", "人呢", "垃圾", "重新开始"} {
		posts := s.says(text)
		if got := to(chat.ToMerchant, posts); len(got) > 0 {
			t.Errorf("%s: the bot says %q", text, got[0].Text)
		}
		if got := to(chat.ToDesk, posts); len(got) != 1 || got[0].Text != text {
			t.Errorf("%s: the desk got %+v", text, got)
		}
	}
	if got := to(chat.ToMerchant, s.says("客人说钱已经扣了")); len(got) != 1 || got[0].Kind != chat.Safety {
		t.Errorf("about money the bot says %+v, want the warning", got)
	}
}

func TestAnAgentMaySpeakUpBeforeTheBotHandsOver(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败")
	posts := s.step(dialog.Event{At: s.now, Agent: []dialog.AgentSaid{{ID: "a1", Text: "您好"}}})
	if len(posts) != 2 || s.state.Phase != dialog.HandedOver || s.state.Handoff.Reason != dialog.AgentCame {
		t.Errorf("%s, %+v", s.state.Phase, posts)
	}
	if s.waits(20 * time.Minute); len(s.posts) != 3 {
		t.Error("the bot nudges although an agent has the case")
	}
}

func TestWhatStandsOut(t *testing.T) {
	s := newShop(t)
	p := s.says("刷卡失败，别的卡都能刷，就这张不行")[0]
	if got := p.Text[p.Strong.Start:p.Strong.End]; got == "" || !strings.HasSuffix(p.Text, got) || strings.Contains(got, "记下了") {
		t.Errorf("%q stands out in %q", got, p.Text)
	}
}
