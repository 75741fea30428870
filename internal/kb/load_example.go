package kb

import (
	"slices"
	"strings"
)

// The ids of examples: messages that tell nothing, messages that name only an
// area (the rest of the id is an option of the question SuspectedArea), and
// messages that are conversation (the rest is one of Intents).
const (
	VagueExamples  = "vague"
	AreaExamples   = "area."
	IntentExamples = "intent."
)

// Intents are the wishes that examples may be of.
var Intents = []string{
	"angry", "greeting", "human", "language_en", "language_zh", "not_resolved", "resolved", "restart", "thanks", "unsure",
}

// example reads one file of examples/.
func (l *loader) example(id string, f *field) {
	get := f.record("texts")
	l.base.Examples = append(l.base.Examples, &Example{ID: id, Texts: get("texts", true).texts()})
	l.links = append(l.links, func() { l.checkExample(id, f) })
}

func (l *loader) checkExample(id string, f *field) {
	switch areas := l.base.questions[SuspectedArea]; {
	case strings.HasPrefix(id, AreaExamples):
		option := strings.TrimPrefix(id, AreaExamples)
		if areas != nil && len(areas.Options) > 1 && areas.Option(option) == nil {
			f.fault("the question %s has no option %q; it has %s", SuspectedArea, option, optionIDs(areas))
		}
	case strings.HasPrefix(id, IntentExamples):
		if !slices.Contains(Intents, strings.TrimPrefix(id, IntentExamples)) {
			f.fault("there is no such intent; there are %s", strings.Join(Intents, ", "))
		}
	case id != VagueExamples:
		f.fault("examples are named %s, %sAREA or %sINTENT", VagueExamples, AreaExamples, IntentExamples)
	}
}

// checkExamples finds kinds of messages without examples: they would never be
// recognised.
func (l *loader) checkExamples() {
	want := []string{VagueExamples}
	for _, name := range Intents {
		want = append(want, IntentExamples+name)
	}
	if q := l.base.questions[SuspectedArea]; q != nil {
		for _, o := range q.Options {
			want = append(want, AreaExamples+o.ID)
		}
	}
	for _, id := range want {
		has := slices.ContainsFunc(l.base.Examples, func(e *Example) bool { return e.ID == id })
		if !has && !l.unread(examplesDir, id) {
			l.faults = append(l.faults, Fault{File: examplesDir, Text: "the file " + id + ".yaml is missing"})
		}
	}
}
