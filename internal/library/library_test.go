package library

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/insight"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/kb/index"
	"github.com/s4bot/s4bot/knowledge"
)

// mind is that of the embedded knowledge, made once.
var mind = sync.OnceValue(func() Mind {
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		panic(err)
	}
	x, err := index.Build(base)
	if err != nil {
		panic(err)
	}
	return Mind{base, x, dialog.New(base, diagnosis.Defaults())}
})

var built = time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)

func open(files fs.FS) *Library {
	return New(Config{
		Mind: mind, Files: files, Built: built, MaskPhones: true,
		Use: func(context.Context) (map[string]adapters.Use, error) {
			return UseOf(insight.Report{
				Articles: []insight.Article{{Name: insight.Name{ID: "card.expired"}, Used: 7, Confirmed: 3, Solved: insight.Share{N: 5, Of: 6}}},
				Worth:    []insight.Worth{{Name: insight.Name{ID: "other_ways"}, Asked: 9}},
			}), nil
		},
	})
}

func TestCatalogueHoldsEverything(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		l := open(knowledge.Files)
		c, err := l.Catalogue(t.Context(), lang)
		if err != nil || len(c.Faults) != 0 || c.Version != mind().Base.Version {
			t.Fatalf("%v, faults %v, version %q", err, c.Faults, c.Version)
		}
		counts, common := map[adapters.ArticleKind]int{}, 0.0
		for _, s := range c.Shelves {
			for _, e := range s.Entries {
				counts[e.Kind]++
				common += e.Common
				if e.Title == "" || s.Title == "" || !e.Changed.Equal(built) || e.Kind != s.Kind {
					t.Errorf("on the shelf %q stands %+v", s.Title, e)
				}
				if _, err := fs.Stat(knowledge.Files, e.File); err != nil {
					t.Errorf("%s: %v", e.ID, err)
				}
				a, err := l.Article(t.Context(), e.ID, lang)
				if err != nil || a.Entry != e || a.Shelf != s.Title {
					t.Errorf("%s on %s is %+v on %s, %v", e.ID, s.Title, a.Entry, a.Shelf, err)
				}
			}
		}
		base := mind().Base
		if counts[adapters.AboutCause] != 38 || counts[adapters.AboutQuestion] != len(base.Questions) || counts[adapters.AboutTopic] != len(base.Topics) ||
			counts[adapters.AboutCodes] != 1 || counts[adapters.AboutHowto] != len(base.Howtos) || math.Abs(common-1) > 1e-9 {
			t.Errorf("the catalogue counts %v, priors add up to %v", counts, common)
		}
	}
}

func TestArticleOfACause(t *testing.T) {
	a, err := open(knowledge.Files).Article(t.Context(), "card.expired", "en")
	if err != nil {
		t.Fatal(err)
	}
	if a.Use != (adapters.Use{Used: 7, Confirmed: 3, Solved: 5, Of: 6}) || a.Title != "The card has expired" || a.Shelf != "Card" {
		t.Errorf("the article begins with %+v on %s", a.Entry, a.Shelf)
	}
	if a.Words[0].Lang != "en" || a.Words[1].Lang != "zh" || len(a.Words[0].List)+len(a.Words[1].List) != a.Entry.Words {
		t.Errorf("it has %d lists of words", len(a.Words))
	}
	said := map[string]string{}
	for _, s := range a.Signs {
		sum := 0.0
		for _, answer := range s.Answers {
			sum += answer.P
			if answer.Word != "" {
				said[s.ID] = answer.Word
			}
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Errorf("%s: the answers add up to %v", s.ID, sum)
		}
	}
	if said["question.card_itself"] != "nearly always" || said["question.response_code"] != "usually" || len(said) != 5 {
		t.Errorf("its signs are %v", said)
	}
	if len(a.Fixes) != 2 || a.Fixes[0].ID != "fix.another-card" || a.Fixes[0].P != .95 || a.Fixes[1].ID != "" || a.Fixes[1].Takes != 45*time.Second || !a.Fixes[1].Repeats {
		t.Errorf("its fixes are %+v", a.Fixes)
	}
	if len(a.Sources) != 1 || !strings.HasPrefix(a.Sources[0], "Web article") || len(a.Prevent) != 2 || a.Explain == "" {
		t.Errorf("sources %v, prevent %v", a.Sources, a.Prevent)
	}
}

func TestArticleOfAQuestionAndOfAFix(t *testing.T) {
	l := open(knowledge.Files)
	q, err := l.Article(t.Context(), "question.card_itself", "zh")
	if err != nil || q.Ask == nil || q.Ask.Why == "" || q.Ask.Takes == 0 {
		t.Fatalf("%+v, %v", q, err)
	}
	speaks, shares := map[string]bool{}, 0.0
	for _, o := range q.Ask.Options {
		shares += o.Share
		for _, p := range o.Speaks {
			speaks[p.ID] = true
		}
	}
	if !speaks["card.expired"] || math.Abs(shares-1) > 1e-9 {
		t.Errorf("speaks for %v, shares %v", speaks, shares)
	}
	f, err := l.Article(t.Context(), "fix.another-card", "zh")
	if err != nil || len(f.Fixes) != 1 || len(f.Cures) < 3 || f.Cures[0].P < f.Cures[len(f.Cures)-1].P {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestNoArticle(t *testing.T) {
	for _, id := range []string{"", "nothing", "question.nothing", "fix.nothing", "fix.card.expired/use-renewed-card", "<script>", strings.Repeat("x", 9999), "../../etc/passwd"} {
		if _, err := open(knowledge.Files).Article(t.Context(), id, "zh"); !errors.Is(err, chat.ErrNoArticle) {
			t.Errorf("%.40q: %v", id, err)
		}
	}
}

func TestSearchIsWhatTheDialogDoes(t *testing.T) {
	found, err := open(knowledge.Files).Search(t.Context(), "  客人的卡过期了，显示54  ", "zh")
	if err != nil || len(found.Hits) == 0 {
		t.Fatalf("%+v, %v", found, err)
	}
	m := mind()
	hits, err := m.Index.Search(t.Context(), m.Manager.Query("客人的卡过期了，显示54"))
	if err != nil {
		t.Fatal(err)
	}
	for i, h := range found.Hits {
		if h.ID != hits[i].ID || h.Score != hits[i].Score {
			t.Errorf("hit %d is %s %v, the dialog has %v", i, h.ID, h.Score, hits[i])
		}
	}
	best := found.Hits[0]
	if best.ID != "card.expired" || best.Belief < .5 || len(best.Words) < 2 || !strings.Contains(marked(best.Words[0])+marked(best.Words[1]), "[卡过期]") {
		t.Errorf("the best is %s with %v: %v", best.ID, best.Belief, best.Words)
	}
	if found.More != len(hits)-len(found.Hits) || found.Kind == "" || len(found.Facts) == 0 {
		t.Errorf("%d more, kind %q, facts %v", found.More, found.Kind, found.Facts)
	}
}

func marked(m adapters.Marked) string {
	var b strings.Builder
	at := 0
	for _, k := range m.Marks {
		b.WriteString(m.Text[at:k.Start] + "[" + m.Text[k.Start:k.End] + "]")
		at = k.End
	}
	return b.String() + m.Text[at:]
}

func TestSearchTakesAnything(t *testing.T) {
	l := open(knowledge.Files)
	for _, text := range []string{"", " ", "\xff", strings.Repeat("卡过期了", 5000), "<script>", "卡号 4111 1111 1111 1111 过期了", "13800138000 余额不足", "kaguoqile", "the card is out of date"} {
		found, err := l.Search(t.Context(), text, "en")
		if err != nil || strings.Contains(found.Text, "4111 1111") || strings.Contains(found.Text, "13800138000") || !utf8.ValidString(found.Text) {
			t.Errorf("%.20q: %q, %v", text, found.Text, err)
		}
		for _, h := range found.Hits {
			for _, m := range append(append([]adapters.Marked{h.Title}, h.Words...), h.Body...) {
				if marked(m) == "" && m.Text != "" {
					t.Errorf("%q loses %q", text, m.Text)
				}
			}
		}
	}
}

// TestFaultsAreThoseOfTheFiles changes a file of a folder: its fault and its age are
// shown, while the articles stay what the bot uses.
func TestFaultsAreThoseOfTheFiles(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, knowledge.Files); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "causes", "card.expired.yaml")
	at := time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC)
	if err := os.Chtimes(file, at, at); err != nil {
		t.Fatal(err)
	}
	l := open(os.DirFS(dir))
	c, err := l.Catalogue(t.Context(), "zh")
	if err != nil || len(c.Faults) != 0 {
		t.Fatalf("%v, %v", c.Faults, err)
	}
	if a, err := l.Article(t.Context(), "card.expired", "zh"); err != nil || !a.Changed.Equal(at) {
		t.Errorf("it is of %v, %v", a.Changed, err)
	}
	if err := os.WriteFile(file, []byte("title: {zh: 卡}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err = l.Catalogue(t.Context(), "zh")
	if err != nil || len(c.Faults) == 0 || c.Faults[0].Article != "card.expired" || c.Faults[0].File != "causes/card.expired.yaml" {
		t.Errorf("%v, %v", c.Faults, err)
	}
	if a, err := l.Article(t.Context(), "card.expired", "zh"); err != nil || len(a.Signs) == 0 {
		t.Errorf("the article is %+v, %v", a, err)
	}
}
