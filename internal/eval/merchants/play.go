package merchants

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
)

// Searcher finds the articles that a text matches, best first.
type Searcher interface {
	Search(ctx context.Context, text string) ([]kb.Hit, error)
}

// Outcome is how one merchant's case went.
type Outcome struct {
	Questions int     // follow-up questions asked; the one about the charge apart
	Fixes     int     // proposed
	Cost      float64 // of the case, in units of 15 seconds
	// Decided is what the bot believed when it first proposed a fix or handed
	// over: the causes, likeliest first.
	Decided []diagnosis.Probability
	Right   int  // place of the true cause in Decided, from 0; -1 for none
	Solved  bool // by a fix that worked, or by a person who got the right diagnosis
	Handoff dialog.Reason
	// Diagnosed says that the person got a diagnosis.
	Diagnosed bool
	// Lost says that the case ended wrongly: closed though nothing was mended.
	Lost      bool
	Unknown   bool
	TwoFaults bool
	Charged   bool
	// Broken names a promise that was not kept, "" if all were.
	Broken string
	// Cause is the true one; Path is what happened, in short.
	Cause string
	Path  []string
	// Thinking is how long each step took, search apart.
	Thinking []time.Duration
}

// turnsMost is more turns than any case may take.
const turnsMost = 80

// Play lets a merchant talk with a bot until the case ends.
func Play(ctx context.Context, m *Merchant, bot *dialog.Manager, p Policy, search Searcher) (Outcome, error) {
	g := &game{
		Merchant: m, ctx: ctx, bot: bot, policy: p, search: search, asked: map[string]int{},
		out: Outcome{Cause: m.Cause, Unknown: m.Cause == "", TwoFaults: m.TwoFaults, Charged: m.Charged},
	}
	g.answered = map[string]bool{}
	err := g.says(m.First())
	for err == nil && !g.ended() {
		if g.turn == turnsMost {
			g.breaks("it goes on for ever")
			break
		}
		err = g.reply()
	}
	g.judge()
	return g.out, err
}

// game is a case being played.
type game struct {
	*Merchant
	ctx    context.Context
	bot    *dialog.Manager
	policy Policy
	search Searcher

	state    dialog.State
	posts    []chat.Post // of the last step
	turn     int
	asked    map[string]int
	answered map[string]bool // questions whose answer the bot was given
	fix      string          // the one whose result was reported last
	result   Result
	cost     float64
	out      Outcome
}

var room = chat.Room{Platform: "simulated", ID: "merchant"}

func (g *game) says(text string) error {
	hits, err := g.search.Search(g.ctx, g.bot.Query(text))
	if err != nil {
		return err
	}
	g.notes(text)
	g.hear(chat.Message{Text: text}, hits)
	return nil
}

func (g *game) taps(option string) error {
	g.notes(option)
	g.hear(chat.Message{Choice: option}, nil)
	return nil
}

// hear takes a step of the bot and looks at what it did.
func (g *game) hear(msg chat.Message, hits []kb.Hit) {
	g.turn++
	msg.ID, msg.Room = strconv.Itoa(g.turn), room
	event := dialog.Event{At: time.Unix(int64(g.turn)*20, 0).UTC(), Heard: []dialog.Heard{{Message: msg, Hits: hits}}}
	began := time.Now()
	next, posts := g.bot.Step(g.state, event)
	g.out.Thinking = append(g.out.Thinking, time.Since(began))
	g.state, g.posts = next, posts
	g.watch()
}

// watch follows what the bot decides.
func (g *game) watch() {
	v := g.bot.View(g.state)
	for _, p := range g.posts {
		switch p.Kind {
		case chat.Question:
			if g.answered[v.Question] {
				g.breaks(v.Question + " is known and asked again")
			}
		case chat.Fix:
			g.out.Fixes++
			g.decide(v)
		}
	}
	if v.Handoff != nil {
		g.decide(v)
		g.out.Handoff, g.out.Diagnosed = v.Handoff.Reason, v.Handoff.Fix != ""
		g.notes("→ " + string(v.Handoff.Reason) + " " + v.Handoff.Fix)
	}
}

func (g *game) decide(v dialog.View) {
	if g.out.Decided == nil {
		g.out.Decided = v.Belief
		if g.policy.Sure {
			g.out.Decided = []diagnosis.Probability{{Cause: concluded(v.Facts), P: 1}}
		}
		g.out.Right = slices.IndexFunc(v.Belief, func(p diagnosis.Probability) bool { return p.Cause == g.Cause })
	}
}

func (g *game) ended() bool {
	return g.state.Phase == dialog.HandedOver || g.state.Phase == dialog.Closed
}

func (g *game) notes(what string) { g.out.Path = append(g.out.Path, what) }

func (g *game) breaks(promise string) {
	if g.out.Broken == "" {
		g.out.Broken = promise
	}
}

// reply answers the post that offers something.
func (g *game) reply() error {
	p := g.state.Pending
	q := g.base.Question(p.Question)
	switch p.Kind {
	case dialog.ForAnswer:
		return g.answer(q)
	case dialog.ForConfirm, dialog.ForWhich:
		o := g.Again(q)
		if !slices.Contains(p.Options, o.ID) {
			return g.taps(p.Options[0])
		}
		return g.taps(o.ID)
	case dialog.ForResult:
		return g.report(g.base.Fix(p.Fix))
	case dialog.ForPerson:
		return g.taps(p.Options[len(p.Options)-1]) // go on
	}
	if g.turn == 1 { // the words said too little to be taken for a problem
		return g.says(opener)
	}
	g.breaks("nothing is asked and the case is open")
	return g.says("转人工")
}

// dontKnow is the id of the option "not sure".
const dontKnow = "unsure"

func (g *game) answer(q *kb.Question) error {
	g.notes(q.ID + "?")
	n := g.asked[q.ID]
	g.asked[q.ID]++
	if n == 0 {
		g.cost += q.Effort
		if !q.Safety {
			g.out.Questions++
		}
	}
	o, ok := g.Answer(q, n)
	if !ok {
		return g.taps(dontKnow)
	}
	if q.Safety {
		return g.taps(o.ID)
	}
	g.answered[q.ID] = true
	if g.Types(q) {
		return g.says(o.Label.ZH)
	}
	return g.taps(o.ID)
}

func (g *game) report(f *kb.Fix) error {
	if f.RepeatsPayment && (g.Charged || g.asked[g.base.SafetyQuestion().ID] == 0) {
		g.breaks(f.ID + " repeats the payment, and nobody knows that nothing was debited")
	}
	g.notes(f.ID + "!")
	g.cost += f.Effort
	r := g.Reported(g.Try(f), f)
	if r == Different {
		clear(g.answered) // another error: what the screen shows may be asked again
	}
	g.fix, g.result = f.ID, r
	return g.taps([]string{Same: string(dialog.Same), Different: string(dialog.Different), Works: string(dialog.Works)}[r])
}

// judge tells how the case ended and what it cost.
func (g *game) judge() {
	h := g.state.Handoff
	switch {
	case g.state.Phase == dialog.Closed:
		g.out.Solved = len(g.faults) == 0
		g.out.Lost = !g.out.Solved
	case h != nil && h.Reason == dialog.NeedsAgent:
		f := g.base.Fix(h.Fix)
		g.cost += f.Effort
		g.out.Solved = len(g.faults) == 0 || g.Try(f) != Same
	}
	if !g.out.Solved {
		g.cost += g.bot.Model().Params().HandoffCost
	}
	g.out.Cost = g.cost
}
