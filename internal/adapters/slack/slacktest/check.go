package slacktest

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf16"
)

// checker reads JSON against what the documents allow, and notes what is wrong.
type checker struct {
	wrong     []string
	chars     int // of all texts
	blockIDs  map[string]bool
	actionIDs map[string]bool
}

// check is what a value must be. at is its JSON pointer.
type check func(c *checker, at string, v any)

// fields are what an object may have, by name; one whose name ends with ! it must
// have.
type fields map[string]check

func (c *checker) add(at, format string, args ...any) {
	c.wrong = append(c.wrong, "[ERROR] "+fmt.Sprintf(format, args...)+" [json-pointer:"+at+"]")
}

// chars counts as the strictest would: in UTF-16 units.
func chars(text string) int { return len(utf16.Encode([]rune(text))) }

// str is a string of at most so many characters.
func str(most int) check {
	return func(c *checker, at string, v any) {
		text, ok := v.(string)
		switch {
		case !ok:
			c.add(at, "must provide a string")
		case chars(text) > most:
			c.add(at, "must be less than %d characters", most+1)
		}
	}
}

// filled is str, but not empty.
func filled(most int) check {
	return func(c *checker, at string, v any) {
		str(most)(c, at, v)
		if v == "" {
			c.add(at, "must be more than 0 characters")
		}
	}
}

func boolean(c *checker, at string, v any) {
	if _, ok := v.(bool); !ok {
		c.add(at, "must provide a boolean")
	}
}

func whole(least, most float64) check {
	return func(c *checker, at string, v any) {
		n, ok := v.(float64)
		if !ok || n != math.Trunc(n) || n < least || n > most {
			c.add(at, "must provide a number from %v to %v", least, most)
		}
	}
}

func oneOf(words ...string) check {
	return func(c *checker, at string, v any) {
		if word, ok := v.(string); !ok || !slices.Contains(words, word) {
			c.add(at, "must be one of %v", words)
		}
	}
}

func anything(*checker, string, any) {}

// unique is an id that no other has in the same message.
func unique(seen func(*checker) map[string]bool) check {
	return func(c *checker, at string, v any) {
		filled(255)(c, at, v)
		id, _ := v.(string)
		if seen(c)[id] {
			c.add(at, "%q is not unique", id)
		}
		seen(c)[id] = true
	}
}

// list is a list of so many.
func list(least, most int, each check) check {
	return func(c *checker, at string, v any) {
		items, ok := v.([]any)
		switch {
		case !ok:
			c.add(at, "must provide an array")
		case len(items) < least:
			c.add(at, "no fewer than %d items allowed", least)
		case len(items) > most:
			c.add(at, "no more than %d items allowed", most)
		}
		for i, item := range items {
			each(c, fmt.Sprintf("%s/%d", at, i), item)
		}
	}
}

// object is an object with these fields and no others.
func object(f fields) check {
	return func(c *checker, at string, v any) {
		o, ok := v.(map[string]any)
		if !ok {
			c.add(at, "must provide an object")
			return
		}
		for name := range f {
			if need, must := strings.CutSuffix(name, "!"); must && o[need] == nil {
				c.add(at, "missing required field: %s", need)
			}
		}
		for name, value := range o {
			c.field(f, at+"/"+name, name, value)
		}
	}
}

func (c *checker) field(f fields, at, name string, value any) {
	each := f[name]
	if each == nil {
		each = f[name+"!"]
	}
	switch {
	case each == nil:
		c.add(at, "unknown field: %s", name)
	case value == nil:
		c.add(at, "must not be null")
	default:
		each(c, at, value)
	}
}

// typed is an object whose "type" says what fields it has.
func typed(kinds map[string]fields) check {
	return func(c *checker, at string, v any) {
		o, _ := v.(map[string]any)
		kind, _ := o["type"].(string)
		f, known := kinds[kind]
		if !known {
			c.add(at+"/type", "unsupported type: %q", kind)
			return
		}
		f["type!"] = anything
		object(f)(c, at, v)
	}
}
