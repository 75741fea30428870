package dialog

import (
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

// How many causes an advice names, and the belief from which one is worth it.
const (
	adviceMost  = 3
	adviceLeast = .03
)

// Consult answers a colleague who describes a problem: the same reading, belief
// and choice of questions as for a merchant, in one answer. The text is masked;
// hits are what the search found for it.
func (m *Manager) Consult(text string, hits []kb.Hit, answers []chat.Answered) chat.Advice {
	u := m.Understand(text, hits)
	t := &turn{Manager: m, s: State{Lang: u.Lang, Phase: Asking, Turn: 1}}
	if t.s.Lang == "" {
		t.s.Lang = kb.Chinese
	}
	t.takeFacts(u, true)
	t.takeText(u)
	t.s.Pending = Pending{}
	for _, a := range answers {
		t.answer(a)
	}
	advice := chat.Advice{Text: text, Lang: string(t.s.Lang), Known: t.knownLabels(), Article: t.article(u)}
	if len(t.s.Log) == 0 {
		return advice
	}
	belief := t.belief()
	for _, p := range m.model.Ranked(belief) {
		if c := m.base.Cause(p.Cause); c != nil && p.P >= adviceLeast && len(advice.Causes) < adviceMost {
			advice.Causes = append(advice.Causes, t.adviceOn(c, p.P))
		}
	}
	advice.Question = t.follow()
	return advice
}

// answer takes the answer to a follow-up question.
func (t *turn) answer(a chat.Answered) {
	q := t.base.Question(a.Question)
	if q == nil {
		return
	}
	if a.Option == optUnsure {
		t.record(Entry{What: Unsure, Question: q.ID, Source: FromChoice})
		return
	}
	if q.Option(a.Option) != nil {
		t.settle(Entry{What: Answer, Question: q.ID, Option: a.Option, Source: FromChoice})
	}
}

// article gives the how-to or the word on something outside that a text asks for.
func (t *turn) article(u Understanding) string {
	if h := t.howto(u.Article); h != nil {
		return t.howtoText(h)
	}
	if topic := t.topic(u.Article); topic != nil && u.Kind == OutOfScope {
		return t.text(topic.Answer)
	}
	return ""
}

// adviceOn is a cause with why it is likely and what cures it.
func (t *turn) adviceOn(c *kb.Cause, p float64) chat.AdviceCause {
	a := chat.AdviceCause{Likely: chat.Likely{Cause: c.ID, Title: t.text(c.Title), P: p}, Explain: t.text(c.Explain)}
	forIt, against := t.reasons(c.ID)
	if len(forIt) > 0 {
		a.Why = append(a.Why, fill(t.text(textWhyFor), strings.Join(forIt, t.text(textSeparator))))
	}
	if len(against) > 0 {
		a.Why = append(a.Why, fill(t.text(textWhyAgainst), strings.Join(against, t.text(textSeparator))))
	}
	if f := t.untried(c); f != nil {
		a.FixTitle, a.FixText, a.AskFirst = t.text(f.Title), numbered(f.Steps.In(t.s.Lang)), f.RepeatsPayment
	}
	return a
}

// follow gives the question that is worth asking next; nil: none is.
func (t *turn) follow() *chat.AdviceQuestion {
	q := t.policy(t.model, t.s.evidence(), t.situation()).Question
	if q == nil || q.Safety {
		return nil
	}
	return &chat.AdviceQuestion{ID: q.ID, Text: t.text(q.Ask), Options: t.options(q, "")}
}

// CauseTitles gives all causes by group, for choosing one.
func (m *Manager) CauseTitles(lang kb.Lang) (groups []string, causes map[string][]chat.Option) {
	causes = map[string][]chat.Option{}
	for _, c := range m.base.Causes {
		group := c.Group()
		title := group
		if x, ok := groupTitles[group]; ok {
			title = x.In(lang)
		}
		if causes[title] == nil {
			groups = append(groups, title)
		}
		causes[title] = append(causes[title], chat.Option{ID: c.ID, Label: c.Title.In(lang)})
	}
	return groups, causes
}

// GroupTitle names a group of causes; ok is false if it has no name.
func GroupTitle(group string) (title kb.Text, ok bool) {
	title, ok = groupTitles[group]
	return title, ok
}

// groupTitles name the groups of causes.
var groupTitles = map[string]kb.Text{
	"network":   {ZH: "网络", EN: "Network"},
	"hardware":  {ZH: "机器", EN: "Terminal"},
	"software":  {ZH: "程序", EN: "Software"},
	"operation": {ZH: "操作", EN: "Operation"},
	"card":      {ZH: "客人的卡", EN: "Card"},
	"issuer":    {ZH: "发卡银行", EN: "Issuer"},
	"merchant":  {ZH: "商户账户和设置", EN: "Merchant account"},
	"channel":   {ZH: "支付通道", EN: "Payment channel"},
}

// KeepRating keeps a text that colleagues say was read badly, for the authors of
// the knowledge.
func (m *Manager) KeepRating(s State, e Event, text string) State {
	t := &turn{Manager: m, s: s.clone(), e: e}
	t.keepGap(Gap{Text: text})
	t.s.bound()
	return t.s
}
