package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"strings"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// spoolMost is how much of a file is kept on disk while its length is counted.
const spoolMost = 50 << 20

// errSize says that a file is not as long as its platform says.
var errSize = errors.New("the file is not as long as its platform says")

// fetchFault is why a file's content could not be had, or not all of it.
type fetchFault struct {
	err     error
	halfway bool
}

// Error implements error; the cause's own text may hold a secret.
func (fetchFault) Error() string { return "the file could not be fetched" }

// stream uploads a file while it is being fetched: it is nowhere as a whole.
func (a *Adapter) stream(ctx context.Context, f chat.File) (id string, err error) {
	content, err := a.config.Files.Open(ctx, f)
	if err != nil {
		return "", fetchFault{err: err}
	}
	from := &source{in: content, left: f.Size}
	defer from.close()
	return a.upload(ctx, f, from, f.Size)
}

// broken says that a file's content did not come as it should have.
func broken(err error) bool {
	var fault fetchFault
	return errors.Is(err, errSize) || errors.As(err, &fault) && fault.halfway
}

// spool uploads a file whose length must be counted first.
func (a *Adapter) spool(ctx context.Context, f chat.File) (id string, err error) {
	content, err := a.config.Files.Open(ctx, f)
	if err != nil {
		return "", fetchFault{err: err}
	}
	from := &source{in: content, left: -1, most: spoolMost}
	defer from.close()
	defer context.AfterFunc(ctx, from.close)()
	kept, err := os.CreateTemp("", "s4bot-file-")
	if err != nil {
		return "", later("there is no room for a file on the disk")
	}
	defer func() { _ = kept.Close(); _ = os.Remove(kept.Name()) }()
	n, err := io.Copy(kept, from)
	switch {
	case errors.Is(err, errSize):
		return "", unfit(wordTooLarge.in(a.config.Lang))
	case err != nil:
		return "", err
	case n == 0:
		return "", unfit(wordEmptyFile.in(a.config.Lang))
	}
	if _, err := kept.Seek(0, io.SeekStart); err != nil {
		return "", later("a file can't be read from the disk")
	}
	return a.upload(ctx, f, &source{in: kept, left: n}, n)
}

// upload sends a content of a known length to Slack.
func (a *Adapter) upload(ctx context.Context, f chat.File, content *source, size int64) (id string, err error) {
	var at *slackgo.GetUploadURLExternalResponse
	err = a.ask(ctx, "files.getUploadURLExternal", func(ctx context.Context, c *slackgo.Client) (err error) {
		at, err = c.GetUploadURLExternalContext(ctx, slackgo.GetUploadURLExternalParameters{FileName: fileName(f), FileSize: int(size)})
		return err
	})
	if err != nil {
		return "", err
	}
	err = a.watch(ctx, "upload", a.pace.upload, func(ctx context.Context, t *transfer) error {
		return put(ctx, t, at.UploadURL, content, size)
	})
	if fault := content.trouble(); fault != nil {
		return "", fault
	}
	return at.FileID, err
}

// put posts a content to an address of Slack's, without a token.
func put(ctx context.Context, t *transfer, address string, content *source, size int64) error {
	// The client waits for the body, even if the context ends while the source is
	// silent.
	defer context.AfterFunc(ctx, content.close)()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, io.NopCloser(content))
	if err != nil {
		return errors.New("the address for an upload makes no sense")
	}
	req.ContentLength = size
	req.Header.Set("Content-Type", "application/octet-stream")
	res, err := t.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<16))
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the upload is answered with %s", http.StatusText(res.StatusCode))
	}
	return nil
}

var harmless = strings.NewReplacer(`\`, "/", "<", "‹", ">", "›")

// fileName is what an uploaded file is called: the last part of its name, else
// its kind and the ending that its type suggests. Nothing in it looks like a call.
func fileName(f chat.File) string {
	name := path.Base(harmless.Replace(line(f.Name)))
	if strings.Trim(name, "./ ") != "" {
		return shorten(name, 200)
	}
	_, sub, _ := strings.Cut(f.Type, "/")
	if sub, _, _ = strings.Cut(sub, ";"); len(sub) < 2 || len(sub) > 5 {
		return string(cmp.Or(f.Kind, chat.OtherFile))
	}
	return string(f.Kind) + "." + sub
}
