package web

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// searchMost caps the bytes that are searched for.
const searchMost = 4000

func (a *Adapter) addKnowledge(mux *http.ServeMux) {
	if a.config.Library == nil {
		return
	}
	mux.Handle("GET /knowledge", a.working(a.showKnowledge))
	mux.Handle("GET /knowledge.csv", a.working(a.sendKnowledge))
	mux.Handle("GET /knowledge/{id}", a.working(a.showArticle))
}

// knowledgePage is what the page on the knowledge shows: the list, what was found, or
// one article.
type knowledgePage struct {
	Query   string
	List    *knowledgeList
	Found   *knowledgeFound
	Article *knowledgeArticle
	Missing bool // there is no such article
}

func (a *Adapter) showKnowledge(w http.ResponseWriter, r *http.Request, who worker) {
	lang, query := langOf(r), strings.TrimSpace(strings.ToValidUTF8(r.URL.Query().Get("q"), ""))
	title, page := pick(lang, "知识", "Knowledge"), knowledgePage{}
	var err error
	if query != "" {
		var found adapters.Found
		found, err = a.config.Library.Search(r.Context(), query[:min(len(query), searchMost)], lang)
		page.Found, page.Query = newKnowledgeFound(found, lang), found.Text
	} else {
		var all adapters.Catalogue
		all, err = a.config.Library.Catalogue(r.Context(), lang)
		page.List = newKnowledgeList(all, lang, time.Now())
	}
	if err != nil {
		a.failed(w, r, err)
		return
	}
	a.render(w, r, "knowledge", title, &who, page)
}

func (a *Adapter) showArticle(w http.ResponseWriter, r *http.Request, who worker) {
	lang := langOf(r)
	article, err := a.config.Library.Article(r.Context(), r.PathValue("id"), lang)
	switch {
	case errors.Is(err, chat.ErrNoArticle):
		a.renderAs(w, r, http.StatusNotFound, "knowledge", pick(lang, "没有这篇文章", "There is no such article"), &who, knowledgePage{Missing: true})
	case err != nil:
		a.failed(w, r, err)
	default:
		page := knowledgePage{Article: newKnowledgeArticle(article, lang, time.Now())}
		a.render(w, r, "knowledge", article.Title, &who, page)
	}
}

func (a *Adapter) sendKnowledge(w http.ResponseWriter, r *http.Request, _ worker) {
	lang := langOf(r)
	all, err := a.config.Library.Catalogue(r.Context(), lang)
	if err != nil {
		a.failed(w, r, err)
		return
	}
	sendCSV(w, "s4bot-knowledge", catalogueTable(all, lang))
}

// failed answers that the knowledge can't be shown.
func (a *Adapter) failed(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() == nil {
		a.log.Error("the knowledge could not be shown", "error", err)
	}
	problem(w, r, http.StatusServiceUnavailable, "现在打不开知识，请稍后刷新。", "The knowledge can't be shown just now. Please reload in a moment.")
}
