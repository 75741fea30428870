package web

import (
	"crypto/rand"
	"net/http"
	"regexp"
	"time"
)

// A merchant is known by a cookie with an id that nobody can guess: whoever has it
// has the conversation.
const visitorCookie = "s4chat"

var visitorForm = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// visitor gives the id that a request brings; "": it brings none.
func visitor(r *http.Request) string {
	c, err := r.Cookie(visitorCookie)
	if err != nil || !visitorForm.MatchString(c.Value) {
		return ""
	}
	return c.Value
}

// welcome gives the id of a request and keeps it for another year. In a page of
// somebody else's a browser sends cookies only if they say so and the connection is
// safe; each such page then has a conversation of its own.
func welcome(w http.ResponseWriter, r *http.Request, embedded bool) string {
	id := visitor(r)
	if id == "" {
		id = rand.Text()
	}
	c := &http.Cookie{
		Name: visitorCookie, Value: id, Path: "/", MaxAge: int((365 * 24 * time.Hour).Seconds()),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: overTLS(r),
	}
	if embedded && c.Secure {
		c.SameSite, c.Partitioned = http.SameSiteNoneMode, true
	}
	http.SetCookie(w, c)
	return id
}

// overTLS says that the browser's connection is safe, also through a proxy.
func overTLS(r *http.Request) bool {
	return r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
}
