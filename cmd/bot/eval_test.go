package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/eval"
)

// labelled writes labelled messages into a file.
func labelled(t *testing.T, lines ...string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "set.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// fewMessages are read rightly but for the one called "astray".
var fewMessages = []string{
	`{"id":"signal","text":"信号只有一格","lang":"zh","kind":"cause","causes":["network.weak-signal"]}`,
	`{"id":"expired","text":"the card is expired","lang":"en","kind":"cause","causes":["card.expired"]}`,
	`{"id":"astray","text":"打印机没纸了，纸卷用完了","lang":"zh","kind":"cause","causes":["card.lost-or-frozen"]}`,
	`{"id":"person","text":"转人工","lang":"zh","kind":"intent","intent":"human"}`,
	`{"id":"vague","text":"刷卡失败","lang":"zh","kind":"vague"}`,
	`{"id":"weather","text":"今天天气怎么样","lang":"zh","kind":"oos"}`,
}

func TestEvalUnderstandJSON(t *testing.T) {
	out, err := try(t, "", nil, "eval", "understand", "--json", "--brief", labelled(t, fewMessages...))
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		eval.Report
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if got.Messages != 6 || len(got.Rows) < 5 || len(got.Reliability) != 10 || len(got.Kinds) != 4 || len(got.Intents) != 1 {
		t.Errorf("the report is incomplete: %+v", got.Report)
	}
	if len(got.Misses) != 1 || got.Misses[0].ID != "astray" || len(got.Misses[0].Terms) == 0 {
		t.Errorf("the misses are %+v", got.Misses)
	}
}

func TestEvalUnderstandTables(t *testing.T) {
	path := labelled(t, fewMessages...)
	brief, err := try(t, "", nil, "eval", "understand", "--brief", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"6 messages", "cause: first choice", "2 of 3", "reliability", "kinds: label, read as", "intents: label, read as"} {
		if !strings.Contains(brief, want) {
			t.Errorf("%q is missing in:\n%s", want, brief)
		}
	}
	if strings.Contains(brief, "astray") || strings.Contains(brief, "bleve") {
		t.Errorf("neither misses nor comparisons were asked for:\n%s", brief)
	}
	misses, err := try(t, "", nil, "eval", "understand", "--brief", "--errors", path)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(misses, "6 messages")
	for _, want := range []string{"astray\t打印机没纸了，纸卷用完了\n", "wanted card.lost-or-frozen, read as hardware.printer-paper\n", "+"} {
		if !strings.Contains(head, want) {
			t.Errorf("%q is missing in:\n%s", want, head)
		}
	}
	if strings.Contains(head, "signal") || "6 messages"+rest != brief {
		t.Errorf("more than the miss is added:\n%s", misses)
	}
}

func TestEvalFit(t *testing.T) {
	out, err := try(t, "", nil, "eval", "fit", labelled(t, fewMessages...), labelled(t, fewMessages[:3]...))
	if err != nil {
		t.Fatal(err)
	}
	var got dialog.KindWeights
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	for _, kind := range dialog.Kinds {
		if len(got[kind]) != len(dialog.KindFeatures) {
			t.Errorf("%s has %d weights", kind, len(got[kind]))
		}
	}
}

func TestEvalNamesFaults(t *testing.T) {
	bad := labelled(t, fewMessages[0], `{"text":"a","kind":"couse"}`)
	for _, tt := range []struct {
		want string
		args []string
	}{
		{"one file", []string{"eval", "understand"}},
		{"one file", []string{"eval", "understand", bad, bad}},
		{"files", []string{"eval", "fit"}},
		{bad + ":2: ", []string{"eval", "understand", bad}},
		{bad + ":2: ", []string{"eval", "fit", bad}},
		{"missing.jsonl", []string{"eval", "understand", "missing.jsonl"}},
	} {
		if out, err := try(t, "", nil, tt.args...); err == nil || !strings.Contains(err.Error(), tt.want) || out != "" {
			t.Errorf("%v: %v\n%s", tt.args, err, out)
		}
	}
}
