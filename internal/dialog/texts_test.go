package dialog_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write docs/TEXTS.md anew; read the diff")

// textsPage shows the bot's own words, for those who review them.
const textsPage = "../../docs/TEXTS.md"

const textsHead = `# What the bot says by itself

Every text of the bot that is not in [knowledge/](../knowledge), in both languages: made from the code by
` + "`go test ./internal/dialog -run Texts -update`" + `, and kept true by the same test. ` + "`%s`" + ` stands for what is filled in; names that
begin with textDesk and textCard are for the desk, those with textInside for the inside view.

| name | 中文 | English |
|---|---|---|
`

// ownText is a kb.Text in the code.
type ownText struct{ name, zh, en string }

// TestTexts reads every text in this package: it has both languages, the same
// places to fill in, and is short enough for somebody with a customer waiting.
func TestTexts(t *testing.T) {
	texts := ownTexts(t)
	if len(texts) < 80 {
		t.Fatalf("only %d texts were found", len(texts))
	}
	page := textsHead
	for _, x := range texts {
		if x.zh == "" || x.en == "" || strings.Count(x.zh, "%s") != strings.Count(x.en, "%s") {
			t.Errorf("%s: %q and %q do not say the same", x.name, x.zh, x.en)
		}
		if n := utf8.RuneCountInString(x.zh); n > 140 {
			t.Errorf("%s has %d characters, which nobody reads at the counter", x.name, n)
		}
		if n := utf8.RuneCountInString(x.en); n > 400 {
			t.Errorf("%s has %d letters, which nobody reads at the counter", x.name, n)
		}
		page += fmt.Sprintf("| %s | %s | %s |\n", x.name, cell(x.zh), cell(x.en))
	}
	if *update {
		if err := os.WriteFile(textsPage, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if have, err := os.ReadFile(textsPage); err != nil || string(have) != page {
		t.Errorf("docs/TEXTS.md is not what the bot says; run this test with -update and read the diff (%v)", err)
	}
}

func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", "<br>", "<", "&lt;").Replace(text)
}

// ownTexts finds the texts in the package's source, in its order.
func ownTexts(t *testing.T) (out []ownText) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range g.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok {
					for i, value := range v.Values {
						out = append(out, textsIn(v.Names[i].Name, value)...)
					}
				}
			}
		}
	}
	return out
}

// textsIn finds texts in a value: one, or a map of them.
func textsIn(name string, value ast.Expr) (out []ownText) {
	c, ok := value.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	x := ownText{name: name}
	for _, e := range c.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		switch key := spelled(pair.Key); key {
		case "ZH":
			x.zh = literal(pair.Value)
		case "EN":
			x.en = literal(pair.Value)
		default:
			out = append(out, textsIn(name+" · "+key, pair.Value)...)
		}
	}
	if x.zh != "" || x.en != "" {
		out = append(out, x)
	}
	return out
}

// spelled is a key as the code spells it.
func spelled(e ast.Expr) string {
	switch k := e.(type) {
	case *ast.Ident:
		return k.Name
	case *ast.SelectorExpr:
		return k.Sel.Name
	case *ast.BasicLit:
		return k.Value
	}
	return "?"
}

func literal(e ast.Expr) string {
	l, ok := e.(*ast.BasicLit)
	if !ok {
		return ""
	}
	text, _ := strconv.Unquote(l.Value)
	return text
}

// No text blames the merchant or speaks the trade's language.
func TestTextsAreFriendly(t *testing.T) {
	unkind := []string{"您必须", "您应该", "您的错", "操作失误", "非法", "无效输入", "系统提示", "invalid", "must ", "illegal", "your fault", "error occurred"}
	for _, x := range ownTexts(t) {
		if i := slices.IndexFunc(unkind, func(w string) bool { return strings.Contains(x.zh+strings.ToLower(x.en), w) }); i >= 0 {
			t.Errorf("%s says %q", x.name, unkind[i])
		}
	}
}
