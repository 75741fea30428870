package kb

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// institutions reads the names of banks and others, which a base may do without.
func (l *loader) institutions() {
	if _, err := fs.Stat(l.files, namesFile); errors.Is(err, fs.ErrNotExist) {
		return
	}
	f := l.read(namesFile, namesFile)
	if f == nil {
		return
	}
	owners := map[string]string{}
	ids, fields := f.entries()
	for i, id := range ids {
		if !idForm.MatchString(id) {
			fields[i].fault("an id is small letters and digits, divided by . _ or -, not %q", id)
		}
		l.institution(id, fields[i], owners)
	}
}

func (l *loader) institution(id string, f *field, owners map[string]string) {
	get := f.record("kind", "title", "aliases", "except")
	n := &Institution{ID: id, Kind: get("kind", true).oneOf(InstitutionKinds...), Title: get("title", true).text()}
	aliases := get("aliases", true)
	n.Aliases = aliases.texts()
	if except := get("except", false); except.present() {
		n.Except = n.exceptions(except)
	}
	for _, a := range n.Aliases.All() {
		key := strings.ToLower(a)
		if other := owners[key]; other != "" && other != id {
			aliases.fault("%q names %s already", a, other)
		}
		owners[key] = id
	}
	l.base.Institutions = append(l.base.Institutions, n)
}

// exceptions reads the phrases in which an alias means something else.
func (n *Institution) exceptions(f *field) []string {
	var out []string
	for _, item := range f.items() {
		phrase := item.str()
		holds := func(alias string) bool { return phrase != alias && strings.Contains(phrase, alias) }
		if phrase != "" && !slices.ContainsFunc(n.Aliases.All(), holds) {
			item.fault("%q holds none of the aliases and more, so that it excepts nothing", phrase)
		}
		out = append(out, phrase)
	}
	return out
}
