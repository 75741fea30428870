//go:build chaos

package chaos

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// story is everything that is known of one conversation.
type story struct {
	room    string
	sent    []string // marks of the messages, in the order in which they were sent
	recent  []string // those that the state knows
	first   int      // what it counts posts from
	posts   int      // and up to
	arrived []arrival
	desk    map[string]bool // posts that were for the desk
	lost    map[string]bool // posts that nobody can be sure of
	waiting int             // posts that are still to be sent
	trouble []time.Time     // when something failed that leaves posts in doubt
}

// arrival is a message that the platform took from the bot.
type arrival struct {
	post, text string
	at         time.Time
}

// verdict is what is wrong with stories, and what they amount to.
type verdict struct {
	messages, posts               int
	lost, repeated, reordered     int // messages, in the state
	missing, disordered, forked   int // posts
	repeats, uncertain, unsettled int
	unexcused                     int // repeats without a failure before them
	notes                         []string
}

// faults is how much is wrong, whatever the trouble was.
func (v *verdict) faults() int {
	return v.lost + v.repeated + v.reordered + v.missing + v.disordered + v.forked + v.unexcused
}

func (v *verdict) note(count *int, room, format string, args ...any) {
	*count++
	v.notes = append(v.notes, room+": "+fmt.Sprintf(format, args...))
}

// judge reads one story.
func (v *verdict) judge(s story) {
	v.messages += len(s.sent)
	v.posts += s.posts - s.first
	v.unsettled += s.waiting
	v.judgeMessages(s)
	v.judgePosts(s, v.judgeArrivals(s))
}

// judgeMessages compares what was sent with what the state knows.
func (v *verdict) judgeMessages(s story) {
	times := map[string]int{}
	var order []int
	for _, mark := range s.recent {
		mark = untimed(mark)
		times[mark]++
		place := slices.Index(s.sent, mark)
		switch {
		case place < 0 || times[mark] > 1:
			v.note(&v.repeated, s.room, "the state knows %q %d times; it was sent %v", mark, times[mark], place >= 0)
		default:
			order = append(order, place)
		}
	}
	for _, mark := range s.sent {
		if times[mark] == 0 {
			v.note(&v.lost, s.room, "message %q is lost", mark)
		}
	}
	for i := 1; i < len(order); i++ {
		if order[i] < order[i-1] {
			v.note(&v.reordered, s.room, "message %q is after %q", s.sent[order[i]], s.sent[order[i-1]])
		}
	}
}

// judgeArrivals looks at what the platform took, and gives the posts among it.
func (v *verdict) judgeArrivals(s story) map[string]bool {
	texts, last := map[string]string{}, 0
	came, before := map[string]bool{}, map[string]time.Time{}
	for _, a := range s.arrived {
		n := number(a.post)
		switch text, again := texts[a.post]; {
		case n <= s.first || n > s.posts:
			v.note(&v.forked, s.room, "post %q arrived and the state counts %d", a.post, s.posts)
		case again && text != a.text, !again && s.desk[a.post]:
			v.note(&v.forked, s.room, "post %q arrived as two different ones", a.post)
		case again:
			v.repeats++
			if !s.excused(before[a.post], a.at) {
				v.note(&v.unexcused, s.room, "post %q arrived again though nothing had failed", a.post)
			}
		case n < last:
			v.note(&v.disordered, s.room, "post p%d arrived after p%d", n, last)
		}
		texts[a.post], came[a.post], before[a.post] = a.text, true, a.at
		last = max(last, n)
	}
	return came
}

// excused says whether something failed between two arrivals of a post, or just
// before the first: a fault of the platform is noted before it is played.
func (s story) excused(first, again time.Time) bool {
	return slices.ContainsFunc(s.trouble, func(t time.Time) bool {
		return t.After(first.Add(-time.Second)) && t.Before(again)
	})
}

// judgePosts looks for posts that are nowhere.
func (v *verdict) judgePosts(s story, came map[string]bool) {
	for n := s.first + 1; n <= s.posts; n++ {
		id := "p" + strconv.Itoa(n)
		switch {
		case s.lost[id]:
			v.uncertain++
		case !came[id] && !s.desk[id]:
			v.note(&v.missing, s.room, "post %q of %d arrived nowhere and is not recorded as lost", id, s.posts)
		}
	}
}

// number reads a post's id.
func number(post string) int {
	if post == "" || post[0] != 'p' {
		return 0
	}
	n, _ := strconv.Atoi(post[1:])
	return n
}

// untimed is the mark of an edit without its time, which the platform sets.
func untimed(mark string) string {
	parts := strings.SplitN(mark, "\x00", 3)
	return strings.Join(parts[:min(len(parts), 2)], "\x00")
}
