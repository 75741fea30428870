package kb

import (
	"bytes"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// field is a place in a YAML file. Its readers report what is wrong and go on,
// so that one run finds every fault; what they return then is the zero value.
type field struct {
	faults *Faults
	file   string
	path   string
	node   *yaml.Node // nil: the field is missing, and that was reported
	line   int
}

// parse reads one file into a field; the result is nil where it has none.
func parse(file string, data []byte, faults *Faults) *field {
	root := &field{faults: faults, file: file, line: 1}
	var doc, more yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	err := dec.Decode(&doc)
	if err == io.EOF || err == nil && isNull(doc.Content[0]) {
		root.fault("the file is empty")
		return nil
	}
	if err == nil {
		if err = dec.Decode(&more); err == nil {
			root.line = more.Line
			root.fault("a second document begins here; one file holds one entry")
			return nil
		}
	}
	if err != io.EOF {
		var text string
		root.line, text = explain(err, data)
		root.fault("not valid YAML: %s", text)
		return nil
	}
	root.node = doc.Content[0]
	return root
}

func (f *field) fault(format string, args ...any) {
	*f.faults = append(*f.faults, Fault{File: f.file, Line: f.line, Field: f.path, Text: sprintf(format, args...)})
}

func (f *field) at(key string, node *yaml.Node) *field {
	path := strings.Trim(f.path+"."+key, ".")
	line := f.line
	if node != nil {
		line = node.Line
	}
	return &field{faults: f.faults, file: f.file, path: path, node: resolve(node), line: line}
}

// resolve follows an alias (*name) to what it stands for.
func resolve(n *yaml.Node) *yaml.Node {
	for n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// is says whether the field has a value of that kind, and reports one of
// another kind.
func (f *field) is(kind yaml.Kind, otherwise string) bool {
	switch {
	case f.node == nil:
		return false
	case isNull(f.node):
		f.fault("is empty")
		return false
	case f.node.Kind != kind:
		f.fault("%s", otherwise)
		return false
	}
	return true
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// entries gives the keys and values of a mapping in their order.
func (f *field) entries() (keys []string, values []*field) {
	if !f.is(yaml.MappingNode, "must be a mapping of keys to values") {
		return nil, nil
	}
	first := map[string]int{}
	for i := 0; i+1 < len(f.node.Content); i += 2 {
		k := resolve(f.node.Content[i])
		v := f.at(k.Value, f.node.Content[i+1])
		v.line = f.node.Content[i].Line
		switch {
		case k.Kind != yaml.ScalarNode || strings.TrimSpace(k.Value) == "":
			v.fault("the key must be a text")
		case first[k.Value] > 0:
			v.fault("the key stands here twice, first in line %d; keep one", first[k.Value])
		default:
			first[k.Value] = v.line
			keys, values = append(keys, k.Value), append(values, v)
		}
	}
	return keys, values
}

// record reads a mapping with known keys. Unknown keys are faults; get gives
// the field of a key, reporting it if required and missing.
func (f *field) record(known ...string) (get func(key string, required bool) *field) {
	keys, values := f.entries()
	have := map[string]*field{}
	for i, k := range keys {
		if !slices.Contains(known, k) {
			values[i].fault("unknown key; known here: %s", strings.Join(known, ", "))
			continue
		}
		have[k] = values[i]
	}
	return func(key string, required bool) *field {
		if v, ok := have[key]; ok {
			return v
		}
		missing := f.at(key, nil)
		if required && f.mapping() {
			missing.fault("is missing")
		}
		return missing
	}
}

func (f *field) present() bool { return f.node != nil }

// mapping says that the field is a mapping, and reports nothing.
func (f *field) mapping() bool { return f.node != nil && f.node.Kind == yaml.MappingNode }

// str reads a text that may not be empty.
func (f *field) str() string {
	if !f.is(yaml.ScalarNode, "must be one value, not a list or a mapping") {
		return ""
	}
	s := strings.TrimSpace(f.node.Value)
	if s == "" {
		f.fault("is empty")
	}
	return s
}

// items gives the elements of a list, which may not be empty.
func (f *field) items() []*field {
	if !f.is(yaml.SequenceNode, "must be a list, one item a line") {
		return nil
	}
	if len(f.node.Content) == 0 {
		f.fault("is empty")
	}
	out := make([]*field, len(f.node.Content))
	for i, n := range f.node.Content {
		out[i] = f.at(strconv.Itoa(i+1), n)
	}
	return out
}

// list reads a list of texts.
func (f *field) list() []string {
	var out []string
	for _, item := range f.items() {
		if s := item.str(); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (f *field) text() Text {
	get := f.record("zh", "en")
	return Text{ZH: get("zh", true).str(), EN: get("en", true).str()}
}

func (f *field) texts() Texts {
	get := f.record("zh", "en")
	return Texts{ZH: get("zh", true).list(), EN: get("en", true).list()}
}

func (f *field) number(least, most float64) float64 {
	s := f.str()
	if s == "" {
		return 0
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || !(x >= least && x <= most) {
		f.fault("must be a number from %v to %v, not %q", least, most, s)
		return 0
	}
	return x
}

func (f *field) boolean() bool {
	switch s := f.str(); s {
	case "true":
		return true
	case "false", "":
	default:
		f.fault("must be true or false, not %q", s)
	}
	return false
}

func (f *field) duration() time.Duration {
	s := f.str()
	if s == "" {
		return 0
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		f.fault("must be a duration such as 30m or 2h, not %q", s)
		return 0
	}
	return d
}

// word reads one of the words and gives the number it stands for.
func (f *field) word(known words) float64 {
	s := f.str()
	if s == "" {
		return 0
	}
	x, ok := known[s]
	if !ok {
		f.fault("must be one of %s, not %q", strings.Join(known.names(), ", "), s)
	}
	return x
}

// names gives the words from the largest number to the smallest.
func (w words) names() []string {
	out := make([]string, 0, len(w))
	for k := range w {
		out = append(out, k)
	}
	sort.Slice(out, func(i, j int) bool { return w[out[i]] > w[out[j]] })
	return out
}

// oneOf reads one of the given texts.
func (f *field) oneOf(known ...string) string {
	s := f.str()
	if s != "" && !slices.Contains(known, s) {
		f.fault("must be one of %s, not %q", strings.Join(known, ", "), s)
		return ""
	}
	return s
}
