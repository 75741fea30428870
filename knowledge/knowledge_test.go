package knowledge_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/fold"
	"github.com/s4bot/s4bot/internal/nlu/pinyin"
	"github.com/s4bot/s4bot/knowledge"
)

// causes is the fixed vocabulary of the project, with the articles of source.txt
// that state each cause. It comes from shared/s4/causes.yaml and never changes
// by itself: reports and data sets name causes by these ids.
var causes = map[string][]int{
	"network.weak-signal":         {1},
	"network.disconnected":        {1, 2},
	"network.unstable":            {1, 2, 3},
	"hardware.card-reader":        {2},
	"hardware.contact":            {2},
	"hardware.power":              {2},
	"hardware.mainboard":          {1},
	"hardware.memory":             {1},
	"hardware.printer-paper":      {1},
	"software.outdated":           {1, 2},
	"software.update-incomplete":  {3},
	"software.os-crash":           {1},
	"software.app-conflict":       {1},
	"software.program-bug":        {2},
	"software.database-fault":     {2},
	"operation.wrong-entry":       {3},
	"operation.wrong-card-number": {1, 2},
	"operation.wrong-pin":         {2},
	"operation.step-skipped":      {2},
	"card.insufficient-balance":   {1, 2},
	"card.expired":                {3},
	"card.lost-or-frozen":         {1, 2, 3},
	"card.info-mismatch":          {3},
	"card.unreadable":             {1},
	"issuer.unsupported":          {1},
	"issuer.amount-limit":         {1},
	"issuer.system-down":          {2},
	"issuer.policy-change":        {2},
	"issuer.declined":             {1},
	"merchant.amount-rule":        {1},
	"merchant.card-rule":          {1},
	"merchant.account-balance":    {3},
	"merchant.account-frozen":     {3},
	"merchant.authorisation":      {3},
	"channel.fault":               {3},
	"channel.policy-limit":        {3},
	"channel.bank-upgrade":        {1},
	"channel.maintenance":         {3},
}

func load(t *testing.T) *kb.Base {
	t.Helper()
	b, err := kb.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCausesAreTheFixedVocabulary(t *testing.T) {
	b := load(t)
	if len(causes) != 38 {
		t.Fatalf("the list here has %d causes", len(causes))
	}
	for _, c := range b.Causes {
		if causes[c.ID] == nil {
			t.Errorf("%s is not in the vocabulary", c.ID)
		}
	}
	for id, articles := range causes {
		c := b.Cause(id)
		if c == nil {
			t.Errorf("%s has no article", id)
			continue
		}
		for _, n := range articles {
			if source := fmt.Sprintf("s4#%d", n); !slices.Contains(c.Sources, source) {
				t.Errorf("%s: sources %v lack %s, which states it", id, c.Sources, source)
			}
		}
	}
}

func TestArticlesAreFull(t *testing.T) {
	b := load(t)
	for _, c := range b.Causes {
		if zh, en := len(c.Aliases.ZH), len(c.Aliases.EN); zh < 20 || en < 5 {
			t.Errorf("%s: %d Chinese and %d English aliases, want 20 and 5", c.ID, zh, en)
		}
		if len(c.Cures) < 2 {
			t.Errorf("%s: %d fixes, want 2", c.ID, len(c.Cures))
		}
		if len(c.Prevent.ZH) == 0 || len(c.Prevent.EN) == 0 || len(c.Sources) == 0 {
			t.Errorf("%s: no prevention or no sources", c.ID)
		}
	}
	if n := len(b.Questions); n < 16 || n > 30 {
		t.Errorf("%d questions, want 16 to 30", n)
	}
	if len(b.Howtos) != 1 || b.Howtos[0].ID != "howto.apply-terminal" {
		t.Fatalf("how-tos %v", b.Howtos)
	}
	if zh, en := len(b.Howtos[0].Steps.ZH), len(b.Howtos[0].Steps.EN); zh != 9 || en != 9 {
		t.Errorf("the how-to has %d and %d steps, want 9", zh, en)
	}
}

// TestAliasesNameOneCause asserts that no two causes claim the same words.
func TestAliasesNameOneCause(t *testing.T) {
	owner := map[string]string{}
	for _, c := range load(t).Causes {
		for _, alias := range c.Aliases.All() {
			key := words(alias)
			if other := owner[key]; other != "" {
				t.Errorf("%q stands in %s and in %s", alias, other, c.ID)
			}
			owner[key] = c.ID
		}
	}
}

func TestOptionsAreDistinct(t *testing.T) {
	for _, q := range load(t).Questions {
		labels, aliases := map[string]string{}, map[string]string{}
		for _, o := range q.Options {
			for _, label := range []string{o.Label.ZH, o.Label.EN} {
				if other := labels[words(label)]; other != "" {
					t.Errorf("%s: %s and %s have the same label %q", q.ID, other, o.ID, label)
				}
				labels[words(label)] = o.ID
			}
			for _, alias := range o.Aliases.All() {
				key := fold.String(alias)
				if other := aliases[key]; other != "" && other != o.ID {
					t.Errorf("%s: %q means both %s and %s", q.ID, alias, other, o.ID)
				}
				aliases[key] = o.ID
			}
		}
	}
}

// words folds a text and drops everything but letters and digits.
func words(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, fold.String(s))
}

// acquirers are named where names are counted, and nowhere else.
var acquirers = regexp.MustCompile(`^(拉卡拉|盛付通)$`)

// TestNoTraceOfTheSourcesTricks reads every line of every file: the sources
// dodge filters, advertise and link, and none of that belongs in our texts.
func TestNoTraceOfTheSourcesTricks(t *testing.T) {
	bad := regexp.MustCompile(`(?i)刷ka|ka卡|非常低|非常高|信xi|xi息|https?:|www\.|48pos|官网免费领取|拉卡拉|盛付通|\bPOSS\b`)
	err := fs.WalkDir(knowledge.Files, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(knowledge.Files, path)
		for i, line := range strings.Split(string(data), "\n") {
			if found := bad.FindString(line); found != "" && !(path == "reference/names.yaml" && acquirers.MatchString(found)) {
				t.Errorf("%s:%d: %q", path, i+1, found)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func han(s string) int {
	n := 0
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

// spelled says that a text is Chinese in pinyin, but for one word, such as POS.
func spelled(s string) bool {
	others := 0
	for _, word := range strings.Fields(fold.String(s)) {
		if _, ok := pinyin.Split(word); !ok {
			others++
		}
	}
	return others <= 1
}

func TestTextsAreInTheirLanguage(t *testing.T) {
	b := load(t)
	for where, text := range shown(b) {
		if han(text.ZH) == 0 {
			t.Errorf("%s: no Chinese in %q", where, text.ZH)
		}
		if han(text.EN) > 0 || strings.ContainsAny(text.EN, "，。？！；：“”（）、") {
			t.Errorf("%s: Chinese in %q", where, text.EN)
		}
	}
	for where, list := range aliases(b) {
		for _, s := range list.ZH {
			// One Latin word may be a name that Chinese merchants use: visa.
			if han(s) == 0 && len(strings.Fields(s)) > 1 && !spelled(s) {
				t.Errorf("%s: no Chinese in the alias %q", where, s)
			}
		}
		for _, s := range list.EN {
			if han(s) > 0 {
				t.Errorf("%s: Chinese in the alias %q", where, s)
			}
		}
	}
}

// shown gives every text that people read, by where it stands.
func shown(b *kb.Base) map[string]kb.Text {
	out := map[string]kb.Text{}
	lists := map[string]kb.Texts{}
	for _, c := range b.Causes {
		out[c.ID+" title"], out[c.ID+" explain"], lists[c.ID+" prevent"] = c.Title, c.Explain, c.Prevent
	}
	for _, f := range b.Fixes {
		out["fix "+f.ID+" title"], lists["fix "+f.ID+" steps"] = f.Title, f.Steps
	}
	for _, q := range b.Questions {
		out[q.ID+" ask"], out[q.ID+" why"] = q.Ask, q.Why
		if q.Check != (kb.Text{}) {
			out[q.ID+" check"] = q.Check
		}
		for _, o := range q.Options {
			out[q.ID+"."+o.ID+" label"] = o.Label
		}
	}
	for _, h := range b.Howtos {
		out[h.ID+" title"], out[h.ID+" note"], lists[h.ID+" steps"] = h.Title, h.Note, h.Steps
	}
	for _, n := range b.Institutions {
		out["name "+n.ID] = n.Title
	}
	for _, topic := range b.Topics {
		out[topic.ID+" title"], out[topic.ID+" answer"] = topic.Title, topic.Answer
	}
	out["codes title"], out["codes explain"] = b.Codes.Title, b.Codes.Explain
	for _, c := range b.Codes.Codes {
		out["code "+c.Code] = c.Means
	}
	for id, s := range b.Sources {
		out["source "+id] = s
	}
	for where, list := range lists {
		for i := range max(len(list.ZH), len(list.EN)) {
			text := kb.Text{ZH: "文", EN: "text"} // the lists may differ in length
			if i < len(list.ZH) {
				text.ZH = list.ZH[i]
			}
			if i < len(list.EN) {
				text.EN = list.EN[i]
			}
			out[fmt.Sprintf("%s %d", where, i+1)] = text
		}
	}
	return out
}

// aliases gives every list of merchants' words, by where it stands.
func aliases(b *kb.Base) map[string]kb.Texts {
	out := map[string]kb.Texts{"codes": b.Codes.Aliases}
	for _, c := range b.Causes {
		out[c.ID] = c.Aliases
	}
	for _, f := range b.Fixes {
		out["fix "+f.ID] = f.Tried
	}
	for _, q := range b.Questions {
		for _, o := range q.Options {
			out[q.ID+"."+o.ID] = o.Aliases
		}
	}
	for _, h := range b.Howtos {
		out[h.ID] = h.Aliases
	}
	for _, n := range b.Institutions {
		out["name "+n.ID] = n.Aliases
	}
	for _, topic := range b.Topics {
		out[topic.ID] = topic.Aliases
	}
	return out
}

func TestStepsAreShort(t *testing.T) {
	const most = 45
	b := load(t)
	steps := map[string][]string{}
	for _, f := range b.Fixes {
		steps["fix "+f.ID] = f.Steps.ZH
	}
	for _, h := range b.Howtos {
		steps[h.ID] = h.Steps.ZH
	}
	for where, list := range steps {
		for _, s := range list {
			if n := han(s); n > most {
				t.Errorf("%s: %d characters, at most %d: %s", where, n, most, s)
			}
		}
	}
}

var (
	// againZH and againEN find that somebody is told to run a payment.
	againZH = regexp.MustCompile(`再(照常)?(刷|收|付|试|来一)|重新?(刷|收|付|试)|(刷|收|付|试)(上|它)?一?(次|笔|遍|下)|试刷|扫码付`)
	againEN = regexp.MustCompile(`(?i)\b(run|take|try|do|make|swipe|tap|charge|pay|repeat)\b.*\b(again|once more|another)\b|\b(run|repeat|retry) (the|this|a) (payment|sale)\b|\b(rerun|re-run|reswipe)\b|\bpay by QR`)
	// What follows these, up to the next mark, is told not to be done.
	notZH = regexp.MustCompile(`(不要|不用|不必|不能|别|勿)[^，。；：？！]*`)
	notEN = regexp.MustCompile(`(?i)\b(do not|don't|never|no need|not)\b[^,.;:?!]*`)
)

func tellsToPay(s string) bool {
	return againZH.MatchString(notZH.ReplaceAllString(s, "")) || againEN.MatchString(notEN.ReplaceAllString(s, ""))
}

func TestTellsToPay(t *testing.T) {
	for s, want := range map[string]bool{
		"再刷":                    true,
		"再试一次":                  true,
		"重新刷":                   true,
		"重刷":                    true,
		"等一会，再收一次款":             true,
		"别急，再刷一次":               true,
		"刷一笔看看":                 true,
		"run it once more":      true,
		"Try the payment again": true,
		"先不要重刷。":                false,
		"显示成功：补打小票，不要再收款":                       false,
		"今天别的卡刷得成功吗？":                           false,
		"关机，等十秒再开":                              false,
		"插卡、刷卡或挥卡的时候":                           false,
		"Please do not pay again yet.":          false,
		"No need to run another.":               false,
		"Reprint the last slip":                 false,
		"Do not worry; try the payment again.":  true,
		"Press it again and see":                false,
		"Look in today's records for a payment": false,
	} {
		if got := tellsToPay(s); got != want {
			t.Errorf("tellsToPay(%q) = %v", s, got)
		}
	}
}

// TestFixesSayWhetherThePaymentIsRepeated asserts that the mark by which the
// bot guards the customer's money agrees with the words of the steps.
func TestFixesSayWhetherThePaymentIsRepeated(t *testing.T) {
	for _, f := range load(t).Fixes {
		if f.Agent && f.RepeatsPayment {
			t.Errorf("%s: an agent's fix cannot repeat the payment", f.ID)
		}
		if !f.RepeatsPayment {
			for _, s := range f.Steps.All() {
				if tellsToPay(s) {
					t.Errorf("%s does not repeat the payment, and says %q", f.ID, s)
				}
			}
			continue
		}
		if f.WayRound {
			continue // another card or QR code: the payment itself
		}
		for _, steps := range [][]string{f.Steps.ZH, f.Steps.EN} {
			if last := steps[max(0, len(steps)-2):]; !slices.ContainsFunc(last, tellsToPay) {
				t.Errorf("%s repeats the payment, and its last steps do not say so: %q", f.ID, last)
			}
		}
	}
}

// TestQuestionsNeverCostAPayment asserts that answering takes looking, never
// another payment: its outcome could be a second debit.
func TestQuestionsNeverCostAPayment(t *testing.T) {
	for _, q := range load(t).Questions {
		for _, s := range []string{q.Ask.ZH, q.Ask.EN, q.Check.ZH, q.Check.EN} {
			if tellsToPay(s) {
				t.Errorf("%s tells to pay: %q", q.ID, s)
			}
		}
	}
}
