package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	mathrand "math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// worker is somebody who may work here.
type worker struct {
	chat.Agent
	// Signed says that they signed in, and can sign out.
	Signed bool
}

const (
	sessionCookie = "s4desk"
	sessionTime   = 30 * 24 * time.Hour
	nameMost      = 40 // runes of a name
)

// seals makes cookies that only this program can have made. The key follows from the
// token: whoever changes the token ends all sessions, and every replica has the same.
type seals struct{ key [32]byte }

func newSeals(token string) seals { return seals{sha256.Sum256([]byte("s4bot session\x00" + token))} }

type session struct {
	ID   string `json:"i"`
	Name string `json:"n"`
	Ends int64  `json:"e"` // Unix seconds
}

func (s seals) sum(text string) string {
	m := hmac.New(sha256.New, s.key[:])
	m.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

func (s seals) seal(v session) string {
	data, _ := json.Marshal(v) // plain strings and a number
	text := base64.RawURLEncoding.EncodeToString(data)
	return text + "." + s.sum(text)
}

func (s seals) open(sealed string) (v session, ok bool) {
	text, sum, _ := strings.Cut(sealed, ".")
	if !hmac.Equal([]byte(sum), []byte(s.sum(text))) {
		return v, false
	}
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(data, &v) != nil {
		return v, false
	}
	return v, time.Now().Unix() < v.Ends && v.ID != ""
}

// worker says who works in a request. On this machine without a token everybody may,
// under a name that they can change.
func (a *Adapter) worker(w http.ResponseWriter, r *http.Request) (worker, bool) {
	if a.config.Token == "" && !a.here(r) {
		return worker{}, false
	}
	if c, err := r.Cookie(sessionCookie); err == nil {
		if s, ok := a.seals.open(c.Value); ok {
			return worker{chat.Agent{ID: s.ID, Name: s.Name}, a.config.Token != ""}, true
		}
	}
	if a.config.Token != "" {
		return worker{}, false
	}
	number := strconv.Itoa(10 + mathrand.IntN(90))
	who := chat.Agent{ID: "w" + rand.Text()[:10], Name: pick(langOf(r), "客服"+number, "Agent "+number)}
	a.keep(w, r, who)
	return worker{who, false}, true
}

// keep keeps who somebody is.
func (a *Adapter) keep(w http.ResponseWriter, r *http.Request, who chat.Agent) {
	http.SetCookie(w, &http.Cookie{
		Name: sessionCookie, Path: "/", MaxAge: int(sessionTime.Seconds()), HttpOnly: true,
		Value:    a.seals.seal(session{who.ID, who.Name, time.Now().Add(sessionTime).Unix()}),
		SameSite: http.SameSiteStrictMode, Secure: overTLS(r),
	})
}

// named gives the agent with a name: the same on every device.
func named(name string) chat.Agent {
	sum := sha256.Sum256([]byte(strings.ToLower(name)))
	return chat.Agent{ID: "n" + hex.EncodeToString(sum[:8]), Name: name}
}

// nameFrom is the name that a form gives, masked, as colleagues and merchants read it;
// empty: it gives none.
func (a *Adapter) nameFrom(r *http.Request) string {
	return a.mask(cleanName(r.PostFormValue("name")))
}

// cleanName is a name as it may stand beside a message: one line, without marks that
// turn text around.
func cleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, strings.TrimSpace(strings.ToValidUTF8(name, "")))
	runes := []rune(name)
	return strings.TrimSpace(string(runes[:min(len(runes), nameMost)]))
}
