package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// errBusy says that too much waits already.
var errBusy = errors.New("too much waits to be handed over")

// decode reads an event. false: there is nothing in it for the bot, or it can't be
// read and was put into quarantine.
func (a *Adapter) decode(c *callback) (*notice, bool) {
	if len(c.Event) == 0 {
		a.quarantine(c.Type, c.EventID)
		return nil, false
	}
	var kind struct {
		Type string `json:"type"`
	}
	var e event
	err := json.Unmarshal(c.Event, &kind)
	if err == nil && kind.Type != "message" && kind.Type != "app_mention" {
		return nil, false
	}
	if err := errors.Join(err, json.Unmarshal(c.Event, &e)); err != nil {
		a.quarantine(c.Type, c.EventID)
		return nil, false
	}
	return a.notice(&e, c.EventID)
}

// lose tells the desk that the card of a case was deleted.
func (c Config) lose(ctx context.Context, room chat.Room) error {
	if c.Desk == nil {
		return nil
	}
	return c.Desk(ctx, room, chat.Act{ID: "gone " + room.ID, Kind: chat.Lose})
}

// take hands over what a person said: to the case, else, if it is for the bot, to
// the knowledge.
func (a *Adapter) take(ctx context.Context, run *errands, n *notice) error {
	me, err := a.identify(ctx)
	if err != nil {
		return fmt.Errorf("find out who the bot is: %w", err)
	}
	if n.gone {
		err := a.config.lose(ctx, n.room())
		if errors.Is(err, adapters.ErrNoCase) {
			return nil // it was no card
		}
		return err
	}
	who := a.person(ctx, n.said.User)
	if n.said.User == me.user || who.bot {
		return nil
	}
	if n.desk {
		err := a.hand(ctx, n.room(), a.act(ctx, n, who))
		if !errors.Is(err, adapters.ErrNoCase) {
			return err
		}
	}
	call := "<@" + me.user
	if n.change == "" && (n.private || n.mention || strings.Contains(n.said.Text, call+">") || strings.Contains(n.said.Text, call+"|")) {
		return a.asked(ctx, run, n)
	}
	return nil
}

var callForm = regexp.MustCompile(`<@([UW][A-Z0-9]+)(?:\|[^>]*)?>`)

// callsMost bounds how many people a text calls.
const callsMost = 5

// mentioned are the colleagues whom a text calls, programs apart.
func (a *Adapter) mentioned(ctx context.Context, text string) (out []chat.Agent) {
	for _, m := range callForm.FindAllStringSubmatch(text, callsMost) {
		if who := a.person(ctx, m[1]); !who.bot {
			out = append(out, chat.Agent{ID: m[1], Name: who.name})
		}
	}
	return out
}

// at is the time that a ts tells; zero: it tells none.
func at(ts string) time.Time {
	seconds, micros, _ := strings.Cut(ts, ".")
	s, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return time.Time{}
	}
	us, _ := strconv.ParseInt((micros + "000000")[:6], 10, 64)
	return time.Unix(s, us*1000).UTC()
}

// act is what a notice is to the case.
func (a *Adapter) act(ctx context.Context, n *notice, who person) chat.Act {
	act := chat.Act{
		ID: n.said.TS, Kind: chat.Say, Change: n.change,
		Agent: chat.Agent{ID: n.said.User, Name: who.name},
	}
	if e := n.said.Edited; e != nil && n.change == chat.Edit {
		act.At = at(e.TS)
	}
	if n.change == "" {
		act.At, act.Mentions = at(n.said.TS), a.mentioned(ctx, n.said.Text)
	}
	if n.change != chat.Delete {
		act.Text, act.Files = a.plain(ctx, n.said.Text), n.said.files()
	}
	return act
}

// hand hands an act over and remembers that the thread is in use. A card can be seen,
// and tapped, before the answer that it was posted has arrived here: then the way
// from its thread to the case is not known yet.
func (a *Adapter) hand(ctx context.Context, room chat.Room, act chat.Act) error {
	if a.config.Desk == nil {
		return adapters.ErrNoCase
	}
	for until := time.Now().Add(a.young(act)); ; {
		err := a.config.Desk(ctx, room, act)
		if err == nil {
			a.in.note(room, act.ID)
			return nil
		}
		if !errors.Is(err, adapters.ErrNoCase) || time.Now().After(until) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(a.taking.first):
		}
	}
}

// How long an act waits for its case to become known: a tap is always on a card, words
// may be in any thread, so they wait only while a card was posted lately.
const (
	youngFor  = 2 * time.Second
	postedFor = 20 * time.Second
)

// young is how long an act may wait for its case.
func (a *Adapter) young(act chat.Act) time.Duration {
	posted := time.UnixMilli(a.lastCard.Load())
	if act.Kind == chat.Say && time.Since(posted) > postedFor {
		return 0
	}
	return min(youngFor, a.taking.tap/2)
}
