package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// try runs the program with an input and an environment.
func try(t *testing.T, in string, vars map[string]string, args ...string) (out string, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := environment{strings.NewReader(in), &stdout, &stderr, func(name string) string { return vars[name] }}
	err = run(t.Context(), env, args)
	return stdout.String(), err
}

func TestChatJSONGivesOneLineForEachLine(t *testing.T) {
	in := []string{
		`{"text":"刷卡失败"}`, `{"choose":"nothing"}`, `{"choose":"no-such-option"}`, `{"wait":"31m"}`, `{"wait":"soon"}`,
		`{"text":""}`, `{"text":"🙏🙏"}`, `{"text":"` + strings.Repeat("刷", 10_000) + `"}`, `{"text":"\u0000\u0007\u001b[31m"}`,
		"{\"text\":\"\xff\xfe\"}", `not json`, ``, `{}`, `{"text":"a","choose":"b"}`, `{"txt":"a"}`, `{"text":"转人工"}`, `{"text":"还在吗"}`,
	}
	script := strings.Join(in, "\n") + "\n"
	first, err := try(t, script, nil, "chat", "--json", "--seed", "7")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(first, "\n"), "\n")
	if len(lines) != len(in) {
		t.Fatalf("%d lines in, %d out", len(in), len(lines))
	}
	for i, line := range lines {
		var got struct {
			Turn  *int
			Phase *string
			Posts []struct {
				To, Kind, Text *string
				Options        []struct{ ID, Label *string }
			}
			Question, Fix *string
			Belief        []struct {
				Cause *string
				P     *float64
			}
			Facts   []map[string]string
			Handoff *struct {
				Reason string
				Top    []map[string]any
			}
			Error string
		}
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&got); err != nil {
			t.Fatalf("line %d: %v\n%s", i+1, err, line)
		}
		if *got.Turn != i+1 || got.Posts == nil || len(got.Belief) != 38 || got.Facts == nil {
			t.Errorf("line %d is incomplete: %.300s", i+1, line)
		}
		if bad := i == 4 || i >= 10 && i <= 14; bad != (got.Error != "") {
			t.Errorf("line %d (%s): error %q", i+1, in[i], got.Error)
		}
		if i == len(lines)-1 && (got.Handoff == nil || got.Handoff.Reason == "" || len(got.Handoff.Top) != 3) {
			t.Errorf("the handoff is missing: %.300s", line)
		}
	}
	second, err := try(t, script, nil, "chat", "--json", "--seed", "7")
	if err != nil || second != first {
		t.Errorf("the same input gave another output (%v)", err)
	}
}

func TestChatInTheTerminal(t *testing.T) {
	vars := map[string]string{"DATA_DIR": t.TempDir()}
	out, err := try(t, "刷卡失败，代码54，没扣款\n1\n/quit\n", vars, "chat")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"您好", "54 卡已过有效期", "1) 好了", "太好了"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in:\n%s", want, out)
		}
	}
}

func TestConversationIsKeptUnderItsName(t *testing.T) {
	vars := map[string]string{"DATA_DIR": t.TempDir()}
	if _, err := try(t, "刷卡失败，别的卡都能刷\n", vars, "chat", "--conversation", "shop"); err != nil {
		t.Fatal(err)
	}
	out, err := try(t, "转人工\n", vars, "chat", "--conversation", "shop")
	if err != nil || !strings.Contains(out, "就这张卡不行") {
		t.Errorf("the second session knows nothing of the first (%v):\n%s", err, out)
	}
	if _, err := try(t, "", vars, "erase", "console:shop"); err != nil {
		t.Fatal(err)
	}
	if out, _ := try(t, "转人工\n", vars, "chat", "--conversation", "shop"); strings.Contains(out, "就这张卡不行") {
		t.Errorf("erased, and still there:\n%s", out)
	}
}

func TestUnderstand(t *testing.T) {
	out, err := try(t, `{"id":"x","text":"卡号6222021234567894 跳55"}`+"\n", nil, "understand")
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]json.RawMessage
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{"id", "kind", "intent", "group", "language", "causes", "codes", "facts", "masked_text"} {
		if _, ok := got[field]; !ok {
			t.Errorf("%s is missing in %s", field, out)
		}
	}
	if strings.Contains(out, "622202") {
		t.Errorf("the card number is in the output: %s", out)
	}
}

func TestKBCommands(t *testing.T) {
	if out, err := try(t, "", nil, "kb", "check"); err != nil || !strings.Contains(out, "38 causes") {
		t.Errorf("kb check: %v\n%s", err, out)
	}
	if out, err := try(t, "", nil, "kb", "search", "信号只有一格"); err != nil || !strings.Contains(out, "network.weak-signal") {
		t.Errorf("kb search: %v\n%s", err, out)
	}
	out, err := try(t, "", nil, "kb", "export")
	if err != nil {
		t.Fatal(err)
	}
	var got export
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got.Causes) != 38 {
		t.Errorf("kb export gives %d causes: %v", len(got.Causes), err)
	}
	for _, c := range got.Causes {
		for q, signs := range c.Signs {
			sum := 0.0
			for _, p := range signs {
				sum += p
			}
			if sum < .999 || sum > 1.001 {
				t.Errorf("%s: the signs of %s sum to %v", c.ID, q, sum)
			}
		}
	}
}

func TestKBCheckOfAFolder(t *testing.T) {
	dir := t.TempDir()
	out, err := try(t, "", map[string]string{"KNOWLEDGE_DIR": dir}, "kb", "check")
	if err == nil || !strings.Contains(out, "causes") {
		t.Errorf("an empty folder passes: %v\n%s", err, out)
	}
}

func TestConfigurationFaultsAreNamed(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "bot.yaml")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("data_dir: x\nredis_ulr: y\n")
	if _, err := loadConfig(file, os.Getenv); err == nil || !strings.Contains(err.Error(), "redis_ulr") || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("an unknown key: %v", err)
	}
	write("retention: long\n")
	if _, err := loadConfig(file, os.Getenv); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("a bad duration: %v", err)
	}
	write("redis_url: redis://a/0\n")
	secretFile := filepath.Join(dir, "url")
	if err := os.WriteFile(secretFile, []byte("redis://b/0\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := loadConfig(file, func(name string) string { return map[string]string{"REDIS_URL_FILE": secretFile}[name] })
	if err != nil || c.RedisURL != "redis://b/0" {
		t.Errorf("the environment should win: %q, %v", c.RedisURL, err)
	}
	_, err = try(t, "", map[string]string{"REDIS_URL": "redis://:hunter2@host:port"}, "erase", "x")
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("a bad address of Redis: %v", err)
	}
}
