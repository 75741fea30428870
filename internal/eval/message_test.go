package eval_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/eval"
)

// labelled writes lines into a file.
func labelled(t testing.TB, lines ...string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "set.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoadMessages(t *testing.T) {
	got, err := eval.LoadMessages(labelled(
		t, "",
		`{"id":"1","text":"卡过期了","lang":"zh","kind":"cause","causes":["card.expired","issuer.declined"],"group":"card","intent":""}`,
		"  \t", "",
		`{"text":"转人工","kind":"intent","intent":"human"}`, "",
	))
	if err != nil || len(got) != 2 {
		t.Fatalf("read %d messages: %v", len(got), err)
	}
	first := got[0]
	if first.ID != "1" || first.Text != "卡过期了" || first.Lang != "zh" || first.Kind != "cause" || len(first.Causes) != 2 || first.Group != "card" {
		t.Errorf("the first is %+v", first)
	}
	if got[1].Intent != "human" {
		t.Errorf("the second is %+v", got[1])
	}
}

// TestLoadMessagesNamesFaults: the fault stands in line 3, below a good line and
// a blank one.
func TestLoadMessagesNamesFaults(t *testing.T) {
	for _, tt := range []struct{ line, field string }{
		{`{"kind":"vague"}`, `"text"`},
		{`{"text":"","kind":"vague"}`, `"text"`},
		{`{"text":"a"}`, `"kind"`},
		{`{"text":"a","kind":"couse"}`, `"couse"`},
		{`{"text":"a","kind":"cause"}`, `"causes"`},
		{`{"text":"a","kind":"cause","causes":[]}`, `"causes"`},
		{`{"text":"a","kind":"group"}`, `"group"`},
		{`{"text":"a","kind":"intent"}`, `"intent"`},
		{`{"text":5,"kind":"vague"}`, "text"},
		{`{"text":"a","kind":"cause","causes":"card.expired"}`, "causes"},
		{`{"text":"a",`, "not a labelled message"},
		{`[]`, "not a labelled message"},
		{`text`, "not a labelled message"},
	} {
		path := labelled(t, `{"text":"a","kind":"vague"}`, "", tt.line)
		got, err := eval.LoadMessages(path)
		if err == nil || got != nil {
			t.Errorf("%s passes", tt.line)
			continue
		}
		if !strings.Contains(err.Error(), path+":3: ") || !strings.Contains(err.Error(), tt.field) {
			t.Errorf("%s: the fault is called %q", tt.line, err)
		}
	}
}

func TestLoadMessagesOfNothing(t *testing.T) {
	for name, lines := range map[string][]string{"an empty file": nil, "blank lines": {"", " ", "\t", ""}} {
		path := labelled(t, lines...)
		if _, err := eval.LoadMessages(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
	}
	path := filepath.Join(t.TempDir(), "missing.jsonl")
	if _, err := eval.LoadMessages(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a missing file: %v", err)
	}
}
