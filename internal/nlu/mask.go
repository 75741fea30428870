package nlu

import (
	"regexp"
	"sort"
	"strings"
)

// MaskOptions says what besides card data is masked.
type MaskOptions struct {
	// Phones masks phone numbers as well.
	Phones bool
}

// Mask replaces payment data and identity numbers by a word in brackets: card
// numbers, track data, verification codes and PINs that stand beside their
// words, identity numbers with a valid check digit. Of a card number its last
// four digits stay, which agents need and which are no secret (PCI DSS 3.4),
// unless two readings of the digits disagree on which those are.
//
// It looks through separators of any kind, invisible characters and digits of
// any script. The result is valid UTF-8; masking it again changes nothing, for
// Mask stops only when nothing is left to mask: each round takes digits away.
func Mask(text string, opts MaskOptions) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	for {
		masked := maskOnce(text, opts)
		if masked == text {
			return text
		}
		text = masked
	}
}

// maskOnce masks the surest first, so that a PIN is not looked for inside a
// card number.
func maskOnce(text string, opts MaskOptions) string {
	finders := []func(view) []span{maskTracks, maskNumbers, maskSecrets}
	if opts.Phones {
		finders = append(finders, maskPhones)
	}
	v := newView(text)
	if !v.hasDigits() {
		return text
	}
	for _, find := range finders {
		if masked := replaceSpans(text, find(v)); masked != text {
			text, v = masked, newView(masked)
		}
	}
	return text
}

// maskNumbers finds the numbers that their check digits give away.
func maskNumbers(v view) []span {
	spans := maskLetterIdentity(v)
	for _, run := range digitRuns(v) {
		spans = append(spans, maskIdentity(v, run)...)
		spans = append(spans, maskCards(v, run)...)
	}
	return spans
}

// placeholder is what Mask itself writes: it is never read again.
var placeholder = regexp.MustCompile(`\[(?:card(?: (?:…|\.\.\.)[0-9]{4})?|track|cvv|pin|id|phone)\]`)

// span is a part of a text, in bytes, and what stands for it.
type span struct {
	start, end int
	with       string
}

// replaceSpans puts the replacements in. Spans that overlap become one, named
// after the first of them in the list.
func replaceSpans(text string, spans []span) string {
	if len(spans) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, s := range mergeSpans(spans) {
		b.WriteString(text[at:s.start])
		b.WriteString(s.with)
		at = s.end
	}
	b.WriteString(text[at:])
	return b.String()
}

// mergeSpans sorts spans by place and joins those that overlap.
func mergeSpans(spans []span) []span {
	order := make([]int, len(spans))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return spans[order[i]].start < spans[order[j]].start })
	var out []span
	named := 0 // the place in the list of the span that names the last of out
	for _, i := range order {
		s := spans[i]
		if len(out) == 0 || s.start >= out[len(out)-1].end {
			out, named = append(out, s), i
			continue
		}
		last := &out[len(out)-1]
		last.end = max(last.end, s.end)
		if i < named {
			last.with, named = s.with, i
		}
	}
	return out
}

// Masked says that Mask hid something in a text.
func Masked(text string) bool { return placeholder.MatchString(text) }
