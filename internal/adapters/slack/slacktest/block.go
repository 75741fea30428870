package slacktest

import "encoding/json"

// mostChars is how much text all blocks of a message may have together.
const mostChars = 12_000

// readBlocks reads the blocks of a message strictly, and gives each the ids that it
// needs. Not nil: what is wrong with them. No blocks are nil.
func readBlocks(s *Server, raw string, most int) (json.RawMessage, answer) {
	var list []any
	if json.Unmarshal([]byte(raw), &list) != nil {
		return nil, refuse("invalid_blocks_format")
	}
	if len(list) == 0 {
		return nil, nil
	}
	c := checkBlocks(list, most, "/blocks")
	if len(c.wrong) > 0 {
		return nil, refuse("invalid_blocks", c.wrong...)
	}
	if c.chars > mostChars {
		return nil, refuse("msg_too_long")
	}
	s.identify(list)
	return marshal(list), nil
}

func checkBlocks(blocks []any, most int, at string) *checker {
	c := &checker{blockIDs: map[string]bool{}, actionIDs: map[string]bool{}}
	kind := typed(blockKinds())
	list(1, most, func(c *checker, at string, v any) {
		kind(c, at, v)
		section(c, at, v)
	})(c, at, blocks)
	return c
}

// identify gives blocks and elements the ids that the app left out.
func (s *Server) identify(blocks []any) {
	for _, b := range blocks {
		block, _ := b.(map[string]any)
		if block["block_id"] == nil {
			block["block_id"] = s.id("b")
		}
		for _, e := range elementsOf(block) {
			if _, acts := e["action_id"]; !acts && e["type"] != "image" && e["type"] != "mrkdwn" && e["type"] != "plain_text" {
				e["action_id"] = s.id("a")
			}
		}
	}
}

// elementsOf gives the elements of a block, but not those of rich text.
func elementsOf(block map[string]any) (out []map[string]any) {
	if block["type"] == "rich_text" {
		return nil
	}
	all, _ := block["elements"].([]any)
	for _, e := range append(all, block["accessory"], block["element"]) {
		if o, ok := e.(map[string]any); ok {
			out = append(out, o)
		}
	}
	return out
}

// textOf is a text object of one of these types.
func textOf(most int, types ...string) check {
	return func(c *checker, at string, v any) {
		object(fields{"type!": oneOf(types...), "text!": filled(most), "emoji": boolean, "verbatim": boolean})(c, at, v)
		o, _ := v.(map[string]any)
		if o["emoji"] != nil && o["type"] == "mrkdwn" || o["verbatim"] != nil && o["type"] == "plain_text" {
			c.add(at, "emoji is for plain_text, verbatim for mrkdwn")
		}
		text, _ := o["text"].(string)
		c.chars += chars(text)
	}
}

func plain(most int) check { return textOf(most, "plain_text") }

func anyText(most int) check { return textOf(most, "plain_text", "mrkdwn") }

func markdown(c *checker, at string, v any) {
	filled(12_000)(c, at, v)
	text, _ := v.(string)
	c.chars += chars(text)
}

// section says that a section has neither text nor fields.
func section(c *checker, at string, v any) {
	o, _ := v.(map[string]any)
	if o["type"] == "section" && o["text"] == nil && o["fields"] == nil {
		c.add(at, "missing required field: text or fields")
	}
}

// blockKinds are the blocks that the server knows. context texts are as short as
// those of fields, to be on the safe side.
func blockKinds() map[string]fields {
	inContext := map[string]fields{"image": imageElement()}
	text := func(c *checker, at string, v any) {
		if o, _ := v.(map[string]any); o["type"] == "image" {
			typed(inContext)(c, at, v)
			return
		}
		anyText(2000)(c, at, v)
	}
	kinds := map[string]fields{
		"section": {
			"text": anyText(3000), "fields": list(1, 10, anyText(2000)), "expand": boolean,
			"accessory": typed(elementKinds("image", "button", "overflow", "datepicker", "checkboxes", "radio_buttons", "select", "multi")),
		},
		"header":  {"text!": plain(150), "level": whole(1, 6)},
		"divider": {},
		"context": {"elements!": list(1, 10, text)},
		"actions": {"elements!": list(1, 25, typed(elementKinds("button", "overflow", "datepicker", "checkboxes", "radio_buttons", "select")))},
		"image": {
			"image_url": filled(3000), "slack_file": object(fields{"id": str(255), "url": str(3000)}), "alt_text!": filled(2000), "title": plain(2000),
		},
		"input": {
			"label!": plain(2000), "hint": plain(2000), "optional": boolean, "dispatch_action": boolean,
			"element!": typed(elementKinds("plain_text_input", "datepicker", "checkboxes", "radio_buttons", "select", "multi")),
		},
		"markdown":  {"text!": markdown},
		"rich_text": {"elements!": list(1, 1000, anything)},
	}
	for _, f := range kinds {
		f["block_id"] = unique(func(c *checker) map[string]bool { return c.blockIDs })
	}
	return kinds
}
