// Package lines speaks JSON lines with the runtime: one object in, exactly one
// object out, in order. It is the interface by which the program is measured
// and simulated; DESIGN.md, section 8, fixes its form.
package lines

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/store"
)

// input is one line in; exactly one field is set.
type input struct {
	Text   *string `json:"text"`
	Choose *string `json:"choose"`
	Wait   *string `json:"wait"`
}

// output is one line out.
type output struct {
	Turn     int                     `json:"turn"`
	Phase    dialog.Phase            `json:"phase"`
	Posts    []post                  `json:"posts"`
	Question string                  `json:"question"`
	Fix      string                  `json:"fix"`
	Belief   []diagnosis.Probability `json:"belief"`
	Facts    []dialog.Fact           `json:"facts"`
	Handoff  *handoff                `json:"handoff"`
	// Error says why the line was not understood; nothing has changed then.
	Error string `json:"error,omitempty"`
}

type post struct {
	To      chat.Recipient `json:"to"`
	Kind    chat.Kind      `json:"kind"`
	Text    string         `json:"text"`
	Options []chat.Option  `json:"options"`
}

type handoff struct {
	Reason dialog.Reason           `json:"reason"`
	Top    []diagnosis.Probability `json:"top"`
}

// Session is one conversation by JSON lines.
type Session struct {
	room    chat.Room
	now     func() time.Time
	view    func(dialog.State) dialog.View
	skipped time.Duration // by waiting
	mu      sync.Mutex
	posts   []chat.Post // guarded by mu
	state   dialog.State
	resumed bool
	turn    int
}

// NewSession makes a session in a room. Its clock is now plus all waits; view
// looks at a state for the output.
func NewSession(room chat.Room, now func() time.Time, view func(dialog.State) dialog.View) *Session {
	return &Session{room: room, now: now, view: view}
}

// Now is the session's clock, for the runtime.
func (s *Session) Now() time.Time { return s.now().Add(s.skipped) }

// Deliver takes the runtime's posts.
func (s *Session) Deliver(_ context.Context, _ chat.Room, p chat.Post) (string, error) {
	if p.Change != "" || p.Mark != "" { // lines are not changed once they are out
		return "", nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.posts = append(s.posts, p)
	return "", nil
}

// said gives the posts since the last line, in the order in which they were
// made.
func (s *Session) said() []post {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []post{}
	for _, p := range bot.InOrder(s.posts) {
		options := p.Options
		if options == nil {
			options = []chat.Option{}
		}
		out = append(out, post{p.To, p.Kind, p.Text, options})
	}
	s.posts = nil
	return out
}

// sender names the merchant of every session alike, so that the same input
// gives the same output.
const sender = "merchant"

// Run answers lines until the input ends.
func (s *Session) Run(ctx context.Context, b *bot.Bot, in io.Reader, out io.Writer) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return adapters.Lines(ctx, in, func(line []byte) error {
		s.turn++
		fault := ""
		if err := s.take(ctx, b, line); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			fault = err.Error()
		}
		if err := encoder.Encode(s.output(fault)); err != nil {
			return fmt.Errorf("write line %d: %w", s.turn, err)
		}
		return nil
	})
}

// take carries out one line.
func (s *Session) take(ctx context.Context, b *bot.Bot, line []byte) error {
	in, err := parse(line)
	if err != nil {
		return err
	}
	if err := s.resume(ctx, b); err != nil {
		return err
	}
	if in.Wait != nil {
		return s.wait(ctx, b, *in.Wait)
	}
	m := chat.Message{ID: strconv.Itoa(s.state.Turn) + "-" + strconv.Itoa(s.turn), Room: s.room, Sender: sender, At: s.Now()}
	if in.Choose != nil {
		m.Choice = *in.Choose
	} else {
		m.Text = *in.Text
	}
	return s.handle(ctx, b, m)
}

// resume loads the conversation at the first line.
func (s *Session) resume(ctx context.Context, b *bot.Bot) error {
	if s.resumed {
		return nil
	}
	err := s.insist(ctx, func() (dialog.State, error) { return b.State(ctx, s.room) })
	s.resumed = err == nil
	return err
}

// handle hands a message over.
func (s *Session) handle(ctx context.Context, b *bot.Bot, m chat.Message) error {
	return s.insist(ctx, func() (dialog.State, error) { return b.Handle(ctx, m) })
}

// insist does something again until the store is there, and keeps the state.
func (s *Session) insist(ctx context.Context, do func() (dialog.State, error)) error {
	for {
		state, err := do()
		if !errors.Is(err, store.ErrUnavailable) {
			if err == nil {
				s.state = state
			}
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// wait moves the clock on and does what comes due on the way.
func (s *Session) wait(ctx context.Context, b *bot.Bot, text string) error {
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return fmt.Errorf(`"wait" must be a duration such as "31m", not %q`, text)
	}
	end := s.Now().Add(d)
	for wake := s.state.Wake; !wake.IsZero() && !wake.After(end); wake = s.state.Wake {
		s.skipped += max(0, wake.Sub(s.Now()))
		if s.state, err = b.Attend(ctx, s.room); err != nil {
			return err
		}
	}
	s.skipped += max(0, end.Sub(s.Now()))
	return nil
}

// parse reads a line strictly.
func parse(line []byte) (input, error) {
	var in input
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		return in, fmt.Errorf(`a line is {"text":"…"}, {"choose":"OPTION-ID"} or {"wait":"31m"}: %w`, err)
	}
	set := 0
	for _, p := range []*string{in.Text, in.Choose, in.Wait} {
		if p != nil {
			set++
		}
	}
	if set != 1 || d.More() {
		return in, errors.New(`a line has exactly one of "text", "choose" and "wait"`)
	}
	return in, nil
}

func (s *Session) output(fault string) output {
	v := s.view(s.state)
	out := output{
		Turn: s.turn, Phase: v.Phase, Posts: s.said(), Question: v.Question, Fix: v.Fix,
		Belief: v.Belief, Facts: v.Facts, Error: fault,
	}
	if v.Handoff != nil {
		out.Handoff = &handoff{v.Handoff.Reason, v.Handoff.Top}
	}
	return out
}
