package telegram

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"path"
	"strings"
	"sync"
	"time"
	"unicode"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// uploadTimeout is how long an upload may take; the context may end it earlier.
const uploadTimeout = 2 * time.Minute

// parcel is a file on its way out. Its content, if it must be uploaded, is opened
// at most once for each time that it is sent.
type parcel struct {
	file    chat.File
	content io.ReadCloser // nil: not open
}

// open fetches the content from the file's platform. An error is a *Failure.
func (p *parcel) open(ctx context.Context, from adapters.Opener) error {
	if p.content != nil {
		return nil
	}
	content, err := from.Open(ctx, p.file)
	if err != nil {
		return unfetched(p.file, err)
	}
	p.content = content
	return nil
}

func (p *parcel) close() {
	if p.content != nil {
		_ = p.content.Close()
		p.content = nil
	}
}

// unfetched is the failure of a post whose file can't be had, now or ever. Only a
// *Failure has a reason that is known to hold no secret.
func unfetched(f chat.File, err error) error {
	out := &adapters.Failure{Outcome: adapters.Retry, Reason: "a file could not be fetched from " + f.Platform}
	var why *adapters.Failure
	if errors.As(err, &why) {
		out.After, out.Reason = why.After, out.Reason+": "+why.Reason
		if why.Outcome == adapters.Failed || why.Outcome == adapters.Gone {
			out.Outcome = adapters.Failed
		}
	}
	return out
}

// upload sends a message with a file as multipart/form-data, while the file is
// being fetched: it is nowhere as a whole. The error is a *problem or a *Failure.
func (a *Adapter) upload(ctx context.Context, c carrier, q params, p *parcel) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, uploadTimeout)
	defer cancel()
	if err := p.open(ctx, a.config.Files); err != nil {
		return nil, err
	}
	defer p.close()
	s := &source{in: p.content, room: uploadBytes}
	file := tgbotapi.RequestFile{Name: c.field, Data: tgbotapi.FileReader{Name: fileName(p.file), Reader: s}}
	raw, err := a.ask(ctx, uploadTimeout, c.method, func(bot *tgbotapi.BotAPI) (*tgbotapi.APIResponse, error) {
		return bot.UploadFiles(c.method, q, []tgbotapi.RequestFile{file})
	})
	return raw, s.judge(p.file, err)
}

// source is a file's content that is read once, up to what Telegram takes. It
// knows how far that came.
type source struct {
	in   io.Reader
	room int64 // how much may still come

	mu    sync.Mutex // guards what follows
	whole bool       // it was read to its end
	fault error      // why it could not be
}

// Read implements io.Reader.
func (s *source) Read(b []byte) (int, error) {
	n, err := s.in.Read(b)
	if s.room -= int64(n); s.room < 0 {
		n, err = 0, tooLarge()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if errors.Is(err, io.EOF) {
		s.whole = true
	} else if err != nil {
		s.fault = err
	}
	return n, err
}

// judge corrects the error of an upload by what happened to the file: unless it
// was read to its end, Telegram has not got all of the request.
func (s *source) judge(f chat.File, err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var p *problem
	switch {
	case !errors.As(err, &p) || p.answered:
		return err
	case s.fault != nil:
		return unfetched(f, s.fault)
	}
	p.partial = !s.whole
	return err
}

// fileName is what an uploaded file is called: the last part of its name, else
// its kind and the ending that its type suggests.
func fileName(f chat.File) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, f.Name)
	if name = path.Base(strings.ReplaceAll(name, `\`, "/")); strings.Trim(name, "./ ") != "" {
		return name
	}
	_, sub, _ := strings.Cut(f.Type, "/")
	if sub, _, _ = strings.Cut(sub, ";"); len(sub) < 2 || len(sub) > 5 {
		return string(cmp.Or(f.Kind, chat.OtherFile))
	}
	return string(f.Kind) + "." + sub
}
