package bot_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/s4bot/s4bot/internal/bot/script"
)

var update = flag.Bool("update", false, "rewrite the golden conversations; read the diff")

// TestGolden plays every conversation of testdata/golden through the whole
// runtime (see package script); the bot's lines are compared to the letter.
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
	manager, search := mind(t)
	got, err := script.Play(t.Context(), string(archive.Files[0].Data), manager, search)
	if err != nil {
		t.Fatal(err)
	}
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
