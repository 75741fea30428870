package kb

import (
	"fmt"
	"sort"
	"strings"
)

// Fault is one thing wrong with the knowledge, told so that its author can
// mend it.
type Fault struct {
	File  string // path below the knowledge folder
	Line  int    // from 1; 0 if the fault has no line of its own
	Field string // path of the field, such as signs.response_code
	Text  string // what is wrong and what would be right
}

// String gives "file:line: field: text".
func (f Fault) String() string {
	where := f.File
	if f.Line > 0 {
		where = fmt.Sprintf("%s:%d", f.File, f.Line)
	}
	if f.Field == "" {
		return where + ": " + f.Text
	}
	return where + ": " + f.Field + ": " + f.Text
}

// Faults is the error of Load: everything wrong, sorted by file and line.
type Faults []Fault

// Error lists all faults, one a line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

func (fs Faults) sorted() Faults {
	sort.SliceStable(fs, func(i, j int) bool {
		if fs[i].File != fs[j].File {
			return fs[i].File < fs[j].File
		}
		return fs[i].Line < fs[j].Line
	})
	return fs
}
