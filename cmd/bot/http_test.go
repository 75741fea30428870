package main

import (
	"net/http"
	"testing"
)

// What shows the process from within is for this machine, and the numbers for who
// comes to the process itself: not for those whom a proxy lets in.
func TestWhatIsWithinStaysWithin(t *testing.T) {
	s := serve(t, map[string]string{"DATA_DIR": t.TempDir()})
	status := func(path, header, value string) int {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.http+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r.Header.Set(header, value); header == "Host" {
			r.Host = value
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.StatusCode
	}
	for path, want := range map[string]int{
		"/debug/pprof/": http.StatusNotFound, "/debug/pprof/cmdline": http.StatusNotFound, "/metrics": http.StatusNotFound,
		"/desk": http.StatusForbidden, "/insights": http.StatusForbidden, "/knowledge": http.StatusForbidden, "/healthz": http.StatusOK, "/": http.StatusOK,
	} {
		for header, value := range map[string]string{
			"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "bot.example", "X-Forwarded-Proto": "https", "X-Real-Ip": "203.0.113.9", "Via": "1.1 proxy",
		} {
			if got := status(path, header, value); got != want {
				t.Errorf("%s passed on with %s: %d, want %d", path, header, got, want)
			}
		}
	}
	if got := status("/debug/pprof/", "Host", "evil.example"); got != http.StatusNotFound {
		t.Errorf("profiles under another name: %d", got)
	}
}
