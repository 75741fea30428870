package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// asked are texts of all sizes, so that some take far longer than others.
var asked = []string{"S4", "信号只有一格", strings.Repeat("刷卡失败，信号只有一格。", 200), "", "转人工", "the card is expired", "🙏"}

// TestUnderstandKeepsTheOrder: lines come back in their order, faults in their
// places.
func TestUnderstandKeepsTheOrder(t *testing.T) {
	const n = 300
	var in strings.Builder
	bad := map[int]string{7: `not json`, 20: ``, 21: `[]`, 150: `{"id":1,"text":5}`, n - 1: `{"id":`}
	for i := range n {
		if line, ok := bad[i]; ok {
			fmt.Fprintln(&in, line)
			continue
		}
		text, _ := json.Marshal(asked[i%len(asked)])
		fmt.Fprintf(&in, `{"id":%d,"text":%s}`+"\n", i, text)
	}
	out, err := try(t, in.String(), nil, "understand")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if len(lines) != n {
		t.Fatalf("%d lines in, %d out", n, len(lines))
	}
	for i, line := range lines {
		var got struct {
			ID    *int
			Kind  string
			Error string
		}
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatalf("line %d: %v\n%.300s", i+1, err, line)
		}
		if _, ok := bad[i]; ok {
			if got.ID != nil || got.Kind != "" || !strings.Contains(got.Error, fmt.Sprintf("line %d ", i+1)) {
				t.Errorf("line %d is no message, and gives %.300s", i+1, line)
			}
		} else if got.ID == nil || *got.ID != i || got.Kind == "" || got.Error != "" {
			t.Errorf("line %d gives %.300s", i+1, line)
		}
	}
}

// TestUnderstandKeepsIDs: an id comes back as it came, whatever it is, and a
// line without one gets none.
func TestUnderstandKeepsIDs(t *testing.T) {
	ids := []string{`"x-1"`, `7`, `null`, `{"a":[1]}`, ``}
	var in strings.Builder
	for _, id := range ids {
		if id != "" {
			id = `"id":` + id + `,`
		}
		in.WriteString(`{` + id + `"text":"S4"}` + "\n")
	}
	out, err := try(t, in.String(), nil, "understand")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(out), "\n") {
		var got struct{ ID json.RawMessage }
		if err := json.Unmarshal([]byte(line), &got); err != nil || string(got.ID) != ids[i] {
			t.Errorf("%s came back as %s (%v)", ids[i], got.ID, err)
		}
	}
}

// TestUnderstandAnswersAtOnce: a program that writes a line and waits for the
// answer gets it, while the input stays open.
func TestUnderstandAnswersAtOnce(t *testing.T) {
	in, write := io.Pipe()
	read, out := io.Pipe()
	done := make(chan error, 1)
	go func() {
		env := environment{in, out, io.Discard, func(string) string { return "" }}
		err := run(t.Context(), env, []string{"understand"})
		done <- errors.Join(err, out.Close())
	}()
	answers := bufio.NewReader(read)
	for i := range 3 {
		if _, err := fmt.Fprintf(write, `{"id":%d,"text":"信号只有一格"}`+"\n", i); err != nil {
			t.Fatal(err)
		}
		line := make(chan string, 1)
		go func() {
			text, _ := answers.ReadString('\n')
			line <- text
		}()
		select {
		case text := <-line:
			if !strings.HasPrefix(text, fmt.Sprintf(`{"id":%d,`, i)) {
				t.Fatalf("message %d is answered with %q", i, text)
			}
		case <-time.After(30 * time.Second):
			t.Fatalf("message %d waits for its answer", i)
		}
	}
	_ = write.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// full is an output with no room left.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room left") }

// TestUnderstandEndsWithItsOutput: with nowhere to write to it ends, though the
// input goes on.
func TestUnderstandEndsWithItsOutput(t *testing.T) {
	in, write := io.Pipe()
	defer write.Close()
	go func() {
		for {
			if _, err := fmt.Fprintln(write, `{"text":"S4"}`); err != nil {
				return
			}
		}
	}()
	done := make(chan error, 1)
	go func() {
		done <- run(t.Context(), environment{in, full{}, io.Discard, func(string) string { return "" }}, []string{"understand"})
	}()
	select {
	case err := <-done:
		if err == nil || !strings.Contains(err.Error(), "no room left") {
			t.Errorf("it ended with %v", err)
		}
	case <-time.After(30 * time.Second):
		t.Error("it goes on for ever")
	}
}

func TestUnderstandOfALineWithoutABreak(t *testing.T) {
	out, err := try(t, `{"text":"S4"}`, nil, "understand")
	if err != nil || strings.Count(out, "\n") != 1 || !strings.HasPrefix(out, `{"kind":`) {
		t.Errorf("one line gave %q, %v", out, err)
	}
}
