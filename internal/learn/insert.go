package learn

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// insert adds a value that a mapping lacks, with the keys that lead to it, after
// what the mapping has: in the same line inside brackets, or as a line of its own.
func (t *text) insert(node *yaml.Node, keys []string, value string) ([]byte, error) {
	if node.Kind != yaml.MappingNode || node.Style&yaml.TaggedStyle != 0 {
		return nil, fmt.Errorf("line %d %w", node.Line, errLayout)
	}
	var out []byte
	var err error
	if node.Style&yaml.FlowStyle != 0 {
		out, err = t.insertInline(node, keys, value)
	} else {
		out, err = t.insertLine(node, keys, value)
	}
	if errors.Is(err, errLayout) {
		err = fmt.Errorf("line %d %w", node.Line, err)
	}
	return out, err
}

// insertInline adds to a mapping in brackets.
func (t *text) insertInline(node *yaml.Node, keys []string, value string) ([]byte, error) {
	entry := inline(keys, value)
	if len(node.Content) == 0 {
		at := t.offset(node) + 1
		return t.splice(at, at, entry), nil
	}
	at, ok := t.end(node.Content[len(node.Content)-1])
	if !ok {
		return nil, errLayout
	}
	return t.splice(at, at, ", "+entry), nil
}

// insertLine adds a line to a mapping in block style. Below it, brackets are used
// as in the lines above.
func (t *text) insertLine(node *yaml.Node, keys []string, value string) ([]byte, error) {
	first, last := node.Content[0], node.Content[len(node.Content)-1]
	begin := t.offset(first)
	indent := t.data[bytes.LastIndexByte(t.data[:begin], '\n')+1 : begin]
	at, ok := t.end(last)
	if !ok || len(bytes.TrimLeft(indent, " ")) > 0 {
		return nil, errLayout
	}
	next := t.lineEnd(at)
	if rest := bytes.TrimLeft(t.data[at:next], " \t\r"); len(rest) > 0 && rest[0] != '#' {
		return nil, errLayout
	}
	newline := "\n"
	if next > 0 && t.data[next-1] == '\r' {
		newline, next = "\r\n", next-1
	}
	entry := inline(keys, value)
	if len(keys) > 1 && node.Content[1].Style&yaml.FlowStyle == 0 {
		entry = block(keys, value, newline+string(indent)+strings.Repeat(" ", 2))
	}
	return t.splice(next, next, newline+string(indent)+entry), nil
}

// inline writes keys and a value as "question: {option: word}".
func inline(keys []string, value string) string {
	if len(keys) == 1 {
		return keys[0] + ": " + value
	}
	return keys[0] + ": {" + inline(keys[1:], value) + "}"
}

// block writes two keys and a value as two lines.
func block(keys []string, value, newline string) string {
	return keys[0] + ":" + newline + inline(keys[1:], value)
}
