// Package internal_test keeps the rules of the layout that no compiler keeps;
// they are those of DESIGN.md, section 2.
package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/s4bot/s4bot/internal/"

// allowed says which project packages a package may import, by the first part
// of their path below internal/ (or two parts where a folder holds several
// rooms). Packages that are not named here may import anything.
var allowed = map[string][]string{
	"chat":                 {},
	"kb":                   {},
	"nlu/fold":             {},
	"nlu/pinyin":           {},
	"nlu/terms":            {"nlu/fold", "nlu/pinyin"},
	"nlu/bayes":            {"nlu/terms"},
	"kb/index":             {"kb", "nlu/terms", "nlu/bayes"},
	"nlu":                  {"kb", "chat", "nlu/fold", "nlu/pinyin", "nlu/bayes"},
	"diagnosis":            {"kb", "chat"},
	"learn":                {"kb"},
	"improve":              {"kb", "chat", "learn", "nlu", "nlu/fold"},
	"dialog":               {"diagnosis", "kb", "nlu", "nlu/fold", "chat"},
	"chart":                {},
	"library":              {"adapters", "chat", "dialog", "insight", "kb", "kb/index", "nlu"},
	"insight":              {},
	"store":                {},
	"store/boltstore":      {"store"},
	"store/redisstore":     {"store"},
	"adapters":             {"chat"},
	"adapters/console":     {"adapters", "chat"},
	"adapters/telegram":    {"adapters", "chat"},
	"adapters/slack":       {"adapters", "chat"},
	"adapters/web":         {"adapters", "chat", "chart", "insight"},
	"adapters/web/webtest": {"adapters/web", "chat"},
	"adapters/adaptertest": {"adapters", "chat"},
	"browsertest":          {},
}

// pure packages reach no network, no disk, no clock and no randomness.
var pure = []string{"chat", "chart", "insight", "nlu", "nlu/fold", "nlu/pinyin", "nlu/terms", "nlu/bayes", "diagnosis", "dialog"}

// impure are the packages that would let a pure one reach out.
var impure = []string{"os", "net", "net/http", "math/rand", "math/rand/v2", "crypto/rand", "syscall", "os/exec", "log", "log/slog"}

func TestImportsRunOneWay(t *testing.T) {
	walk(t, func(pkg, file string, f *ast.File) {
		rule, bound := allowed[pkg]
		for _, spec := range f.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			if target, ours := strings.CutPrefix(name, module); ours && bound && !slices.Contains(rule, target) {
				t.Errorf("%s imports internal/%s; internal/%s may import only %v", file, target, pkg, rule)
			}
			if slices.Contains(pure, pkg) && (slices.Contains(impure, name) || strings.Contains(name, "blevesearch/bleve")) {
				t.Errorf("%s imports %s, but internal/%s is pure", file, name, pkg)
			}
		}
	})
}

func TestPurePackagesReadNoClock(t *testing.T) {
	walk(t, func(pkg, file string, f *ast.File) {
		if !slices.Contains(pure, pkg) {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "After", "Tick", "NewTimer", "Sleep"}, sel.Sel.Name) {
				t.Errorf("%s uses time.%s, but internal/%s takes the time as a value", file, sel.Sel.Name, pkg)
			}
			return true
		})
	})
}

// walk parses every file that is no test.
func walk(t *testing.T, visit func(pkg, file string, f *ast.File)) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			return err
		}
		files++
		visit(path.Dir(filepath.ToSlash(file)), file, f)
		return nil
	})
	if err != nil || files < 20 {
		t.Fatalf("read %d files: %v", files, err)
	}
}
