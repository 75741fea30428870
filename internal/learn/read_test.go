package learn_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/s4bot/s4bot/internal/learn"
)

func TestReadCases(t *testing.T) {
	base := load(t)
	w := newWorld(base, 1)
	want := w.draw(200)
	want[0].Fixes = []learn.Tried{{Fix: "another-card", Worked: true}, {Fix: "card.expired/use-renewed-card"}}
	var file bytes.Buffer
	for _, c := range want {
		line, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		file.Write(append(line, "\r\n\n"...))
	}
	got, unknown, err := learn.ReadCases(&file, "cases.jsonl", base)
	if err != nil || unknown.Any() || !reflect.DeepEqual(got, want) {
		t.Errorf("%d cases, %+v, %v", len(got), unknown, err)
	}
}

func TestUnknownIDsAreCounted(t *testing.T) {
	file := `{"cause":"card.expired","answers":[{"question":"card_elsewhere","option":"refused"},{"question":"card_elsewhere","option":"eaten"},{"question":"moon","option":"full"}],"fixes":[{"fix":"another-card","worked":true},{"fix":"pray","worked":false}]}
{"cause":"other","answers":[{"question":"moon","option":"full"}]}
{"cause":"card.melted"}`
	cases, unknown, err := learn.ReadCases(strings.NewReader(file), "cases.jsonl", load(t))
	if err != nil {
		t.Fatal(err)
	}
	if want := (learn.Unknown{Causes: 2, Answers: 2, Fixes: 1}); unknown != want || !unknown.Any() {
		t.Errorf("left out %+v, want %+v", unknown, want)
	}
	want := []learn.Case{{
		Cause:   "card.expired",
		Answers: []learn.Answer{{Question: "card_elsewhere", Option: "refused"}},
		Fixes:   []learn.Tried{{Fix: "another-card", Worked: true}},
	}}
	if !reflect.DeepEqual(cases, want) {
		t.Errorf("got %+v", cases)
	}
}

func TestBadLines(t *testing.T) {
	base := load(t)
	good := `{"cause":"card.expired"}` + "\n"
	for bad, want := range map[string]string{
		`{"cause":`:                            `c.jsonl:2: not valid JSON: unexpected EOF`,
		`cause: x`:                             `c.jsonl:2: not valid JSON: invalid character 'c'`,
		`{"cause":"card.expired"}{}`:           `c.jsonl:2: there is more after the case; write one case a line`,
		`{"cause":"card.expired"},`:            `c.jsonl:2: there is more after the case`,
		`{}`:                                   `c.jsonl:2: "cause" is missing; only cases with a confirmed cause`,
		`null`:                                 `c.jsonl:2: "cause" is missing`,
		`{"cause":7}`:                          `c.jsonl:2: "cause" has the wrong kind of value (number); a case is {"cause": …`,
		`[]`:                                   `c.jsonl:2: the line has the wrong kind of value (array); a case is`,
		`{"cause":"card.expired","answer":[]}`: `c.jsonl:2: unknown field "answer"; a case has cause, answers`,
		`{"cause":"x","answers":[{"question":"q"}]}`:         `c.jsonl:2: answer 1 needs both "question" and "option"`,
		`{"cause":"x","fixes":[{"worked":true}]}`:            `c.jsonl:2: fix 1: "fix" is missing`,
		`{"cause":"x","fixes":[{"fix":"f","worked":"yes"}]}`: `c.jsonl:2: "fixes.worked" has the wrong kind of value (string)`,
		`{"cause":"` + strings.Repeat("x", 1<<20):            `c.jsonl:2: the line is longer than 1048576 bytes`,
	} {
		cases, _, err := learn.ReadCases(strings.NewReader(good+bad+"\n"+good), "c.jsonl", base)
		if err == nil || !strings.HasPrefix(err.Error(), want) || cases != nil {
			t.Errorf("%.40s: %d cases, error %v\nwant %s", bad, len(cases), err, want)
		}
	}
}

func TestAllBadLinesAreTold(t *testing.T) {
	_, _, err := learn.ReadCases(strings.NewReader("{}\n{\"cause\":\"x\"}\n[\n"+strings.Repeat("{}\n", 100)), "c.jsonl", load(t))
	told := strings.Split(err.Error(), "\n")
	if len(told) != 20 || !strings.HasPrefix(told[0], "c.jsonl:1: ") || !strings.HasPrefix(told[1], "c.jsonl:3: ") || !strings.HasPrefix(told[2], "c.jsonl:4: ") {
		t.Error(err)
	}
}

func TestReadingThatFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	_, _, err := learn.ReadCases(iotest.ErrReader(broken), "c.jsonl", load(t))
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "c.jsonl") {
		t.Error(err)
	}
}
