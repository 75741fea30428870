package learn_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/learn"
	"github.com/s4bot/s4bot/knowledge"
)

// TestTheDiffApplies has a world where much is otherwise, and applies what is
// proposed with the tools that people use.
func TestTheDiffApplies(t *testing.T) {
	base := load(t)
	w := newWorld(base, 9)
	w.set(t, truth{"card.expired", "card_elsewhere", "refused", "never"})
	w.set(t, truth{"card.expired", "pin", "wrong", "usually"})
	w.set(t, truth{"card.expired", "suspected_area", "bank", "often"})
	w.set(t, truth{"network.unstable", "pattern", "on_and_off", "sometimes"})
	w.set(t, truth{"network.unstable", "entry", "wrong", "usually"})
	w.prior["card.expired"], w.prior["network.unstable"] = 20, 20
	q := base.Question("charge_status")
	for _, c := range base.Causes {
		w.tables[[2]string{c.ID, q.ID}] = []float64{.5, .5}
	}
	changes := learn.Propose(base, w.draw(3000), learn.Defaults())
	edited, err := learn.Edit(knowledge.Files, changes)
	if err != nil {
		t.Fatal(err)
	}
	diff := applies(t, knowledge.Files, edited)
	for _, line := range []string{
		"--- a/knowledge/causes/card.expired.yaml", "+++ b/knowledge/questions/charge_status.yaml",
		"+how_common: normal", "+  card_elsewhere: {refused: often}", "+  pin: {wrong: sometimes}", "+    share: 20",
	} {
		if !strings.Contains(diff, line+"\n") {
			t.Errorf("the diff has no %q:\n%s", line, diff)
		}
	}
	if again, _ := learn.Edit(knowledge.Files, changes); learn.Diff(knowledge.Files, again) != diff {
		t.Error("another time, another diff")
	}
}

// applies asserts that git and patch turn files into the edited ones, and gives
// the diff.
func applies(t *testing.T, files fs.FS, edited map[string][]byte) string {
	t.Helper()
	diff := learn.Diff(files, edited)
	for _, tool := range [][]string{{"git", "apply", "--verbose", "-"}, {"patch", "-p1", "--fuzz=0"}} {
		if _, err := exec.LookPath(tool[0]); err != nil {
			t.Logf("no %s here", tool[0])
			continue
		}
		dir := t.TempDir()
		if err := os.CopyFS(filepath.Join(dir, "knowledge"), files); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(tool[0], tool[1:]...)
		cmd.Dir, cmd.Stdin = dir, strings.NewReader(diff)
		cmd.Env = append(os.Environ(), "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s\n%s", tool[0], err, out, diff)
		}
		same(t, filepath.Join(dir, "knowledge"), learn.Overlay(files, edited))
	}
	return diff
}

// same asserts that a folder holds these files and no others.
func same(t *testing.T, dir string, files fs.FS) {
	t.Helper()
	visit := func(a, b fs.FS) {
		err := fs.WalkDir(a, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			x, _ := fs.ReadFile(a, name)
			y, err := fs.ReadFile(b, name)
			if !bytes.Equal(x, y) {
				t.Errorf("%s differs", name)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	visit(os.DirFS(dir), files)
	visit(files, os.DirFS(dir))
}
