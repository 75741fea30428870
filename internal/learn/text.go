package learn

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// text is a YAML file that is edited at places that its nodes tell.
type text struct{ data []byte }

// errLayout says that a place was not found: an anchor, a tag, a value over
// several lines.
var errLayout = errors.New("is written in a way that is not edited by itself; change it by hand")

// replace puts a new value in the place of a plain or quoted one.
func (t *text) replace(node *yaml.Node, from, to string) ([]byte, error) {
	if strings.TrimSpace(node.Value) != from {
		return nil, fmt.Errorf("line %d says %q where %q was expected; propose anew", node.Line, node.Value, from)
	}
	start, end, ok := t.scalar(node)
	if !ok {
		return nil, fmt.Errorf("line %d %w", node.Line, errLayout)
	}
	if node.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		start, end = start+1, end-1
	}
	return t.splice(start, end, to), nil
}

// splice puts s in the place of some bytes.
func (t *text) splice(start, end int, s string) []byte {
	return slices.Concat(t.data[:start], []byte(s), t.data[end:])
}

// scalar gives where a value of one line begins and ends, quotes included.
func (t *text) scalar(node *yaml.Node) (start, end int, ok bool) {
	written := node.Value
	switch {
	case node.Kind != yaml.ScalarNode || node.Anchor != "" || node.Style&yaml.TaggedStyle != 0:
		return 0, 0, false
	case node.Style&yaml.DoubleQuotedStyle != 0:
		written = `"` + written + `"`
	case node.Style&yaml.SingleQuotedStyle != 0:
		written = `'` + written + `'`
	}
	start = t.offset(node)
	return start, start + len(written), bytes.HasPrefix(t.data[start:], []byte(written))
}

// end gives where a node ends, brackets included.
func (t *text) end(node *yaml.Node) (int, bool) {
	if node.Kind != yaml.MappingNode {
		_, end, ok := t.scalar(node)
		return end, ok
	}
	at, ok := t.offset(node)+1, true
	if len(node.Content) > 0 {
		at, ok = t.end(node.Content[len(node.Content)-1])
	}
	if !ok || node.Style&yaml.FlowStyle == 0 {
		return at, ok
	}
	for at < len(t.data) {
		switch t.data[at] {
		case ' ', '\t', '\r', '\n', ',':
			at++
		case '#':
			at = t.lineEnd(at)
		case '}':
			return at + 1, true
		default:
			return 0, false
		}
	}
	return 0, false
}

// offset gives the byte where a node begins. YAML counts lines and characters,
// and knows more ends of lines than "\n".
func (t *text) offset(node *yaml.Node) int {
	at := 0
	if bytes.HasPrefix(t.data, []byte("\uFEFF")) {
		at = len("\uFEFF")
	}
	line, column := 1, 1
	for at < len(t.data) && (line < node.Line || line == node.Line && column < node.Column) {
		r, size := utf8.DecodeRune(t.data[at:])
		at += size
		column++
		if r == '\r' && at < len(t.data) && t.data[at] == '\n' {
			at++
		}
		if strings.ContainsRune("\r\n\u0085\u2028\u2029", r) {
			line, column = line+1, 1
		}
	}
	return at
}

// lineEnd gives where the line ends, before its "\n".
func (t *text) lineEnd(at int) int {
	if n := bytes.IndexByte(t.data[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(t.data)
}
