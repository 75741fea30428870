package web_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/web"
	"github.com/s4bot/s4bot/internal/adapters/web/webtest"
)

// Whoever begins many guesses and ends them together must not get past the limit.
func TestGuessesThatEndTogetherAreCounted(t *testing.T) {
	s := start(t, web.Config{Token: token})
	form := url.Values{"name": {"Ann"}, "token": {"guess"}}.Encode()
	var held []net.Conn
	for range 40 {
		c, err := net.Dial("tcp", s.server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = c.Close() }()
		_, err = fmt.Fprintf(c, "POST /signin HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", len(form), form[:len(form)-1])
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, c)
	}
	refused := 0
	for _, c := range held {
		if _, err := c.Write([]byte(form[len(form)-1:])); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range held {
		res, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused != 35 {
		t.Errorf("%d of 40 guesses are refused, want all but five", refused)
	}
}

// Who has a network of IPv6 has more addresses than any limit counts.
func TestANetworkIsOneAddress(t *testing.T) {
	s := start(t, web.Config{Token: token})
	guess := func(from string) int {
		res, _ := s.visit().Do(http.MethodPost, "/signin", "application/x-www-form-urlencoded", []byte("name=Ann&token=guess"), "X-Forwarded-For", from)
		return res.StatusCode
	}
	for i := range 5 {
		if got := guess(fmt.Sprintf("2001:db8:1:1::%d", i)); got != http.StatusForbidden {
			t.Fatalf("a guess is answered with %d", got)
		}
	}
	if got := guess("2001:db8:1:1:ffff::9"); got != http.StatusTooManyRequests {
		t.Errorf("the sixth of a network is answered with %d", got)
	}
	if got := guess("2001:db8:1:2::1"); got != http.StatusForbidden {
		t.Errorf("another network is answered with %d", got)
	}
}

// Who is counted: whoever the proxies that are believed name last.
func TestAProxyIsBelievedWhereItIsNamed(t *testing.T) {
	s := start(t, web.Config{Token: token, Proxies: []netip.Prefix{netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("fd00::/8")}})
	guess := func(from string, forwarded ...string) int {
		r := httptest.NewRequest(http.MethodPost, "/signin", strings.NewReader("name=Ann&token=guess"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.RemoteAddr = from
		r.Header["X-Forwarded-For"] = forwarded
		w := httptest.NewRecorder()
		s.adapter.Handler().ServeHTTP(w, r)
		return w.Code
	}
	for i, c := range []struct {
		counted, other int // the last figure of the address that is counted, and of one that is not
		ask            func(n int) int
	}{
		{1, 2, func(n int) int { return guess("172.18.0.2:9", fmt.Sprintf("203.0.113.%d", n)) }},
		{3, 4, func(n int) int { return guess("[fd00::2]:9", fmt.Sprintf("198.51.100.7, 203.0.113.%d, 172.18.0.5", n)) }},
		{5, 6, func(n int) int { return guess("127.0.0.1:9", "198.51.100.7", fmt.Sprintf("203.0.113.%d", n)) }},
		{7, 8, func(n int) int { return guess(fmt.Sprintf("203.0.113.%d:9", n), "198.51.100.7") }}, // no proxy of ours
		{9, 10, func(n int) int { return guess(fmt.Sprintf("172.18.0.%d:9", n), "unknown") }},
	} {
		for range 5 {
			if got := c.ask(c.counted); got != http.StatusForbidden {
				t.Fatalf("%d: a guess is answered with %d", i, got)
			}
		}
		if got := c.ask(c.counted); got != http.StatusTooManyRequests {
			t.Errorf("%d: the sixth is answered with %d", i, got)
		}
		if got := c.ask(c.other); got != http.StatusForbidden {
			t.Errorf("%d: another address is answered with %d", i, got)
		}
	}
}

// timed is an answer that knows until when the request must have come.
type timed struct {
	*httptest.ResponseRecorder
	until time.Time
}

func (w *timed) SetReadDeadline(t time.Time) error {
	w.until = t
	return nil
}

// A request whose body never ends must not hold its connection for ever, and a stream
// goes on for as long as the page is open.
func TestARequestMustCome(t *testing.T) {
	s := start(t, web.Config{Token: token})
	for _, c := range []struct {
		method, path string
		bounded      bool
	}{
		{http.MethodPost, "/chat/say", true},
		{http.MethodPost, "/chat/files", true},
		{http.MethodPost, "/signin", true},
		{http.MethodGet, "/chat/events", false},
	} {
		w := &timed{ResponseRecorder: httptest.NewRecorder()}
		s.adapter.Handler().ServeHTTP(w, httptest.NewRequest(c.method, c.path, nil))
		if left := time.Until(w.until); w.until.IsZero() == c.bounded || left > 5*time.Minute {
			t.Errorf("%s %s may take %v", c.method, c.path, left)
		}
	}
}

// What is said is kept even where the bot has heard enough, so there is an end to it.
func TestNobodyFillsTheStore(t *testing.T) {
	s := start(t, web.Config{Handle: accepts})
	p := s.visit()
	for i := range 121 {
		res, _ := p.Post("/chat/say", webtest.Saying{ID: strconv.Itoa(i), Text: "x"})
		if want := i < 120; (res.StatusCode == http.StatusNoContent) != want {
			t.Fatalf("message %d is answered with %s", i, res.Status)
		}
	}
	if res, _ := s.visit().Post("/chat/say", webtest.Saying{ID: "1", Text: "x"}); res.StatusCode != http.StatusNoContent {
		t.Errorf("another one's message is answered with %s", res.Status)
	}
}
