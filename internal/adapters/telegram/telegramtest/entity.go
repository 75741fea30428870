package telegramtest

import (
	"bytes"
	"encoding/json"
	"slices"
	"unicode/utf16"
)

// Entity is what the Bot API publishes as MessageEntity. Offset and Length count
// UTF-16 units.
type Entity struct {
	Type     string          `json:"type"`
	Offset   int             `json:"offset"`
	Length   int             `json:"length"`
	URL      string          `json:"url,omitempty"`
	User     json.RawMessage `json:"user,omitempty"`
	Language string          `json:"language,omitempty"`
	Emoji    string          `json:"custom_emoji_id,omitempty"`
}

var entityTypes = []string{
	"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline",
	"strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link", "text_mention", "custom_emoji",
}

// Of is the part of a text that the entity is about.
func (e Entity) Of(text string) string {
	return string(utf16.Decode(utf16.Encode([]rune(text))[e.Offset : e.Offset+e.Length]))
}

// readEntities reads the entities of a text strictly. The official server leaves
// away some that don't fit; here they are errors. So is parse_mode: the server reads no
// markup.
func readEntities(p Params, name, text string) (list []Entity, wrong string) {
	if p.Get("parse_mode") != "" {
		return nil, "can't parse entities: this server knows no parse_mode"
	}
	raw := p.Get(name)
	if raw == "" {
		return nil, ""
	}
	if !strictly(raw, &list) {
		return nil, "can't parse entities: not a list of MessageEntity"
	}
	for _, e := range list {
		if wrong := checkEntity(e, utf16.Encode([]rune(text))); wrong != "" {
			return nil, wrong
		}
	}
	return list, ""
}

func checkEntity(e Entity, text []uint16) string {
	end := e.Offset + e.Length
	switch {
	case !slices.Contains(entityTypes, e.Type):
		return "can't parse entities: unsupported type " + e.Type
	case e.Offset < 0 || e.Length <= 0 || end > len(text):
		return "ENTITY_BOUNDS_INVALID"
	case within(text, e.Offset) || within(text, end):
		return "can't parse entities: an entity begins or ends in the middle of a UTF-16 symbol"
	}
	return ""
}

// within says that a place lies between the halves of one character.
func within(text []uint16, at int) bool {
	return at > 0 && at < len(text) && utf16.IsSurrogate(rune(text[at-1])) && text[at-1] < 0xDC00 && text[at] >= 0xDC00 && text[at] < 0xE000
}

// strictly reads JSON; a field that v does not have is an error.
func strictly(raw string, v any) bool {
	d := json.NewDecoder(bytes.NewReader([]byte(raw)))
	d.DisallowUnknownFields()
	return d.Decode(v) == nil && !d.More()
}
