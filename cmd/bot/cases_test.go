package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/web/webtest"
	"github.com/s4bot/s4bot/knowledge"
)

// page gives what stands on a page.
func page(t *testing.T, b *webtest.Browser, path string) string {
	t.Helper()
	res, body := b.Do(http.MethodGet, path, "", nil)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %s", path, res.Status)
	}
	return body
}

// A case that was handed over and closed is on the page on the cases, and in the
// article of its cause.
func TestACaseIsSeenInTheInsights(t *testing.T) {
	s := serve(t, map[string]string{"DATA_DIR": t.TempDir()})
	shop, ann := webtest.Visit(t, s.http), webtest.Visit(t, s.http)
	if before := page(t, ann, "/insights?lang=zh"); !strings.Contains(before, "还没有数据") {
		t.Errorf("before anything was said there is %s", before)
	}
	shop.Says(webtest.Saying{Text: "客人的卡过期了，显示54"})
	shop.Says(webtest.Saying{Text: "/human"})
	c := theCase(t, ann)
	eventually(t, "the case can be claimed", func() bool {
		res, _ := ann.Post("/desk/act", map[string]any{"case": c.ID, "id": "a1", "kind": "claim"})
		return res.StatusCode == http.StatusNoContent
	})
	ann.Acts(map[string]any{"case": c.ID, "id": "a2", "kind": "close", "cause": "card.expired"}, http.StatusNoContent)
	eventually(t, "the case is counted", func() bool {
		return strings.Contains(page(t, ann, "/insights/articles.csv?lang=en"), "The card has expired,1,1")
	})
	if all := page(t, ann, "/insights?lang=zh"); !strings.Contains(all, "来自 1 家商户") || !strings.Contains(all, `href="/knowledge/card.expired"`) {
		t.Errorf("the page says %s", all)
	}
	eventually(t, "the article tells its use", func() bool {
		return strings.Contains(page(t, ann, "/knowledge/card.expired?lang=zh"), "<dt>确认</dt><dd><span class=\"value\">1</span>")
	})
}

// A fault in the knowledge folder is on the page, while the bot goes on.
func TestAFaultIsSeenInTheKnowledge(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, knowledge.Files); err != nil {
		t.Fatal(err)
	}
	s := serve(t, map[string]string{"DATA_DIR": t.TempDir(), "KNOWLEDGE_DIR": dir})
	ann := webtest.New(t, s.http)
	if before := page(t, ann, "/knowledge?lang=zh"); !strings.Contains(before, "没有毛病") {
		t.Errorf("at first it says %s", before)
	}
	if err := os.WriteFile(filepath.Join(dir, "causes", "card.expired.yaml"), []byte("title: {zh: 卡}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if after := page(t, ann, "/knowledge?lang=zh"); !strings.Contains(after, "causes/card.expired.yaml") || !strings.Contains(after, "处要改") {
		t.Errorf("then it says %s", after)
	}
	if found := page(t, ann, "/knowledge?lang=zh&q=ka+guo+qi+le"); !strings.Contains(found, `href="/knowledge/card.expired"`) {
		t.Errorf("the search finds %s", found)
	}
}
