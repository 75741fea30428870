package kb

import (
	"slices"
	"strings"
)

// question reads one file of questions/.
func (l *loader) question(id string, f *field) {
	get := f.record("ask", "why", "check", "effort", "options", "contrasts", "amounts", "safety", "auto", "expires")
	asked := !get("auto", false).present()
	q := &Question{
		ID:      id,
		Ask:     get("ask", true).text(),
		Why:     get("why", true).text(),
		Check:   get("check", asked && id != SuspectedArea).text(),
		Effort:  get("effort", asked).number(.1, 100),
		Safety:  get("safety", false).boolean(),
		Auto:    get("auto", false).oneOf("clock"),
		Expires: get("expires", false).duration(),
	}
	options := get("options", true)
	ids, fields := options.entries()
	for i, o := range ids {
		q.Options = append(q.Options, readOption(o, fields[i]))
	}
	if options.mapping() {
		checkOptions(q, options, fields)
	}
	for _, f := range get("contrasts", false).items() {
		q.Contrasts = append(q.Contrasts, readContrast(q, f))
	}
	if f := get("amounts", false); f.present() {
		l.amounts = append(l.amounts, f)
		get := f.record("large", "small", "any")
		q.Amounts = &Amounts{Large: optionOf(q, get("large", true)), Small: optionOf(q, get("small", true)), Any: optionOf(q, get("any", true))}
	}
	if q.Safety {
		l.safety = append(l.safety, get("safety", true))
		l.needsSafe(q, options, get("auto", false))
	}
	l.base.Questions = append(l.base.Questions, q)
	l.base.questions[id] = q
	l.at[q] = options
}

// needsSafe finds what keeps a question from guarding the customer's money.
func (l *loader) needsSafe(q *Question, options, auto *field) {
	for _, id := range []string{Charged, NotCharged} {
		if options.mapping() && q.Option(id) == nil {
			options.fault("the safety question needs the option %q", id)
		}
	}
	if auto.present() {
		auto.fault("the safety question must be asked; take auto away")
	}
}

func readOption(id string, f *field) *Option {
	get := f.record("label", "share", "exclusive", "reply", "aliases")
	o := &Option{
		ID:      id,
		Label:   get("label", true).text(),
		Percent: get("share", true).number(.1, 100),
		Reply:   get("reply", false).oneOf("yes", "no"),

		Exclusive: get("exclusive", false).boolean(),
		Aliases:   get("aliases", false).texts(),
	}
	o.Share = o.Percent / 100
	return o
}

func readContrast(q *Question, f *field) Contrast {
	get := f.record("of", "works", "fails")
	c := Contrast{Of: get("of", true).texts(), Works: optionOf(q, get("works", false)), Fails: optionOf(q, get("fails", false))}
	if f.mapping() && c.Works == "" && c.Fails == "" {
		f.fault("name the option that is answered when it works, or when it fails")
	}
	return c
}

// optionOf reads the id of one of the question's options.
func optionOf(q *Question, f *field) string {
	id := f.str()
	if id != "" && len(q.Options) > 1 && q.Option(id) == nil {
		f.fault("the question has no option %q; it has %s", id, optionIDs(q))
	}
	return id
}

// reserved are option ids that the dialog uses itself.
var reserved = []string{"unsure", "yes", "no", "works", "same", "different", "not_tried"}

func checkOptions(q *Question, f *field, at []*field) {
	if len(q.Options) < 2 {
		f.fault("a question needs at least two options")
		return
	}
	if q.Auto == "clock" && (q.Option("day") == nil || q.Option("night") == nil) {
		f.fault("the clock answers day or night; it has %s", optionIDs(q))
	}
	replies := map[string]string{}
	for i, o := range q.Options {
		switch before := replies[o.Reply]; {
		case slices.Contains(reserved, o.ID):
			at[i].fault("the option id %q is used by the dialog itself; choose another", o.ID)
		case !idForm.MatchString(o.ID):
			at[i].fault("must be an id of small letters and digits, divided by . _ or -, not %q", o.ID)
		case before != "" && o.Reply != "":
			at[i].fault("both %s and %s are the reply %q; keep one", before, o.ID, o.Reply)
		}
		replies[o.Reply] = o.ID
	}
	shareOut(q, f)
}

// shareOut makes the shares add up to exactly 1.
func shareOut(q *Question, f *field) {
	sum := 0.0
	for _, o := range q.Options {
		if o.Share == 0 {
			return // reported where it stands
		}
		sum += o.Share
	}
	if sum < .98 || sum > 1.02 {
		f.fault("the shares add up to %.4g; they must add up to 100", sum*100)
		return
	}
	for _, o := range q.Options {
		o.Share /= sum
	}
}

func optionIDs(q *Question) string {
	ids := make([]string, len(q.Options))
	for i, o := range q.Options {
		ids[i] = o.ID
	}
	return strings.Join(ids, ", ")
}
