package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/telegram"
	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
	"github.com/s4bot/s4bot/internal/chat"
)

// desk is another platform that files come from.
type desk struct {
	mu     sync.Mutex // guards what follows
	files  map[string]func() (io.Reader, error)
	opened int
	open   int // not closed yet
}

func (d *desk) Open(_ context.Context, f chat.File) (io.ReadCloser, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.opened++
	if d.files[f.Ref] == nil {
		return nil, &adapters.Failure{Outcome: adapters.Failed, Reason: "no such file"}
	}
	r, err := d.files[f.Ref]()
	if err != nil {
		return nil, err
	}
	d.open++
	return &deskFile{r, d}, nil
}

type deskFile struct {
	io.Reader
	desk *desk
}

func (f *deskFile) Close() error {
	f.desk.mu.Lock()
	defer f.desk.mu.Unlock()
	f.desk.open--
	return nil
}

var errDesk = errors.New("get https://files.desk/secret-of-the-desk: broken")

// halfway gives so many bytes and then an error.
func halfway(n int, err error) io.Reader {
	return io.MultiReader(bytes.NewReader(make([]byte, n)), errReader{err})
}

type errReader struct{ err error }

func (e errReader) Read([]byte) (int, error) { return 0, e.err }

const png = "\x89PNG\r\n\x1a\n"

func newUploadRig(t *testing.T) (*rig, *desk) {
	r := newRig(t)
	content := func(s string) func() (io.Reader, error) {
		return func() (io.Reader, error) { return strings.NewReader(s), nil }
	}
	d := &desk{files: map[string]func() (io.Reader, error){
		"png": content(png + "…"), "text": content("no picture"), "ogg": content("OggS…"), "empty": content(""),
		"large photo": content(png + strings.Repeat("x", 10<<20)),
		"endless":     func() (io.Reader, error) { return halfway(51<<20, nil), nil },
		"later":       func() (io.Reader, error) { return nil, errDesk },
		"busy": func() (io.Reader, error) {
			return nil, &adapters.Failure{Outcome: adapters.Retry, After: 9 * time.Second, Reason: "busy"}
		},
		"half":    func() (io.Reader, error) { return halfway(1<<20, errDesk), nil },
		"at once": func() (io.Reader, error) { return halfway(0, errDesk), nil },
	}}
	r.server.Know(1)
	r.bot = r.adapter(telegram.Config{Token: telegramtest.Token, APIBase: r.server.URL, Files: d})
	t.Cleanup(func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.open != 0 {
			t.Errorf("%d files were not closed", d.open)
		}
	})
	return r, d
}

// fromDesk is a file of the other platform.
func fromDesk(kind chat.FileKind, ref string) chat.File {
	return chat.File{Kind: kind, Platform: "desk", Ref: ref, Name: ref}
}

func withFiles(text string, files ...chat.File) chat.Post {
	return chat.Post{ID: "p7", Kind: chat.Info, Text: text, Files: files}
}

// shown is what stands in the chat 1: "kind text" of each message.
func (r *rig) shown() string {
	var out []string
	for _, m := range r.server.Sent(1) {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %.12s", m.Kind, m.Text)))
	}
	return strings.Join(out, " | ")
}

func TestDeliverSendsFiles(t *testing.T) {
	const hostile = `<b>&"_*[x`
	long := strings.Repeat("长", 1025)
	photo, doc := fromDesk(chat.Photo, "png"), fromDesk(chat.Document, "text")
	place, contact := chat.File{Kind: chat.Place, Name: "31.2304,121.4737 Shop"}, chat.File{Kind: chat.Contact, Name: "Wang Fang, +86"}
	for name, c := range map[string]struct {
		post      chat.Post
		want, ref string
	}{
		"a photo":               {withFiles("", photo), "photo", "1c"},
		"with a text":           {withFiles(hostile, photo), "photo " + hostile, "1c"},
		"a text that just fits": {withFiles(long[3:], photo), "photo " + long[:36], "1c"},
		"a long text":           {withFiles(long, photo), "text " + long[:36] + " | photo", "1,2m"},
		"two files":             {withFiles("see", photo, doc), "text see | photo | document", "1,2m,3m"},
		"each kind": {
			withFiles("", fromDesk(chat.Video, "text"), fromDesk(chat.Voice, "ogg"), fromDesk(chat.Audio, "ogg"), doc, fromDesk(chat.OtherFile, "text"), fromDesk(chat.Sticker, "png")),
			"video | voice | audio | document | document | document", "1m,2m,3m,4m,5m,6m",
		},
		"a place":                     {withFiles("here", place), "text here | location 31.2304,121.", "1,2m"},
		"a place by its name":         {withFiles("", chat.File{Kind: chat.Place, Name: "the shop"}), "text the shop", "1m"},
		"not a place":                 {withFiles("", chat.File{Kind: chat.Place, Name: "99.1,200"}), "text 99.1,200", "1m"},
		"a contact":                   {withFiles("", contact), "text Wang Fang, +", "1m"},
		"the only one with a caption": {withFiles("see", place, photo), "location 31.2304,121. | photo see", "1m,2c"},
		"no picture":                  {withFiles("see", fromDesk(chat.Photo, "text")), "document see", "1c"},
		"a photo that is too large":   {withFiles("see", fromDesk(chat.Photo, "large photo")), "document see", "1c"},
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := newUploadRig(t)
			ref := r.deliver(c.post)
			if r.shown() != c.want || ref != c.ref {
				t.Errorf("got %q with %q, want %q with %q", r.shown(), ref, c.want, c.ref)
			}
		})
	}
}

func TestDeliverUploadsWhatTheFileIs(t *testing.T) {
	r, _ := newUploadRig(t)
	post := withFiles("one <b> 👩 two", chat.File{Kind: chat.Photo, Platform: "desk", Ref: "png", Name: "../a\n\"b\\c.png"})
	post.Strong = chat.Span{Start: strings.Index(post.Text, "two"), End: len(post.Text)}
	post.Options = question("", "yes").Options
	_, id := r.server.Say(1, "hello")
	post.ReplyTo = fmt.Sprint(id)
	r.deliver(post)
	m := r.server.Sent(1)[0]
	if string(m.File) != png+"…" || m.FileName != "c.png" || m.Text != post.Text || m.ReplyTo != id || len(m.Rows) != 1 {
		t.Errorf("got %+v", m)
	}
	if len(m.Entities) != 1 || m.Entities[0].Of(m.Text) != "two" {
		t.Errorf("bold: %+v", m.Entities)
	}
	r.deliver(withFiles("", chat.File{Kind: chat.Photo, Platform: "desk", Ref: "png", Type: "image/png"}))
	if m := r.server.Sent(1)[1]; m.FileName != "photo.png" {
		t.Errorf("a file without a name is called %q", m.FileName)
	}
}

func TestDeliverSendsTelegramsOwnFilesByTheirID(t *testing.T) {
	r, d := newUploadRig(t)
	r.server.SendPhoto(1, []byte(png+"0123456789abcdef"), "")
	r.server.SendSticker(1, "👍")
	r.poll(r.bot, r.inbox.handle)
	r.eventually("taken in", func() bool { return len(r.inbox.all("1")) == 2 })
	var files []chat.File
	for _, m := range r.inbox.all("1") {
		files = append(files, m.Files...)
	}
	files[0].TooLarge = true // to fetch, but not to send again
	r.deliver(withFiles("see", files...))
	if r.shown() != "photo see | sticker" || d.opened != 0 {
		t.Errorf("got %q, %d fetched", r.shown(), d.opened)
	}
	gone := withFiles("", chat.File{Kind: chat.Photo, Platform: "telegram", Ref: "nonsense"})
	var f *adapters.Failure
	if err := second(r.bot.Deliver(t.Context(), one, gone)); !errors.As(err, &f) || f.Outcome != adapters.Failed {
		t.Errorf("got %v", err)
	}
}

func TestFilesThatCannotBeSent(t *testing.T) {
	large, closed := fromDesk(chat.Video, "text"), fromDesk(chat.Video, "text")
	large.Size, closed.TooLarge = 50<<20+1, true
	for name, c := range map[string]struct {
		file    chat.File
		outcome adapters.Outcome
		after   time.Duration
		says    string
	}{
		"larger than Telegram takes":  {large, adapters.Failed, 0, "50 MB"},
		"too large for its platform":  {closed, adapters.Failed, 0, "too large"},
		"without a reference":         {chat.File{Kind: chat.Photo, Platform: "desk"}, adapters.Failed, 0, "nobody knows"},
		"gone":                        {fromDesk(chat.Photo, "gone"), adapters.Failed, 0, "no such file"},
		"not now":                     {fromDesk(chat.Photo, "later"), adapters.Retry, 0, "could not be fetched"},
		"its platform is busy":        {fromDesk(chat.Photo, "busy"), adapters.Retry, 9 * time.Second, "busy"},
		"broken off at once":          {fromDesk(chat.Photo, "at once"), adapters.Retry, 0, "could not be fetched"},
		"broken off in the middle":    {fromDesk(chat.Document, "half"), adapters.Retry, 0, "could not be fetched"},
		"larger than it was known to": {fromDesk(chat.Video, "endless"), adapters.Failed, 0, "50 MB"},
		"empty":                       {fromDesk(chat.Document, "empty"), adapters.Failed, 0, "non-empty"},
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := newUploadRig(t)
			f := failure(t, second(r.bot.Deliver(t.Context(), one, withFiles("see", c.file))))
			if f.Outcome != c.outcome || f.After != c.after || !strings.Contains(f.Reason, c.says) || strings.Contains(f.Reason, "secret") {
				t.Errorf("got %+v", f)
			}
			if r.shown() != "" {
				t.Errorf("sent: %q", r.shown())
			}
		})
	}
}

func TestAPostIsNotSentByHalves(t *testing.T) {
	r, _ := newUploadRig(t)
	for _, ref := range []string{"gone", "later"} {
		post := withFiles("see these", fromDesk(chat.Photo, "png"), fromDesk(chat.Photo, ref))
		failure(t, second(r.bot.Deliver(t.Context(), one, post)))
	}
	bare := r.adapter(telegram.Config{Token: telegramtest.Token, APIBase: r.server.URL})
	f := failure(t, second(bare.Deliver(t.Context(), one, withFiles("see", fromDesk(chat.Photo, "png")))))
	if f.Outcome != adapters.Failed || r.shown() != "" {
		t.Errorf("got %v; sent: %q", f, r.shown())
	}
}

func TestFilesGoOnWhereTheyStopped(t *testing.T) {
	r, d := newUploadRig(t)
	n := 0
	r.server.SetFault(func(string, telegramtest.Params) telegramtest.Fault {
		if n++; n == 3 {
			return telegramtest.Fault{Kind: telegramtest.TooMany, RetryAfter: time.Second}
		}
		return telegramtest.Fault{}
	})
	post := withFiles("see", fromDesk(chat.Photo, "png"), fromDesk(chat.Voice, "ogg"), fromDesk(chat.Document, "text"))
	post.Options = question("", "yes").Options
	if f := failure(t, second(r.bot.Deliver(t.Context(), one, post))); f.Outcome != adapters.Retry || f.After != time.Second {
		t.Fatalf("got %v", f)
	}
	if ref := r.deliver(post); ref != "1,2m,3m,4m" || r.shown() != "text see | photo | voice | document" {
		t.Errorf("got %q, %q", ref, r.shown())
	}
	if got := r.server.Sent(1); len(got[3].Rows) != 1 || len(got[0].Rows) != 0 {
		t.Errorf("the options are not under the last: %+v", got)
	}
	if d.opened != 5 {
		t.Errorf("%d files were opened", d.opened)
	}
}

func TestUploadsAreJudged(t *testing.T) {
	for name, c := range map[string]struct {
		fault   telegramtest.Fault
		outcome adapters.Outcome
		sent    int
	}{
		"429":            {telegramtest.Fault{Kind: telegramtest.TooMany, RetryAfter: time.Second}, adapters.Retry, 0},
		"500":            {telegramtest.Fault{Kind: telegramtest.ErrorBefore}, adapters.Retry, 0},
		"reset after":    {telegramtest.Fault{Kind: telegramtest.ResetAfter}, adapters.Uncertain, 1},
		"a proxy's 502":  {telegramtest.Fault{Kind: telegramtest.ProxyAfter}, adapters.Uncertain, 1},
		"time-out after": {telegramtest.Fault{Kind: telegramtest.HangAfter}, adapters.Uncertain, 1},
		"blocked":        {telegramtest.Fault{Kind: telegramtest.Forbidden}, adapters.Gone, 0},
		"no right to":    {telegramtest.Fault{Kind: telegramtest.Refused, Text: "not enough rights to send photos to the chat"}, adapters.Failed, 0},
		"chat not found": {telegramtest.Fault{Kind: telegramtest.Refused, Text: "chat not found"}, adapters.Gone, 0},
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := newUploadRig(t)
			r.server.SetFault(func(string, telegramtest.Params) telegramtest.Fault { return c.fault })
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			f := failure(t, second(r.bot.Deliver(ctx, one, withFiles("see", fromDesk(chat.Photo, "png")))))
			if f.Outcome != c.outcome || len(r.server.Sent(1)) != c.sent {
				t.Errorf("got %v with %q", f, r.shown())
			}
		})
	}
}

func TestAnUploadThatIsTooSlowWasNotSent(t *testing.T) {
	r, d := newUploadRig(t)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	stuck, w := io.Pipe()
	t.Cleanup(func() { _ = w.Close() })
	d.files["stuck"] = func() (io.Reader, error) { return io.MultiReader(strings.NewReader("OggS"), stuck), nil }
	f := failure(t, second(r.bot.Deliver(ctx, one, withFiles("", fromDesk(chat.Voice, "stuck")))))
	if f.Outcome != adapters.Retry || r.shown() != "" {
		t.Errorf("got %v, %q", f, r.shown())
	}
}

func TestAnUploadThatTelegramBreaksOffWasNotSent(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = io.CopyN(io.Discard, c, 64<<10)
			_ = c.Close() // with unread data: a reset
		}
	}()
	r, d := newUploadRig(t)
	d.files["long"] = func() (io.Reader, error) { return bytes.NewReader(make([]byte, 40<<20)), nil }
	bot := r.adapter(telegram.Config{Token: telegramtest.Token, APIBase: "http://" + l.Addr().String(), Files: d})
	f := failure(t, second(bot.Deliver(t.Context(), one, withFiles("", fromDesk(chat.Video, "long")))))
	if f.Outcome != adapters.Retry || f.Everywhere {
		t.Errorf("got %v", f)
	}
}

func TestWhatIsDislikedGoesAsADocument(t *testing.T) {
	for says, file := range map[string]chat.File{
		"PHOTO_INVALID_DIMENSIONS": fromDesk(chat.Photo, "png"), "IMAGE_PROCESS_FAILED": fromDesk(chat.Photo, "png"),
		"wrong file identifier/HTTP URL specified": fromDesk(chat.Photo, "png"), "VOICE_MESSAGES_FORBIDDEN": fromDesk(chat.Voice, "ogg"),
	} {
		r, d := newUploadRig(t)
		r.server.SetFault(func(method string, _ telegramtest.Params) telegramtest.Fault {
			if method == "sendPhoto" || method == "sendVoice" {
				return telegramtest.Fault{Kind: telegramtest.Refused, Text: says}
			}
			return telegramtest.Fault{}
		})
		post := withFiles("see", file)
		post.Options = question("", "yes").Options
		r.deliver(post)
		if m := r.server.Sent(1)[0]; m.Kind != "document" || m.Text != "see" || len(m.Rows) != 1 || d.opened != 2 {
			t.Errorf("%s: got %+v, opened %d times", says, m, d.opened)
		}
	}
}

func TestEditOfATextUnderAFile(t *testing.T) {
	photo, doc := fromDesk(chat.Photo, "png"), fromDesk(chat.Document, "text")
	long := strings.Repeat("长", 1500)
	for name, c := range map[string]struct {
		post      chat.Post
		after     string
		want, ref string
	}{
		"another":                  {withFiles("see", photo), "look", "photo look", "1c"},
		"the same":                 {withFiles("see", photo), "see", "photo see", "1c"},
		"one where none was":       {withFiles("", photo), "look", "photo look", "1c"},
		"none":                     {withFiles("see", photo), "", "photo", "1c"},
		"too long for it":          {withFiles("see", photo), long, "photo " + long[:36] + " | text " + long[:36], "1c,2"},
		"beside files":             {withFiles("see", photo, doc), "look", "text look | photo | document", "1,2m,3m"},
		"files that had none":      {withFiles("", photo, doc), "look", "photo | document | text look", "1m,2m,3"},
		"under one of several":     {withFiles("see", chat.File{Kind: chat.Contact, Name: "Wang"}, photo), "look", "text Wang | photo look", "1m,2c"},
		"hostile":                  {withFiles("see", photo), `<b>&"`, `photo <b>&"`, "1c"},
		"none, and the files stay": {withFiles("see", photo, doc), "", "text see | photo | document", "2m,3m"},
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := newUploadRig(t)
			ref := r.deliver(c.post)
			ref = r.deliver(change(chat.Edit, ref, c.after))
			if r.shown() != c.want || ref != c.ref {
				t.Errorf("got %q with %q, want %q with %q", r.shown(), ref, c.want, c.ref)
			}
		})
	}
}

func TestDeleteTakesTheFilesToo(t *testing.T) {
	r, _ := newUploadRig(t)
	ref := r.deliver(withFiles("see", fromDesk(chat.Photo, "png"), fromDesk(chat.Document, "text")))
	r.deliver(change(chat.Delete, ref, ""))
	if r.now() != "" {
		t.Errorf("there is still %q", r.now())
	}
}

func TestSettleUnderAFile(t *testing.T) {
	r, _ := newUploadRig(t)
	post := withFiles("see", fromDesk(chat.Photo, "png"))
	post.Options = question("", "yes", "no").Options
	settle := change(chat.Settle, r.deliver(post), "")
	settle.Options, settle.Of = post.Options[:1], post.ID
	r.deliver(settle)
	if m := r.server.Sent(1)[0]; len(m.Options()) != 1 || m.Options()[0].Label != "✓ yes" || m.Text != "see" {
		t.Errorf("got %+v", m)
	}
}
