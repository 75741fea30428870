package console

import (
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
)

// painter colours text, or leaves it plain.
type painter bool

func (p painter) colour(code, text string) string {
	if !p {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (p painter) dim(text string) string  { return p.colour("2", text) }
func (p painter) warn(text string) string { return p.colour("33", text) }
func (p painter) key(text string) string  { return p.colour("36", text) }

// bot shows a post to the merchant, indented under a mark for its kind.
func (p painter) bot(post chat.Post) string {
	code := "32"
	if post.Kind == chat.Safety || post.Kind == chat.Handoff {
		code = "33"
	}
	return p.colour(code, "● ") + strings.ReplaceAll(clean(post.Text), "\n", "\n  ")
}

// lineWidth is how wide a line of options may be, in columns.
const lineWidth = 72

// manyOptions is how many options stand one a line; more run on.
const manyOptions = 6

// options shows marked options.
func (p painter) options(options []chat.Option) string {
	var b strings.Builder
	width := 0
	for i, o := range options {
		m := mark(i, options) + ")"
		size := columns(m) + columns(o.Label) + 4
		if i == 0 || len(options) <= manyOptions || width+size > lineWidth {
			if i > 0 {
				b.WriteByte('\n')
			}
			b.WriteString("  ")
			width = 2
		} else {
			b.WriteString("  ")
		}
		b.WriteString(" " + p.key(m) + " " + clean(o.Label))
		width += size
	}
	return b.String()
}

// columns is how wide a text stands in a terminal: Chinese characters and
// full-width marks take two columns.
func columns(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r >= 0x1100 {
			n++
		}
	}
	return n
}

// frame shows what goes to the desk.
func (p painter) frame(text string) string {
	lines := []string{p.dim("┌─ 客服看到 / the desk sees")}
	for line := range strings.SplitSeq(clean(text), "\n") {
		lines = append(lines, p.dim("│ ")+line)
	}
	return strings.Join(append(lines, p.dim("└─")), "\n")
}

// clean takes out control characters, so that nothing that somebody wrote can
// steer the terminal.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && (r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0) {
			return -1
		}
		return r
	}, text)
}
