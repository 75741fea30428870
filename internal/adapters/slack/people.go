package slack

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
)

// self is who the bot is.
type self struct{ user, name string }

// identify asks once who the bot is: its own posts are none of an agent's.
func (a *Adapter) identify(ctx context.Context) (*self, error) {
	a.in.mu.Lock()
	me := a.in.self
	a.in.mu.Unlock()
	if me != nil {
		return me, nil
	}
	var v struct {
		User string `json:"user_id"`
		Name string `json:"user"`
	}
	if err := a.query(ctx, "auth.test", nil, &v); err != nil {
		return nil, err
	}
	if v.User == "" {
		return nil, errors.New("slack auth.test: the answer names no user")
	}
	a.in.mu.Lock()
	defer a.in.mu.Unlock()
	a.in.self = &self{user: v.User, name: v.Name}
	return a.in.self, nil
}

// person is what we know of somebody.
type person struct {
	name string // what people call them; empty: unknown
	bot  bool   // it is a program
}

// unknown are the answers about somebody whom the bot can never know.
var unknown = []string{"user_not_found", "user_not_visible", "users_not_found"}

// person asks who somebody is, once. That is no reason to hold a message up: who
// can't be asked for in time has no name.
func (a *Adapter) person(ctx context.Context, id string) person {
	a.in.mu.Lock()
	p, known := a.in.people.Get(id)
	a.in.mu.Unlock()
	if known {
		return p
	}
	ctx, cancel := context.WithTimeout(ctx, a.taking.lookup)
	defer cancel()
	p, err := a.lookUp(ctx, id)
	if err != nil {
		a.log.Info("somebody in Slack has no name for now", "user", id, "err", err)
		if !slices.Contains(unknown, codeOf(err)) {
			return p // another time, maybe
		}
	}
	a.in.mu.Lock()
	defer a.in.mu.Unlock()
	a.in.people.Put(id, p)
	return p
}

func (a *Adapter) lookUp(ctx context.Context, id string) (person, error) {
	var v struct {
		User struct {
			Name    string `json:"name"`
			Real    string `json:"real_name"`
			Bot     bool   `json:"is_bot"`
			Profile struct {
				Display string `json:"display_name"`
				Real    string `json:"real_name"`
			} `json:"profile"`
		} `json:"user"`
	}
	err := a.query(ctx, "users.info", url.Values{"user": {id}}, &v)
	u := v.User
	return person{name: cmp.Or(u.Profile.Display, u.Profile.Real, u.Real, u.Name), bot: u.Bot}, err
}

// plain gives a text of Slack in plain words, with people's names in it.
func (a *Adapter) plain(ctx context.Context, text string) string {
	return strings.TrimSpace(plain(text, func(id string) string { return a.person(ctx, id).name }))
}

// agent is the person who did something.
func (a *Adapter) agent(ctx context.Context, id, fallback string) (who person) {
	who = a.person(ctx, id)
	who.name = cmp.Or(who.name, fallback)
	return who
}
