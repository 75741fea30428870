package slack

import "time"

// HurryOut makes deliveries wait little between attempts.
func (a *Adapter) HurryOut() {
	a.pace = timing{
		request: 10 * time.Second, upload: 10 * time.Second, settle: 20 * time.Millisecond, doubt: 30 * time.Millisecond,
		fetch: 400 * time.Millisecond, mend: time.Minute,
	}
}

// Impatient makes requests time out soon.
func (a *Adapter) Impatient() {
	a.pace.request, a.pace.upload = 250*time.Millisecond, 500*time.Millisecond
}
