package learn_test

import (
	"bytes"
	"io/fs"
	"math"
	"path"
	"slices"
	"strconv"
	"testing"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/learn"
	"github.com/s4bot/s4bot/knowledge"
	"pgregory.net/rapid"
)

// TestAnyCasesGiveEditsThatLoad has cases of any kind, mostly of few causes with
// answers that repeat, so that much is proposed.
func TestAnyCasesGiveEditsThatLoad(t *testing.T) {
	base := load(t)
	short := lean(t)
	checks, proposed := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		o := learn.Options{
			Worth:      rapid.Float64Range(0, 100).Draw(r, "worth"),
			Slip:       rapid.Float64Range(0, .4).Draw(r, "slip"),
			Steps:      rapid.IntRange(0, 5).Draw(r, "steps"),
			ShareShift: rapid.Float64Range(0, .6).Draw(r, "shift"),
		}
		changes := learn.Propose(base, drawCases(r, base), o)
		proposed += len(changes)
		checkBounds(r, base, changes, o)
		files := short
		if checks++; checks%20 == 0 {
			files = knowledge.Files
		}
		if _, err := learn.Edit(files, changes); err != nil {
			r.Fatal(err) // Edit loads what it gives
		}
	})
	if proposed == 0 {
		t.Error("nothing was ever proposed")
	}
}

// lean gives the embedded knowledge with one alias a list: it loads sooner, and
// has the same signs and shares.
func lean(t *testing.T) fs.FS {
	t.Helper()
	short := map[string][]byte{}
	err := fs.WalkDir(knowledge.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(knowledge.Files, name)
		if path.Dir(name) == "causes" || path.Dir(name) == "questions" {
			short[name] = oneAlias(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return learn.Overlay(knowledge.Files, short)
}

// oneAlias leaves out all aliases but the first of each list.
func oneAlias(data []byte) []byte {
	var out []byte
	inside, indent, items := false, 0, 0
	for line := range bytes.Lines(data) {
		text := bytes.TrimLeft(line, " ")
		if inside && len(line)-len(text) <= indent {
			inside = false
		}
		switch {
		case bytes.HasPrefix(text, []byte("aliases:")):
			inside, indent = true, len(line)-len(text)
		case !bytes.HasPrefix(text, []byte("- ")):
			items = 0
		default:
			items++
		}
		if !inside || items < 2 {
			out = append(out, line...)
		}
	}
	return out
}

// drawCases draws streams of cases that are alike but for a few answers.
func drawCases(r *rapid.T, base *kb.Base) []learn.Case {
	var cases []learn.Case
	w := newWorld(base, rapid.Uint64().Draw(r, "seed"))
	for range rapid.IntRange(0, 8).Draw(r, "streams") {
		cause := rapid.SampledFrom(base.Causes).Draw(r, "cause").ID
		w.slip = rapid.Float64Range(0, 1).Draw(r, "slip of the stream")
		for _, q := range base.Questions {
			if rapid.Bool().Draw(r, "otherwise") {
				table := make([]float64, len(q.Options))
				table[rapid.IntRange(0, len(table)-1).Draw(r, "option")] = 1
				w.tables[[2]string{cause, q.ID}] = table
			}
		}
		for range rapid.IntRange(1, 200).Draw(r, "cases") {
			cases = append(cases, w.caseOf(cause))
		}
	}
	return cases
}

// checkBounds asserts that no value moves further than the options allow, and
// that the answers speak for every change.
func checkBounds(r *rapid.T, base *kb.Base, changes []learn.Change, o learn.Options) {
	points := map[string]float64{} // by file, how far its shares add up to more
	for _, c := range changes {
		if c.From == c.To || c.Path[0] != "options" && c.Evidence.Odds < 99 {
			r.Errorf("%s: odds %v", c, c.Evidence.Odds)
		}
		moved := 0.0
		switch c.Path[0] {
		case "how_common":
			moved = stepsBetween(kb.CommonWords(), c.From, c.To)
		case "signs":
			moved = stepsBetween(kb.SignWords(), c.From, c.To)
		case "options":
			from, err1 := strconv.Atoi(c.From)
			to, err2 := strconv.Atoi(c.To)
			points[c.File] += float64(to - from)
			if most := 100*o.ShareShift + 1e-9; err1 != nil || err2 != nil || to < 1 || math.Abs(float64(to-from)) > most {
				r.Errorf("%s: the most is %v", c, most)
			}
		}
		if moved > float64(o.Steps) {
			r.Errorf("%s: that is %v words, the most is %d", c, moved, o.Steps)
		}
	}
	for file, more := range points {
		if more != 0 {
			r.Errorf("the shares of %s add up to %v more than before", file, more)
		}
	}
}

// stepsBetween gives how many words lie between two; none if one is new.
func stepsBetween(words []kb.Word, from, to string) float64 {
	place := func(name string) int {
		return slices.IndexFunc(words, func(w kb.Word) bool { return w.Name == name })
	}
	if from == "" {
		return 0
	}
	return math.Abs(float64(place(from) - place(to)))
}
