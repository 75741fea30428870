package telegram_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/telegram"
	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
	"github.com/s4bot/s4bot/internal/chat"
)

// deliver delivers a post to the chat 1 and gives its reference.
func (r *rig) deliver(p chat.Post) string {
	r.t.Helper()
	ref, err := r.bot.Deliver(r.t.Context(), one, p)
	if err != nil {
		r.t.Fatal(err)
	}
	return ref
}

// now shows what stands in the chat 1: each text, shortened to what it begins with.
func (r *rig) now() string {
	var out []string
	for _, m := range r.server.Sent(1) {
		if !m.Deleted {
			out = append(out, fmt.Sprintf("%d:%.3s", m.ID, m.Text))
		}
	}
	return strings.Join(out, " ")
}

func change(c chat.Change, ref, text string) chat.Post {
	return chat.Post{ID: "p13", Kind: chat.Info, Text: text, Change: c, Of: "p12", Ref: ref}
}

// pages is a text of so many messages, each of one letter.
func pages(letters string) string {
	var out []string
	for _, l := range letters {
		out = append(out, strings.Repeat(string(l), 4000))
	}
	return strings.Join(out, "\n")
}

func TestEditReplacesText(t *testing.T) {
	for name, c := range map[string]struct {
		before, after string
		want, ref     string
	}{
		"one by one":      {"old", "new", "1:new", "1"},
		"the same":        {"old", "old", "1:old", "1"},
		"as many":         {pages("ab"), pages("xy"), "1:xxx 2:yyy", "1,2"},
		"more":            {pages("a"), pages("xyz"), "1:xxx 2:yyy 3:zzz", "1,2,3"},
		"fewer":           {pages("abcd"), pages("xy"), "1:xxx 2:yyy", "1,2"},
		"one instead":     {pages("ab"), "x", "1:x", "1"},
		"to the letter":   {"old", "<b>&\"_*", "1:<b>", "1"},
		"only the second": {pages("ab"), pages("ac"), "1:aaa 2:ccc", "1,2"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			r.server.Know(1)
			ref := r.deliver(question(c.before))
			ref = r.deliver(change(chat.Edit, ref, c.after))
			if r.now() != c.want || ref != c.ref {
				t.Errorf("got %q with %q, want %q with %q", r.now(), ref, c.want, c.ref)
			}
		})
	}
}

func TestEditGoesOnWhereItStopped(t *testing.T) {
	r := newRig(t)
	r.server.Know(1)
	ref := r.deliver(question("old"))
	sends := 0
	r.server.SetFault(func(method string, _ telegramtest.Params) telegramtest.Fault {
		if sends++; method == "sendMessage" && sends == 3 {
			return telegramtest.Fault{Kind: telegramtest.TooMany, RetryAfter: time.Second}
		}
		return telegramtest.Fault{}
	})
	post := change(chat.Edit, ref, pages("xyz"))
	if f := failure(t, second(r.bot.Deliver(t.Context(), one, post))); f.Outcome != adapters.Retry {
		t.Fatalf("got %v", f)
	}
	if ref := r.deliver(post); ref != "1,2,3" || r.now() != "1:xxx 2:yyy 3:zzz" {
		t.Errorf("got %q, %q", ref, r.now())
	}
}

func TestChangesThatCannotBe(t *testing.T) {
	r := newRig(t)
	r.server.Know(1)
	ref := r.deliver(question("old", "yes"))
	for name, c := range map[string]struct {
		post chat.Post
		says string // the answer of Telegram
		want string // part of the reason; empty: it succeeds
	}{
		"edit, no reference":     {change(chat.Edit, "", "new"), "", "nobody knows which message"},
		"edit, not a reference":  {change(chat.Edit, "1,x", "new"), "", "nobody knows which message"},
		"edit, not there":        {change(chat.Edit, "99", "new"), "", "message to edit not found"},
		"edit, not allowed":      {change(chat.Edit, ref, "new"), "message can't be edited", "can't be edited"},
		"edit, no such id":       {change(chat.Edit, ref, "new"), "MESSAGE_ID_INVALID", "MESSAGE_ID_INVALID"},
		"edit, no text":          {change(chat.Edit, ref, " "), "", "no text"},
		"delete, no reference":   {change(chat.Delete, "", ""), "", "nobody knows which message"},
		"delete, not there":      {change(chat.Delete, "99", ""), "", ""},
		"delete, several":        {change(chat.Delete, "98,99m", ""), "", ""},
		"delete, not allowed":    {change(chat.Delete, ref, ""), "message can't be deleted", "48 hours"},
		"settle, no reference":   {change(chat.Settle, "", ""), "", ""},
		"settle, not there":      {change(chat.Settle, "99", ""), "", ""},
		"settle, not allowed":    {change(chat.Settle, ref, ""), "message can't be edited", ""},
		"settle, not modified":   {change(chat.Settle, ref, ""), "message is not modified", ""},
		"an unknown change":      {change("paint", ref, ""), "", "does not know"},
		"settle, all is refused": {change(chat.Settle, ref, ""), "BUTTON_DATA_INVALID", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r.server.SetFault(func(string, telegramtest.Params) telegramtest.Fault {
				if c.says == "" {
					return telegramtest.Fault{}
				}
				return telegramtest.Fault{Kind: telegramtest.Refused, Text: c.says}
			})
			_, err := r.bot.Deliver(t.Context(), one, c.post)
			if c.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if f := failure(t, err); f.Outcome != adapters.Failed || !strings.Contains(f.Reason, c.want) {
				t.Errorf("got %+v", f)
			}
		})
	}
}

func TestDelete(t *testing.T) {
	r := newRig(t)
	r.server.Know(1)
	first, second := r.deliver(question("one")), r.deliver(chat.Post{ID: "p2", Text: pages("ab")})
	old := r.deliver(chat.Post{ID: "p3", Text: pages("cd")})
	if got := r.deliver(change(chat.Delete, first, "")) + r.deliver(change(chat.Delete, second, "")); got != "" {
		t.Errorf("a deleted post is called %q", got)
	}
	if r.now() != "4:ccc 5:ddd" || len(r.server.CallsOf("deleteMessage")) != 1 || len(r.server.CallsOf("deleteMessages")) != 1 {
		t.Errorf("there is %q", r.now())
	}
	r.server.Age(1, 5, 49*time.Hour)
	_, err := r.bot.Deliver(t.Context(), one, change(chat.Delete, old, ""))
	if f := failure(t, err); f.Outcome != adapters.Failed || !strings.Contains(f.Reason, "48 hours") || r.now() != "4:ccc 5:ddd" {
		t.Errorf("got %v", f)
	}
	r.deliver(change(chat.Delete, first, "")) // it is gone already
}

func TestSettleMarksWhatWasChosen(t *testing.T) {
	r := newRig(t)
	r.server.Know(1)
	ref := r.deliver(question(pages("ab"), "yes", "no"))
	before := r.server.Sent(1)[1].Options()
	post := change(chat.Settle, ref, "")
	post.Options = question("", "no").Options
	for range 2 {
		if got := r.deliver(post); got != ref {
			t.Errorf("the reference became %q", got)
		}
		m := r.server.Sent(1)[1]
		if got := m.Options(); len(got) != 1 || got[0].Label != "✓ no" || got[0].Data != before[1].Data || m.Edits != 1 {
			t.Errorf("got %+v after %d edits", got, m.Edits)
		}
	}
	post.Options = append(question("", "yes").Options, post.Options...)
	r.deliver(post)
	if rows := r.server.Sent(1)[1].Rows; len(rows) != 2 || len(rows[0]) != 1 {
		t.Errorf("not one a row: %v", rows)
	}
	post.Options = nil
	r.deliver(post)
	if m := r.server.Sent(1)[1]; len(m.Rows) != 0 || m.Text == "" {
		t.Errorf("got %+v", m)
	}
}

func TestChangesOfUnknownOutcomeAreRepeated(t *testing.T) {
	for _, c := range []chat.Change{chat.Edit, chat.Delete, chat.Settle} {
		for _, kind := range []telegramtest.Kind{telegramtest.ResetAfter, telegramtest.ProxyAfter, telegramtest.ErrorAfter, telegramtest.ResetBefore} {
			r := newRig(t)
			r.server.Know(1)
			post := change(c, r.deliver(question("old", "yes")), "new")
			r.server.SetFault(func(string, telegramtest.Params) telegramtest.Fault { return telegramtest.Fault{Kind: kind} })
			if f := failure(t, second(r.bot.Deliver(t.Context(), one, post))); f.Outcome != adapters.Retry {
				t.Errorf("%s: got %v", c, f)
			}
			r.server.SetFault(nil)
			r.deliver(post)
		}
	}
}

func TestNewMessagesOfAnEditAreNotRepeated(t *testing.T) {
	r := newRig(t)
	r.server.Know(1)
	ref := r.deliver(question("old"))
	r.server.SetFault(func(method string, _ telegramtest.Params) telegramtest.Fault {
		if method == "sendMessage" {
			return telegramtest.Fault{Kind: telegramtest.ResetAfter}
		}
		return telegramtest.Fault{}
	})
	if f := failure(t, second(r.bot.Deliver(t.Context(), one, change(chat.Edit, ref, pages("xy"))))); f.Outcome != adapters.Uncertain {
		t.Errorf("got %v", f)
	}
}

func TestAChangeInAGroupThatMovedTouchesNoOther(t *testing.T) {
	r := newRig(t)
	r.server.Know(-5, -100500)
	group, moved := chat.Room{Platform: "telegram", ID: "-5"}, chat.Room{Platform: "telegram", ID: "-100500"}
	old, err := r.bot.Deliver(t.Context(), group, question("old"))
	if err != nil || old != "-5:1" {
		t.Fatal(old, err)
	}
	r.server.Migrate(-5, -100500)
	ref, err := r.bot.Deliver(t.Context(), group, question("new")) // message 2 there, after the notice
	if err != nil || !strings.HasPrefix(ref, "-100500:") {
		t.Fatal(ref, err)
	}
	for _, room := range []chat.Room{group, moved} {
		for _, c := range []chat.Change{chat.Edit, chat.Delete} {
			if f := failure(t, second(r.bot.Deliver(t.Context(), room, change(c, old, "x")))); f.Outcome != adapters.Failed {
				t.Errorf("%s in %s: %v", c, room, f)
			}
		}
		if _, err := r.bot.Deliver(t.Context(), room, change(chat.Edit, ref, "changed in "+room.ID)); err != nil {
			t.Errorf("%s: %v", room, err)
		}
	}
	if got := r.server.Sent(-100500); len(got) != 1 || got[0].Text != "changed in -100500" {
		t.Errorf("got %+v", got)
	}
}

func TestChangesDoNotCountInAGroup(t *testing.T) {
	r := newRig(t)
	r.server.Know(-5)
	group := chat.Room{Platform: "telegram", ID: "-5"}
	ref, err := r.bot.Deliver(t.Context(), group, question("q", "yes"))
	for i := range 30 {
		post := change(chat.Edit, ref, fmt.Sprint("text ", i))
		if i%2 == 0 {
			post.Change = chat.Settle
		}
		if err == nil {
			_, err = r.bot.Deliver(t.Context(), group, post)
		}
	}
	if err != nil {
		t.Error(err)
	}
}

func TestAReferenceReadsBack(t *testing.T) {
	for ref, want := range map[string]string{
		"12": "12", "12,13c,14m": "12,13c,14m", "-5:12,13m": "-5:12,13m",
		"": "", "12,": "", "x": "", "0": "", "-3": "", "12,13q": "", "a:12": "",
	} {
		if got := telegram.ReadReference(ref, 1); got != want {
			t.Errorf("%q: got %q, want %q", ref, got, want)
		}
	}
}
