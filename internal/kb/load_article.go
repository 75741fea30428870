package kb

import (
	"regexp"
	"sort"
)

// howto reads one file of howto/.
func (l *loader) howto(id string, f *field) {
	l.article(howtoDir, id, f)
	get := f.record("title", "aliases", "steps", "note", "sources")
	l.base.Howtos = append(l.base.Howtos, &Howto{
		ID:      id,
		Title:   get("title", true).text(),
		Aliases: get("aliases", true).texts(),
		Steps:   get("steps", true).texts(),
		Note:    get("note", true).text(),
		Sources: l.sourcesOf(get("sources", true)),
	})
}

// topic reads one file of outside/.
func (l *loader) topic(id string, f *field) {
	l.article(outsideDir, id, f)
	get := f.record("title", "aliases", "answer")
	l.base.Topics = append(l.base.Topics, &Topic{
		ID:      id,
		Title:   get("title", true).text(),
		Aliases: get("aliases", true).texts(),
		Answer:  get("answer", true).text(),
	})
}

// codeForm is the form of a response code: two letters or digits.
var codeForm = regexp.MustCompile(`^[0-9A-Z]{2}$`)

// codes reads the article on response codes.
func (l *loader) codes() {
	f := l.read(codesFile, codesFile)
	if f == nil {
		return
	}
	get := f.record("title", "aliases", "explain", "codes", "sources")
	l.base.Codes = &CodeTable{
		Title:   get("title", true).text(),
		Aliases: get("aliases", true).texts(),
		Explain: get("explain", true).text(),
		Sources: l.sourcesOf(get("sources", true)),
	}
	list := get("codes", true)
	codes, fields := list.entries()
	if list.mapping() && len(codes) == 0 {
		list.fault("is empty")
	}
	for i, code := range codes {
		l.code(code, fields[i])
	}
	table := l.base.Codes.Codes
	sort.Slice(table, func(i, j int) bool { return table[i].Code < table[j].Code })
}

func (l *loader) code(code string, f *field) {
	if !codeForm.MatchString(code) {
		f.fault("a response code is two digits or capital letters, not %q", code)
	}
	get := f.record("means", "option", "causes")
	option, causes := get("option", true), get("causes", true).items()
	c := Code{Code: code, Means: get("means", true).text(), Option: option.str()}
	for _, cause := range causes {
		c.Causes = append(c.Causes, cause.str())
	}
	l.base.Codes.Codes = append(l.base.Codes.Codes, c)
	l.links = append(l.links, func() { l.checkCode(c, option, causes) })
}

func (l *loader) checkCode(c Code, option *field, causes []*field) {
	q := l.base.questions[ResponseCode]
	if q != nil && len(q.Options) > 1 && c.Option != "" && q.Option(c.Option) == nil {
		option.fault("the question %s has no option %q; it has %s", ResponseCode, c.Option, optionIDs(q))
	}
	for i, id := range c.Causes {
		if id != "" && l.base.causes[id] == nil && !l.unread(causesDir, id) {
			causes[i].fault("there is no cause %q; causes are the files of %s/", id, causesDir)
		}
	}
}
