package web

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strings"
)

//go:embed templates/*.html
var templateFiles embed.FS

// view is what every page's template gets: Page is its own part.
type view struct {
	Lang, Title, Name string
	Other             string // the address in the other language
	Who               *worker
	Desk              bool // the desk is here
	Page              any
}

// T gives the text of the page's language.
func (v view) T(zh, en string) string { return pick(v.Lang, zh, en) }

func loadPages() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{"join": strings.Join}).ParseFS(templateFiles, "templates/*.html"))
}

// render writes a page: the template NAME.html, which defines "NAME", inside the
// shell. who is nil for those who may not work here: they see no way to other pages.
func (a *Adapter) render(w http.ResponseWriter, r *http.Request, name, title string, who *worker, page any) {
	a.renderAs(w, r, http.StatusOK, name, title, who, page)
}

// renderAs writes a page with a status, such as that there is no such thing.
func (a *Adapter) renderAs(w http.ResponseWriter, r *http.Request, status int, name, title string, who *worker, page any) {
	lang := langOf(r)
	v := view{Lang: lang, Title: title, Name: name, Who: who, Desk: a.config.Elsewhere == "", Page: page}
	q := r.URL.Query()
	q.Set("lang", pick(lang, "en", "zh"))
	v.Other = r.URL.Path + "?" + q.Encode()
	var body bytes.Buffer
	if err := a.pages.ExecuteTemplate(&body, name, v); err != nil {
		a.log.Error("a page could not be written", "page", name, "error", err)
		problem(w, r, http.StatusInternalServerError, "页面出错了，请刷新。", "Something went wrong on this page. Please reload it.")
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", pick(lang, "zh-CN", "en"))
	h.Add("Vary", "Accept-Language, Cookie")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
	w.WriteHeader(status)
	_, _ = body.WriteTo(w)
}
