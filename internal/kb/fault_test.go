package kb_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestEveryKindOfFaultIsShown reads the loader's own source for the texts of
// its faults: each must stand in a case of testdata/broken.
func TestEveryKindOfFaultIsShown(t *testing.T) {
	shown := ""
	for _, file := range brokenFiles(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, want, _ := strings.Cut(string(data), "-- want --\n")
		shown += want
	}
	verb := regexp.MustCompile(`%[.0-9]*[a-z]`)
	texts := faultTexts(t)
	if len(texts) < 30 {
		t.Fatalf("found only %d faults in the source", len(texts))
	}
	for where, text := range texts {
		form := verb.ReplaceAllString(regexp.QuoteMeta(verb.ReplaceAllString(text, "%s")), ".+")
		if !regexp.MustCompile(form).MatchString(shown) {
			t.Errorf("%s: no case shows %q", where, text)
		}
	}
}

// faultTexts finds the texts that the package can put into a fault, by their
// place in the source.
func faultTexts(t *testing.T) map[string]string {
	t.Helper()
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	texts, set := map[string]string{}, token.NewFileSet()
	note := func(e ast.Expr) {
		if text := textOf(e); text != "%s" {
			texts[set.Position(e.Pos()).String()] = text
		}
	}
	argument := map[string]int{"fault": 0, "is": 1, "fail": 2}
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, source, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				method, ok := n.Fun.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if i, ok := argument[method.Sel.Name]; ok && i < len(n.Args) {
					note(n.Args[i])
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Text" {
					note(n.Value)
				}
			}
			return true
		})
	}
	return texts
}

// textOf gives the text that an expression makes, with %s for what is known
// only when it runs.
func textOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		return textOf(e.X) + textOf(e.Y)
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil {
			return text
		}
	}
	return "%s"
}
