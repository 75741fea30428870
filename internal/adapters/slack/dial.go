package slack

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gorilla/websocket"
	slackgo "github.com/slack-go/slack"
)

// open asks for an address and connects. The error holds neither address nor token.
func (s *socket) open(ctx context.Context) (*wire, error) {
	var address string
	err := s.ask(ctx, "apps.connections.open", func(ctx context.Context, c *slackgo.Client) (err error) {
		_, address, err = c.StartSocketModeContext(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	d := websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: s.pace.request}
	conn, res, err := d.DialContext(ctx, address, nil)
	if res != nil && res.Body != nil {
		_ = res.Body.Close()
	}
	if err != nil {
		return nil, errors.New("connect to Slack's socket: " + s.withoutTicket(err, address))
	}
	return newWire(conn, s.taking), nil
}

// withoutTicket gives an error's text without what opens the socket.
func (s *socket) withoutTicket(err error, address string) string {
	text := strings.ReplaceAll(s.redact(err), address, "…")
	if u, parseErr := url.Parse(address); parseErr == nil && u.RawQuery != "" {
		text = strings.ReplaceAll(text, u.RawQuery, "…")
	}
	return text
}

// hopeless says that no repeat mends an error: the token does not count.
func hopeless(err error) bool {
	return slices.Contains(locked, codeOf(err)) || codeOf(err) == "missing_scope"
}
