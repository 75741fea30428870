package web_test

import (
	"context"
	"encoding/csv"
	"errors"
	"html"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/web"
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/insight"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/kb/index"
	"github.com/s4bot/s4bot/internal/library"
	"github.com/s4bot/s4bot/knowledge"
)

// testLibrary is the library of the embedded knowledge, made once.
var testLibrary = sync.OnceValue(func() adapters.Librarian {
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		panic(err)
	}
	x, err := index.Build(base)
	if err != nil {
		panic(err)
	}
	mind := library.Mind{Base: base, Index: x, Manager: dialog.New(base, diagnosis.Defaults())}
	return library.New(library.Config{
		Mind: func() library.Mind { return mind }, Files: knowledge.Files, Built: time.Now().AddDate(0, 0, -5), MaskPhones: true,
		Use: func(context.Context) (map[string]adapters.Use, error) {
			return library.UseOf(sampleReport(insight.Query{Days: 30})), nil
		},
	})
})

func TestKnowledgePagesAreSound(t *testing.T) {
	s := reporting(t, sampled)
	all, err := testLibrary().Catalogue(t.Context(), "zh")
	if err != nil {
		t.Fatal(err)
	}
	paths := []string{"/knowledge", "/knowledge?q=" + url.QueryEscape("客人的卡过期了，显示54"), "/knowledge?q=xyzzy"}
	for _, shelf := range all.Shelves {
		for _, e := range shelf.Entries {
			paths = append(paths, "/knowledge/"+url.PathEscape(e.ID))
		}
	}
	for _, path := range paths {
		for _, lang := range []string{"zh", "en"} {
			mark := "?"
			if strings.Contains(path, "?") {
				mark = "&"
			}
			status, _, body := s.fetch(path + mark + "lang=" + lang)
			if status != http.StatusOK || len(body) > 100_000 {
				t.Errorf("%s: %d, %d bytes", path, status, len(body))
			}
			checkPage(t, path, body)
		}
	}
}

// TestKnowledgeLinksLeadSomewhere follows every link below /knowledge once.
func TestKnowledgeLinksLeadSomewhere(t *testing.T) {
	s := reporting(t, sampled)
	link := regexp.MustCompile(`href="(/knowledge[^"#]*)"`)
	seen, todo := map[string]bool{"/knowledge": true}, []string{"/knowledge"}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		status, _, body := s.fetch(path)
		if status != http.StatusOK {
			t.Errorf("%s: %d", path, status)
		}
		for _, found := range link.FindAllStringSubmatch(body, -1) {
			if next := html.UnescapeString(found[1]); !seen[next] && !strings.Contains(next, "lang=") {
				seen[next], todo = true, append(todo, next)
			}
		}
	}
	if len(seen) < 120 {
		t.Errorf("only %d pages are linked", len(seen))
	}
}

func TestKnowledgeSearchMarksWhatMatched(t *testing.T) {
	s := reporting(t, sampled)
	_, _, body := s.fetch("/knowledge?lang=zh&q=" + url.QueryEscape("卡过期了"))
	for _, want := range []string{"<mark>卡过期</mark>了", `href="/knowledge/card.expired"`, "把握", `value="卡过期了"`} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is missing", want)
		}
	}
	_, _, body = s.fetch("/knowledge?lang=zh&q=kaguoqile")
	if !strings.Contains(body, `<mark class="sound">`) {
		t.Error("nothing is marked as sounding alike")
	}
}

func TestKnowledgeTakesAnything(t *testing.T) {
	s := reporting(t, sampled)
	for _, text := range []string{`"><script>alert(1)</script>`, "\xff\xfe", strings.Repeat("卡过期了", 2000), "\x00", "4111 1111 1111 1111", "\u202e卡"} {
		status, _, body := s.fetch("/knowledge?q=" + url.QueryEscape(text))
		if checkPage(t, "search", body); status != http.StatusOK || strings.Contains(body, "<script>alert") || strings.Contains(body, "4111 1111") {
			t.Errorf("%.20q: %d", text, status)
		}
	}
	for _, id := range []string{"nothing", "%3Cscript%3E", "..%2f..%2fetc%2fpasswd", strings.Repeat("x", 3000)} {
		if status, _, body := s.fetch("/knowledge/" + id); status != http.StatusNotFound || strings.Contains(body, "<script>") {
			t.Errorf("%.20s: %d %s", id, status, body)
		}
	}
}

// stubLibrary shows what it is told.
type stubLibrary struct {
	adapters.Librarian
	catalogue adapters.Catalogue
	article   adapters.Article
	found     adapters.Found
	err       error
}

func (s stubLibrary) Catalogue(context.Context, string) (adapters.Catalogue, error) {
	return s.catalogue, s.err
}

func (s stubLibrary) Article(context.Context, string, string) (adapters.Article, error) {
	return s.article, s.err
}

func (s stubLibrary) Search(context.Context, string, string) (adapters.Found, error) {
	return s.found, s.err
}

func TestKnowledgeShowsFaults(t *testing.T) {
	s := start(t, web.Config{Loopback: true, Library: stubLibrary{catalogue: adapters.Catalogue{
		Version: "abc", Reloads: true, Faults: []adapters.Fault{{File: "causes/card.expired.yaml", Line: 7, Field: "title.en", Text: "is <missing>", Article: "card.expired"}},
	}}})
	_, _, body := s.fetch("/knowledge?lang=en")
	for _, want := range []string{"1 to be mended", "causes/card.expired.yaml:7 title.en", "is &lt;missing&gt;", `href="/knowledge/card.expired"`} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is missing in %s", want, body)
		}
	}
	if strings.Contains(body, "no faults") {
		t.Error("it says that there are none")
	}
}

func TestKnowledgeShowsHostileArticlesHarmlessly(t *testing.T) {
	const evil = `"><script>alert(1)</script>`
	p := adapters.Pointer{ID: evil, Title: evil, P: math.NaN()}
	marked := adapters.Marked{Text: "卡过期", Marks: []adapters.Mark{{Start: -1, End: 2}, {Start: 0, End: 3}, {Start: 1, End: 99}, {Start: 3, End: 3}}}
	entry := adapters.Entry{ID: evil, Title: evil, Kind: adapters.AboutCause, File: evil, Common: .1, Use: adapters.Use{Used: 2, Of: 1}}
	s := start(t, web.Config{Loopback: true, Library: stubLibrary{
		catalogue: adapters.Catalogue{Version: evil, Shelves: []adapters.Shelf{{ID: "x", Title: evil, Entries: []adapters.Entry{entry}}}, Faults: []adapters.Fault{{File: evil, Text: evil}}},
		article: adapters.Article{
			Entry: entry, Shelf: evil, Explain: evil, Steps: []string{evil}, Note: evil, Words: []adapters.Words{{Lang: "en", List: []string{evil}}},
			Signs: []adapters.Sign{{Pointer: p, Answers: []adapters.SignAnswer{{Label: evil, Word: evil, P: math.Inf(1)}}}}, Fixes: []adapters.Fix{{Pointer: p, Steps: []string{evil}}},
			Prevent: []string{evil}, Codes: []adapters.Code{{Code: evil, Means: evil, Causes: []adapters.Pointer{p}}}, Cures: []adapters.Pointer{p}, Sources: []string{evil},
			Ask: &adapters.Ask{Why: evil, Check: evil, Options: []adapters.AskOption{{Label: evil, Share: .5, Speaks: []adapters.Pointer{p}}}},
		},
		found: adapters.Found{Text: evil, Query: evil, Kind: evil, Codes: []string{evil}, Facts: []adapters.Heard{{Question: evil, Answer: evil}}, Hits: []adapters.FoundArticle{{Entry: entry, Title: marked, Words: []adapters.Marked{{Text: evil}}}}},
	}})
	for _, path := range []string{"/knowledge", "/knowledge?q=x", "/knowledge/x"} {
		status, _, body := s.fetch(path)
		if checkPage(t, path, body); status != http.StatusOK || strings.Contains(body, "<script>") {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	if _, _, body := s.fetch("/knowledge?q=x"); !strings.Contains(body, "<mark>卡</mark>过期") {
		t.Errorf("marks that don't fit are shown: %s", body)
	}
}

func TestKnowledgeThatCannotBeShown(t *testing.T) {
	s := start(t, web.Config{Loopback: true, Library: stubLibrary{err: errors.New("the index is closed")}})
	for _, path := range []string{"/knowledge", "/knowledge?q=x", "/knowledge/x", "/knowledge.csv"} {
		if status, _, body := s.fetch(path); status != http.StatusServiceUnavailable || strings.Contains(body, "index") {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
}

func TestKnowledgeDownload(t *testing.T) {
	_, head, body := reporting(t, sampled).fetch("/knowledge.csv?lang=en")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\uFEFF"))).ReadAll()
	if err != nil || len(rows) < 120 || rows[1][0] != "card.expired" || rows[1][6] != "40" || head.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("%d rows, %v: %v", len(rows), err, rows[:min(2, len(rows))])
	}
}
