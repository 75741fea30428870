package adaptertest

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// hostile are texts that mean something to one platform or another.
var hostile = []string{
	`<b>bold</b> & "quoted" <script>alert(1)</script>`, "*bold* _it_ `code` [x](http://y) ~s~ ||spoiler||",
	"<!channel> <@U123> @everyone #topic :smile:", "\u202egnp.exe \u200bzero\u200d width", "👩‍👧 🇨🇳 é 한", "1. one\n2. two\n\n  three",
}

func verbatim(t *testing.T, r *Rig) {
	for n, text := range hostile {
		r.deliver(t, post("p"+string(rune('1'+n)), text))
		if got := r.last(t).Text; got != text {
			t.Errorf("%q arrives as %q", text, got)
		}
	}
}

func whole(t *testing.T, r *Rig) {
	text := strings.Repeat("第一步，关机再开。👩‍👧 Then try again.\n", 400)
	text = strings.TrimSpace(text)
	r.deliver(t, chat.Post{ID: "p1", To: chat.ToMerchant, Kind: chat.Info, Text: text, Strong: chat.Span{Start: 3, End: len(text) - 3}})
	var got []string
	for _, s := range r.Seen() {
		if n := len([]rune(s.Text)); r.Longest > 0 && n > r.Longest {
			t.Errorf("a message of %d runes", n)
		}
		got = append(got, strings.TrimSpace(s.Text))
	}
	flat := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	if flat(strings.Join(got, "\n")) != flat(text) {
		t.Error("the text is not whole")
	}
}

func chosen(t *testing.T, r *Rig) {
	i := &inbox{}
	r.run(t, i)
	r.Write("hello")
	i.hears(t, 1)
	r.deliver(t, post("p7", "扣款了吗？", chat.Option{ID: "charged", Label: "已经扣款"}, chat.Option{ID: "not_charged", Label: "没有扣款"}))
	if got := r.last(t).Options; !slices.Equal(got, []string{"已经扣款", "没有扣款"}) {
		t.Errorf("the options are %q", got)
	}
	r.Tap("没有扣款")
	m := i.hears(t, 2)
	if m.Choice != "not_charged" || m.Post != "p7" || m.Room != r.Room || m.ID == "" {
		t.Errorf("got %+v", m)
	}
}

func longOption(t *testing.T, r *Rig) {
	i := &inbox{}
	r.run(t, i)
	r.Write("hello")
	i.hears(t, 1)
	long := chat.Option{ID: strings.Repeat("很长的", 50), Label: "长"}
	r.deliver(t, post("p123456", "q", chat.Option{ID: "short", Label: "短"}, long))
	r.Tap("长")
	if m := i.hears(t, 2); m.Choice != long.Key() && m.Choice != long.ID {
		t.Errorf("got %+v", m)
	}
}

func sent(t *testing.T, r *Rig) {
	i := &inbox{}
	r.run(t, i)
	r.Send([]byte("%PDF-1.7\n"), "c")
	file := i.hears(t, 1).Files[0]
	r.deliver(t, chat.Post{ID: "p1", To: chat.ToMerchant, Kind: chat.Info, Text: "看这个 <b>", Files: []chat.File{file}})
	var text string
	files := 0
	for _, s := range r.Seen() {
		text, files = text+s.Text, files+s.Files
	}
	if text != "看这个 <b>" || files != 1 {
		t.Errorf("the person sees %q and %d files", text, files)
	}
}

func changed(t *testing.T, r *Rig) {
	p := chat.Post{ID: "p1", To: chat.ToMerchant, Kind: chat.Info, Text: "请重启", Of: "a1"}
	p.Ref = r.deliver(t, p)
	p.ID, p.Change, p.Text = "p2", chat.Edit, "请关机再开"
	for range 2 { // as often as one likes
		p.Ref = r.deliver(t, p)
	}
	if got := r.Seen(); len(got) != 1 || got[0].Text != "请关机再开" {
		t.Errorf("after the edit: %+v", got)
	}
	p.ID, p.Change = "p3", chat.Delete
	for range 2 {
		r.deliver(t, p)
	}
	if got := r.Seen(); len(got) != 0 {
		t.Errorf("after the deletion: %+v", got)
	}
	_, err := r.Adapter.Deliver(t.Context(), r.Room, chat.Post{ID: "p4", To: chat.ToMerchant, Text: "x", Of: "a2", Change: chat.Edit})
	if err == nil || adapters.Judge(err).Outcome != adapters.Failed {
		t.Errorf("an edit of nobody knows what gives %v", err)
	}
}

func settled(t *testing.T, r *Rig) {
	yes, no := chat.Option{ID: "yes", Label: "行"}, chat.Option{ID: "no", Label: "不行"}
	ref := r.deliver(t, post("p1", "行吗？", yes, no))
	settle := chat.Post{ID: "sp1", To: chat.ToMerchant, Of: "p1", Change: chat.Settle, Ref: ref, Options: []chat.Option{no}}
	for range 2 {
		r.deliver(t, settle)
	}
	if got := r.last(t); len(got.Options) != 1 || !strings.HasSuffix(got.Options[0], "不行") || got.Options[0] == "不行" || got.Text != "行吗？" {
		t.Errorf("settled with a choice: %+v", got)
	}
	settle.Options = nil
	r.deliver(t, settle)
	if got := r.last(t); len(got.Options) != 0 || got.Text != "行吗？" {
		t.Errorf("settled without: %+v", got)
	}
}

func troubled(t *testing.T, r *Rig) {
	for trouble, want := range map[Trouble]adapters.Outcome{
		Busy: adapters.Retry, Broken: adapters.Retry, Silent: adapters.Uncertain, Shut: adapters.Gone,
	} {
		r.Disrupt(trouble)
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		_, err := r.Adapter.Deliver(ctx, r.Room, post("p1", "hello"))
		cancel()
		r.Disrupt("")
		if err == nil {
			t.Errorf("%s: no error", trouble)
			continue
		}
		f := adapters.Judge(err)
		if f.Outcome != want || f.Everywhere || trouble == Busy && f.After <= 0 {
			t.Errorf("%s: %+v", trouble, f)
		}
		secretless(t, "the error", err.Error(), r.Secret)
	}
}

func again(t *testing.T, r *Rig) {
	r.Disrupt(Busy)
	p := post("p1", "hello", chat.Option{ID: "a", Label: "A"})
	if _, err := r.Adapter.Deliver(t.Context(), r.Room, p); err == nil {
		t.Fatal("no error")
	}
	r.Disrupt("")
	r.deliver(t, p)
	if got := r.Seen(); len(got) != 1 || got[0].Text != "hello" || len(got[0].Options) != 1 {
		t.Errorf("the person sees %+v", got)
	}
}
