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

// acts lets an agent act; 小林 if nobody is named.
func (s *shop) acts(a chat.Act) []chat.Post {
	if a.Agent.ID == "" {
		a.Agent = lin
	}
	return s.step(dialog.Event{At: s.now, Desk: []chat.Act{a}})
}

var (
	lin  = chat.Agent{ID: "U1", Name: "小林"}
	chen = chat.Agent{ID: "U2", Name: "小陈"}
)

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
	s.acts(chat.Act{ID: "c1", Kind: chat.Claim})
	s.acts(chat.Act{ID: "a1", Kind: chat.Say, Text: "您好"})
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

func TestAnAgentMayStepInBeforeTheBotHandsOver(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败")
	posts := s.acts(chat.Act{ID: "c1", Kind: chat.Claim})
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

// An album's words are never lost, least of all about money, and no picture of it
// goes to the merchant.
func TestAnAlbumWithWordsUnderEachPicture(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败")
	s.says("转人工")
	var heard []dialog.Heard
	for i, text := range []string{"这是小票", "客人说钱已经扣了", ""} {
		heard = append(heard, dialog.Heard{Message: chat.Message{
			ID: "album" + strconv.Itoa(i), Room: room, Text: text, Album: "9", Files: []chat.File{{Kind: chat.Photo, Ref: strconv.Itoa(i)}},
		}})
	}
	posts := s.step(dialog.Event{At: s.now, Heard: heard})
	for _, p := range to(chat.ToMerchant, posts) {
		if len(p.Files) > 0 {
			t.Errorf("the merchant gets a picture back: %+v", p)
		}
	}
	files, words, urgent := 0, "", false
	for _, p := range to(chat.ToDesk, posts) {
		files, words, urgent = files+len(p.Files), words+p.Text, urgent || p.Urgent
	}
	if files != 3 || !strings.Contains(words, "这是小票") || !strings.Contains(words, "已经扣了") || !urgent {
		t.Errorf("the desk gets %d pictures and reads %q", files, words)
	}
}

// That nothing was debited is never believed from a reply to an old question.
func TestAReplyToAnOldSafetyQuestionIsNoAnswer(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败，网断了")
	var asked string
	for n := 0; s.state.Phase != dialog.CheckMoney && n < 8; n++ {
		s.says("不知道")
	}
	for _, e := range s.state.Log {
		if e.What == dialog.Asked && e.Question == "charge_status" {
			asked = e.Post
		}
	}
	if asked == "" {
		t.Fatal("the charge was not asked about")
	}
	s.chooses("not_charged")
	for n := 0; n < 3 && s.state.Phase == dialog.Fixing; n++ {
		s.chooses("same")
	}
	s.n++
	m := chat.Message{ID: "m" + strconv.Itoa(s.n), Room: room, Text: "没有"}
	s.step(dialog.Event{At: s.now, Heard: []dialog.Heard{{Message: m, RepliesTo: asked}}}) // the monitor of step judges
}

func TestAYesForSomebodyElseForgetsNothing(t *testing.T) {
	for name, between := range map[string]func(s *shop){
		"an agent's question": func(s *shop) { s.acts(chat.Act{ID: "c", Kind: chat.Claim}) },
		"a command":           func(s *shop) { s.says("/help") },
		"a photo":             func(s *shop) { s.tells(chat.Message{Files: []chat.File{{Kind: chat.Photo}}}) },
		"a long time":         func(s *shop) { s.waits(20 * time.Hour) },
	} {
		s := newShop(t)
		s.says("刷卡失败")
		s.says("转人工")
		s.says("/forget")
		between(s)
		if s.says("可以"); s.state.Forget {
			t.Errorf("%s: everything is forgotten", name)
		}
	}
}

func TestATextThatChangesBackIsHeard(t *testing.T) {
	s := handedOver(t, dialog.Desk{}, "刷卡失败")
	s.acts(chat.Act{ID: "c", Kind: chat.Claim})
	var sent []string
	for i, text := range []string{"先别刷", "可以刷了", "先别刷"} {
		a := chat.Act{ID: "a", Kind: chat.Say, Text: text, At: s.now.Add(time.Duration(i) * time.Second)}
		if i > 0 {
			a.Change = chat.Edit
		}
		for _, p := range to(chat.ToMerchant, s.acts(a)) {
			sent = append(sent, p.Text)
		}
	}
	if len(sent) != 3 || sent[2] != "先别刷" {
		t.Errorf("the merchant got %q", sent)
	}
}

func TestAnEditBeforeTheAnswerReplacesTheText(t *testing.T) {
	s := newShop(t)
	heard := func(text string, edited bool) dialog.Heard {
		hits, _ := s.index.Search(t.Context(), s.manager.Query(text))
		return dialog.Heard{Message: chat.Message{ID: "m1", Room: room, Text: text, Edited: edited}, Hits: hits}
	}
	posts := s.step(dialog.Event{At: s.now, Heard: []dialog.Heard{heard("刷卡S4，信号弱", false), heard("刷卡S4，信号正常", true)}})
	if strings.Contains(posts[0].Text, "弱") || len(s.state.Words) != 1 {
		t.Errorf("the bot says %q and knows %+v", posts[0].Text, s.state.Words)
	}
}

func TestALanguageThatIsNotTheMerchantsOwn(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败")
	s.tells(chat.Message{Text: "Dear customer, your card was declined, please contact your bank", Forwarded: true})
	if s.state.Lang != kb.Chinese {
		t.Error("a forwarded text changed the language")
	}
	app := newShop(t)
	if p := app.tells(chat.Message{Text: "/start", Lang: "en"})[0]; !strings.HasPrefix(p.Text, "Hello") {
		t.Errorf("an English app is greeted with %q", p.Text)
	}
	if p := app.tells(chat.Message{Text: "刷卡失败", Lang: "en"})[0]; strings.Contains(p.Text, "the") {
		t.Errorf("Chinese words are answered with %q", p.Text)
	}
}
