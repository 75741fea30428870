package learn

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/s4bot/s4bot/internal/kb"
	"go.yaml.in/yaml/v3"
)

// Edit gives the new contents of the files that changes concern, below the
// knowledge folder. Comments, order, layout and every other byte stay. A change
// fails if the file no longer says what the change starts from. What Edit gives
// loads: the error of a knowledge base that would not is that of kb.Load.
func Edit(files fs.FS, changes []Change) (map[string][]byte, error) {
	edited := map[string][]byte{}
	for _, c := range changes {
		data, ok := edited[c.File]
		if !ok {
			var err error
			if data, err = fs.ReadFile(files, c.File); err != nil {
				return nil, fmt.Errorf("editing the knowledge: %w", err)
			}
		}
		data, err := edit(data, c)
		if err != nil {
			return nil, fmt.Errorf("editing %s: %s: %w", c.File, c.Field(), err)
		}
		edited[c.File] = data
	}
	if _, err := kb.Load(Overlay(files, edited)); err != nil {
		return nil, fmt.Errorf("the edited knowledge has faults: %w", err)
	}
	return edited, nil
}

// edit makes one change in a file.
func edit(data []byte, c Change) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 {
		return nil, errors.New("the file is empty")
	}
	t := &text{data: data}
	node, rest := follow(doc.Content[0], c.Path)
	switch {
	case node.Kind == yaml.AliasNode || node.Anchor != "":
		return nil, fmt.Errorf("line %d %w", node.Line, errLayout)
	case len(rest) == 0 && c.From == "":
		return nil, fmt.Errorf("line %d has it already; propose anew", node.Line)
	case len(rest) == 0:
		return t.replace(node, c.From, c.To)
	case c.From == "":
		return t.insert(node, rest, c.To)
	}
	return nil, fmt.Errorf("the file has no %s; propose anew", rest[0])
}

// follow goes down a path of keys, as far as it goes. It gives the last node and
// the keys that are left. It stops at what stands for more than one place.
func follow(node *yaml.Node, path []string) (*yaml.Node, []string) {
	for len(path) > 0 && node.Kind == yaml.MappingNode && node.Anchor == "" {
		next := value(node, path[0])
		if next == nil {
			break
		}
		node, path = next, path[1:]
	}
	return node, path
}

// value gives the value of a key in a mapping, or nil.
func value(node *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return node.Content[i+1]
		}
	}
	return nil
}
