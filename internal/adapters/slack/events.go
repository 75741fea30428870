package slack

import (
	"encoding/json"
	"io"
	"net/http"
	"sync"
)

// EventsHandler takes events in as Slack posts them; it belongs under
// /slack/events. It answers 200 once they are accepted, or if there is nothing in
// them for the bot, within three seconds at most: what the desk has not accepted by
// then is kept and handed over until it is, which lasts longer than Slack's three
// repeats. 503 says that too much is kept already; 401 that the signature is not
// right, and then nothing is handed over.
func (a *Adapter) EventsHandler() http.Handler {
	return a.signed(func(w http.ResponseWriter, body []byte) {
		var c callback
		if err := json.Unmarshal(body, &c); err != nil {
			a.quarantine("event", "")
			return
		}
		switch c.Type {
		case "url_verification":
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			_, _ = io.WriteString(w, c.Challenge)
		case "app_rate_limited":
			a.log.Warn("Slack holds events back: more than 30,000 came within an hour")
		case "event_callback":
			a.posted(w, &c)
		}
	})
}

func (a *Adapter) posted(w http.ResponseWriter, c *callback) {
	n, ok := a.decode(c)
	if !ok {
		return
	}
	done := make(chan struct{})
	if !a.persist(a.in.hooks, n, sync.OnceFunc(func() { close(done) })) {
		a.log.Warn("an event from Slack was not accepted; it comes again", "event", shorten(c.EventID, 64), "err", errBusy)
		w.Header().Set("Retry-After", "1")
		http.Error(w, "not accepted now", http.StatusServiceUnavailable)
		return
	}
	<-done
}
