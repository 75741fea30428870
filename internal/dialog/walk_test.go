package dialog_test

import (
	"cmp"
	"context"
	"flag"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/kb/index"
)

// The claim that this file checks: no post asks the customer to pay unless the
// merchant has said that nothing was debited, recently, and since the last time
// that somebody may have paid. A monitor that sees only what is said, by both
// sides, judges it; TestWalkKeepsMoneySafe feeds it every short way through the
// dialog, TestTalkKeepsMoneySafe random ways through the whole knowledge, and
// TestMonitorSeesPlantedFaults shows that it is not blind.

// meaning is what a text says of money, as the one who wrote the test reads it:
// the monitor trusts no reader.
type meaning struct {
	charge   string // "charged" or "not_charged"
	corrects bool   // takes back what was said before
	attempt  bool   // reports on what was proposed, so that somebody may have paid
	again    bool   // tells of another payment since
	report   bool   // an attempt if there was something to attempt: else it may mean other things
	yes      bool   // confirms what a post wants confirmed
	doubts   bool   // takes back that nothing was debited, or speaks of it unclearly
	cannot   bool   // what was proposed was not done
	restart  bool   // begins anew
	back     bool   // takes the last answer back
	idle     bool   // tells nothing that /back could take back
}

// meanings are the texts of merchants that matter to money. A text that is not
// here says nothing of it.
var meanings = map[string]meaning{
	"对":           {yes: true},
	"还没试":         {cannot: true},
	"提示变了":        {report: true},
	"没扣":          {charge: "not_charged"},
	"not charged": {charge: "not_charged"},
	"刷卡失败，没扣款":    {charge: "not_charged"},
	"刷卡失败，没扣款，网络是好的":        {charge: "not_charged"},
	"不对，我是说没扣":              {charge: "not_charged", corrects: true},
	"钱已经扣了":                 {charge: "charged"},
	"he was charged":        {charge: "charged"},
	"好了，但是客人说钱已经扣了":         {charge: "charged", attempt: true},
	"钱已经扣了，转人工":             {charge: "charged"},
	"网断了，钱已经扣了":             {charge: "charged"},
	"重启过了还是不行，钱已经扣了":        {charge: "charged", attempt: true},
	"还是不行，没扣":               {charge: "not_charged", attempt: true},
	"应该没扣吧":                 {doubts: true},
	"不知道扣没扣":                {doubts: true},
	"不知道钱扣没扣":               {doubts: true},
	"还是不行":                  {attempt: true},
	"still not working":     {attempt: true},
	"好了":                    {report: true},
	"it works":              {report: true},
	"重启过了":                  {attempt: true},
	"又刷了一次":                 {again: true},
	"做不了":                   {cannot: true},
	"/restart":              {restart: true},
	"重新开始":                  {restart: true},
	"/back":                 {back: true},
	"返回":                    {back: true},
	"为什么":                   {idle: true},
	"为什么问这个":                {idle: true},
	"/why":                  {idle: true},
	"/help":                 {idle: true},
	"谢谢":                    {idle: true},
	"你好":                    {idle: true},
	"/language":             {idle: true},
	"English please":        {idle: true},
	"说中文":                   {idle: true},
	"客人等着呢":                 {idle: true},
	"a customer is waiting": {idle: true},
}

// pays recognises, by their words, posts that ask to pay again.
type pays struct {
	steps []string // of the fixes that repeat the payment, and how a fix is headed
	round []string // the way round
}

// wayRounds are the words that offer a waiting customer another way to pay.
var wayRounds = []string{"换一张卡，或者扫码付", "take another card, or let them scan to pay"}

// newPays collects the words from the knowledge. A step counts unless a fix that
// repeats no payment has the same.
func newPays(base *kb.Base) pays {
	harmless := map[string]bool{}
	for _, f := range base.Fixes {
		if !f.RepeatsPayment {
			for _, step := range slices.Concat(f.Steps.ZH, f.Steps.EN) {
				harmless[step] = true
			}
		}
	}
	p := pays{round: wayRounds}
	for _, f := range base.Fixes {
		if !f.RepeatsPayment {
			continue
		}
		p.steps = append(p.steps, "这样做："+f.Title.ZH, "Please do this: "+f.Title.EN)
		for _, step := range slices.Concat(f.Steps.ZH, f.Steps.EN) {
			if !harmless[step] {
				p.steps = append(p.steps, step)
			}
		}
	}
	return p
}

// The ways in which a post asks to pay.
const (
	byFix   = "fix"
	byRound = "round"
)

// asks says how a text asks to pay; "" if it does not.
func (p pays) asks(text string) string {
	contains := func(s string) bool { return strings.Contains(text, s) }
	switch {
	case slices.ContainsFunc(p.steps, contains):
		return byFix
	case slices.ContainsFunc(p.round, contains):
		return byRound
	}
	return ""
}

// monitor follows a conversation from outside and judges every post that asks to
// pay. It is a plain value: a copy is a conversation that goes on by itself.
type monitor struct {
	status string    // of the charge: "", "charged" or "not_charged"
	at     time.Time // of the statement behind the status
	by     string    // the message that made it
	// spent says how a post has asked to pay since the statement: the customer
	// may have paid by it.
	spent string
	pays  bool   // the newest fix asks to pay
	since int    // posts up to this one are older than the last possible payment
	idle  bool   // no case is open
	now   int    // counts the events
	said  int    // the event of the statement
	asked asked  // the newest post with options
	told  []told // what /back may take back, newest last
}

// asked is a post with options.
type asked struct {
	id      string
	kind    chat.Kind
	options []string
}

// told is one event that told something, with the status before it.
type told struct {
	status, by string
	at         time.Time
	since      int
}

func newMonitor() monitor { return monitor{idle: true} }

// toldMost bounds how far the monitor follows /back.
const toldMost = 4

// tell remembers the status before an event that told something.
func (m *monitor) tell() {
	kept := m.told[max(0, len(m.told)-toldMost+1):]
	m.told = append(slices.Clone(kept), told{m.status, m.by, m.at, m.since})
}

// set takes a statement.
func (m *monitor) set(status, by string, at time.Time) {
	m.status, m.by, m.at, m.said = status, by, at, m.now
}

// attempt: somebody may have paid. That the customer was charged stays; so does
// what was said in the same burst, unless the attempt came after it.
func (m *monitor) attempt(again bool) {
	if m.status == "not_charged" && (m.said < m.now || again) {
		m.set("", "", time.Time{})
	}
	if m.spent != "" || again {
		m.since = m.newest()
	}
	m.spent = ""
}

// newest is the number of the newest post with options.
func (m *monitor) newest() int { return number(m.asked.id) }

// number gives the place of a post among all.
func number(post string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(post, "p"))
	return n
}

// hears takes in one message of the merchant's.
func (m *monitor) hears(msg chat.Message, at time.Time) {
	if msg.Choice != "" {
		m.tapped(msg, at)
		return
	}
	means := meanings[strings.TrimSpace(msg.Text)]
	switch {
	case means.restart:
		*m = monitor{idle: true, since: m.newest(), asked: m.asked, now: m.now}
		return
	case means.back:
		m.back()
		return
	case !means.idle || msg.Edited:
		m.tell()
	}
	if msg.Edited && msg.ID == m.by {
		m.set("", "", time.Time{}) // withdrawn
	}
	m.understands(means, msg.ID, at)
}

func (m *monitor) understands(means meaning, id string, at time.Time) {
	if means.attempt || means.again || means.report && m.spent != "" {
		m.attempt(means.again)
	}
	if means.cannot {
		m.notDone()
	}
	if means.yes && m.asked.kind == chat.Confirm && m.status != "charged" {
		switch option := m.asked.options[0]; option {
		case "charged", "not_charged":
			m.set(option, id, at)
			m.spent = ""
		}
	}
	if means.doubts && m.status == "not_charged" {
		m.set("", "", time.Time{})
	}
	switch {
	case means.charge == "charged":
		m.set("charged", id, at)
	case means.charge == "not_charged" && (m.status != "charged" || means.corrects):
		m.set("not_charged", id, at)
		if m.spent == byRound || !m.paying() {
			m.spent = "" // else the customer may pay still
		}
	}
}

// notDone: the merchant says that the proposed fix was not done.
func (m *monitor) notDone() {
	if m.spent == byFix && m.paying() {
		m.spent = ""
	}
}

// paying says whether the merchant may just be doing a fix with a payment in it.
func (m *monitor) paying() bool { return m.asked.kind == chat.Verify && m.pays }

// tapped takes in a tapped option. Options of older posts count if they tell of a
// charge, or if nobody can have paid since.
func (m *monitor) tapped(msg chat.Message, at time.Time) {
	post := cmp.Or(msg.Post, m.asked.id)
	current := post == m.asked.id && slices.Contains(m.asked.options, msg.Choice)
	switch msg.Choice {
	case "charged":
		if !m.idle {
			m.tell()
			m.set("charged", "", at)
		}
	case "not_charged":
		present := m.asked.kind == chat.Safety // it is being asked
		if m.status != "charged" && (present || number(post) > m.since) {
			m.tell()
			m.set("not_charged", "", at)
			m.spent = ""
		}
	case "works", "same", "different":
		if current {
			m.tell()
		}
		if current && m.spent != "" { // a report on a fix that repeats no payment is no payment
			m.attempt(false)
		}
	case "another_way":
		if current {
			m.tell()
			m.notDone()
		}
	case "unsure", "not_tried", "human", "continue":
	default:
		if current {
			m.tell()
		}
	}
}

// back takes back the newest event that told something. That somebody may have
// paid since cannot be taken back.
func (m *monitor) back() {
	if len(m.told) == 0 || m.status == "charged" {
		return
	}
	last := m.told[len(m.told)-1]
	m.told = m.told[:len(m.told)-1]
	if last.since == m.since && m.spent == "" {
		m.set(last.status, last.by, last.at)
	} else {
		m.set("", "", time.Time{})
	}
}

// sees takes in a post, and gives what is wrong with it.
func (m *monitor) sees(p chat.Post, words pays, at time.Time, expires time.Duration) (fault string) {
	if p.To != chat.ToMerchant {
		return ""
	}
	if how := words.asks(p.Text); how != "" {
		fault = m.judge(at, expires)
		m.spent, m.since = how, number(p.ID)
	}
	if p.Kind == chat.Fix {
		m.pays = words.asks(p.Text) == byFix
	}
	if len(p.Options) > 0 {
		m.asked = asked{p.ID, p.Kind, nil}
		for _, o := range p.Options {
			m.asked.options = append(m.asked.options, o.ID)
		}
	}
	switch p.Kind {
	case chat.Closing:
		*m = monitor{idle: true, since: number(p.ID), asked: m.asked, now: m.now}
	case chat.Info:
	default:
		m.idle = false
	}
	return fault
}

// judge says what is wrong with asking to pay now.
func (m *monitor) judge(at time.Time, expires time.Duration) string {
	switch {
	case m.status == "charged":
		return "asks to pay after the customer was charged"
	case m.status == "":
		return "asks to pay while the charge is unknown"
	case m.spent != "":
		return "asks to pay again before it is known what became of the last time"
	case at.Sub(m.at) > expires:
		return "asks to pay on an old statement"
	}
	return ""
}

// line is a conversation under the monitor. It is a value, too.
type line struct {
	state dialog.State
	mon   monitor
	now   time.Time
	n     int    // messages so far
	last  string // the id of the newest text
	// safety and verify are the oldest posts of these kinds.
	safety, verify string
}

func newLine() line {
	return line{mon: newMonitor(), now: time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC)}
}

// move is one event: messages, or a wait.
type move struct {
	says []chat.Message
	wait time.Duration
	act  int // what the policy chooses, if it is asked
}

// String shows a move in a trace.
func (m move) String() string {
	if len(m.says) == 0 {
		return "wait " + m.wait.String()
	}
	var parts []string
	for _, msg := range m.says {
		switch {
		case msg.Choice != "" && msg.Post != "":
			parts = append(parts, "tap "+msg.Choice+" under "+msg.Post)
		case msg.Choice != "":
			parts = append(parts, "tap "+msg.Choice)
		case msg.Edited:
			parts = append(parts, "edit "+msg.ID+": "+msg.Text)
		default:
			parts = append(parts, msg.Text)
		}
	}
	return strings.Join(parts, " + ") + " [" + strconv.Itoa(m.act) + "]"
}

// guard is what a walk needs of a world: the manager, the words that ask to pay,
// and what searches find.
type guard struct {
	base    *kb.Base
	manager *dialog.Manager
	words   pays
	hits    *hitsOf
}

// hitsOf remembers what searches found.
type hitsOf struct {
	sync.Map
	index *index.Index
}

func (h *hitsOf) of(m *dialog.Manager, text string) []kb.Hit {
	if found, ok := h.Load(text); ok {
		return found.([]kb.Hit)
	}
	found, err := h.index.Search(context.Background(), m.Query(text))
	if err != nil {
		panic(err)
	}
	h.Store(text, found)
	return found
}

// goes takes one move from a conversation; fault says what is wrong with what
// the bot says to it.
func (g guard) goes(from line, mv move) (to line, posts []chat.Post, fault string) {
	to = from
	to.now = from.now.Add(mv.wait)
	to.mon.now++
	e := dialog.Event{At: to.now}
	for _, msg := range mv.says {
		msg.Room = room
		if !msg.Edited {
			to.n++
			msg.ID = "m" + strconv.Itoa(to.n)
		}
		if msg.Choice == "" {
			to.last = msg.ID
		}
		to.mon.hears(msg, to.now)
		e.Heard = append(e.Heard, dialog.Heard{Message: msg, Hits: g.hits.of(g.manager, msg.Text)})
	}
	to.state, posts = g.manager.Step(from.state, e)
	for _, p := range posts {
		fault = cmp.Or(fault, to.mon.sees(p, g.words, to.now, g.base.SafetyQuestion().Expires))
		switch {
		case p.Kind == chat.Safety && len(p.Options) > 0:
			to.safety = cmp.Or(to.safety, p.ID)
		case p.Kind == chat.Verify:
			to.verify = cmp.Or(to.verify, p.ID)
		}
	}
	return to, posts, fault
}

// A choice of the free policy.
const (
	askIt       = iota // an ordinary question
	payAgain           // a fix that repeats the payment
	repairFirst        // a fix that does not
	sendAgent          // a fix that an agent does
	handOver
	choices
)

// chooser is a policy that does what it is told, whatever the belief.
type chooser struct {
	choice int
	nth    int  // which of the acts of that kind comes first
	asked  bool // it was asked at all
	base   *kb.Base
}

func (c *chooser) act(_ *diagnosis.Model, _ []diagnosis.Evidence, s diagnosis.Situation) diagnosis.Act {
	c.asked = true
	switch c.choice {
	case askIt:
		return diagnosis.Act{Question: c.question(s)}
	case payAgain:
		return diagnosis.Act{Fix: c.fix(s, func(f *kb.Fix) bool { return f.RepeatsPayment })}
	case repairFirst:
		return diagnosis.Act{Fix: c.fix(s, func(f *kb.Fix) bool { return !f.RepeatsPayment && !f.Agent })}
	case sendAgent:
		return diagnosis.Act{Fix: c.fix(s, func(f *kb.Fix) bool { return f.Agent })}
	}
	return diagnosis.Act{}
}

// question gives an unanswered question, nil if there is none.
func (c *chooser) question(s diagnosis.Situation) *kb.Question {
	var open []*kb.Question
	for _, q := range c.base.Questions {
		if !q.Safety && q.Auto == "" && q.ID != "screen_message" && !s.Known[q.ID] { // which the bot asks by itself
			open = append(open, q)
		}
	}
	if len(open) == 0 {
		return nil
	}
	return open[c.nth%len(open)]
}

// fix gives a fix of a kind: an untried one, or else one again.
func (c *chooser) fix(s diagnosis.Situation, ok func(*kb.Fix) bool) *kb.Fix {
	var fresh, all []*kb.Fix
	for _, f := range c.base.Fixes {
		if !ok(f) {
			continue
		}
		all = append(all, f)
		if !s.Tried[f.ID] {
			fresh = append(fresh, f)
		}
	}
	if len(fresh) > 0 {
		return fresh[c.nth%len(fresh)]
	}
	return all[c.nth%len(all)]
}

// walkTexts are the texts of the walk.
var walkTexts = []string{
	"刷卡失败", "刷卡失败，没扣款", "没扣", "not charged", "应该没扣吧", "钱已经扣了", "不知道扣没扣", "不知道", "还是不行", "好了", "重启过了", "又刷了一次",
	"客人等着呢", "转人工", "垃圾", "/back", "/restart", "不对，我是说没扣", "提示变了", "还没试", "做不了", "为什么", "谢谢", "算了",
	"内存满了", "空间够的", "换个卡能刷吗", "still not working", "对",
}

// walkBursts are the bursts of the walk.
var walkBursts = [][2]string{{"还是不行", "没扣"}, {"没扣", "还是不行"}, {"没扣", "又刷了一次"}, {"没扣", "客人等着呢"}}

// manyOptions is how many options of one question the walk taps: of more, the
// first and the last ones, for they do the same.
const manyOptions = 4

// moves gives every move from a conversation.
func (l line) moves() []move {
	var out []move
	say := func(msgs ...chat.Message) { out = append(out, move{says: msgs}) }
	for i, o := range l.mon.asked.options {
		if i == 0 || i >= len(l.mon.asked.options)-manyOptions+1 {
			say(chat.Message{Choice: o})
		}
	}
	say(chat.Message{Choice: "charged", Post: cmp.Or(l.safety, "p0")})
	say(chat.Message{Choice: "not_charged", Post: cmp.Or(l.safety, "p0")})
	say(chat.Message{Choice: "works", Post: cmp.Or(l.verify, "p0")})
	for _, text := range walkTexts {
		say(chat.Message{Text: text})
	}
	for _, b := range walkBursts {
		say(chat.Message{Text: b[0]}, chat.Message{Text: b[1]})
	}
	if id := cmp.Or(l.mon.by, l.last); id != "" {
		for _, text := range []string{"没扣", "内存满了", "钱已经扣了"} {
			say(chat.Message{ID: id, Edited: true, Text: text})
		}
	}
	return append(out, move{wait: 20 * time.Minute}, move{wait: 3 * time.Hour})
}

// place is what the walk tells conversations apart by. Two that have the same
// place are taken to go on alike.
type place struct {
	phase                     dialog.Phase
	kind                      dialog.PendingKind
	asked                     string // "safety", "other", or a kind of fix
	option                    string // the option of the safety question to confirm
	helped, waiting, wayRound bool
	unsure                    bool // the safety question was given up
	charge                    string
	age                       int // of the answer on the charge
	angry                     bool
	undo                      undo
	mon                       monitorPlace
}

// undo is where /back would lead.
type undo struct {
	wayRound bool
	kind     dialog.PendingKind
	asked    string
	charge   string // what it would be known to be
}

// monitorPlace is what the monitor knows.
type monitorPlace struct {
	status, spent string
	kind          chat.Kind
	idle, fresh   bool // fresh: an option of the oldest safety question would count
	told          string
	stale         bool
}

// placeOf gives the place of a conversation.
func (g guard) placeOf(l line) place {
	s, safety := l.state, g.base.SafetyQuestion().ID
	p := place{
		phase: s.Phase, kind: s.Pending.Kind, asked: g.class(s.Pending), helped: s.Pending.Helped,
		waiting: s.Waiting, wayRound: s.WayRound, angry: s.Angry > 0, mon: l.monitorPlace(),
	}
	if s.Phase == dialog.HandedOver {
		return place{phase: s.Phase, mon: p.mon}
	}
	if s.Pending.Question == safety {
		p.option = s.Pending.Option
	}
	for _, e := range s.Log {
		if e.Void != 0 || e.Question != safety {
			continue
		}
		switch e.What {
		case dialog.Unsure:
			p.unsure = true
		case dialog.Answer:
			p.charge, p.age = e.Option, ageOf(l.now.Sub(e.At))
		}
	}
	p.undo = g.undoOf(s)
	return p
}

// ageOf tells ages apart by whether an answer still holds.
func ageOf(d time.Duration) int {
	if d > 2*time.Hour {
		return 2
	}
	return 0
}

// class says what is pending: the safety question, another one, or a kind of fix.
func (g guard) class(p dialog.Pending) string {
	f := g.base.Fix(p.Fix)
	switch {
	case p.Question == g.base.SafetyQuestion().ID:
		return "safety"
	case p.Question != "":
		return "other"
	case f != nil && f.RepeatsPayment:
		return "pays"
	case f != nil:
		return "repairs"
	}
	return ""
}

// undoOf reads off a state what /back would bring back.
func (g guard) undoOf(s dialog.State) undo {
	last := 0
	for _, e := range s.Log {
		if e.Void == 0 && e.What != dialog.Asked && e.What != dialog.Proposed {
			last = max(last, e.Turn)
		}
	}
	u := undo{}
	for _, e := range s.Log {
		kept := e.Turn < last && (e.Void == 0 || e.Void >= last)
		if kept && e.What == dialog.Answer && e.Question == g.base.SafetyQuestion().ID {
			u.charge = e.Option
		}
	}
	for _, m := range s.Marks {
		if m.Turn == last {
			u.kind, u.asked, u.wayRound = m.Pending.Kind, g.class(m.Pending), m.WayRound
		}
	}
	return u
}

func (l line) monitorPlace() monitorPlace {
	m := l.mon
	p := monitorPlace{status: m.status, spent: m.spent, kind: m.asked.kind, idle: m.idle, fresh: number(l.safety) > m.since, stale: l.now.Sub(m.at) > 2*time.Hour}
	for _, t := range m.told[max(0, len(m.told)-1):] {
		p.told += t.status + ","
	}
	return p
}

// node is a conversation that the walk has come to, and how.
type node struct {
	line
	from  *node
	by    move
	depth int
	place place
}

// trace tells the way to a node.
func (n *node) trace() string {
	var moves []string
	for ; n.from != nil; n = n.from {
		moves = append(moves, n.by.String())
	}
	slices.Reverse(moves)
	return strings.Join(moves, "\n  ")
}

// found is a fault with the way to it.
type found struct {
	fault string
	node  *node
	posts []chat.Post
}

// walk explores a dialog breadth first.
type walk struct {
	guard
	perPlace int // how many conversations stand for a place
	most     int // how many moves are taken in all, about
	seen     map[place]int
	moved    int
	asksPay  int
	depth    int // levels
	cut      int // nodes of the last level that were left out
	complete bool
	faults   []found
}

// run walks until nothing new appears or the bound is reached.
func (w *walk) run() {
	w.seen = map[place]int{}
	level := []*node{{line: newLine()}}
	for len(level) > 0 && w.moved < w.most {
		w.depth++
		if left := (w.most - w.moved) / movesEach; len(level) > left+1 {
			level, w.cut = level[:left+1], len(level)-left-1
		}
		level = w.admit(w.expand(level))
	}
	w.complete = len(level) == 0 && w.cut == 0
}

// movesEach is about how many moves a node has, choices of the policy counted.
const movesEach = 40

// reached is what one node leads to.
type reached struct {
	next           []*node
	faults         []found
	moved, asksPay int
}

// expand takes all moves from the nodes of a level, in parallel.
func (w *walk) expand(level []*node) []reached {
	out := make([]reached, len(level))
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for k := range workers {
		group.Go(func() {
			c := &chooser{base: w.base}
			g := w.guard
			g.manager = w.manager.With(c.act)
			for i := k; i < len(level); i += workers {
				out[i] = w.leads(g, c, level[i])
			}
		})
	}
	group.Wait()
	return out
}

// leads takes all moves from one node, with all choices of the policy where it
// is asked.
func (w *walk) leads(g guard, c *chooser, n *node) reached {
	var r reached
	local := map[place]int{}
	for _, mv := range n.moves() {
		for c.choice = 0; c.choice < choices; c.choice++ {
			c.asked = false
			mv.act = c.choice
			to, posts, fault := g.goes(n.line, mv)
			next := &node{line: to, from: n, by: mv, depth: n.depth + 1}
			r.moved++
			for _, p := range posts {
				if p.To == chat.ToMerchant && g.words.asks(p.Text) != "" {
					r.asksPay++
				}
			}
			if fault != "" {
				r.faults = append(r.faults, found{fault, next, posts})
			} else if next.place = g.placeOf(to); w.seen[next.place]+local[next.place] < w.perPlace {
				local[next.place]++
				r.next = append(r.next, next)
			}
			if !c.asked {
				break
			}
		}
	}
	return r
}

// admit keeps what is new of what a level leads to, in a fixed order.
func (w *walk) admit(all []reached) []*node {
	var level []*node
	for _, r := range all {
		w.moved += r.moved
		w.asksPay += r.asksPay
		w.faults = append(w.faults, r.faults...)
		for _, n := range r.next {
			if w.seen[n.place] < w.perPlace {
				w.seen[n.place]++
				level = append(level, n)
			}
		}
	}
	return level
}

// smallWorld is a part of the knowledge in which every kind of act exists.
func smallWorld(t testing.TB) guard {
	t.Helper()
	keep := map[string]bool{"hardware.memory": true, "issuer.declined": true, "storage": true, "records": true, "screen_message": true}
	base := newWorld(t).base.Part(func(id string) bool { return keep[id] })
	x, err := index.Build(base)
	if err != nil {
		t.Fatal(err)
	}
	return guard{base, dialog.New(base, diagnosis.Defaults()), newPays(base), &hitsOf{index: x}}
}

// walkMoves bounds the walk, about: every move that the dialog makes is one step. The
// race detector makes it twenty times slower, so it is long in make simulate only.
var walkMoves = flag.Int("walk.moves", 12_000, "how many moves the walk makes, about")

// TestWalkKeepsMoneySafe walks breadth first through what the dialog can come to,
// under a policy that may do anything at any time, so that nothing depends on the
// belief. What it shows is bounded, and no proof for all conversations:
//
//   - Conversations at the same place (see place) are taken to go on alike, and
//     perPlace of them, the shortest, stand for all. A place leaves out which
//     question and which fix of a kind it is, the language, how much was asked,
//     tried and given up beside the charge, how often the bot did not understand,
//     and all but one step of what /back undoes; two that differ in these only may
//     go on differently after all, which a further representative may or may not show.
//   - The moves are those of moves: a fixed list of texts, not all language.
//   - The walk stops at a bound and tells how far it came.
func TestWalkKeepsMoneySafe(t *testing.T) {
	w := walk{guard: smallWorld(t), perPlace: 2, most: *walkMoves}
	start := time.Now()
	w.run()
	t.Logf("%d places, %d moves, %d levels (%d nodes of the last left out), complete: %v, asked to pay %d times, %v", len(w.seen), w.moved, w.depth, w.cut, w.complete, w.asksPay, time.Since(start))
	if w.asksPay == 0 {
		t.Error("the walk never came to a post that asks to pay")
	}
	shown := map[string]bool{}
	for _, f := range w.faults {
		last := f.node.by
		last.act = 0 // one of each kind is enough
		if what := f.fault + last.String(); !shown[what] && len(shown) < faultsShown {
			shown[what] = true
			t.Errorf("%s, after\n  %s:\n%s", f.fault, f.node.trace(), f.posts[0].Text)
		}
	}
	if len(w.faults) > 0 {
		t.Errorf("%d faults in all", len(w.faults))
	}
}

// faultsShown bounds how many faults are told in full.
const faultsShown = 12

// says, taps and bursts make the moves of hand-made conversations.
func says(act int, texts ...string) move {
	mv := move{act: act}
	for _, text := range texts {
		mv.says = append(mv.says, chat.Message{Text: text})
	}
	return mv
}

func taps(act int, option, post string) move {
	return move{act: act, says: []chat.Message{{Choice: option, Post: post}}}
}

// TestShortWaysKeepMoneySafe holds the shortest ways by which the walk came to a
// fault.
func TestShortWaysKeepMoneySafe(t *testing.T) {
	small := smallWorld(t)
	for name, moves := range map[string][]move{
		"an old button while the charge is confirmed": {says(payAgain, "刷卡失败"), says(0, "应该没扣吧"), taps(0, "charged", "p1"), says(payAgain, "没扣")},
		"an old button while the charge is asked":     {says(payAgain, "刷卡失败，没扣款"), taps(payAgain, "same", ""), taps(0, "charged", "p1"), says(0, "没扣"), taps(payAgain, "fine", "")},
		"back over a proposed payment":                {says(askIt, "刷卡失败，没扣款"), taps(payAgain, "fine", ""), says(0, "/back"), taps(payAgain, "fine", "")},
		"back over a case that was solved":            {says(payAgain, "刷卡失败，没扣款"), taps(0, "works", ""), says(askIt, "还是不行"), says(payAgain, "/back")},
		"back over a reported payment":                {says(payAgain, "刷卡失败，没扣款"), taps(askIt, "same", ""), says(0, "/back"), taps(0, "not_tried", ""), taps(payAgain, "another_way", "")},
		"another payment in the same burst":           {says(payAgain, "刷卡失败，没扣款", "又刷了一次")},
		"a contradiction while a person has the case": {says(0, "刷卡失败，没扣款"), says(0, "空间够的"), says(0, "转人工"), says(0, "重启过了"), says(0, "内存满了"), taps(payAgain, "enough", "")},
		"not forgotten over a proposed payment":       {says(payAgain, "刷卡失败，没扣款"), says(0, "/forget"), taps(payAgain, "keep", ""), says(payAgain, "谢谢")},
		"said anew after a payment was taken back":    {says(1, "刷卡失败，没扣款"), says(2, "/back"), says(0, "刷卡失败，没扣款"), taps(1, "same", "")},
		"it works, said to a confirmation":            {says(payAgain, "刷卡失败"), says(0, "应该没扣吧"), says(payAgain, "好了")},
	} {
		t.Run(name, func(t *testing.T) { small.follow(t, moves) })
	}
	t.Run("a fact that sounds like a refusal", func(t *testing.T) {
		wholeWorld(t).follow(t, []move{says(payAgain, "刷卡失败，没扣款"), says(payAgain, "打印机没纸了")})
	})
}

// follow takes the moves one after the other, under the free policy.
func (g guard) follow(t *testing.T, moves []move) {
	t.Helper()
	c := &chooser{base: g.base}
	g.manager = g.manager.With(c.act)
	l := newLine()
	for _, mv := range moves {
		c.choice = mv.act
		var posts []chat.Post
		var fault string
		if l, posts, fault = g.goes(l, mv); fault != "" {
			t.Errorf("%s, after %s:\n%s", fault, mv, posts[0].Text)
		}
	}
}

// wholeWorld is the whole knowledge.
func wholeWorld(t testing.TB) guard {
	t.Helper()
	w := newWorld(t)
	return guard{w.base, w.manager, newPays(w.base), &hitsOf{index: w.index}}
}

// drawn draws a move. Most texts matter to money; the others must not.
func (l line) drawn(t *rapid.T) move {
	mv := move{act: rapid.IntRange(0, choices-1).Draw(t, "act")}
	moves := l.moves()
	if rapid.IntRange(0, 4).Draw(t, "other") == 4 {
		return says(mv.act, rapid.SampledFrom(causeTexts).Draw(t, "cause"))
	}
	// Taps of the newest post come first, and often.
	n := len(moves)
	if options := len(l.mon.asked.options); options > 0 && rapid.Bool().Draw(t, "tap") {
		return taps(mv.act, rapid.SampledFrom(l.mon.asked.options).Draw(t, "option"), "")
	}
	drawn := moves[rapid.IntRange(0, n-1).Draw(t, "move")]
	drawn.act = mv.act
	return drawn
}

// causeTexts tell of causes and say nothing of money.
var causeTexts = []string{"S4 51", "网断了", "信号只有一格", "网络信号满格", "机器死机了", "卡过期了", "打印机没纸了", "the card is expired", "no signal", "别的卡都能刷", "哪张卡都刷不了", "你好", "/help", "/why", "/language", "/forget"}

func TestTalkKeepsMoneySafe(t *testing.T) {
	whole := wholeWorld(t)
	asksPay := 0
	rapid.Check(t, func(t *rapid.T) {
		g, l := whole, newLine()
		l, _, _ = g.goes(l, says(0, rapid.SampledFrom([]string{"刷卡失败", "刷卡失败，没扣款"}).Draw(t, "first")))
		c := &chooser{base: g.base, nth: rapid.IntRange(0, 50).Draw(t, "nth")}
		if rapid.Bool().Draw(t, "free") {
			g.manager = g.manager.With(c.act)
		}
		for range rapid.IntRange(1, 30).Draw(t, "events") {
			mv := l.drawn(t)
			c.choice = mv.act
			var posts []chat.Post
			var fault string
			if l, posts, fault = g.goes(l, mv); fault != "" {
				t.Fatalf("%s, after %s:\n%s", fault, mv, posts[0].Text)
			}
			for _, p := range posts {
				if g.words.asks(p.Text) != "" {
					asksPay++
				}
			}
		}
	})
	t.Logf("asked to pay %d times", asksPay)
	if asksPay == 0 {
		t.Error("no conversation came to a post that asks to pay")
	}
}

// planted is a hand-made exchange: what the merchant says, then what the bot does.
type planted struct {
	says chat.Message
	wait time.Duration
	post chat.Post
}

func TestMonitorSeesPlantedFaults(t *testing.T) {
	g := wholeWorld(t)
	restart := g.base.Fix("restart-terminal")
	fix := func(id string) chat.Post {
		return chat.Post{ID: id, To: chat.ToMerchant, Kind: chat.Fix, Text: "这样做：" + restart.Title.ZH}
	}
	english := func(id string) chat.Post {
		return chat.Post{ID: id, To: chat.ToMerchant, Kind: chat.Fix, Text: restart.Steps.EN[0]}
	}
	round := func(id, text string) chat.Post {
		return chat.Post{ID: id, To: chat.ToMerchant, Kind: chat.Question, Text: text, Options: []chat.Option{{ID: "fine"}}}
	}
	result := func(id string) chat.Post {
		return chat.Post{ID: id, To: chat.ToMerchant, Kind: chat.Verify, Options: []chat.Option{{ID: "works"}, {ID: "same"}, {ID: "another_way"}}}
	}
	safety := func(id string) chat.Post {
		return chat.Post{ID: id, To: chat.ToMerchant, Kind: chat.Safety, Options: []chat.Option{{ID: "charged"}, {ID: "not_charged"}}}
	}
	text := func(s string) chat.Message { return chat.Message{ID: "m-" + s, Text: s} }
	tap := func(s string) chat.Message { return chat.Message{ID: "m-tap", Choice: s} }
	notCharged := []planted{{says: text("刷卡失败"), post: safety("p1")}, {says: tap("not_charged"), post: fix("p2")}}
	proposed := append(slices.Clone(notCharged), planted{says: text("/why"), post: result("p3")})
	for name, c := range map[string]struct {
		talk  []planted
		fault string
	}{
		"unknown":                {[]planted{{says: text("刷卡失败"), post: fix("p1")}}, "asks to pay while the charge is unknown"},
		"unknown in English":     {[]planted{{says: text("刷卡失败"), post: english("p1")}}, "asks to pay while the charge is unknown"},
		"a way round":            {[]planted{{says: text("刷卡失败"), post: round("p1", wayRounds[0])}}, "asks to pay while the charge is unknown"},
		"a way round in English": {[]planted{{says: text("刷卡失败"), post: round("p1", wayRounds[1])}}, "asks to pay while the charge is unknown"},
		"charged":                {[]planted{{says: text("钱已经扣了"), post: safety("p1")}, {says: text("没扣"), post: fix("p2")}}, "asks to pay after the customer was charged"},
		"charged, tapped":        {[]planted{{says: text("刷卡失败"), post: safety("p1")}, {says: tap("charged"), post: fix("p2")}}, "asks to pay after the customer was charged"},
		"corrected":              {[]planted{{says: text("钱已经扣了"), post: safety("p1")}, {says: text("不对，我是说没扣"), post: fix("p2")}}, ""},
		"after a report":         {append(slices.Clone(proposed), planted{says: tap("same"), post: fix("p4")}), "asks to pay while the charge is unknown"},
		"after a written report": {append(slices.Clone(proposed), planted{says: text("还是不行"), post: fix("p4")}), "asks to pay while the charge is unknown"},
		"without a report":       {append(slices.Clone(proposed), planted{says: text("谢谢"), post: fix("p4")}), "asks to pay again before it is known what became of the last time"},
		"not done":               {append(slices.Clone(proposed), planted{says: tap("another_way"), post: fix("p4")}), ""},
		"after a way round":      {append(slices.Clone(notCharged[:1]), planted{says: tap("not_charged"), post: round("p2", wayRounds[0])}, planted{says: tap("fine"), post: fix("p3")}), "asks to pay again before it is known what became of the last time"},
		"too old":                {append(slices.Clone(notCharged[:1]), planted{says: tap("not_charged"), post: round("p2", "?")}, planted{wait: 3 * time.Hour, says: tap("fine"), post: fix("p3")}), "asks to pay on an old statement"},
		"taken back":             {[]planted{{says: text("没扣"), post: round("p1", "?")}, {says: text("/back"), post: fix("p2")}}, "asks to pay while the charge is unknown"},
		"edited":                 {[]planted{{says: text("没扣"), post: round("p1", "?")}, {says: chat.Message{ID: "m-没扣", Edited: true, Text: "网断了"}, post: fix("p2")}}, "asks to pay while the charge is unknown"},
		"a new case":             {[]planted{{says: text("没扣"), post: round("p1", "?")}, {says: text("/restart"), post: fix("p2")}}, "asks to pay while the charge is unknown"},
		"as it should be":        {notCharged, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m, now, fault := newMonitor(), newLine().now, ""
			for _, x := range c.talk {
				m.now++
				now = now.Add(x.wait)
				m.hears(x.says, now)
				fault = cmp.Or(fault, m.sees(x.post, g.words, now, g.base.SafetyQuestion().Expires))
			}
			if fault != c.fault {
				t.Errorf("got %q, want %q", fault, c.fault)
			}
		})
	}
}
