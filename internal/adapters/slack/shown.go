package slack

import (
	"context"
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
)

// shownCard is what can be read of a card in the channel.
type shownCard struct {
	over  bool     // the case is closed
	words []string // the merchant's, those that stand there whole
}

// shownBlock is what we read of a block.
type shownBlock struct {
	Type string `json:"type"`
	Text struct {
		Text string `json:"text"`
	} `json:"text"`
	Elements []struct {
		Elements []struct {
			Text string `json:"text"`
		} `json:"elements"`
	} `json:"elements"`
}

// lines are what a block says, a line each.
func (b *shownBlock) lines() (out []string) {
	said := b.Text.Text
	for _, section := range b.Elements {
		for _, part := range section.Elements {
			said += part.Text
		}
		said += "\n"
	}
	for l := range strings.SplitSeq(said, "\n") {
		out = append(out, strings.TrimSpace(l))
	}
	return out
}

// shownCard fetches a case's card.
func (a *Adapter) shownCard(ctx context.Context, room chat.Room) (c shownCard, err error) {
	q := threadOf(room)
	q.Set("limit", "1")
	var v struct {
		Messages []struct {
			TS     string       `json:"ts"`
			Blocks []shownBlock `json:"blocks"`
		} `json:"messages"`
	}
	if err := a.query(ctx, "conversations.replies", q, &v); err != nil {
		return c, err
	}
	for _, m := range v.Messages {
		if m.TS != q.Get("ts") {
			continue
		}
		for _, b := range m.Blocks {
			c.read(&b)
		}
	}
	return c, nil
}

// read notes what a block of the card tells.
func (c *shownCard) read(b *shownBlock) {
	if b.Type == "header" {
		c.over = strings.HasPrefix(b.Text.Text, overSign)
		return
	}
	for _, l := range b.lines() {
		if c.words == nil {
			c.words = quotes(l)
		}
	}
}

// quotes gives the quotations in a row of a card that holds nothing else behind its
// label: 「…」 · 「…」. One that was cut is left away.
func quotes(row string) (out []string) {
	label, rest, found := strings.Cut(row, "「")
	label = strings.TrimSpace(label)
	if !found || !strings.HasSuffix(label, ":") && !strings.HasSuffix(label, "：") {
		return nil
	}
	for part := range strings.SplitSeq(strings.TrimSuffix(rest, rowSeparator+"…"), rowSeparator+"「") {
		if words, whole := strings.CutSuffix(part, "」"); whole {
			out = append(out, words)
		}
	}
	return out
}
