package learn

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// InsertItems puts items into a list of a YAML file, before its item number at, from
// 0; at the list's length: at its end. An item is YAML as it stands behind the dash;
// its further lines are indented as if the dash stood at the left edge. Every other
// byte of the file stays. The list must stand in block style and hold something.
func InsertItems(data []byte, path []string, at int, items ...string) ([]byte, error) {
	list, err := listAt(data, path)
	if err != nil {
		return nil, err
	}
	t := &text{data: data}
	indent, ok := t.dashes(list)
	if !ok {
		return nil, fmt.Errorf("line %d %w", list.Line, errLayout)
	}
	out := t.insertItems(list, indent, min(at, len(list.Content)), items)
	if after, err := listAt(out, path); err != nil || len(after.Content) != len(list.Content)+len(items) {
		return nil, fmt.Errorf("line %d %w", list.Line, errLayout)
	}
	return out, nil
}

// listAt finds the list that a path of keys leads to.
func listAt(data []byte, path []string) (*yaml.Node, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 {
		return nil, errors.New("the file is empty")
	}
	node, rest := follow(doc.Content[0], path)
	switch {
	case len(rest) > 0:
		return nil, fmt.Errorf("the file has no %s", rest[0])
	case node.Kind != yaml.SequenceNode || node.Style&yaml.FlowStyle != 0 || node.Anchor != "" || len(node.Content) == 0:
		return nil, fmt.Errorf("line %d %w", node.Line, errLayout)
	}
	return node, nil
}

// dashes gives the indentation of a list's dashes; false: not every item begins on a
// line of its own.
func (t *text) dashes(list *yaml.Node) (indent string, ok bool) {
	indent = strings.Repeat(" ", list.Column-1)
	for _, item := range list.Content {
		if !bytes.HasPrefix(t.data[t.lineStart(item):], []byte(indent+"- ")) {
			return "", false
		}
	}
	return indent, true
}

// lineStart gives where the line begins that a node begins in.
func (t *text) lineStart(node *yaml.Node) int {
	return bytes.LastIndexByte(t.data[:t.offset(node)], '\n') + 1
}

// insertItems writes the items: above the first one, or below the one before them.
func (t *text) insertItems(list *yaml.Node, indent string, at int, items []string) []byte {
	start := t.lineStart(list.Content[max(at-1, 0)])
	newline := "\n"
	if end := t.lineEnd(start); end > start && t.data[end-1] == '\r' {
		newline = "\r\n"
	}
	var lines strings.Builder
	for _, item := range items {
		written := indent + "- " + strings.ReplaceAll(item, "\n", "\n"+indent)
		lines.WriteString(strings.ReplaceAll(written, "\n", newline))
		lines.WriteString(newline)
	}
	if at == 0 {
		return t.splice(start, start, lines.String())
	}
	end := t.itemEnd(start, len(indent))
	if end > 0 && t.data[end-1] != '\n' { // the file ends without a line break
		return t.splice(end, end, newline+strings.TrimSuffix(lines.String(), newline))
	}
	return t.splice(end, end, lines.String())
}

// itemEnd gives where the item ends whose first line begins at start: behind the last
// line that is indented deeper than its dash. What is blank below it is not its own.
func (t *text) itemEnd(start, indent int) int {
	end := t.nextLine(start)
	for at := end; at < len(t.data); {
		next := t.nextLine(at)
		line := t.data[at:next]
		deep := len(line) - len(bytes.TrimLeft(line, " "))
		switch blank := len(bytes.TrimSpace(line)) == 0; {
		case !blank && deep <= indent:
			return end
		case !blank:
			end = next
		}
		at = next
	}
	return end
}

// nextLine gives where the next line begins.
func (t *text) nextLine(at int) int { return min(t.lineEnd(at)+1, len(t.data)) }
