package bot

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// DeskLane names the desk among Config.Limits.
const DeskLane = "desk"

// platform names what the posts to one side are counted under.
func platform(room chat.Room, to chat.Recipient) string {
	if to == chat.ToDesk {
		return DeskLane
	}
	return room.Platform
}

// pace keeps posts within what the platforms allow.
type pace struct {
	limits map[string]adapters.Limits

	mu         sync.Mutex
	everywhere map[string]*rate.Limiter
	rooms      map[string]*rate.Limiter
	paused     map[string]time.Time
}

func newPace(limits map[string]adapters.Limits) *pace {
	p := &pace{limits: limits, everywhere: map[string]*rate.Limiter{}, rooms: map[string]*rate.Limiter{}, paused: map[string]time.Time{}}
	for name, l := range limits {
		if l.Everywhere.Per > 0 {
			p.everywhere[name] = limiter(l.Everywhere)
		}
	}
	return p
}

func limiter(r adapters.Rate) *rate.Limiter {
	return rate.NewLimiter(rate.Every(r.Per), max(1, r.Burst))
}

// reserve says how long a post must wait. If that is not at all, it counts as
// sent.
func (p *pace) reserve(now time.Time, room chat.Room, to chat.Recipient) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	name := platform(room, to)
	if until := p.paused[name]; until.After(now) {
		return until.Sub(now)
	}
	var reserved []*rate.Reservation
	for _, l := range []*rate.Limiter{p.room(name, room, now), p.everywhere[name]} {
		if l == nil {
			continue
		}
		r := l.ReserveN(now, 1)
		if wait := r.DelayFrom(now); wait > 0 {
			r.CancelAt(now)
			for _, earlier := range reserved {
				earlier.CancelAt(now)
			}
			return wait
		}
		reserved = append(reserved, r)
	}
	return 0
}

// roomsMost bounds the limiters that are remembered.
const roomsMost = 10_000

// room gives the limiter of one room.
func (p *pace) room(name string, room chat.Room, now time.Time) *rate.Limiter {
	limit := p.limits[name].Room
	if limit.Per == 0 {
		return nil
	}
	key := name + " " + room.String()
	l := p.rooms[key]
	if l == nil {
		if len(p.rooms) >= roomsMost {
			p.forget(now)
		}
		l = limiter(limit)
		p.rooms[key] = l
	}
	return l
}

// forget drops the limiters of rooms that are calm: they are like new ones.
func (p *pace) forget(now time.Time) {
	for key, l := range p.rooms {
		if l.TokensAt(now) >= float64(l.Burst()) {
			delete(p.rooms, key)
		}
	}
}

// pause holds up all posts of a platform.
func (p *pace) pause(name string, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until.After(p.paused[name]) {
		p.paused[name] = until
	}
}
