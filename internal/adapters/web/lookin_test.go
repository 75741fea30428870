package web_test

import (
	"encoding/xml"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

func read(t testing.TB, answer *http.Response) string {
	t.Helper()
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// element is one element of a page, with those that it stands in.
type element struct {
	name  string
	attrs map[string]string
	in    []string
}

// elements takes a page apart; it fails unless the page is well-formed.
func elements(t *testing.T, name, page string) []element {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var out []element
	var stack []string
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatalf("%s is not well-formed: %v", name, err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			e := element{x.Name.Local, map[string]string{}, append([]string(nil), stack...)}
			for _, a := range x.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			out, stack = append(out, e), append(stack, x.Name.Local)
		case xml.EndElement:
			if len(stack) == 0 || stack[len(stack)-1] != x.Name.Local {
				t.Fatalf("%s: </%s> closes %v", name, x.Name.Local, stack)
			}
			stack = stack[:len(stack)-1]
		}
	}
}

var heading = regexp.MustCompile(`^h[1-6]$`)

// checkPage asserts what makes a page usable by everybody, and safe: headings in
// order, one of the first level; tables with a caption and headed columns and rows;
// names that refer to what is there; ids only once; nothing inline.
func checkPage(t *testing.T, name, page string) {
	t.Helper()
	ids, refs, level, firsts := map[string]bool{}, map[string]string{}, 0, 0
	captions, tables := 0, 0
	for _, e := range elements(t, name, page) {
		if heading.MatchString(e.name) {
			now := int(e.name[1] - '0')
			if now > level+1 {
				t.Errorf("%s: <%s> comes after a heading of level %d", name, e.name, level)
			}
			if level = now; now == 1 {
				firsts++
			}
		}
		switch e.name {
		case "table":
			tables++
		case "caption":
			captions++
		case "th":
			if e.attrs["scope"] == "" {
				t.Errorf("%s: a <th> without scope", name)
			}
		case "script":
			if e.attrs["src"] == "" {
				t.Errorf("%s: an inline script", name)
			}
		case "style":
			t.Errorf("%s: an inline style", name)
		case "svg":
			if e.attrs["role"] != "img" && e.attrs["aria-hidden"] != "true" {
				t.Errorf("%s: a drawing that is neither named nor hidden", name)
			}
		}
		for key, value := range e.attrs {
			if key == "style" || strings.HasPrefix(key, "on") || strings.HasPrefix(strings.TrimSpace(value), "javascript:") {
				t.Errorf("%s: <%s %s=%q>", name, e.name, key, value)
			}
			if key == "aria-labelledby" || key == "for" {
				for _, ref := range strings.Fields(value) {
					refs[ref] = e.name
				}
			}
		}
		if id, ok := e.attrs["id"]; ok {
			if ids[id] {
				t.Errorf("%s: the id %s stands twice", name, id)
			}
			ids[id] = true
		}
	}
	if firsts != 1 || captions != tables {
		t.Errorf("%s has %d <h1>, %d tables and %d captions", name, firsts, tables, captions)
	}
	for ref, by := range refs {
		if !ids[ref] {
			t.Errorf("%s: <%s> is named by %q, which is not there", name, by, ref)
		}
	}
}
