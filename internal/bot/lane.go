package bot

import (
	"strconv"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/store"
)

// lane is a queue of posts to one side of a conversation. Only its head is ever
// being sent, by one process at a time: the holder of its lease.
//
// A long lane spills: posts beyond the first ones lie aside in the store, in
// chunks that are written once and removed once, so that a platform that is
// down for a day does not make every turn carry a day's posts.
type lane struct {
	Posts []outgoing `json:"posts,omitempty"` // the front
	// From and To count the chunks that lie aside: those from From to To-1.
	From int `json:"from,omitempty"`
	To   int `json:"to,omitempty"`
	// Tail is the end of the lane while there are chunks before it.
	Tail []outgoing `json:"tail,omitempty"`
	// Next is when the head may be tried (again); zero: at once.
	Next time.Time `json:"next,omitzero"`
	// Holder is the token of who delivers, until Until by the store's clock.
	Holder string    `json:"holder,omitempty"`
	Until  time.Time `json:"until,omitzero"`
}

// outgoing is a post on its way.
type outgoing struct {
	chat.Post
	Since time.Time `json:"since,omitzero"` // when it was committed
	Tries int       `json:"tries,omitempty"`
	room  chat.Room // where it goes; known while it is being sent
}

// The size of the front of a lane and of a chunk, in posts.
const (
	frontMost = 32
	chunkSize = 16
)

// lease is how long a holder has for one post, a post with files apart: leaseMore
// longer than its send.
const (
	leaseMore = 10 * time.Second
	lease     = sendMost + leaseMore
)

// sendMost is how long sending the post may take.
func (p outgoing) sendMost() time.Duration {
	if len(p.Files) > 0 {
		return uploadMost
	}
	return sendMost
}

// add puts a post at the end.
func (l *lane) add(p outgoing) {
	if l.From < l.To || len(l.Tail) > 0 || len(l.Posts) >= frontMost {
		l.Tail = append(l.Tail[:len(l.Tail):len(l.Tail)], p)
		return
	}
	l.Posts = append(l.Posts[:len(l.Posts):len(l.Posts)], p)
}

// waits says whether there is anything to deliver.
func (l *lane) waits() bool { return len(l.Posts) > 0 || l.From < l.To || len(l.Tail) > 0 }

// due is when the lane needs attention; zero: never. While somebody delivers
// that is when their lease runs out.
func (l *lane) due() time.Time {
	switch {
	case !l.waits():
		return time.Time{}
	case l.Holder != "":
		return l.Until
	}
	if l.Next.IsZero() {
		return atOnce
	}
	return l.Next
}

// atOnce is a time that has come.
var atOnce = time.Unix(1, 0)

// claim takes the lease for a token if there is something to deliver and nobody
// is at it. dead says of a holder whose lease still runs that it has ended. over
// says that the lease was not given up: what became of the head is then unknown.
func (l *lane) claim(token string, now time.Time, dead func(holder string) bool) (claimed, over bool) {
	if !l.waits() || l.Next.After(now) {
		return false, false
	}
	over = l.Holder != ""
	if over && l.Until.After(now) && !dead(l.Holder) {
		return false, false
	}
	l.Holder, l.Until = token, now.Add(lease)
	return true, over
}

// held says whether a token has the lease for at least d.
func (l *lane) held(token string, now time.Time, d time.Duration) bool {
	return l.Holder == token && l.Until.Sub(now) >= d
}

// release gives the lease up.
func (l *lane) release() { l.Holder, l.Until = "", time.Time{} }

// remove takes a post off the head, if it still is there.
func (l *lane) remove(id string) {
	if len(l.Posts) > 0 && l.Posts[0].ID == id {
		l.Posts = l.Posts[1:]
		l.Next = time.Time{}
	}
	l.close()
}

// close puts the tail in front if nothing lies between.
func (l *lane) close() {
	if len(l.Posts) == 0 && l.From == l.To {
		l.Posts, l.Tail, l.From, l.To = l.Tail, nil, 0, 0
	}
	if len(l.Posts) == 0 {
		l.Posts = nil
	}
}

// spill gives the chunks of the tail that must be written aside.
func (l *lane) spill(to codec, name string) ([]store.Aside, error) {
	var out []store.Aside
	for len(l.Tail) >= chunkSize {
		data, err := to.encode(l.Tail[:chunkSize])
		if err != nil {
			return nil, err
		}
		out = append(out, store.Aside{Name: chunkName(name, l.To), Data: data})
		l.Tail = l.Tail[chunkSize:]
		l.To++
	}
	return out, nil
}

// refill puts the first chunk in front, which is then removed from aside.
func (l *lane) refill(name string, n int, chunk []outgoing) []store.Aside {
	if len(l.Posts) > 0 || l.From != n || l.From == l.To {
		return nil
	}
	l.Posts = chunk
	l.From++
	l.close()
	return []store.Aside{{Name: chunkName(name, n)}}
}

func chunkName(lane string, n int) string { return lane + strconv.Itoa(n) }
