package slack_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/s4bot/s4bot/internal/adapters/slack"
	"github.com/s4bot/s4bot/internal/chat"
)

// picture draws a card as people see it: a line for each block.
func picture(t *testing.T, blocks json.RawMessage) string {
	t.Helper()
	var list []struct {
		Type     string
		Text     struct{ Text string }
		Elements []struct {
			Text     json.RawMessage
			ActionID string `json:"action_id"`
			Style    string
			Value    string
			Elements []struct{ Text string }
		}
	}
	if err := json.Unmarshal(blocks, &list); err != nil {
		t.Fatalf("%s: %v", blocks, err)
	}
	var out []string
	for _, b := range list {
		line := b.Type + ": " + b.Text.Text
		for _, e := range b.Elements {
			for _, part := range e.Elements {
				line += part.Text
			}
			var label struct{ Text string }
			if e.ActionID != "" && json.Unmarshal(e.Text, &label) == nil {
				line += "[" + label.Text + " " + e.ActionID + " " + e.Style + "] "
			} else if e.Text != nil {
				var text string
				_ = json.Unmarshal(e.Text, &text)
				line += text
			}
		}
		out = append(out, strings.TrimSpace(line))
	}
	return strings.Join(out, "\n")
}

const cardBody = `header: S4: the merchant asks for a person
rich_text: Merchant: Lucky Noodles
Words: 「刷卡显示 S4」 · 「<!channel> *now*」
Likeliest causes
████████░░ 82% No network
█░░░░░░░░░ 9% Expired card
`

const cardFix = `rich_text: Fix to send: Restart the terminal
Do this:
1. Hold the red key.
2. Wait.
`

func TestCardShowsHowThingsStand(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*chat.Card)
		want   string
	}{
		"nobody has it": {func(*chat.Card) {}, cardBody + cardFix + "context: ⚪ Nobody has it yet\nactions: [Claim claim primary]"},
		"an agent has it": {
			func(c *chat.Card) { c.Agent = chat.Agent{ID: "U1", Name: "Alice <@U2>"} },
			cardBody + cardFix + "context: 🟢 With Alice <@U2>\nactions: [Send the fix suggest primary] [Close close ] [Release release ] [Back to the bot give_back ]",
		},
		"no fix": {
			func(c *chat.Card) { c.Agent, c.Fix = chat.Agent{ID: "U1"}, "" },
			cardBody + "context: 🟢 With U1\nactions: [Close close ] [Release release ] [Back to the bot give_back ]",
		},
		"over": {
			func(c *chat.Card) {
				c.Agent, c.Over, c.Urgent = chat.Agent{ID: "U1"}, "Closed by Alice: no network", true
			},
			strings.Replace(cardBody, "S4:", "✅ S4:", 1) + "context: ✅ Closed by Alice: no network",
		},
		"urgent, in Chinese": {
			func(c *chat.Card) { *c = chat.Card{Title: "已扣款", Urgent: true, Lang: "zh"} },
			"header: 🔴 已扣款\ncontext: ⚪ 还没有人接手\nactions: [接手 claim primary]",
		},
		"empty": {func(c *chat.Card) { *c = chat.Card{} }, "header: S4\ncontext: ⚪ Nobody has it yet\nactions: [Claim claim primary]"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newOutRig(t)
			p := cardPost("")
			c.change(p.Card)
			r.deliver(chat.Room{Platform: slack.Platform}, p)
			m := r.server.Channel(desk).Top()[0]
			if got := picture(t, m.Blocks); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if len(m.Pings()) != 0 {
				t.Errorf("it calls %q", m.Pings())
			}
		})
	}
}

func TestCardBringsTheFixBack(t *testing.T) {
	r := newOutRig(t)
	p := cardPost("")
	p.Card.Agent = chat.Agent{ID: "U1"}
	r.deliver(chat.Room{Platform: slack.Platform}, p)
	if blocks := string(r.server.Channel(desk).Top()[0].Blocks); !strings.Contains(blocks, `"value":"restart\nDo this:\n1. Hold the red key.\n2. Wait."`) {
		t.Errorf("got %s", blocks)
	}
}

// dice makes cards that are far too much.
type dice struct{ *rand.Rand }

var snippets = []string{"S4 ", "刷卡", "<!channel>", "&", "\n", "👩‍👧", "*b*", "\x00", "\xff", "é", " ", "\"", "\\", "🇨🇳", "\u2028", strings.Repeat("长", 500)}

func (d dice) text(most int) string {
	var b strings.Builder
	for range d.IntN(most + 1) {
		b.WriteString(snippets[d.IntN(len(snippets))])
	}
	return b.String()
}

func (d dice) size() int { return []int{0, 1, 5, 40, 400}[d.IntN(5)] }

func (d dice) card() *chat.Card {
	c := &chat.Card{
		Title: d.text(d.size()), Urgent: d.IntN(2) == 0, Lang: []string{"", "zh", "en"}[d.IntN(3)],
		Fix: []string{"", "restart"}[d.IntN(2)], FixTitle: d.text(d.size()), FixText: d.text(d.size()),
	}
	for range d.size() / 2 {
		r := chat.Row{Label: d.text(d.size())}
		for range d.size() / 8 {
			r.Parts = append(r.Parts, d.text(d.size()))
		}
		c.Rows = append(c.Rows, r)
	}
	for range d.IntN(8) {
		c.Top = append(c.Top, chat.Likely{Cause: "c", Title: d.text(d.size()), P: []float64{.5, 0, 1, 7, -1, math.NaN(), math.Inf(1)}[d.IntN(7)]})
	}
	if d.IntN(2) == 0 {
		c.Agent = chat.Agent{ID: "U1", Name: d.text(d.size())}
	}
	if d.IntN(4) == 0 {
		c.Over = d.text(d.size())
	}
	return c
}

// Slack never has anything to say against a card or a message, however much there
// is in it.
func TestLimitsAreKept(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	d := dice{rand.New(rand.NewPCG(4, 4))}
	for i := range 25 {
		p := chat.Post{To: chat.ToDesk, Kind: chat.Handoff, Text: d.text(d.size()), Card: d.card()}
		ref := r.deliver(chat.Room{Platform: slack.Platform}, p)
		p.Card = d.card()
		r.deliver(roomOf(ref), changed(p, chat.Edit, ref))
		w := chat.Post{To: chat.ToDesk, Kind: chat.Info, Text: d.text(40) + "x", Quote: d.text(d.size()), Urgent: d.IntN(2) == 0, Remind: d.IntN(3)}
		r.deliver(room, w)
		w.Private, w.Remind = "U1ALICE", 0
		r.deliver(room, w)
		if log := r.log.String(); strings.Contains(log, "level=WARN") {
			t.Fatalf("card %d: %s\n%+v", i, log, p.Card)
		}
	}
	for _, m := range r.server.Channel(desk).Messages() {
		if len(m.Blocks) == 0 {
			t.Errorf("a message has no blocks: %.200s", m.Text)
		}
		if n := utf8.RuneCount(m.Blocks) + utf8.RuneCountInString(m.Text); n > 12_000 {
			t.Errorf("a message of %d characters, with all that is around them", n)
		}
	}
}
