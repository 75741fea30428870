package slack_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/chat"
)

// shelf is another platform that files come from: the content of a file is its Ref,
// unless that says what goes wrong.
type shelf struct {
	mu     sync.Mutex // guards what follows
	opened int
	open   int // not closed yet
}

var errShelf = errors.New("get https://shelf/secret-of-the-shelf: broken")

func (s *shelf) Open(_ context.Context, f chat.File) (io.ReadCloser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opened++
	switch f.Ref {
	case "gone":
		return nil, &adapters.Failure{Outcome: adapters.Failed, Reason: "no such file"}
	case "down":
		return nil, errShelf
	case "once down":
		if s.opened == 1 {
			return nil, errShelf
		}
	case "once half":
		if s.opened == 1 {
			s.open++
			return &shelved{io.MultiReader(strings.NewReader("once"), failing{}), s}, nil
		}
	case "half":
		s.open++
		return &shelved{io.MultiReader(strings.NewReader("ha"), failing{}), s}, nil
	case "endless":
		s.open++
		return &shelved{bytes.NewReader(make([]byte, 51<<20)), s}, nil
	case "empty":
		s.open++
		return &shelved{strings.NewReader(""), s}, nil
	}
	s.open++
	return &shelved{strings.NewReader(f.Ref), s}, nil
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errShelf }

type shelved struct {
	io.Reader
	shelf *shelf
}

func (s *shelved) Close() error {
	s.shelf.mu.Lock()
	defer s.shelf.mu.Unlock()
	s.shelf.open--
	return nil
}

func file(ref string, size int64) chat.File {
	return chat.File{Kind: chat.Document, Platform: "telegram", Ref: ref, Name: "a.txt", Size: size}
}

func withFiles(text string, files ...chat.File) chat.Post {
	p := words(text)
	p.Files = files
	return p
}

// shown is what stands in a thread: texts, and files with their content.
func (r *outRig) shown(room chat.Room) string {
	var out []string
	for _, m := range r.thread(room) {
		line := m.Text
		for _, f := range m.Files {
			line += "[" + f.Name + ": " + string(f.Content) + "]"
		}
		out = append(out, line)
	}
	return strings.Join(out, " | ")
}

func TestMerchantsFilesArrive(t *testing.T) {
	const missing = "📎 File「a.txt」could not be fetched; ask the merchant to send it again."
	big := file("x", 2<<30)
	held := file("x", 1)
	held.TooLarge = true
	for name, c := range map[string]struct {
		post chat.Post
		want string
	}{
		"one":                 {withFiles("", file("content", 7)), "[a.txt: content]"},
		"with a text":         {withFiles("look <b>", file("content", 7)), "look &lt;b&gt; | [a.txt: content]"},
		"two":                 {withFiles("", file("one", 3), file("two", 3)), "[a.txt: one] | [a.txt: two]"},
		"of an unknown size":  {withFiles("", file("content", 0)), "[a.txt: content]"},
		"longer than said":    {withFiles("", file("content", 3)), "[a.txt: content]"},
		"shorter than said":   {withFiles("", file("content", 30)), "[a.txt: content]"},
		"that broke once":     {withFiles("", file("once half", 9)), "[a.txt: once half]"},
		"that was away once":  {withFiles("", file("once down", 9)), "[a.txt: once down]"},
		"that is gone":        {withFiles("see", file("gone", 3)), "see | " + missing},
		"that stays away":     {withFiles("see", file("down", 3)), "see | " + missing},
		"that always breaks":  {withFiles("see", file("half", 4)), "see | " + missing},
		"an empty one":        {withFiles("", file("empty", 0)), "📎 File「a.txt」is empty."},
		"endless":             {withFiles("", file("endless", 0)), "📎 File「a.txt」is too large to be shown here; ask the merchant for another way."},
		"too large for Slack": {withFiles("", big), "📎 File「a.txt」is too large to be shown here; ask the merchant for another way."},
		"held back":           {withFiles("", held), "📎 File「a.txt」is too large to be shown here; ask the merchant for another way."},
		"a place":             {withFiles("", chat.File{Kind: chat.Place, Name: "31.2304,121.4737 Shop <1>"}), "📍 <https://maps.google.com/?q=31.2304,121.4737|31.2304,121.4737> Shop &lt;1&gt;"},
		"not a place":         {withFiles("", chat.File{Kind: chat.Place, Name: "99.1,200 <x>"}), "📍 99.1,200 &lt;x&gt;"},
		"a contact":           {withFiles("", chat.File{Kind: chat.Contact, Name: "Wang <Fang>, +86"}), "👤 Wang &lt;Fang&gt;, +86"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newOutRig(t)
			room := r.open()
			r.deliver(room, c.post)
			if got := r.shown(room); got != c.want {
				t.Errorf("got %q, want %q\n%s", got, c.want, r.log)
			}
			if strings.Contains(r.log.String(), "secret-of-the-shelf") {
				t.Errorf("what another platform said is in the log:\n%s", r.log)
			}
			if r.files.open != 0 {
				t.Errorf("%d files are not closed", r.files.open)
			}
		})
	}
}

func TestFilesHaveHarmlessNames(t *testing.T) {
	for name, want := range map[string]string{
		"../a\n\"b\\<!channel>.png": "‹!channel›.png", "": "photo.png", "..": "photo.png", strings.Repeat("长", 300): strings.Repeat("长", 199) + "…",
	} {
		r := newOutRig(t)
		room := r.open()
		r.deliver(room, withFiles("", chat.File{Kind: chat.Photo, Platform: "telegram", Ref: "x", Size: 1, Name: name, Type: "image/png"}))
		if f := r.only(room).Files[0]; f.Name != want || f.Title != want {
			t.Errorf("%q is called %q, %q", name, f.Name, f.Title)
		}
	}
}

func TestWithoutFilesOfOthers(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	lone := withFiles("", chat.File{Kind: chat.Photo, Platform: "telegram"})
	r.deliver(room, lone)
	if got := r.shown(room); !strings.Contains(got, "photo") || !strings.Contains(got, "could not be fetched") {
		t.Errorf("got %q", got)
	}
}

func TestFileArrivesOnce(t *testing.T) {
	for method, kinds := range map[string][]slacktest.Kind{
		"files.completeUploadExternal": {slacktest.HangAfter, slacktest.HangBefore, slacktest.ResetAfter, slacktest.ResetBefore, slacktest.ErrorAfter, slacktest.ErrorBefore, slacktest.ProxyAfter, slacktest.RateLimited},
		"upload":                       {slacktest.HangBefore, slacktest.ResetAfter, slacktest.ErrorBefore},
		"files.getUploadURLExternal":   {slacktest.HangBefore, slacktest.ResetAfter, slacktest.ErrorAfter},
	} {
		for _, kind := range kinds {
			r := newOutRig(t)
			room := r.open()
			r.slack.Impatient()
			r.breaks(method, 1, slacktest.Fault{Kind: kind, RetryAfter: time.Second})
			ref := r.deliver(room, withFiles("see", file("content", 7)))
			if got := r.shown(room); got != "see | [a.txt: content]" {
				t.Errorf("%s %v: got %q\n%s", method, kind, got, r.log)
			}
			if all := r.thread(room); ref != room.ID+":"+all[0].TS+","+all[1].TS+"m" {
				t.Errorf("%s %v: the reference is %s", method, kind, ref)
			}
		}
	}
}

func TestARefusedFileGivesALine(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	r.breaks("files.getUploadURLExternal", 9, slacktest.Fault{Kind: slacktest.Refused, Code: "file_uploads_disabled"})
	r.deliver(room, withFiles("see", file("content", 7)))
	if got := r.shown(room); !strings.Contains(got, "see | 📎 File「a.txt」was not taken by Slack: ") {
		t.Errorf("got %q", got)
	}
}

func TestTheEndOfTheContextEndsAnUpload(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	r.breaks("upload", 1, slacktest.Fault{Kind: slacktest.HangBefore})
	began := time.Now()
	_, err := r.slack.Deliver(within(t, 100*time.Millisecond), room, withFiles("", file("content", 7)))
	if err == nil || time.Since(began) > 5*time.Second {
		t.Errorf("after %s: %v", time.Since(began), err)
	}
}
