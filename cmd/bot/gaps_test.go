package main

import (
	"encoding/json"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/eval"
)

// misread holds a conversation in which the first text misleads and a better
// signal helps.
func misread(t *testing.T, vars map[string]string, conversation, text string) {
	t.Helper()
	var in strings.Builder
	for _, line := range []map[string]string{
		{"text": text},
		{"text": "信号只有一格，转圈转半天"},
		{"text": "不对，我是说信号只有一格，网络很差"},
		{"choose": "not_charged"},
		{"choose": "works"},
	} {
		data, err := json.Marshal(line)
		if err != nil {
			t.Fatal(err)
		}
		in.WriteString(string(data) + "\n")
	}
	out, err := try(t, in.String(), vars, "chat", "--json", "--conversation", conversation)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out, `"phase":"closed"`) {
		t.Fatalf("%q: the conversation did not end well:\n%s", text, out)
	}
}

// TestKBGaps keeps two conversations with all that YAML might trip over, lists
// them, and erases them.
func TestKBGaps(t *testing.T) {
	vars := map[string]string{"DATA_DIR": t.TempDir()}
	misread(t, vars, "shop", `密码输错了: "三次" # <又错> \`)
	misread(t, vars, "office", "wrong PIN entered 6222021234567894")
	list := func(args ...string) string {
		out, err := try(t, "", vars, append([]string{"kb", "gaps"}, args...)...)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	isReadyToPaste(t, list())
	isComplete(t, list("--json"))
	for _, conversation := range []string{"console:shop", "console:office"} {
		if _, err := try(t, "", vars, "erase", conversation); err != nil {
			t.Fatal(err)
		}
	}
	if out := list(); !strings.HasPrefix(out, "nothing was read badly") {
		t.Errorf("erased, and still there:\n%s", out)
	}
	if out := list("--json"); out != "[]\n" {
		t.Errorf("erased, and still there: %s", out)
	}
}

// isReadyToPaste says that the list is YAML, with the words as they were said,
// but masked.
func isReadyToPaste(t *testing.T, out string) {
	t.Helper()
	if !strings.HasPrefix(out, "---\n# network.weak-signal\n") || strings.Count(out, "aliases:") != 1 {
		t.Fatalf("want one article, got\n%s", out)
	}
	var got struct{ Aliases map[string][]string }
	if err := yaml.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	zh, en := got.Aliases["zh"], got.Aliases["en"]
	if len(zh) != 1 || zh[0] != `密码输错了: "三次" # <又错> \` || len(en) != 1 || en[0] != "wrong PIN entered [card …7894]" {
		t.Errorf("the aliases are %q and %q", zh, en)
	}
	for _, note := range []string{"console:shop case 1", "console:office case 1", "cause confirmed", "taken for operation.wrong-pin"} {
		if !strings.Contains(out, note) {
			t.Errorf("%q is missing in\n%s", note, out)
		}
	}
}

// isComplete says that the list as JSON has all that is known of each gap.
func isComplete(t *testing.T, out string) {
	t.Helper()
	var groups []eval.GapGroup
	if err := json.Unmarshal([]byte(out), &groups); err != nil || len(groups) != 1 || len(groups[0].Sets) != 2 {
		t.Fatalf("%v\n%s", err, out)
	}
	if groups[0].Article != "network.weak-signal" {
		t.Errorf("they stand under %q", groups[0].Article)
	}
	for _, s := range groups[0].Sets {
		g := s.Gaps[0]
		if !s.Confirmed || len(s.Gaps) != 1 || g.Text != s.Text || g.Cause != groups[0].Article || g.Case != 1 || g.At.IsZero() || g.Read != "operation.wrong-pin" {
			t.Errorf("the set is %+v", s)
		}
		if want := map[bool]string{true: "console:office", false: "console:shop"}[strings.HasPrefix(s.Text, "wrong")]; g.Conversation != want {
			t.Errorf("%q is from %s, want %s", g.Text, g.Conversation, want)
		}
	}
}

// TestPrintGapsMarksWhatIsMissing: messages that no article is near stand by
// themselves, and what is alike is counted.
func TestPrintGapsMarksWhatIsMissing(t *testing.T) {
	gap := func(text string) eval.Gap {
		return eval.Gap{Gap: dialog.Gap{Text: text, Case: 2}, Conversation: "test:1"}
	}
	var out strings.Builder
	printGaps(&out, eval.GapGroup{Sets: []eval.Set{{Text: "嗡嗡", Gaps: []eval.Gap{gap("嗡嗡响"), gap("嗡嗡"), gap("嗡嗡叫")}}}})
	want := "---\n# no article is near: is one missing?\naliases:\n  zh:\n    - \"嗡嗡\"  # test:1 case 2 and 2 more like it; nothing matched\n\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}
