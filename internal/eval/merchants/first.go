package merchants

import "github.com/s4bot/s4bot/internal/eval"

// FirstWords sorts labelled messages by what merchants who write them first tell:
// by cause, and under "" those that tell nothing.
func FirstWords(messages []eval.Message) map[string][]string {
	out := map[string][]string{}
	for _, m := range messages {
		switch m.Kind {
		case "cause":
			out[m.Causes[0]] = append(out[m.Causes[0]], m.Text)
		case "vague":
			out[""] = append(out[""], m.Text)
		}
	}
	return out
}
