// Package console is a conversation in a terminal: for trying out, and for
// watching what an agent would see. Choices are numbered and can be typed as
// number or in words; what goes to the desk is shown in a frame.
package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// Console is one conversation in a terminal.
type Console struct {
	room  chat.Room
	in    io.Reader
	paint painter

	mu      sync.Mutex // guards what follows, and the order of output
	out     io.Writer
	options []chat.Option // under the newest post
	post    string        // its id
}

// New makes a console conversation. Colour is for terminals only.
func New(room chat.Room, in io.Reader, out io.Writer, colour bool) *Console {
	return &Console{room: room, in: in, out: out, paint: painter(colour)}
}

// Run opens the conversation as a platform's start button does, then reads what
// the merchant types and hands it over until the input ends or the context
// does. A message is handed over again until it is accepted.
func (c *Console) Run(ctx context.Context, handle adapters.Handler) error {
	n := 0
	c.hand(ctx, handle, c.message(n, "/start"))
	c.prompt()
	err := adapters.Lines(ctx, c.in, func(line []byte) error {
		if quits(string(line)) {
			return errQuit
		}
		n++
		c.hand(ctx, handle, c.message(n, string(line)))
		c.prompt()
		return nil
	})
	if errors.Is(err, errQuit) || errors.Is(err, context.Canceled) {
		return nil
	}
	c.printf("\n")
	return err
}

var errQuit = errors.New("the merchant quits")

func quits(line string) bool {
	switch strings.TrimSpace(line) {
	case "/quit", "/exit", "/q":
		return true
	}
	return false
}

// hand hands a message over until it is accepted, and says so if that takes
// long.
func (c *Console) hand(ctx context.Context, handle adapters.Handler, m chat.Message) {
	slow := time.AfterFunc(400*time.Millisecond, func() { c.printf("%s", c.paint.dim("…\n")) })
	defer slow.Stop()
	for told := false; ; told = true {
		err := handle(ctx, m)
		if err == nil {
			if told {
				c.printf("%s", c.paint.dim("又连上了 / connected again\n"))
			}
			return
		}
		if ctx.Err() != nil {
			return
		}
		if !told {
			c.printf("%s", c.paint.warn(fmt.Sprintf("暂时存不了您的消息，我会一直重试，不用重发。/ Your message can't be stored yet; I keep trying.\n(%v)\n", err)))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
		}
	}
}

// message turns a typed line into a message: a choice if it is the mark of an
// option under the newest post.
func (c *Console) message(n int, line string) chat.Message {
	m := chat.Message{ID: c.room.ID + "/" + strconv.FormatInt(time.Now().UnixNano(), 36) + "-" + strconv.Itoa(n), Room: c.room, Sender: "terminal", At: time.Now()}
	c.mu.Lock()
	defer c.mu.Unlock()
	typed := strings.ToLower(strings.Trim(line, " .)、"))
	for i, o := range c.options {
		if typed == mark(i, c.options) {
			m.Choice, m.Post = o.ID, c.post
			return m
		}
	}
	m.Text = line
	return m
}

// mark is what stands before the i-th option: its number, or a letter where the
// options themselves begin with numbers, such as response codes.
func mark(i int, options []chat.Option) string {
	for _, o := range options {
		if o.Label != "" && o.Label[0] >= '0' && o.Label[0] <= '9' {
			return string(rune('a' + i))
		}
	}
	return strconv.Itoa(i + 1)
}

// Deliver shows a post. It never fails.
func (c *Console) Deliver(_ context.Context, _ chat.Room, p chat.Post) (string, error) {
	if p.Change != "" || p.Mark != "" { // what is on the screen stays
		return "", nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if p.To == chat.ToDesk {
		_, _ = fmt.Fprintln(c.out, c.paint.frame(p.Text))
		return "", nil
	}
	_, _ = fmt.Fprintln(c.out, c.paint.bot(p))
	if p.Kind == chat.Handoff || p.Kind == chat.Closing {
		c.options = nil
	}
	if len(p.Options) > 0 {
		c.options, c.post = p.Options, p.ID
		_, _ = fmt.Fprintln(c.out, c.paint.options(p.Options))
	}
	return "", nil
}

func (c *Console) prompt() { c.printf("%s", c.paint.key("> ")) }

func (c *Console) printf(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, _ = fmt.Fprintf(c.out, format, args...)
}
