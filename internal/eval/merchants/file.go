package merchants

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"go.yaml.in/yaml/v3"

	"github.com/s4bot/s4bot/internal/kb"
)

// File is a merchants file: what its author holds true of merchants, as
// relative numbers. Causes that it does not name do not occur; answers that it
// does not list are the usual ones.
type File struct {
	Rates     Rates                         `yaml:"rates"`
	Questions map[string]map[string]float64 `yaml:"questions"` // usual answers: option to number
	Causes    map[string]FileCause          `yaml:"causes"`

	base *kb.Base
}

// FileCause is one cause of a merchants file.
type FileCause struct {
	Prior   float64                       `yaml:"prior"`
	Answers map[string]map[string]float64 `yaml:"answers"` // question to option to number
}

// Load reads a merchants file and checks it against the knowledge. The error
// names everything that is wrong.
func Load(path string, base *kb.Base) (*File, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read merchants: %w", err)
	}
	f := &File{Rates: DefaultRates(), base: base}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(f); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if err := f.check(); err != nil {
		return nil, fmt.Errorf("%s:\n%w", path, err)
	}
	return f, nil
}

func (f *File) check() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	for id, answers := range f.Questions {
		f.checkRow("questions."+id, id, answers, fault)
	}
	sum := 0.0
	for id, c := range f.Causes {
		if f.base.Cause(id) == nil {
			fault("causes.%s: there is no such cause; bot kb export lists them", id)
		}
		if c.Prior < 0 {
			fault("causes.%s.prior: %v is negative", id, c.Prior)
		}
		sum += c.Prior
		for q, answers := range c.Answers {
			f.checkRow("causes."+id+".answers."+q, q, answers, fault)
		}
	}
	if sum <= 0 {
		fault("causes: at least one cause needs a prior above 0")
	}
	return errors.Join(faults...)
}

func (f *File) checkRow(field, question string, answers map[string]float64, fault func(string, ...any)) {
	q := f.base.Question(question)
	if q == nil {
		fault("%s: there is no question %q; bot kb export lists them", field, question)
		return
	}
	sum := 0.0
	for option, p := range answers {
		if q.Option(option) == nil {
			fault("%s.%s: the question has no such option", field, option)
		}
		if p < 0 {
			fault("%s.%s: %v is negative", field, option, p)
		}
		sum += p
	}
	if sum <= 0 {
		fault("%s: at least one answer needs a number above 0", field)
	}
}

// World makes a world of the file.
func (f *File) World(seed uint64, first map[string][]string) *World {
	w := newWorld(f.base, seed, f.Rates, first)
	for i, c := range f.base.Causes {
		theirs := f.Causes[c.ID]
		w.prior[i] = theirs.Prior
		for id, answers := range theirs.Answers {
			w.answers[id][i] = row(f.base.Question(id), answers)
		}
	}
	normalise(w.prior)
	for id, answers := range f.Questions {
		w.usual[id] = row(f.base.Question(id), answers)
	}
	return w
}

// row lays out relative numbers as probabilities of a question's options.
func row(q *kb.Question, answers map[string]float64) []float64 {
	out := make([]float64, len(q.Options))
	for i, o := range q.Options {
		out[i] = answers[o.ID]
	}
	normalise(out)
	return out
}
