package bot_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/store/boltstore"
)

var update = flag.Bool("update", false, "rewrite the golden conversations; read the diff")

// TestGolden plays every conversation of testdata/golden through the whole
// runtime. What the merchant does is read from the script:
//
//	merchant> a message            burst> a message of a burst, answered with the next merchant line
//	tap> the id of an option       tap p3> an option of an older post
//	wait> 31m                      edit 1> a new text for the first message
//
// All other lines are the bot's, compared to the letter.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(files) < 25 {
		t.Fatalf("found %d golden conversations, want at least 25 (%v)", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			golden(t, file)
		})
	}
}

func golden(t *testing.T, file string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	archive := txtar.Parse(data)
	if len(archive.Files) != 1 || archive.Files[0].Name != "conversation" {
		t.Fatalf("%s: want one section named conversation", file)
	}
	got := play(t, string(archive.Files[0].Data))
	if *update {
		archive.Files[0].Data = []byte(got)
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := string(archive.Files[0].Data); got != want {
		t.Errorf("the conversation changed; run with -update and read the diff.\n%s", firstDifference(got, want))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			return fmt.Sprintf("line %d:\n got %s\nwant %s", i+1, g[i], strings.Join(w[min(i, len(w)):min(i+1, len(w))], ""))
		}
	}
	return fmt.Sprintf("got %d lines, want %d", len(g), len(w))
}

// script is a conversation being played. It is the runtime's Deliverer.
type script struct {
	out   bytes.Buffer
	now   time.Time
	burst []chat.Message
	texts int
}

func (s *script) Deliver(_ context.Context, _ chat.Room, p chat.Post) error {
	who := "bot"
	if p.To == chat.ToDesk {
		who = "desk"
	}
	head := who + "[" + string(p.Kind) + "]> "
	fmt.Fprintln(&s.out, head+strings.ReplaceAll(p.Text, "\n", "\n"+strings.Repeat(" ", len(head))))
	if len(p.Options) > 0 {
		labels := make([]string, len(p.Options))
		for i, o := range p.Options {
			labels[i] = o.ID + ": " + o.Label
		}
		fmt.Fprintln(&s.out, "     ( "+strings.Join(labels, " | ")+" )")
	}
	return nil
}

var goldenRoom = chat.Room{Platform: "test", ID: "shop"}

func play(t *testing.T, text string) string {
	db, err := boltstore.Open(filepath.Join(t.TempDir(), "db"), boltstore.Options{Scratch: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s := &script{now: time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC)}
	manager, search := mind(t)
	b := bot.New(bot.Config{Store: db, Manager: manager, Search: search, Deliver: s, Now: func() time.Time { return s.now }})
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		command, rest, ok := strings.Cut(line, "> ")
		if strings.HasPrefix(line, "#") || line == "" {
			fmt.Fprintln(&s.out, line)
			continue
		}
		if !ok || !s.do(t, b, command, rest, line) {
			continue // the bot's own line
		}
	}
	return s.out.String()
}

// do carries out one line of the merchant's; false for any other line.
func (s *script) do(t *testing.T, b *bot.Bot, command, rest, line string) bool {
	verb, arg, _ := strings.Cut(command, " ")
	m := chat.Message{Room: goldenRoom, Text: rest}
	switch verb {
	case "merchant", "burst":
		s.texts++
		m.ID = "m" + strconv.Itoa(s.texts)
	case "tap":
		m.ID, m.Text, m.Choice, m.Post = fmt.Sprint("t", s.out.Len()), "", rest, arg
	case "edit":
		m.ID, m.Edited = "m"+arg, true
	case "wait":
		fmt.Fprintln(&s.out, line)
		s.wait(t, b, rest)
		return true
	default:
		return false
	}
	fmt.Fprintln(&s.out, line)
	s.burst = append(s.burst, m)
	if verb == "burst" {
		return true
	}
	if _, err := b.Handle(t.Context(), s.burst...); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	s.burst = nil
	return true
}

func (s *script) wait(t *testing.T, b *bot.Bot, text string) {
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(d)
	if err := b.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
}
