package learn

import (
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Diff gives the edits as one unified diff of the folder knowledge/, in the order
// of the files' names. `git apply` and `patch -p1` take it in the folder above.
func Diff(files fs.FS, edited map[string][]byte) string {
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(edited)) {
		before, err := fs.ReadFile(files, name)
		from := "a/knowledge/" + name
		if err != nil {
			from = "/dev/null"
		}
		out.Write(diff.Diff(from, before, "b/knowledge/"+name, edited[name]))
	}
	return out.String()
}
