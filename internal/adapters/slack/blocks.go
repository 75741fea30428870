package slack

import (
	"slices"
	"strings"

	slackgo "github.com/slack-go/slack"
)

// plainText is a text that Slack shows to the letter.
func plainText(text string) *slackgo.TextBlockObject {
	return slackgo.NewTextBlockObject(slackgo.PlainTextType, text, false, false)
}

// markup is a text that Slack parses: what others wrote must be escaped in it.
func markup(text string) *slackgo.TextBlockObject {
	return slackgo.NewTextBlockObject(slackgo.MarkdownType, text, false, true)
}

// paragraph shows a text to the letter; it must fit.
func paragraph(text string) slackgo.Block {
	return slackgo.NewSectionBlock(plainText(text), nil, nil)
}

// aside shows a text small and grey.
func aside(text string) slackgo.Block {
	return slackgo.NewContextBlock("", plainText(text))
}

// heading shows a title.
func heading(text string) slackgo.Block {
	return slackgo.NewHeaderBlock(plainText(shorten(line(text), headerMost)))
}

// button is a button with the value that its tap brings back.
func button(action, value, label string) *slackgo.ButtonBlockElement {
	return slackgo.NewButtonBlockElement(action, shorten(value, valueMost), plainText(shorten(line(label), labelMost)))
}

// bold and normal are parts of a rich text.
func bold(text string) slackgo.RichTextSectionElement {
	return slackgo.NewRichTextSectionTextElement(text, &slackgo.RichTextSectionTextStyle{Bold: true})
}

func normal(text string) slackgo.RichTextSectionElement {
	return slackgo.NewRichTextSectionTextElement(text, nil)
}

// rich shows lines whose parts look different, to the letter. They are one section:
// clients don't agree on how much space lies between several.
func rich(lines ...slackgo.RichTextElement) slackgo.Block {
	var parts []slackgo.RichTextSectionElement
	for _, l := range lines {
		if s, ok := l.(*slackgo.RichTextSection); ok {
			parts = append(parts, s.Elements...)
		}
	}
	return slackgo.NewRichTextBlock("", slackgo.NewRichTextSection(parts...))
}

// plainer gives the blocks without rich text, for what does not know it; false:
// there is none.
func plainer(blocks []slackgo.Block) ([]slackgo.Block, bool) {
	out, found := slices.Clone(blocks), false
	for i, b := range out {
		if r, ok := b.(*slackgo.RichTextBlock); ok {
			out[i], found = paragraph(shorten(words(r), textMost)), true
		}
	}
	return out, found
}

// words are what a rich text says.
func words(r *slackgo.RichTextBlock) string {
	var lines []string
	for _, e := range r.Elements {
		section, ok := e.(*slackgo.RichTextSection)
		if !ok {
			continue
		}
		var b strings.Builder
		for _, part := range section.Elements {
			if t, ok := part.(*slackgo.RichTextSectionTextElement); ok {
				b.WriteString(t.Text)
			}
		}
		lines = append(lines, b.String())
	}
	return strings.Join(lines, "\n")
}
