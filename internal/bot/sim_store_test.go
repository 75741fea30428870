package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/store"
)

// simStore is a store that can go back in time.
type simStore struct {
	w       *world
	values  map[string]simValue
	history []simWrite
	epoch   int
	etags   int
	objects []any
	down    time.Time // until when it does not answer
}

type simValue struct {
	store.Value
	due   time.Time
	aside map[string][]byte
}

// simWrite is what a write replaced.
type simWrite struct {
	at     time.Time
	key    string
	before simValue
	by     *replica
}

func newSimStore(w *world) *simStore { return &simStore{w: w, values: map[string]simValue{}, epoch: 1} }

// goBack takes back what was written lately and begins an epoch. Nobody is left
// who does not notice.
func (s *simStore) goBack(d time.Duration) {
	since := s.w.now.Add(-d)
	for len(s.history) > 0 {
		last := s.history[len(s.history)-1]
		if last.at.Before(since) {
			break
		}
		s.values[last.key] = last.before
		s.history = s.history[:len(s.history)-1]
	}
	s.epoch++
}

// simView is the store as one replica sees it: its own clock is right, but its
// connection may break.
type simView struct {
	*simStore
	store.Feeds // nil: they are not simulated
	r           *replica
	accepted    int
	hear        func(string)
}

var errBroken = errors.Join(store.ErrUnavailable, errors.New("connection reset"))

// call is a round trip: the request travels, do happens at the store, and the
// answer travels, unless it is lost.
func (v *simView) call(do func()) error {
	if v.epoch != v.accepted {
		v.hear(strconv.Itoa(v.epoch))
		v.w.pass(v.w.some(time.Millisecond))
		return errBroken
	}
	v.w.pass(v.w.some(time.Millisecond))
	if v.w.now.Before(v.down) || v.epoch != v.accepted || v.w.chance(v.r.sim.faults.lostRequests) {
		v.w.pass(v.w.some(time.Millisecond))
		return errBroken
	}
	do()
	v.w.pass(v.w.some(time.Millisecond))
	if v.epoch != v.accepted || v.w.chance(v.r.sim.faults.lostReplies) {
		return errBroken
	}
	return nil
}

func (v *simView) Get(_ context.Context, key string) (got store.Value, err error) {
	err = v.call(func() { got = v.values[key].Value })
	if err != nil {
		got = store.Value{}
	}
	return got, err
}

func (v *simView) Swap(_ context.Context, c store.Change) (store.Value, bool, error) {
	return v.write(c, c.Etag, func() string {
		v.etags++
		return v.etag(c.Etag)
	})
}

func (v *simView) Restore(_ context.Context, c store.Change, over string, _ time.Time) (store.Value, bool, error) {
	return v.write(c, over, func() string { return c.Etag })
}

func (v *simView) write(c store.Change, over string, etag func() string) (now store.Value, ok bool, err error) {
	err = v.call(func() {
		old := v.values[c.Key]
		if old.Etag != over && v.r.sim.plant != noCompare {
			now = old.Value
			return
		}
		fresh := simValue{Value: store.Value{Etag: etag(), Data: c.Data}, due: c.Due, aside: map[string][]byte{}}
		for name, data := range old.aside {
			fresh.aside[name] = data
		}
		for _, a := range c.Aside {
			if a.Data == nil {
				delete(fresh.aside, a.Name)
			} else {
				fresh.aside[a.Name] = a.Data
			}
		}
		v.history = append(v.history, simWrite{v.w.now, c.Key, old, v.r})
		v.values[c.Key] = fresh
		now, ok = fresh.Value, true
	})
	if err != nil {
		return store.Value{}, false, err
	}
	return now, ok, nil
}

// simEtag is what an etag tells: the epoch and the number in the history of the
// conversation, and a number of its own.
type simEtag struct{ epoch, n, unique int }

func (e simEtag) String() string { return fmt.Sprintf("%d.%d.%d", e.epoch, e.n, e.unique) }

func readEtag(text string) (e simEtag) {
	parts := strings.Split(text, ".")
	if len(parts) == 3 {
		e = simEtag{must(strconv.Atoi(parts[0])), must(strconv.Atoi(parts[1])), must(strconv.Atoi(parts[2]))}
	}
	return e
}

func (v *simView) etag(base string) string {
	b := readEtag(base)
	return simEtag{max(v.accepted, b.epoch), b.n + 1, v.etags}.String()
}

func (v *simView) Precedes(one, another string) bool {
	a, b := readEtag(one), readEtag(another)
	return a.epoch <= b.epoch && a.n < b.n
}

func (v *simView) Aside(_ context.Context, key, name string) (data []byte, err error) {
	err = v.call(func() { data = v.values[key].aside[name] })
	return data, err
}

func (v *simView) Due(_ context.Context, at time.Time, _ int) (keys []string, err error) {
	err = v.call(func() {
		for key, value := range v.values {
			if !value.due.IsZero() && !value.due.After(at) {
				keys = append(keys, key)
			}
		}
		slices.Sort(keys)
	})
	return keys, err
}

func (v *simView) Now() time.Time                      { return v.w.now }
func (v *simView) OnEpoch(hear func(string))           { v.hear = hear }
func (v *simView) Accept(epoch string)                 { v.accepted, _ = strconv.Atoi(epoch) }
func (v *simView) Erase(context.Context, string) error { panic("not simulated") }
func (v *simView) Close() error                        { return nil }

func (v *simView) Each(context.Context, func(string, []byte) error) error { panic("not simulated") }
func (v *simView) Link(context.Context, string, string) error             { panic("not simulated") }
func (v *simView) Linked(context.Context, string) (string, error)         { panic("not simulated") }

func (v *simView) Lease(context.Context, string, string, time.Duration) (bool, error) {
	panic("not simulated")
}

func (v *simView) Health(context.Context) (store.Health, error) { panic("not simulated") }

// simCodec keeps values as they are and gives their number for bytes. What is
// encoded is never changed again, as the simulation would not survive it.
type simCodec struct{ s *simStore }

func (c simCodec) encode(v any) ([]byte, error) {
	if chunk, ok := v.([]outgoing); ok {
		v = slices.Clone(chunk)
	}
	c.s.objects = append(c.s.objects, v)
	return strconv.AppendInt(nil, int64(len(c.s.objects)-1), 10), nil
}

func (c simCodec) decode(data []byte) (conversation, error) {
	if len(data) == 0 {
		return conversation{}, nil
	}
	n, err := strconv.Atoi(string(data))
	if err != nil {
		return conversation{}, err
	}
	return c.s.objects[n].(conversation).clone(), nil
}

func (c simCodec) decodeInto(data []byte, v any) error {
	n, err := strconv.Atoi(string(data))
	if err != nil {
		return err
	}
	*v.(*[]outgoing) = slices.Clone(c.s.objects[n].([]outgoing))
	return nil
}
