package improve_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/improve"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/knowledge"
)

const (
	reader     = "hardware.card-reader"
	readerFile = "causes/hardware.card-reader.yaml"
)

var (
	lin  = chat.Agent{ID: "U0LIN", Name: "小林"}
	boss = chat.Agent{ID: "U0BOSS", Name: "老陈"}
	noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	who  = improve.Who{Proposer: lin, Approver: boss, At: noon}
)

// folder gives a copy of the knowledge that loads fast: of long lists, those of one
// article apart, only the first items are there.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, short()); err != nil {
		t.Fatal(err)
	}
	return dir
}

var short = sync.OnceValue(func() fstest.MapFS {
	files := fstest.MapFS{}
	err := fs.WalkDir(knowledge.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(knowledge.Files, name)
		if name != readerFile {
			raw = shortened(raw)
		}
		files[name] = &fstest.MapFile{Data: raw, Mode: 0o644}
		return err
	})
	if err != nil {
		panic(err)
	}
	return files
})

// shortened leaves three items of every list.
func shortened(raw []byte) []byte {
	var out bytes.Buffer
	items := 0
	for l := range bytes.Lines(raw) {
		if items++; !bytes.HasPrefix(l, []byte("    - ")) {
			items = 0
		}
		if items <= 3 {
			out.Write(l)
		}
	}
	return out.Bytes()
}

func read(t *testing.T, dir, file string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func change(t *testing.T, dir, file string, f func(string) string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, file), []byte(f(read(t, dir, file))), 0o644); err != nil {
		t.Fatal(err)
	}
}

func cause(t *testing.T, dir string) *kb.Cause {
	t.Helper()
	base, err := kb.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	return base.Cause(reader)
}

func words(lines ...string) chat.Improvement {
	return chat.Improvement{Cause: reader, Lang: "zh", Words: lines}
}

func about(remarks []chat.Remark) (out []chat.About) {
	for _, r := range remarks {
		out = append(out, r.About)
	}
	return out
}

func TestDraft(t *testing.T) {
	for name, c := range map[string]struct {
		words, want []string
		lang        string
	}{
		"new":            {[]string{"卡插进去像喂了石头", "怎么\u200b回事 S4？"}, []string{"卡插进去像喂了石头", "怎么回事 S4？"}, "zh"},
		"stands already": {[]string{"插卡沒反應", "读卡器坏了"}, nil, "zh"},
		"masked":         {[]string{"卡号[card …0128]，像喂了石头", "[card …0128]"}, []string{"卡号，像喂了石头"}, "zh"},
		"not masked yet": {[]string{"6222021234567890128 like feeding a stone"}, []string{"like feeding a stone"}, "en"},
		"twice":          {[]string{"像喂了石头", "像餵了石頭"}, []string{"像喂了石头"}, "zh"},
		"nothing":        {nil, nil, "zh"},
	} {
		got, err := improve.Draft(short(), reader, c.words)
		if err != nil || !slices.Equal(got.Words, c.want) || got.Lang != c.lang || got.Cause != reader {
			t.Errorf("%s: %+v, %v; want %q", name, got, err, c.want)
		}
	}
}

func TestProposeWords(t *testing.T) {
	elsewhere := "银行卡已过有效期"
	for name, c := range map[string]struct {
		words      []string
		want       []string
		left, warn []chat.About
	}{
		"new":       {[]string{" 卡插进去  像喂了石头 ", "yes", "a: b # c", "=号开头", "「引」\"号'\\", "- 横线"}, []string{"卡插进去 像喂了石头", "yes", "a: b # c", "=号开头", "「引」\"号'\\", "- 横线"}, nil, nil},
		"known":     {[]string{"插卡沒反應", "像喂了石头", "像喂了石头"}, []string{"像喂了石头"}, []chat.About{chat.AboutKnown, chat.AboutKnown}, nil},
		"personal":  {[]string{"卡号6222021234567890128", "打13800138000找我", "卡号[card …0128]", "像喂了石头"}, []string{"像喂了石头"}, []chat.About{chat.AboutPersonal, chat.AboutPersonal, chat.AboutPersonal}, nil},
		"length":    {[]string{"坏", strings.Repeat("很长", 101), "像喂了石头"}, []string{"像喂了石头"}, []chat.About{chat.AboutShort, chat.AboutLong}, nil},
		"elsewhere": {[]string{elsewhere}, []string{elsewhere}, nil, []chat.About{chat.AboutElsewhere}},
	} {
		dir := folder(t)
		if name == "elsewhere" {
			change(t, dir, "causes/card.expired.yaml", func(s string) string {
				return strings.Replace(s, "aliases:\n  zh:\n", "aliases:\n  zh:\n    - 銀行卡已過有效期\n", 1)
			})
		}
		p, err := improve.Propose(os.DirFS(dir), words(c.words...))
		if err != nil || !slices.Equal(p.Words, c.want) || !slices.Equal(about(p.Left), c.left) || !slices.Equal(about(p.Warnings), c.warn) {
			t.Errorf("%s: %q, left %v, warnings %v, %v", name, p.Words, p.Left, p.Warnings, err)
		}
		if p.File != readerFile || p.Title != "读卡器坏了" || strings.Count(p.Diff, "\n+ ") != len(c.want) || strings.Contains(p.Diff, "\n- ") {
			t.Errorf("%s: %s %s\n%s", name, p.File, p.Title, p.Diff)
		}
		for _, r := range append(p.Left, p.Warnings...) {
			if strings.Contains(r.Line, "6222021234567890128") || strings.Contains(r.Line, "13800138000") {
				t.Errorf("%s: a remark says %s", name, r.Line)
			}
		}
	}
}

func TestProposeRefuses(t *testing.T) {
	fix := func(f chat.NewFix) chat.Improvement { return chat.Improvement{Cause: reader, Lang: "zh", Fix: &f} }
	for name, c := range map[string]struct {
		change chat.Improvement
		file   func(string) string
		want   error
	}{
		"no such article":    {chat.Improvement{Cause: "card.none", Words: []string{"像喂了石头"}}, nil, chat.ErrNoArticle},
		"another folder":     {chat.Improvement{Cause: "../questions/which_cards", Words: []string{"像喂了石头"}}, nil, chat.ErrNoArticle},
		"nothing":            {words(), nil, chat.ErrNothingNew},
		"nothing new":        {words("插卡没反应", ""), nil, chat.ErrNothingNew},
		"no steps":           {fix(chat.NewFix{Title: "换线"}), nil, chat.ErrUnfinished},
		"no title":           {fix(chat.NewFix{Steps: []string{"换线"}}), nil, chat.ErrUnfinished},
		"half of the other":  {fix(chat.NewFix{Title: "换线", Steps: []string{"换"}, OtherTitle: "Cable"}), nil, chat.ErrUnfinished},
		"the other alone":    {fix(chat.NewFix{OtherTitle: "Cable", OtherSteps: []string{"Swap"}}), nil, chat.ErrUnfinished},
		"personal":           {fix(chat.NewFix{Title: "换线", Steps: []string{"打13800138000"}}), nil, chat.ErrPersonal},
		"a fix of that name": {fix(chat.NewFix{Title: "擦一擦卡和卡槽", Steps: []string{"擦"}}), nil, chat.ErrNothingNew},
		"brackets": {words("像喂了石头"), func(s string) string {
			return s[:strings.Index(s, "aliases:")] + "aliases: {zh: [好], en: [good]}\n" + s[strings.Index(s, "explain:"):]
		}, chat.ErrLayout},
		"faults stand before": {words("像喂了石头"), func(s string) string { return s + "what: 1\n" }, chat.ErrFaulty},
	} {
		dir := folder(t)
		if c.file != nil {
			change(t, dir, readerFile, c.file)
		}
		before := read(t, dir, readerFile)
		if _, err := improve.Propose(os.DirFS(dir), c.change); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := improve.Apply(dir, c.change, who); !errors.Is(err, c.want) {
			t.Errorf("%s, applied: %v", name, err)
		}
		if _, err := os.Stat(filepath.Join(dir, ".history")); read(t, dir, readerFile) != before || err == nil {
			t.Errorf("%s: something is written", name)
		}
	}
}

func TestApplyAndUndo(t *testing.T) {
	dir := folder(t)
	before := read(t, dir, readerFile)
	if err := os.Chmod(filepath.Join(dir, readerFile), 0o640); err != nil {
		t.Fatal(err)
	}
	e, err := improve.Apply(dir, words("卡插进去像喂了石头", "a: b"), who)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(before, "  en:\n    - card reader is dead", "    - 卡插进去像喂了石头\n    - 'a: b'\n  en:\n    - card reader is dead", 1)
	if got := read(t, dir, readerFile); got != want {
		t.Errorf("the file is\n%s", got)
	}
	if info, _ := os.Stat(filepath.Join(dir, readerFile)); info.Mode().Perm() != 0o640 {
		t.Errorf("its mode is %v", info.Mode())
	}
	history := read(t, dir, ".history/"+e.ID+".json")
	for _, word := range []string{`"U0LIN"`, `"U0BOSS"`, "2026-03-04T12:00:00Z", `"file": "` + readerFile, `"before"`, `"after"`} {
		if !strings.Contains(history, word) {
			t.Errorf("the history has no %s", word)
		}
	}
	if _, err := improve.Apply(dir, words("卡插进去像喂了石头", "a: b"), who); !errors.Is(err, chat.ErrNothingNew) {
		t.Errorf("a second time: %v", err)
	}
	if _, err := improve.Undo(dir, e.ID, boss, noon.Add(time.Hour)); err != nil || read(t, dir, readerFile) != before {
		t.Errorf("taking back: %v", err)
	}
	if _, err := improve.Undo(dir, e.ID, boss, noon); !errors.Is(err, chat.ErrChanged) {
		t.Errorf("taking back twice: %v", err)
	}
	if history := read(t, dir, ".history/"+e.ID+".json"); !strings.Contains(history, "2026-03-04T13:00:00Z") {
		t.Error("the history does not tell of it")
	}
	left, _ := filepath.Glob(filepath.Join(dir, "*", ".new-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestUndoRefuses(t *testing.T) {
	dir := folder(t)
	e, err := improve.Apply(dir, words("像喂了石头"), who)
	if err != nil {
		t.Fatal(err)
	}
	change(t, dir, readerFile, func(s string) string { return s + "# mine\n" })
	for id, want := range map[string]error{e.ID: chat.ErrChanged, "20260304T120000-0123456789ab": chat.ErrNoArticle, "../causes/x": chat.ErrNoArticle} {
		if _, err := improve.Undo(dir, id, boss, noon); !errors.Is(err, want) {
			t.Errorf("%s: %v", id, err)
		}
	}
	if !strings.Contains(read(t, dir, readerFile), "# mine") {
		t.Error("somebody's change is lost")
	}
}

func TestANewFix(t *testing.T) {
	for name, c := range map[string]struct {
		lang   string
		fix    chat.NewFix
		zh, en string
		warn   []chat.About
	}{
		"both":      {"zh", chat.NewFix{Title: "换根线: 试试", Steps: []string{"拔线", " ", "换线"}, OtherTitle: "Swap the cable", OtherSteps: []string{"Swap it"}, Repeats: true}, "换根线: 试试", "Swap the cable", nil},
		"English":   {"en", chat.NewFix{Title: "Swap the cable", Steps: []string{"Swap it"}, OtherTitle: "换根线", OtherSteps: []string{"换线"}, Repeats: true}, "换根线", "Swap the cable", nil},
		"one alone": {"zh", chat.NewFix{Title: "换根线", Steps: []string{"换线"}}, "换根线", "换根线", []chat.About{chat.AboutOneLanguage, chat.AboutNoPayment}},
	} {
		dir := folder(t)
		p, err := improve.Propose(os.DirFS(dir), chat.Improvement{Cause: reader, Lang: c.lang, Fix: &c.fix})
		if err != nil || !slices.Equal(about(p.Warnings), c.warn) {
			t.Errorf("%s: %v, %v", name, p.Warnings, err)
		}
		if _, err := improve.Apply(dir, p.Improvement, who); err != nil {
			t.Fatal(err)
		}
		cures := cause(t, dir).Cures
		got := cures[2] // before repair-or-replace, which an agent does
		if f := got.Fix; len(cures) != 4 || f.ID != reader+"/desk-1" || f.Title.ZH != c.zh || f.Title.EN != c.en || f.Agent || f.Effort != 8 || f.RepeatsPayment != c.fix.Repeats || got.Works != .6 {
			t.Errorf("%s: %d cures, the new one %+v %v", name, len(cures), f, got.Works)
		}
		if _, err := improve.Apply(dir, p.Improvement, who); !errors.Is(err, chat.ErrNothingNew) {
			t.Errorf("%s, a second time: %v", name, err)
		}
		another := c.fix
		another.Title, another.OtherTitle = "另一个", "Another"
		if another.OtherSteps == nil {
			another.OtherTitle = ""
		}
		if _, err := improve.Apply(dir, chat.Improvement{Cause: reader, Lang: c.lang, Fix: &another}, who); err != nil || cause(t, dir).Cures[3].Fix.ID != reader+"/desk-2" {
			t.Errorf("%s, another one: %v", name, err)
		}
	}
}

// Articles of all groups take words and a fix; that all files can be edited is a
// test of learn.InsertItems.
func TestOtherArticles(t *testing.T) {
	for i, id := range []string{"card.expired", "issuer.declined", "network.unstable", "operation.wrong-pin"} {
		c := chat.Improvement{Cause: id, Lang: []string{"zh", "en"}[i%2], Words: []string{"like feeding a stone"}, Fix: &chat.NewFix{Title: "喂石头", Steps: []string{"喂"}}}
		if p, err := improve.Propose(knowledge.Files, c); err != nil || !strings.Contains(p.Diff, "\n+    - like feeding") || !strings.Contains(p.Diff, "\n+  - id: desk-1") {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func TestNothingIsWrittenWhereNothingCanBe(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root writes everywhere")
	}
	dir := folder(t)
	if err := os.Chmod(filepath.Join(dir, "causes"), 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "causes"), 0o755) })
	if _, err := improve.Apply(dir, words("像喂了石头"), who); err == nil || !strings.Contains(err.Error(), "write the knowledge") {
		t.Errorf("it is %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".history", "*")); len(left) > 0 {
		t.Errorf("the history tells of %v", left)
	}
}
