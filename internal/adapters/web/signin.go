package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

func queryEscape(s string) string { return url.QueryEscape(s) }

// formMost bounds what a form may hold, in bytes.
const formMost = 8 << 10

func (a *Adapter) addSignIn(mux *http.ServeMux) {
	mux.HandleFunc("GET /signin", func(w http.ResponseWriter, r *http.Request) {
		if a.config.Token == "" {
			http.Redirect(w, r, "/desk", http.StatusSeeOther)
			return
		}
		a.showSignIn(w, r, http.StatusOK, "")
	})
	mux.HandleFunc("POST /signin", a.takeSignIn)
	mux.HandleFunc("POST /signout", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: sessionCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: overTLS(r)})
		http.Redirect(w, r, "/signin", http.StatusSeeOther)
	})
}

// signInPage is what the page to sign in shows.
type signInPage struct{ Next, Name, Problem string }

func (a *Adapter) showSignIn(w http.ResponseWriter, r *http.Request, status int, why string) {
	lang := langOf(r)
	w.Header().Set("Cache-Control", "no-store")
	a.renderAs(w, r, status, "signin", pick(lang, "登录", "Sign in"), nil, signInPage{Next: local(r.FormValue("next")), Name: a.nameFrom(r), Problem: why})
}

// takeSignIn lets somebody in who has the token.
func (a *Adapter) takeSignIn(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, formMost)
	lang := langOf(r)
	if a.config.Token == "" {
		http.Redirect(w, r, "/desk", http.StatusSeeOther)
		return
	}
	right, may := sameToken(r.PostFormValue("token"), a.config.Token), a.limits.signIn.allows
	if !right {
		may = a.limits.signIn.takes
	}
	if ok, wait := may(a.address(r), time.Now()); !ok {
		seconds := strconv.Itoa(int(wait.Seconds()) + 1)
		w.Header().Set("Retry-After", seconds)
		a.showSignIn(w, r, http.StatusTooManyRequests, pick(lang, "试得太多了，请 "+seconds+" 秒后再试。", "Too many tries. Please wait "+seconds+" seconds."))
		return
	}
	if !right {
		a.log.Warn("somebody tried to sign in with a wrong token")
		a.showSignIn(w, r, http.StatusForbidden, pick(lang, "口令不对，请再试一次。", "That token is not right. Please try again."))
		return
	}
	name := a.nameFrom(r)
	if name == "" {
		a.showSignIn(w, r, http.StatusBadRequest, pick(lang, "请写上您的名字，商户会看到。", "Please give your name: merchants will read it."))
		return
	}
	a.keep(w, r, named(name))
	http.Redirect(w, r, local(r.PostFormValue("next")), http.StatusSeeOther)
}

// sameToken compares in a time that tells nothing of the token.
func sameToken(got, want string) bool {
	a, b := sha256.Sum256([]byte(strings.TrimSpace(got))), sha256.Sum256([]byte(want))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// local gives an address on this site, the desk's for every other.
func local(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/desk"
	}
	return next
}

// closed tells that without a token nobody can work here from afar.
func (a *Adapter) closed(w http.ResponseWriter, r *http.Request) {
	a.renderAs(w, r, http.StatusForbidden, "closed", pick(langOf(r), "未开放", "Closed"), nil, nil)
}
