package slack

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/s4bot/s4bot/internal/chat"
)

// flood is an advice that is far too long everywhere.
func flood(filler string) chat.Advice {
	long := strings.Repeat(filler, 4000)
	v := chat.Advice{Text: long, Article: long, Known: []string{long}, Question: &chat.AdviceQuestion{ID: "q", Text: long}}
	for i := range 9 {
		v.Causes = append(v.Causes, chat.AdviceCause{
			Likely: chat.Likely{Cause: fmt.Sprint(i), Title: long, P: 3}, Why: []string{long, long}, Explain: long, FixTitle: long, FixText: long, AskFirst: true,
		})
	}
	for i := range 40 {
		v.Question.Options = append(v.Question.Options, chat.Option{ID: fmt.Sprint("option-", i), Label: long})
	}
	return v
}

func TestAdviceFits(t *testing.T) {
	var many []chat.Answered
	for i := range 60 {
		many = append(many, chat.Answered{Question: fmt.Sprint("question-", i, strings.Repeat("x", 40)), Option: "yes"})
	}
	for _, filler := range []string{"a", "长", "&", "<", "`", "😄", "\"", "\n", "a\nb "} {
		l := adviceLetter(flood(filler), many, "en")
		if n := len(l.blocks); n > 50 {
			t.Errorf("%q: %d blocks", filler, n)
		}
		raw, err := json.Marshal(l.blocks)
		if err != nil {
			t.Fatal(err)
		}
		var blocks any
		_ = json.Unmarshal(raw, &blocks)
		if n := texts(t, filler, blocks); n > 12_000 {
			t.Errorf("%q: %d characters together", filler, n)
		}
	}
}

// texts checks every text and value, and counts the texts.
func texts(t *testing.T, filler string, v any) (n int) {
	switch v := v.(type) {
	case []any:
		for _, o := range v {
			n += texts(t, filler, o)
		}
	case map[string]any:
		if text, ok := v["text"].(string); ok {
			size := len(utf16.Encode([]rune(text)))
			if n += size; size > 3000 || size == 0 {
				t.Errorf("%q: a text of %d characters", filler, size)
			}
		}
		if value, ok := v["value"].(string); ok {
			var s so
			if len(value) > 2000 || json.Unmarshal([]byte(value), &s) != nil {
				t.Errorf("%q: a value of %d bytes: %.60s", filler, len(value), value)
			}
		}
		for _, o := range v {
			n += texts(t, filler, o)
		}
	}
	return n
}

func TestModalNoteFits(t *testing.T) {
	for _, filler := range []string{"长", "\"", "<", "\x01"} {
		s := modalNote{Room: "C1/1.1", Text: strings.Repeat(filler, 5000)}.String()
		if len(s) > metaMost || !json.Valid([]byte(s)) {
			t.Errorf("%q: %d bytes", filler, len(s))
		}
	}
}
