package chat_test

import (
	"testing"

	"github.com/s4bot/s4bot/internal/chat"
)

func TestAside(t *testing.T) {
	for text, want := range map[string]string{
		"// x": "x", "//x": "x", " \n//": "", "／／ 老客户": "老客户", "、、老客户": "老客户", "/／x": "x", "　／／x": "x", "///": "/",
	} {
		if rest, aside := chat.Aside(text); !aside || rest != want {
			t.Errorf("%q gives %q, %v", text, rest, aside)
		}
	}
	for _, text := range []string{"", "/", "/ /", "、", "、/", "您好 // x", "http://x", "／ x"} {
		if rest, aside := chat.Aside(text); aside || rest != text {
			t.Errorf("%q gives %q, %v", text, rest, aside)
		}
	}
}
