package kb

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strings"
)

// The folders of a knowledge base. Each holds one YAML file an entry, named by
// its id.
const (
	causesDir    = "causes"
	questionsDir = "questions"
	fixesDir     = "fixes"
	howtoDir     = "howto"
	outsideDir   = "outside"
	examplesDir  = "examples"
	codesFile    = "reference/response-codes.yaml"
	namesFile    = "reference/names.yaml"
	sourcesFile  = "sources.yaml"
)

// Load reads and checks a whole knowledge base. The error is a Faults with
// everything that is wrong.
func Load(files fs.FS) (*Base, error) {
	l := &loader{
		files: files, hash: sha256.New(), base: newBase(),
		failed: map[string]bool{}, articles: map[string]string{}, at: map[any]*field{},
	}
	l.sources()
	l.folder(questionsDir, l.question)
	l.folder(fixesDir, l.sharedFix)
	l.folder(causesDir, l.cause)
	l.folder(howtoDir, l.howto)
	l.folder(outsideDir, l.topic)
	l.folder(examplesDir, l.example)
	l.codes()
	l.institutions()
	for _, link := range l.links {
		link()
	}
	l.finish()
	l.checkNeeded()
	if len(l.faults) == 0 {
		l.checkWhole()
	}
	if len(l.faults) > 0 {
		return nil, l.faults.sorted()
	}
	return l.base, nil
}

func newBase() *Base {
	return &Base{
		Sources: map[string]Text{}, causes: map[string]*Cause{},
		questions: map[string]*Question{}, fixes: map[string]*Fix{}, Codes: &CodeTable{},
	}
}

// loader gathers the base and its faults. What refers to another file is
// looked up by links, which run when all files are read.
type loader struct {
	files  fs.FS
	base   *Base
	faults Faults
	links  []func()
	hash   hash.Hash
	// failed holds the folders and the entries (DIR/ID) that could not be
	// read: what refers to them is not to blame.
	failed map[string]bool
	// articles gives the folder of each article's id.
	articles map[string]string
	// safety holds where questions say that they guard the customer's money.
	safety []*field
	// amounts holds where questions say that they are about sums.
	amounts []*field
	// at remembers where each cause's signs, each question's options and each
	// fix stand, for faults that only the whole base shows.
	at map[any]*field
}

// idForm is the form of every id: it becomes part of buttons and reports.
var idForm = regexp.MustCompile(`^[a-z0-9]+([._-][a-z0-9]+)*$`)

// folder reads every YAML file of a folder; the id is the name of the file.
func (l *loader) folder(dir string, read func(id string, f *field)) {
	entries, err := fs.ReadDir(l.files, dir)
	if err != nil {
		l.fail(dir, dir, "cannot read the folder: "+err.Error())
		return
	}
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") {
			continue
		}
		ext := path.Ext(name)
		id := strings.TrimSuffix(name, ext)
		entry, file := path.Join(dir, id), path.Join(dir, name)
		switch {
		case ext != ".yaml" || e.IsDir():
			l.fail(entry, file, "only files named ID.yaml belong here")
		case !idForm.MatchString(id):
			l.fail(entry, file, "the name must be an id of small letters and digits, divided by . _ or -")
		case dir == causesDir && Group(id) == id:
			l.fail(entry, file, "the name of a cause is GROUP.NAME, such as card.expired")
		default:
			if f := l.read(entry, file); f != nil {
				read(id, f)
			}
		}
	}
}

func (l *loader) read(entry, file string) *field {
	data, err := fs.ReadFile(l.files, file)
	if err != nil {
		l.fail(entry, file, "cannot read the file: "+err.Error())
		return nil
	}
	fmt.Fprintf(l.hash, "%s %d\n%s", file, len(data), data)
	f := parse(file, data, &l.faults)
	l.failed[entry] = f == nil
	return f
}

func (l *loader) fail(entry, file, text string) {
	l.failed[entry] = true
	l.faults = append(l.faults, Fault{File: file, Text: text})
}

// unread says that an entry may exist, in a file that could not be read.
func (l *loader) unread(dir, id string) bool { return l.failed[dir] || l.failed[path.Join(dir, id)] }

// article notes an article's id, which no other may have.
func (l *loader) article(dir, id string, f *field) {
	if other, twice := l.articles[id]; twice {
		f.fault("there is already an article of this name in %s/", other)
	}
	l.articles[id] = dir
}

// finish sorts what was read, so that the same files give the same base.
func (l *loader) finish() {
	b := l.base
	sort.Slice(b.Causes, func(i, j int) bool { return b.Causes[i].ID < b.Causes[j].ID })
	sort.Slice(b.Questions, func(i, j int) bool { return b.Questions[i].ID < b.Questions[j].ID })
	sort.Slice(b.Fixes, func(i, j int) bool { return b.Fixes[i].ID < b.Fixes[j].ID })
	sort.Slice(b.Howtos, func(i, j int) bool { return b.Howtos[i].ID < b.Howtos[j].ID })
	sort.Slice(b.Examples, func(i, j int) bool { return b.Examples[i].ID < b.Examples[j].ID })
	sort.Slice(b.Institutions, func(i, j int) bool { return b.Institutions[i].ID < b.Institutions[j].ID })
	sort.Slice(b.Topics, func(i, j int) bool { return b.Topics[i].ID < b.Topics[j].ID })
	b.Version = hex.EncodeToString(l.hash.Sum(nil))[:12]
}

func (l *loader) sources() {
	f := l.read(sourcesFile, sourcesFile)
	if f == nil {
		return
	}
	keys, values := f.entries()
	for i, id := range keys {
		l.base.Sources[id] = values[i].text()
	}
}

// sourcesOf reads a list of sources, each of which must be known.
func (l *loader) sourcesOf(f *field) []string {
	var ids []string
	for _, item := range f.items() {
		id := item.str()
		if _, ok := l.base.Sources[id]; !ok && id != "" && !l.failed[sourcesFile] {
			item.fault("unknown source %q; add it to %s", id, sourcesFile)
		}
		ids = append(ids, id)
	}
	return ids
}

func sprintf(format string, args ...any) string {
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}
