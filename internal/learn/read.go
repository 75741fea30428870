package learn

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/s4bot/s4bot/internal/kb"
)

// Unknown counts what cases name and the knowledge base does not have, because
// they were closed under an older or another one.
type Unknown struct {
	Causes  int // cases that were left out whole
	Answers int // answers that were left out of their case
	Fixes   int // fixes that were left out of their case
}

// Any says that something was left out.
func (u Unknown) Any() bool { return u != Unknown{} }

const (
	// faultsMost is how many faults are told of one file.
	faultsMost = 20
	// lineMost is the longest line that is read, in bytes.
	lineMost = 1 << 20
)

// ReadCases reads cases, one JSON object a line; empty lines are passed over.
// What the base does not have is left out and counted. Anything else that is
// not as it should be is an error that names file, line and what to mend, up to
// 20 at once; there are no cases then.
func ReadCases(r io.Reader, name string, base *kb.Base) ([]Case, Unknown, error) {
	var cases []Case
	var unknown Unknown
	var faults []error
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, lineMost)
	n := 0
	for lines.Scan() && len(faults) < faultsMost {
		n++
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		c, err := readCase(line)
		switch {
		case err != nil:
			faults = append(faults, fmt.Errorf("%s:%d: %w", name, n, err))
		case unknown.strip(&c, base):
			cases = append(cases, c)
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		faults = append(faults, fmt.Errorf("%s:%d: the line is longer than %d bytes; write one case a line", name, n+1, lineMost))
	} else if err != nil {
		faults = append(faults, fmt.Errorf("reading %s after line %d: %w", name, n, err))
	}
	if len(faults) > 0 {
		return nil, Unknown{}, errors.Join(faults...)
	}
	return cases, unknown, nil
}

// readCase reads one line.
func readCase(line []byte) (Case, error) {
	var c Case
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&c); err != nil {
		return c, explain(err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return c, errors.New("there is more after the case; write one case a line")
	}
	if c.Cause == "" {
		return c, errors.New(`"cause" is missing; only cases with a confirmed cause teach anything`)
	}
	for i, a := range c.Answers {
		if a.Question == "" || a.Option == "" {
			return c, fmt.Errorf(`answer %d needs both "question" and "option"`, i+1)
		}
	}
	for i, f := range c.Fixes {
		if f.Fix == "" {
			return c, fmt.Errorf(`fix %d: "fix" is missing`, i+1)
		}
	}
	return c, nil
}

// explain says in other words what the JSON library found.
func explain(err error) error {
	if kind := (*json.UnmarshalTypeError)(nil); errors.As(err, &kind) {
		where := "the line"
		if kind.Field != "" {
			where = fmt.Sprintf("%q", kind.Field)
		}
		return fmt.Errorf("%s has the wrong kind of value (%s); a case is {\"cause\": …, \"answers\": [{\"question\": …, \"option\": …}], \"fixes\": [{\"fix\": …, \"worked\": true}]}", where, kind.Value)
	}
	text := strings.TrimPrefix(err.Error(), "json: ")
	if field, ok := strings.CutPrefix(text, "unknown field "); ok {
		return fmt.Errorf("unknown field %s; a case has cause, answers (question, option) and fixes (fix, worked)", field)
	}
	return fmt.Errorf("not valid JSON: %s", text)
}

// strip takes away what the base does not have, and counts it. It says whether
// a case is left.
func (u *Unknown) strip(c *Case, base *kb.Base) bool {
	if base.Cause(c.Cause) == nil {
		u.Causes++
		return false
	}
	var answers []Answer
	for _, a := range c.Answers {
		if q := base.Question(a.Question); q == nil || q.Option(a.Option) == nil {
			u.Answers++
			continue
		}
		answers = append(answers, a)
	}
	var fixes []Tried
	for _, f := range c.Fixes {
		if base.Fix(f.Fix) == nil {
			u.Fixes++
			continue
		}
		fixes = append(fixes, f)
	}
	c.Answers, c.Fixes = answers, fixes
	return true
}
