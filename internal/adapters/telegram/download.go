package telegram

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
)

// download begins to fetch a file of at most so many bytes. The error is a
// failure.
func (a *Adapter) download(ctx context.Context, path string, most int64) (io.ReadCloser, error) {
	ctx, cancel := context.WithCancel(ctx)
	late := time.AfterFunc(requestTimeout, cancel) // unless it has begun by then
	res, err := a.fetch(ctx, path)
	late.Stop()
	if err != nil {
		cancel()
		return nil, err
	}
	b := &body{from: res.Body, left: most, cancel: cancel}
	if res.ContentLength > most {
		_ = b.Close()
		return nil, tooLong()
	}
	return b, nil
}

// fetch makes the request. The failure holds neither address nor token.
func (a *Adapter) fetch(ctx context.Context, path string) (*http.Response, error) {
	address := a.config.APIBase + "/file/bot" + a.config.Token + "/" + (&url.URL{Path: path}).EscapedPath()
	t := &transfer{ctx: ctx, client: a.client}
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, judgeFetch(a.problem("download", t, nil, err))
	}
	res, err := t.Do(req)
	if err != nil {
		return nil, judgeFetch(a.problem("download", t, nil, err))
	}
	if res.StatusCode != http.StatusOK {
		_ = res.Body.Close()
		return nil, a.judgeStatus(t)
	}
	return res, nil
}

// judgeStatus judges a download that another status than 200 ended: the file is
// not there, or it is not the time for it.
func (a *Adapter) judgeStatus(t *transfer) *adapters.Failure {
	f := judgeFetch(a.problem("download", t, nil, errors.New("no file")))
	if t.status < 500 && t.status != http.StatusTooManyRequests {
		f.Outcome, f.Everywhere, f.After = adapters.Failed, false, 0
	}
	return f
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
	return n, err
}

// Close implements io.Closer; it also breaks off what is under way.
func (b *body) Close() error {
	b.cancel()
	return b.from.Close()
}

func tooLong() error { return never("the file from Telegram is longer than it should be") }
