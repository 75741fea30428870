package adaptertest

import (
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

func arrives(t *testing.T, r *Rig) {
	i := &inbox{refuse: 2}
	r.run(t, i)
	id := r.Write("刷卡显示 S4 <b>&\"")
	eventually(t, "it is handed over again until it is accepted", func() bool {
		return slices.ContainsFunc(i.all(), func(m chat.Message) bool { return m.Text == "刷卡显示 S4 <b>&\"" })
	})
	m := i.all()[len(i.all())-1]
	if m.Room != r.Room || m.ID == "" || id != "" && m.ID != id || m.Edited || m.Choice != "" || m.Group {
		t.Errorf("got %+v, want message %q in %s", m, id, r.Room)
	}
	if since := time.Since(m.At); since < -time.Minute || since > time.Minute {
		t.Errorf("it is said to be of %s", m.At)
	}
}

func ordered(t *testing.T, r *Rig) {
	i := &inbox{refuse: 1}
	r.run(t, i)
	var want []string
	for n := range 20 {
		want = append(want, fmt.Sprint("message ", n))
		r.Write(want[n])
	}
	texts := func() (got []string) {
		for _, m := range i.all() {
			if slices.Contains(want, m.Text) && !slices.Contains(got, m.Text) {
				got = append(got, m.Text)
			}
		}
		return got
	}
	eventually(t, "all arrive", func() bool { return len(texts()) == len(want) })
	if !slices.Equal(texts(), want) {
		t.Errorf("they arrive as %q", texts())
	}
}

func ends(t *testing.T, r *Rig) {
	i := &inbox{}
	stop := r.run(t, i)
	r.Write("hello")
	eventually(t, "it arrives", func() bool { return len(i.all()) > 0 })
	time.Sleep(20 * time.Millisecond) // it waits for the next one
	if took := stop(); took > time.Second {
		t.Errorf("it ends after %s", took)
	}
}

func edited(t *testing.T, r *Rig) {
	i := &inbox{}
	r.run(t, i)
	id := r.Write("S3")
	i.hears(t, 1)
	r.Edit(id, "S4")
	if m := i.hears(t, 2); m.ID != id || !m.Edited || m.Text != "S4" {
		t.Errorf("got %+v", m)
	}
}

func replied(t *testing.T, r *Rig) {
	i := &inbox{}
	r.run(t, i)
	r.Write("hello")
	i.hears(t, 1)
	ref := r.deliver(t, post("p1", "哪种卡不行？"))
	r.Reply(ref, "所有卡")
	if m := i.hears(t, 2); m.ReplyTo != ref || m.Quote != "哪种卡不行？" || m.Text != "所有卡" {
		t.Errorf("got %+v, want a reply to %s", m, ref)
	}
}

func opened(t *testing.T, r *Rig) {
	i := &inbox{}
	r.run(t, i)
	content := []byte("%PDF-1.7\n") // some take only what they know
	for n := range 70_000 {
		content = append(content, byte(n*7))
	}
	r.Send(content, "屏幕")
	m := i.hears(t, 1)
	if m.Text != "屏幕" || len(m.Files) != 1 || m.Files[0].Platform != r.Room.Platform || m.Files[0].TooLarge {
		t.Fatalf("got %+v", m)
	}
	f, err := r.Adapter.(adapters.Opener).Open(t.Context(), m.Files[0])
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if got, err := io.ReadAll(f); err != nil || !slices.Equal(got, content) {
		t.Errorf("%d bytes of %d, %v", len(got), len(content), err)
	}
}
