package web

import (
	"net/http"
	"strings"
	"time"
)

// policy lets a page use what comes from here, and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors "

// bodyMost is how long sending a request may take, the largest file over a poor
// connection.
const bodyMost = 2 * time.Minute

// guarded sets what every answer says to browsers, and refuses what pages of others
// send in somebody's name.
func (a *Adapter) guarded(next http.Handler) http.Handler {
	own := http.NewCrossOriginProtection()
	own.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		problem(w, r, http.StatusForbidden, "这个请求来自别的网站，没有执行。请在本页面操作。", "This came from another site and was not carried out. Please use this page.")
	}))
	inner := own.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		keepLang(w, r)
		next.ServeHTTP(w, r)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyMost)) // else held for ever
		}
		h := w.Header()
		ancestors := "'none'"
		if embeds(r) {
			ancestors = "*"
		}
		h.Set("Content-Security-Policy", policy+ancestors)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()")
		if overTLS(r) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		inner.ServeHTTP(w, r)
	})
}

// embeds says that a request is for the chat inside a page of somebody else's.
func embeds(r *http.Request) bool { return r.URL.Path == "/" && r.URL.Query().Has("embed") }

// working lets those in who may work here. Others are sent to sign in, or told why
// that is not possible.
func (a *Adapter) working(next func(w http.ResponseWriter, r *http.Request, who worker)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		who, ok := a.worker(w, r)
		switch {
		case ok:
			next(w, r, who)
		case a.config.Token == "":
			a.closed(w, r)
		case r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html"):
			http.Redirect(w, r, "/signin?next="+queryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		default:
			problem(w, r, http.StatusUnauthorized, "请先登录。", "Please sign in first.")
		}
	})
}

func (a *Adapter) here(r *http.Request) bool { return a.config.Loopback && Local(r) }

// problem answers with a text for people.
func problem(w http.ResponseWriter, r *http.Request, status int, zh, en string) {
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, pick(langOf(r), zh, en), status)
}
