package slack

import (
	"strings"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// letter is one message on its way out.
type letter struct {
	text   string          // what is read where blocks are not shown; escaped
	blocks []slackgo.Block // nil: the text alone
	file   *chat.File      // to be uploaded; then there is nothing else
	loud   bool            // the channel sees it too
}

// quoteMost and asideMost are how long a quote is, and how long a notice may be to
// stand small and grey.
const (
	quoteMost = 240
	asideMost = 300
)

// letters gives the messages that a post goes out as: the text first, each part to
// the letter, then what came with it.
func (a *Adapter) letters(post chat.Post) []letter {
	if post.Card != nil {
		return []letter{a.card(post)}
	}
	var out []letter
	for i, part := range split(clean(post.Text)) {
		l := letter{text: escape(part), blocks: []slackgo.Block{a.body(post, part)}}
		if i == 0 {
			a.lead(&l, post)
		}
		out = append(out, l)
	}
	for _, f := range post.Files {
		out = append(out, a.enclosed(f))
	}
	return out
}

// card makes the message that shows a case.
func (a *Adapter) card(post chat.Post) letter {
	return letter{text: escape(shorten(strings.TrimSpace(clean(post.Text)), cardText)), blocks: cardBlocks(*post.Card, a.config.Lang)}
}

// body shows a part of a text: what somebody said as it is, a notice of the bot's own
// small and grey, so that nobody takes the one for the other.
func (a *Adapter) body(post chat.Post, part string) slackgo.Block {
	own := post.Of == "" && post.Mark == "" && len(post.Files) == 0
	if own && !post.Urgent && post.Remind == 0 && length(part) <= asideMost {
		return aside(part)
	}
	return paragraph(part)
}

// lead puts before a text who is called, that it is urgent, and what it answers.
func (a *Adapter) lead(l *letter, post chat.Post) {
	if q := a.quote(post); q != "" {
		l.blocks, l.text = append([]slackgo.Block{aside(q)}, l.blocks...), quoted(q)+"\n"+l.text
	}
	if post.Urgent {
		word := wordUrgent.in(a.config.Lang)
		l.blocks, l.text = append([]slackgo.Block{aside(word)}, l.blocks...), word+" "+l.text
	}
	if call := a.call(post.Remind); call != "" {
		l.blocks, l.text = append([]slackgo.Block{slackgo.NewSectionBlock(markup(call), nil, nil)}, l.blocks...), call+" "+l.text
		l.loud = true
	}
}

// quote is what the post answers, in one line; empty: it answers nothing.
func (a *Adapter) quote(post chat.Post) string {
	if q := line(post.Quote); q != "" {
		return "> " + shorten(q, quoteMost)
	}
	if post.ReplyTo != "" {
		return wordAnswers.in(a.config.Lang)
	}
	return ""
}

// quoted escapes a quote but for the mark that makes it one.
func quoted(q string) string {
	if rest, ok := strings.CutPrefix(q, "> "); ok {
		return "> " + escape(rest)
	}
	return escape(q)
}

// call is what calls people to a case that nobody takes: those who are there, then
// a group; empty: nobody is called.
func (a *Adapter) call(remind int) string {
	switch {
	case remind <= 0:
		return ""
	case remind > 1 && a.config.RemindGroup != "":
		return "<!subteam^" + a.config.RemindGroup + ">"
	}
	return "<!here>"
}
