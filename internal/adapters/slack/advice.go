package slack

import (
	"cmp"
	"strconv"
	"strings"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// How much an advice shows, in the units of cost: all of it stays below the 12,000
// that Slack takes together.
const (
	adviceCauses  = 3
	adviceAsked   = 300
	adviceReasons = 400
	adviceExplain = 400
	adviceFix     = 1200
	adviceArticle = 2000
	adviceOptions = 20
)

// adviceLetter shows an advice: the likely causes with why, the fix to copy, the
// article, and a question whose answers are buttons.
func adviceLetter(v chat.Advice, answers []chat.Answered, lang string) letter {
	asked := shorten(line(v.Text), adviceAsked)
	blocks := []slackgo.Block{aside(askedLine(asked, v.Known, lang))}
	text := wordNoMatch.in(lang)
	if len(v.Causes) > 0 {
		text = wordTop.in(lang) + ": " + likelihood(v.Causes[0])
	}
	for i, c := range v.Causes[:min(len(v.Causes), adviceCauses)] {
		blocks = append(blocks, causeBlocks(c, i == 0, lang)...)
	}
	if article := strings.TrimSpace(clean(v.Article)); article != "" {
		blocks = append(blocks, paragraph(shorten("📖 "+article, adviceArticle)))
		text = shorten(article, adviceAsked)
	} else if len(v.Causes) == 0 {
		blocks = append(blocks, paragraph(wordNoMatch.in(lang)))
	}
	blocks = append(blocks, questionBlocks(v, answers)...)
	return letter{text: shorten(text, textMost), blocks: append(blocks, thumbs(v.Text, lang))}
}

// askedLine says what was asked and what is known so far.
func askedLine(asked string, known []string, lang string) string {
	parts := []string{wordAsked.in(lang) + asked}
	for _, k := range known {
		parts = append(parts, line(k))
	}
	return shorten(strings.Join(parts, " · "), adviceReasons)
}

// likelihood is a cause's name with how likely it is.
func likelihood(c chat.AdviceCause) string {
	return shorten(cmp.Or(line(c.Title), c.Cause), titleMost) + "  " + bar(c.P)
}

// causeBlocks show a cause. The likeliest is shown whole; of the others why they are
// likely, and what cures them.
func causeBlocks(c chat.AdviceCause, whole bool, lang string) []slackgo.Block {
	lines := []string{"*" + escape(shorten(cmp.Or(line(c.Title), c.Cause), titleMost)) + "*  " + bar(c.P)}
	if why := shorten(strings.Join(c.Why, "\n"), adviceReasons); !blank(why) {
		for l := range strings.SplitSeq(clean(why), "\n") {
			lines = append(lines, "• "+escape(l))
		}
	}
	if explain := strings.TrimSpace(clean(c.Explain)); whole && explain != "" {
		lines = append(lines, escape(shorten(explain, adviceExplain)))
	}
	if c.AskFirst {
		lines = append(lines, "⚠️ *"+wordAskFirst.in(lang)+"*")
	}
	blocks := []slackgo.Block{slackgo.NewDividerBlock(), slackgo.NewSectionBlock(markup(strings.Join(lines, "\n")), nil, nil)}
	if fix := strings.TrimSpace(clean(c.FixText)); fix != "" {
		title := escape(shorten(wordCure.in(lang)+line(c.FixTitle), titleMost))
		blocks = append(blocks, slackgo.NewSectionBlock(markup(title+"\n"+toCopy(fix)), nil, nil))
	}
	return blocks
}

// toCopy shows a text as a block that can be copied as it is.
func toCopy(text string) string {
	text = strings.ReplaceAll(shorten(text, adviceFix), "```", "'''")
	return "```\n" + escape(text) + "\n```"
}

// questionBlocks show the question that would tell most.
func questionBlocks(v chat.Advice, answers []chat.Answered) []slackgo.Block {
	q := v.Question
	if q == nil || len(q.Options) == 0 {
		return nil
	}
	var buttons []slackgo.BlockElement
	for i, o := range q.Options[:min(len(q.Options), adviceOptions)] {
		next := append(append([]chat.Answered(nil), answers...), chat.Answered{Question: q.ID, Option: o.ID})
		buttons = append(buttons, slackgo.NewButtonBlockElement("ask:"+strconv.Itoa(i), so{v.Text, next}.String(),
			plainText(shorten(cmp.Or(line(o.Label), o.ID), labelMost))))
	}
	return []slackgo.Block{
		slackgo.NewDividerBlock(), paragraph(shorten("❓ "+strings.TrimSpace(clean(q.Text)), adviceExplain)),
		slackgo.NewActionBlock("", buttons...),
	}
}

// thumbs are how a colleague says whether an advice helped.
func thumbs(text, lang string) slackgo.Block {
	value := so{Text: text}.String()
	return slackgo.NewActionBlock("",
		slackgo.NewButtonBlockElement("rate:up", value, plainText(labelGood.in(lang))),
		slackgo.NewButtonBlockElement("rate:down", value, plainText(labelBad.in(lang))))
}

// helpLetter says what can be asked and how.
func helpLetter(lang string) letter { return saying(wordHelp.in(lang)) }
