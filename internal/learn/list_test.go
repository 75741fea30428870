package learn_test

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/learn"
	"github.com/s4bot/s4bot/knowledge"
)

func TestInsertItems(t *testing.T) {
	for name, c := range map[string]struct {
		before string
		at     int
		items  []string
		want   string
	}{
		"at the end":         {"a:\n  zh:\n    - x # why\n    - y\n  en:\n    - z\n", 2, []string{"n", `"m: 1"`}, "a:\n  zh:\n    - x # why\n    - y\n    - n\n    - \"m: 1\"\n  en:\n    - z\n"},
		"first":              {"a:\n  zh:\n    # two\n    - x\n", 0, []string{"n"}, "a:\n  zh:\n    # two\n    - n\n    - x\n"},
		"in the middle":      {"a:\n  zh:\n  - id: x\n    k: |\n      one\n\n      two\n\n  - id: y\n", 1, []string{"id: n\n  k: v"}, "a:\n  zh:\n  - id: x\n    k: |\n      one\n\n      two\n  - id: n\n    k: v\n\n  - id: y\n"},
		"blank lines follow": {"a:\n  zh:\n    - x\n\n# the end\n", 1, []string{"n"}, "a:\n  zh:\n    - x\n    - n\n\n# the end\n"},
		"no last line break": {"a:\n  zh:\n    - x", 1, []string{"n"}, "a:\n  zh:\n    - x\n    - n"},
		"CRLF":               {"a:\r\n  zh:\r\n    - x\r\nb: 1\r\n", 9, []string{"n\n  m"}, "a:\r\n  zh:\r\n    - x\r\n    - n\r\n      m\r\nb: 1\r\n"},
		"over two lines":     {"a:\n  zh:\n    - x\n      y\n    - \"p\n      q\"\nb: 1\n", 2, []string{"n"}, "a:\n  zh:\n    - x\n      y\n    - \"p\n      q\"\n    - n\nb: 1\n"},
	} {
		got, err := learn.InsertItems([]byte(c.before), []string{"a", "zh"}, c.at, c.items...)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, c.want)
		}
	}
}

func TestInsertItemsRefuses(t *testing.T) {
	for name, c := range map[string]struct{ file, item, words string }{
		"brackets":    {"a:\n  zh: [x, y]\n", "n", "by hand"},
		"nothing":     {"a:\n  zh: []\n", "n", "by hand"},
		"no list":     {"a:\n  zh: x\n", "n", "by hand"},
		"no key":      {"a:\n  en:\n    - x\n", "n", "no zh"},
		"an anchor":   {"a:\n  zh: &l\n    - x\n", "n", "by hand"},
		"a lone dash": {"a:\n  zh:\n    -\n      x\n", "n", "by hand"},
		"empty":       {"", "n", "empty"},
		"no YAML":     {"a: [", "n", ""},
		"two items":   {"a:\n  zh:\n    - x\n", "n\n- m", "by hand"},
	} {
		if _, err := learn.InsertItems([]byte(c.file), []string{"a", "zh"}, 1, c.item); err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every article that the program ships with takes items, and nothing else changes.
func TestInsertItemsInEveryArticle(t *testing.T) {
	files, _ := fs.Glob(knowledge.Files, "causes/*.yaml")
	for _, file := range files {
		before, err := fs.ReadFile(knowledge.Files, file)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range [][]string{{"aliases", "zh"}, {"aliases", "en"}, {"fixes"}} {
			after, err := learn.InsertItems(before, path, 1, "id: stone\n  works: often")
			if err != nil || len(files) != 38 {
				t.Fatalf("%s of %d: %v: %v", file, len(files), path, err)
			}
			at := bytes.Index(after, []byte("id: stone"))
			start, end := bytes.LastIndexByte(after[:at], '\n')+1, at+len("id: stone\n")
			end += bytes.IndexByte(after[end:], '\n') + 1
			if rest := append(bytes.Clone(after[:start]), after[end:]...); !bytes.Equal(rest, before) {
				t.Errorf("%s: %v: more changed", file, path)
			}
		}
	}
}
