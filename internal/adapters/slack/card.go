package slack

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// How much a card shows, in the units of cost: all of it, with the plain text beside
// it, stays below the 12,000 that Slack takes together.
const (
	rowsMost    = 4500 // all rows together
	rowsCount   = 24
	titleMost   = 200 // a cause's or a fix's title
	fixMost     = 600 // what the fix says; its button has more
	topCount    = 5
	agentMost   = 200
	cardText    = 2000 // the plain text beside the blocks
	labelLength = 80   // of a row
)

// What a card is read by again: overSign begins the title of one that is closed, and
// rowSeparator stands between the parts of a row.
const (
	overSign     = "✅ "
	rowSeparator = " · "
)

// cardBlocks shows a case so that it can be read in twenty seconds: who has it and
// what can be done stand last, next to each other.
func cardBlocks(c chat.Card, lang string) []slackgo.Block {
	lang = cmp.Or(c.Lang, lang)
	blocks := []slackgo.Block{heading(cardTitle(c))}
	if lines := cardLines(c, lang); len(lines) > 0 {
		blocks = append(blocks, rich(lines...))
	}
	if fix := fixLines(c, lang); len(fix) > 0 {
		blocks = append(blocks, rich(fix...))
	}
	blocks = append(blocks, aside(standing(c, lang)))
	if buttons := cardButtons(c, lang); len(buttons) > 0 {
		blocks = append(blocks, slackgo.NewActionBlock("", buttons...))
	}
	return blocks
}

// cardTitle is the title with the sign of how urgent the case is.
func cardTitle(c chat.Card) string {
	title := cmp.Or(line(c.Title), "S4")
	switch {
	case c.Over != "":
		return overSign + title
	case c.Urgent && !strings.HasPrefix(title, "🔴"):
		return "🔴 " + title
	}
	return title
}

// cardLines are the rows and, below them, the likeliest causes.
func cardLines(c chat.Card, lang string) []slackgo.RichTextElement {
	var lines []slackgo.RichTextElement
	for i, r := range fitted(c.Rows) {
		lines = append(lines, rowLine(r, i == 0))
	}
	if len(c.Top) == 0 {
		return lines
	}
	var b strings.Builder
	for _, l := range c.Top[:min(len(c.Top), topCount)] {
		b.WriteString("\n" + bar(l.P) + " " + shorten(cmp.Or(line(l.Title), line(l.Cause)), titleMost))
	}
	lead := "\n"
	if len(lines) == 0 {
		lead = ""
	}
	return append(lines, slackgo.NewRichTextSection(bold(lead+wordTop.in(lang)), normal(b.String())))
}

// rowLine shows a row: its label stands out.
func rowLine(r chat.Row, first bool) slackgo.RichTextElement {
	lead := "\n"
	if first {
		lead = ""
	}
	text := strings.Join(r.Parts, rowSeparator)
	if r.Label == "" {
		return slackgo.NewRichTextSection(normal(lead + text))
	}
	return slackgo.NewRichTextSection(bold(lead+r.Label), normal(text))
}

// bar draws a probability.
func bar(p float64) string {
	if math.IsNaN(p) {
		p = 0
	}
	p = min(max(p, 0), 1)
	full := int(math.Round(p * 10))
	return strings.Repeat("█", full) + strings.Repeat("░", 10-full) + fmt.Sprintf(" %d%%", min(max(int(math.Round(p*100)), 1), 99)) // never that sure
}

// fixLines show the fix that a button sends to the merchant.
func fixLines(c chat.Card, lang string) []slackgo.RichTextElement {
	title := shorten(line(c.FixTitle), titleMost)
	text := shorten(strings.TrimSpace(clean(c.FixText)), fixMost)
	if c.Fix == "" || c.Over != "" || title == "" && text == "" {
		return nil
	}
	parts := []slackgo.RichTextSectionElement{bold(wordFix.in(lang)), normal(title)}
	if title == "" {
		parts = parts[:1]
	}
	if text != "" {
		parts = append(parts, normal("\n"+text))
	}
	return []slackgo.RichTextElement{slackgo.NewRichTextSection(parts...)}
}

// standing says who has the case, or how it ended.
func standing(c chat.Card, lang string) string {
	name := shorten(cmp.Or(line(c.Agent.Name), c.Agent.ID), agentMost)
	switch {
	case c.Over != "":
		return wordOver.in(lang) + shorten(line(c.Over), textMost/6)
	case c.Agent != (chat.Agent{}):
		return wordAgent.in(lang) + name
	}
	return wordNobody.in(lang)
}

// cardButtons are what can be done with the case as it stands.
func cardButtons(c chat.Card, lang string) []slackgo.BlockElement {
	switch {
	case c.Over != "":
		return nil
	case c.Agent == (chat.Agent{}):
		return []slackgo.BlockElement{button("claim", "claim", labelClaim.in(lang)).WithStyle(slackgo.StylePrimary)}
	}
	var out []slackgo.BlockElement
	if c.Fix != "" {
		value := c.Fix + "\n" + clean(c.FixText)
		out = append(out, button("suggest", value, labelSuggest.in(lang)).WithStyle(slackgo.StylePrimary))
	}
	return append(out, button("close", "close", labelClose.in(lang)),
		button("release", "release", labelRelease.in(lang)), button("give_back", "give_back", labelBack.in(lang)))
}
