package kb_test

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/knowledge"
)

var update = flag.Bool("update", false, "rewrite the wanted faults in testdata/broken")

func TestEmbeddedKnowledgeHasNoFault(t *testing.T) {
	b, err := kb.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	checkSound(t, b)
}

func TestBaseOfTheTestsHasNoFault(t *testing.T) {
	b, err := kb.Load(soundBase(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Causes) != 2 || len(b.Questions) != 5 || len(b.Fixes) != 3 || len(b.Howtos) != 1 || len(b.Topics) != 1 || len(b.Examples) != 13 || len(b.Codes.Codes) != 1 {
		t.Errorf("not all of it was read: %+v", b)
	}
}

// TestLoadReadsAnswersInPassing writes into a sound base what tells the answer
// without naming it.
func TestLoadReadsAnswersInPassing(t *testing.T) {
	files := soundBase(t)
	edit(t, files, "questions/cards.yaml", "effort: 2\n", `effort: 2
contrasts:
  - of: {zh: [别的卡, 换卡], en: [other cards]}
    works: this_card
    fails: every_card
  - of: {zh: [这张卡], en: [this card]}
    fails: this_card
amounts: {large: this_card, small: this_card, any: every_card}
`)
	edit(t, files, "questions/response_code.yaml", "    share: 10\n", "    share: 10\n    exclusive: true\n")
	edit(t, files, "questions/response_code.yaml", "    share: 90\n", "    share: 90\n    exclusive: false\n")
	b, err := kb.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	checkSound(t, b)
	cards := b.Question("cards")
	if want := []kb.Contrast{
		{Of: kb.Texts{ZH: []string{"别的卡", "换卡"}, EN: []string{"other cards"}}, Works: "this_card", Fails: "every_card"},
		{Of: kb.Texts{ZH: []string{"这张卡"}, EN: []string{"this card"}}, Fails: "this_card"},
	}; !reflect.DeepEqual(cards.Contrasts, want) {
		t.Errorf("contrasts %+v, want %+v", cards.Contrasts, want)
	}
	if want := (kb.Amounts{Large: "this_card", Small: "this_card", Any: "every_card"}); cards.Amounts == nil || *cards.Amounts != want || b.AmountQuestion() != cards {
		t.Errorf("amounts %+v of %v, want %+v", cards.Amounts, b.AmountQuestion(), want)
	}
	if codes := b.Question(kb.ResponseCode); codes.Option("none").Exclusive || !codes.Option("expired").Exclusive {
		t.Errorf("exclusive: none %v, expired %v", codes.Option("none").Exclusive, codes.Option("expired").Exclusive)
	}
	for _, q := range b.Questions {
		if q != cards && (q.Contrasts != nil || q.Amounts != nil) {
			t.Errorf("%s: contrasts %v, amounts %v", q.ID, q.Contrasts, q.Amounts)
		}
	}
}

// TestLoadReadsExamples asserts that examples come sorted, each kind that the
// program knows once.
func TestLoadReadsExamples(t *testing.T) {
	b, err := kb.Load(soundBase(t))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{kb.AreaExamples + "card", kb.AreaExamples + "network"}
	for _, intent := range kb.Intents {
		want = append(want, kb.IntentExamples+intent)
	}
	want = append(want, kb.VagueExamples)
	var got []string
	for _, e := range b.Examples {
		got = append(got, e.ID)
		if len(e.Texts.ZH) != 1 || len(e.Texts.EN) != 1 {
			t.Errorf("%s: %+v", e.ID, e.Texts)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("examples %v, want %v", got, want)
	}
	if b.AmountQuestion() != nil {
		t.Errorf("the amount question is %v", b.AmountQuestion().ID)
	}
}

// TestBrokenKnowledge breaks a small sound base in the ways that the files of
// testdata/broken tell, and compares the whole list of faults.
//
// A file begins with prose and commands: "edit FILE OLD NEW" (quoted as in Go),
// "rm FILE-OR-FOLDER" and "mv OLD NEW". Its sections replace or add files; the
// section "want" holds the faults. Run with -update, then read the diff.
func TestBrokenKnowledge(t *testing.T) {
	files := brokenFiles(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			faults := faultsOf(t, breakBase(t, archive))
			checkPlaces(t, faults)
			got := []byte(faults.Error() + "\n")
			want := &archive.Files[len(archive.Files)-1]
			if string(got) == string(want.Data) {
				return
			}
			if !*update {
				t.Errorf("faults:\n%s\nwant:\n%s", got, want.Data)
				return
			}
			want.Data = got
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// checkPlaces asserts that every fault names its file, and its line and field
// unless it is about a whole file or folder.
func checkPlaces(t *testing.T, faults kb.Faults) {
	t.Helper()
	for i, f := range faults {
		switch {
		case f.File == "" || f.Text == "":
			t.Errorf("names no file or says nothing: %+v", f)
		case f.Line == 0 && !wholeFile(f):
			t.Errorf("has no line: %s", f)
		case f.Field == "" && f.Line > 0 && !wholeFile(f):
			t.Errorf("has no field: %s", f)
		}
		if i > 0 && (faults[i-1].File > f.File || faults[i-1].File == f.File && faults[i-1].Line > f.Line) {
			t.Errorf("is not in order: %s", f)
		}
	}
}

// wholeFile says that a fault is about a whole file or folder.
func wholeFile(f kb.Fault) bool {
	if strings.HasPrefix(f.File, "examples/area.") && strings.Contains(f.Text, "has no option") {
		return true // the file is named after the option
	}
	for _, about := range []string{
		"cannot read the ", "only files named", "the name must be", "the name of a cause", "holds no cause",
		"no question has safety", "is missing", "not valid YAML", "the file is empty", "a second document",
		"there is already an article", "no cause uses this fix", "must be a mapping",
		"examples are named", "there is no such intent",
	} {
		if strings.Contains(f.Text, about) {
			return true
		}
	}
	return false
}

func TestLoadToldTwiceIsTheSame(t *testing.T) {
	first, err := kb.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	second, err := kb.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	if first.Version != second.Version || len(first.Version) != 12 {
		t.Errorf("versions %q and %q of the same files", first.Version, second.Version)
	}
	changed := soundBase(t)
	before, err := kb.Load(changed)
	if err != nil {
		t.Fatal(err)
	}
	edit(t, changed, "outside/fees.yaml", "请问客服。", "请问客服吧。")
	after, err := kb.Load(changed)
	if err != nil {
		t.Fatal(err)
	}
	if before.Version == after.Version {
		t.Error("a changed text left the version as it was")
	}
}

// FuzzLoad puts any bytes in the place of one file of a sound base: Load gives
// a base or faults and never panics.
func FuzzLoad(f *testing.F) {
	base := soundBase(f)
	names := fileNames(base)
	for i, name := range names {
		f.Add(i, base[name].Data)
	}
	for i, odd := range []string{
		"", "---\n", "a: &a [*a]\n", "? *x\n: y\n", "<<: *a\n", "&a x: *a\n", "- - - -\n", "title: {zh: [], en: {}}\n", "\xff\xfe", "a: !!binary x\n",
		"options: {a: {share: 50}, b: {share: .inf}}\n", "contrasts: [{of: *x, works: [a]}]\n", "amounts: {large: *a}\n", "fixes: [{id: x, steps: *y}]\n", "%YAML 1.1\n---\na: b\n...\n---\n",
	} {
		f.Add(i, []byte(odd))
	}
	f.Fuzz(func(t *testing.T, which int, data []byte) {
		files := fstest.MapFS{}
		for name, file := range base {
			files[name] = file
		}
		name := names[int(uint(which)%uint(len(names)))]
		files[name] = &fstest.MapFile{Data: data}
		b, err := kb.Load(files)
		if err == nil {
			checkSound(t, b)
			return
		}
		var faults kb.Faults
		if b != nil || !errors.As(err, &faults) || len(faults) == 0 {
			t.Fatalf("Load gave %v and %v", b, err)
		}
		for _, fault := range faults {
			if fault.File == "" || fault.Text == "" || fault.Line < 0 || fault.Line > len(data)+200 {
				t.Errorf("unclear: %+v", fault)
			}
		}
	})
}

// checkSound asserts what every part of the program relies on.
func checkSound(t *testing.T, b *kb.Base) {
	t.Helper()
	for _, c := range b.Causes {
		if c.ID == "" || c.Prior <= 0 || len(c.Cures) == 0 || c.Title.ZH == "" || c.Title.EN == "" {
			t.Errorf("cause %+v", c)
		}
		for _, q := range b.Questions {
			checkLikelihood(t, q, c)
		}
		for _, cure := range c.Cures {
			if cure.Fix == nil || cure.Works <= 0 || cure.Works >= 1 || cure.Fix.Effort <= 0 || b.Fix(cure.Fix.ID) != cure.Fix {
				t.Errorf("cause %s: cure %+v", c.ID, cure)
			}
		}
	}
	for _, q := range b.Questions {
		checkAnswers(t, q)
	}
	for _, e := range b.Examples {
		if len(e.Texts.ZH) == 0 || len(e.Texts.EN) == 0 {
			t.Errorf("example %+v", e)
		}
	}
	safety := b.SafetyQuestion()
	if safety == nil || safety.Option("charged") == nil || safety.Option("not_charged") == nil || safety.Auto != "" {
		t.Errorf("safety question %+v", safety)
	}
	for _, code := range b.Codes.Codes {
		if b.Question(kb.ResponseCode).Option(code.Option) == nil {
			t.Errorf("code %+v", code)
		}
	}
}

// checkAnswers asserts that what is told in passing answers a question with
// options that it has.
func checkAnswers(t *testing.T, q *kb.Question) {
	t.Helper()
	for _, c := range q.Contrasts {
		none := c.Works == "" && c.Fails == ""
		if none || c.Works != "" && q.Option(c.Works) == nil || c.Fails != "" && q.Option(c.Fails) == nil || len(c.Of.All()) == 0 {
			t.Errorf("question %s: contrast %+v", q.ID, c)
		}
	}
	if a := q.Amounts; a != nil && (q.Option(a.Large) == nil || q.Option(a.Small) == nil || q.Option(a.Any) == nil) {
		t.Errorf("question %s: amounts %+v", q.ID, a)
	}
}

// soundBase gives a fresh copy of testdata/base.txtar.
func soundBase(t testing.TB) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return files
}

func brokenFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	return files
}

func faultsOf(t *testing.T, files fs.FS) kb.Faults {
	t.Helper()
	b, err := kb.Load(files)
	var faults kb.Faults
	if !errors.As(err, &faults) || len(faults) == 0 {
		t.Fatalf("Load gave the error %v, want faults", err)
	}
	if b != nil {
		t.Error("Load gave a base beside the faults")
	}
	return faults
}

// breakBase runs the commands of a case on a sound base.
func breakBase(t *testing.T, archive *txtar.Archive) fstest.MapFS {
	t.Helper()
	files := soundBase(t)
	if n := len(archive.Files); n == 0 || archive.Files[n-1].Name != "want" {
		t.Fatal("the last section must be want")
	}
	for _, f := range archive.Files[:len(archive.Files)-1] {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	rest := string(archive.Comment)
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		switch words := strings.Fields(line); {
		case strings.HasPrefix(line, "edit "):
			var old, replaced string
			old, replaced, rest = editArguments(t, strings.TrimPrefix(line, "edit "+words[1])+"\n"+rest)
			edit(t, files, words[1], old, replaced)
		case strings.HasPrefix(line, "rm "):
			remove(t, files, words[1])
		case strings.HasPrefix(line, "mv "):
			from, to, _ := strings.Cut(strings.TrimPrefix(line, "mv "), " ")
			file := files[from]
			remove(t, files, from)
			files[to] = file
		}
	}
	return files
}

func editArguments(t *testing.T, s string) (old, replaced, rest string) {
	t.Helper()
	var out [2]string
	for i := range out {
		s = strings.TrimLeft(s, " ")
		quoted, err := strconv.QuotedPrefix(s)
		if err != nil {
			t.Fatalf("edit: no quoted text at %.40q", s)
		}
		out[i], _ = strconv.Unquote(quoted)
		s = s[len(quoted):]
	}
	return out[0], out[1], s
}

func edit(t *testing.T, files fstest.MapFS, name, old, replaced string) {
	t.Helper()
	file := files[name]
	if file == nil || strings.Count(string(file.Data), old) != 1 {
		t.Fatalf("edit %s: %q must stand there once", name, old)
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(file.Data), old, replaced, 1))}
}

// remove drops a file, or all files of a folder.
func remove(t *testing.T, files fstest.MapFS, name string) {
	t.Helper()
	before := len(files)
	for file := range files {
		if file == name || strings.HasPrefix(file, name+"/") {
			delete(files, file)
		}
	}
	if len(files) == before {
		t.Fatalf("there is no %s", name)
	}
}

// fileNames gives the names in a fixed order.
func fileNames(files fstest.MapFS) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
