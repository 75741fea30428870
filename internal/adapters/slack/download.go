package slack

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
)

// mayHaveToken says whether the token may go to an address: to Slack, or where the
// Web API is. Where a file lies is, for some files, what its maker chose.
func (a *Adapter) mayHaveToken(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	for _, known := range []string{"slack.com", "slack-gov.com", "slack-files.com"} {
		if u.Scheme == "https" && (host == known || strings.HasSuffix(host, "."+known)) {
			return true
		}
	}
	api, err := url.Parse(a.config.APIBase)
	return err == nil && u.Scheme == api.Scheme && strings.EqualFold(u.Host, api.Host)
}

// download begins to fetch a file of at most so many bytes.
func (a *Adapter) download(ctx context.Context, f *storedFile, most int64) (io.ReadCloser, error) {
	u, err := url.Parse(f.Download)
	if err != nil || !a.mayHaveToken(u) {
		return nil, never("the file is not at Slack's own address")
	}
	ctx, cancel := context.WithCancel(ctx)
	late := time.AfterFunc(a.pace.request, cancel) // unless it has begun by then
	res, err := a.get(ctx, f.Download)
	late.Stop()
	if err != nil {
		cancel()
		return nil, err
	}
	b := &body{from: res.Body, left: most, cancel: cancel}
	if err := refusal(res, f, most); err != nil {
		_ = b.Close()
		return nil, err
	}
	return b, nil
}

// get makes the request. The failure holds neither address nor token.
func (a *Adapter) get(ctx context.Context, address string) (*http.Response, error) {
	t := &transfer{client: a.client}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, never("the address of the file is none")
	}
	req.Header.Set("Authorization", "Bearer "+a.config.BotToken)
	res, err := t.Do(req)
	if err != nil {
		return nil, a.again(a.problem("download", t, err))
	}
	return res, nil
}

// refusal says why an answer is not the file; nil: it is. Slack shows who may not
// have a file the page to sign in, as a redirect or as the page itself.
func refusal(res *http.Response, f *storedFile, most int64) error {
	kind := res.Header.Get("Content-Type")
	switch {
	case res.StatusCode >= 500 || res.StatusCode == http.StatusTooManyRequests:
		return &adapters.Failure{After: seconds(res.Header.Get("Retry-After")), Reason: "slack download: " + http.StatusText(res.StatusCode)}
	case res.StatusCode >= 300 && res.StatusCode < 400, strings.HasPrefix(kind, "text/html") && !strings.HasPrefix(f.Type, "text/html"):
		return never("Slack asks to sign in instead of giving the file: the app lacks the scope files:read, or may not see the file")
	case res.StatusCode != http.StatusOK:
		return never("slack download: " + http.StatusText(res.StatusCode))
	case res.ContentLength > most:
		return tooLong()
	}
	return nil
}

// body is the content of a file on its way. It ends with an error where there is
// more than there should be, so that no server fills the memory.
type body struct {
	from   io.ReadCloser
	left   int64
	cancel context.CancelFunc
}

// Read implements io.Reader.
func (b *body) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, tooLong()
	}
	n, err := b.from.Read(p[:min(int64(len(p)), b.left+1)])
	b.left -= int64(n)
	if b.left < 0 {
		return n - 1, tooLong()
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = later("slack download: the content broke off")
	}
	return n, err
}

// Close implements io.Closer; it also breaks off what is under way.
func (b *body) Close() error {
	b.cancel()
	return b.from.Close()
}

func tooLong() error { return never("the file from Slack is longer than it should be") }
