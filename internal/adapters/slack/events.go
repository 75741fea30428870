package slack

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

// EventsHandler takes events in as Slack posts them; it belongs under
// /slack/events. It answers 200 once they are accepted or if there is nothing in
// them for the bot; 503 if they were not accepted in time, so that Slack sends them
// again (it does so three times); 401 without the right signature, and then nothing
// is handed over.
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
	if err := a.once(a.in.hooks, n); err != nil {
		if !errors.Is(err, errSlow) {
			a.log.Warn("an event from Slack was not accepted; it comes again", "event", shorten(c.EventID, 64), "err", err)
		}
		w.Header().Set("Retry-After", "1")
		http.Error(w, "not accepted now", http.StatusServiceUnavailable)
	}
}
