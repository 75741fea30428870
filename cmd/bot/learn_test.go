package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/knowledge"
)

// learned runs bot learn and gives the diff and what it tells beside it.
func learned(t *testing.T, vars map[string]string, args ...string) (diff, told string, err error) {
	t.Helper()
	var out, beside bytes.Buffer
	env := environment{strings.NewReader(""), &out, &beside, func(name string) string { return vars[name] }}
	err = run(t.Context(), env, append([]string{"learn", "--golden", "../../internal/bot/testdata/golden"}, args...))
	return out.String(), beside.String(), err
}

// TestLearnFromTheStore: a case that a fix closed is learned from, and one case
// changes nothing.
func TestLearnFromTheStore(t *testing.T) {
	vars := map[string]string{"DATA_DIR": t.TempDir()}
	misread(t, vars, "shop", "密码输错了")
	diff, told, err := learned(t, vars)
	if err != nil || diff != "" || !strings.Contains(told, "1 closed cases, 0 changes") {
		t.Errorf("got %q, %q, %v", diff, told, err)
	}
}

// TestLearnProposes: many cases that differ from an article give a diff that
// applies, and say what would change; the knowledge stays as it is.
func TestLearnProposes(t *testing.T) {
	cases := filepath.Join(t.TempDir(), "cases.jsonl")
	var lines strings.Builder
	for i := range 200 {
		option := "random"
		if i%10 == 0 {
			option = "every_card"
		}
		fmt.Fprintf(&lines, `{"cause":"network.weak-signal","answers":[{"question":"which_cards","option":%q}]}`+"\n", option)
	}
	lines.WriteString(`{"cause":"of.older-days"}` + "\n")
	if err := os.WriteFile(cases, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	diff, told, err := learned(t, nil, "--cases", cases, "--episodes", "20")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"200 closed cases", "left out, of an older knowledge: 1 cases", "signs.which_cards.random", "written conversations would go otherwise", "20 simulated merchants", "nothing is changed yet"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is missing in:\n%s", want, told)
		}
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "knowledge"), knowledge.Files); err != nil {
		t.Fatal(err)
	}
	apply := exec.CommandContext(t.Context(), "git", "apply", "--verbose", "-")
	apply.Dir, apply.Stdin = dir, strings.NewReader(diff)
	if out, err := apply.CombinedOutput(); err != nil {
		t.Fatalf("the diff does not apply: %v\n%s\n%s", err, out, diff)
	}
	if out, err := try(t, "", map[string]string{"KNOWLEDGE_DIR": filepath.Join(dir, "knowledge")}, "kb", "check"); err != nil {
		t.Errorf("the new knowledge has faults: %v\n%s", err, out)
	}
}

func TestLearnNamesFaults(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "cases.jsonl")
	if err := os.WriteFile(bad, []byte("{\"cause\":\"card.expired\"}\nnonsense\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"cases.jsonl:2":         {"--cases", bad},
		"read closed cases":     {"--cases", "gone.jsonl"},
		"--worth from 30 to 10": {"--worth", "5"},
	} {
		if _, _, err := learned(t, nil, args...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: got %v, want %q", args, err, want)
		}
	}
}
