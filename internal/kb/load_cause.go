package kb

import (
	"path"

	"go.yaml.in/yaml/v3"
)

// cause reads one article of causes/.
func (l *loader) cause(id string, f *field) {
	l.article(causesDir, id, f)
	get := f.record("title", "how_common", "aliases", "signs", "explain", "fixes", "prevent", "sources")
	c := &Cause{
		ID:      id,
		Title:   get("title", true).text(),
		Prior:   get("how_common", true).word(priors),
		Aliases: get("aliases", true).texts(),
		Explain: get("explain", true).text(),
		Prevent: get("prevent", true).texts(),
		Sources: l.sourcesOf(get("sources", true)),
		Signs:   map[string]map[string]float64{},
	}
	l.base.Causes = append(l.base.Causes, c)
	l.base.causes[id] = c
	signs := get("signs", true)
	l.at[c] = signs
	l.readSigns(c, signs)
	l.readCures(c, get("fixes", true))
}

// SignsMost is how far the options of a question that an article lists may add
// up: to 1, with room for the roughness of the words. If it lists all of them,
// they add up to at least 1/SignsMost.
const SignsMost = 1.2

// readSigns reads which answers the cause makes likely or unlikely.
func (l *loader) readSigns(c *Cause, f *field) {
	questions, fields := f.entries()
	for i, q := range questions {
		at := fields[i]
		options, words := at.entries()
		if at.mapping() && len(options) == 0 {
			at.fault("is empty")
		}
		listed, sum := map[string]float64{}, 0.0
		for j, o := range options {
			listed[o] = words[j].word(frequencies)
			sum += listed[o]
		}
		if sum > SignsMost+1e-9 {
			at.fault("the listed options add up to %.2f; together they can be at most about 1", sum)
		}
		c.Signs[q] = listed
		l.links = append(l.links, func() { l.checkSign(q, listed, options, words, at) })
	}
}

func (l *loader) checkSign(question string, listed map[string]float64, options []string, at []*field, f *field) {
	q := l.base.questions[question]
	if q == nil {
		if !l.unread(questionsDir, question) {
			f.fault("there is no question %q; questions are the files of %s/", question, questionsDir)
		}
		return
	}
	if len(q.Options) < 2 {
		return // reported where the question stands
	}
	sum, all := 0.0, len(options) == len(q.Options)
	for i, o := range options {
		if q.Option(o) == nil {
			at[i].fault("the question %s has no option %q; it has %s", question, o, optionIDs(q))
		}
		sum += listed[o]
		all = all && listed[o] > 0
	}
	if all && sum < 1/SignsMost {
		f.fault("all options are listed and add up to only %.2f; together they must be about 1", sum)
	}
}

// readCures reads the fixes of an article: shared ones, which name a file of
// fixes/ and say only how well they work here, and its own.
func (l *loader) readCures(c *Cause, f *field) {
	if f.node != nil && f.node.Kind == yaml.SequenceNode && len(f.node.Content) == 0 {
		f.fault("has no fix; the last one can be one that an agent does")
		return
	}
	for _, item := range f.items() {
		get := item.record(append([]string{"id", "works"}, fixKeys...)...)
		id, works := get("id", true), get("works", true).word(workings)
		name := id.str()
		switch {
		case name == "":
		case !idForm.MatchString(name):
			id.fault("must be an id of small letters and digits, divided by . _ or -, not %q", name)
		case get("steps", false).present():
			fix := readFix(c.ID+"/"+name, get)
			l.addFix(fix, item)
			l.links = append(l.links, func() { c.Cures = append(c.Cures, Cure{Fix: fix, Works: works}) })
		default:
			l.links = append(l.links, func() { l.linkFix(c, name, works, item, get) })
		}
	}
}

// linkFix puts a shared fix into an article.
func (l *loader) linkFix(c *Cause, id string, works float64, f *field, get func(string, bool) *field) {
	fix := l.base.fixes[id]
	if fix == nil {
		if !l.unread(fixesDir, id) {
			f.fault("the fix %q has no steps here and there is no file %s/%s.yaml", id, fixesDir, id)
		}
		return
	}
	for _, key := range fixKeys {
		if at := get(key, false); at.present() {
			at.fault("%s/%s.yaml says this already; beside a shared fix stand only id and works", fixesDir, id)
		}
	}
	for _, cure := range c.Cures {
		if cure.Fix == fix {
			f.fault("the fix %q stands here twice", id)
			return
		}
	}
	c.Cures = append(c.Cures, Cure{Fix: fix, Works: works})
}

// fixKeys are the keys of a fix.
var fixKeys = []string{"title", "steps", "effort", "who", "repeats_payment", "way_round", "tried"}

// sharedFix reads one file of fixes/.
func (l *loader) sharedFix(id string, f *field) {
	get := f.record(fixKeys...)
	l.addFix(readFix(id, get), f)
}

func (l *loader) addFix(fix *Fix, f *field) {
	if l.base.fixes[fix.ID] != nil {
		f.fault("the fix %q stands here twice", path.Base(fix.ID))
		return
	}
	l.base.fixes[fix.ID] = fix
	l.base.Fixes = append(l.base.Fixes, fix)
	l.at[fix] = f
}

func readFix(id string, get func(string, bool) *field) *Fix {
	return &Fix{
		ID:             id,
		Title:          get("title", true).text(),
		Steps:          get("steps", true).texts(),
		Effort:         get("effort", true).number(.1, 100),
		Agent:          get("who", true).oneOf("merchant", "agent") == "agent",
		RepeatsPayment: get("repeats_payment", true).boolean(),
		WayRound:       get("way_round", false).boolean(),
		Tried:          get("tried", false).texts(),
	}
}
