package telegramtest

// button is an inline button as the Bot API publishes it; of what it may do,
// only callback_data is played here.
type button struct {
	Text         string  `json:"text"`
	URL          *string `json:"url,omitempty"`
	CallbackData *string `json:"callback_data,omitempty"`
}

type markup struct {
	Keyboard [][]button `json:"inline_keyboard"`
}

// readMarkup reads a keyboard strictly: a field that is not published is an
// error. wrong says what is not right; empty: nothing.
func readMarkup(raw string) (rows [][]Button, wrong string) {
	if raw == "" {
		return nil, ""
	}
	var k markup
	if !strictly(raw, &k) {
		return nil, "can't parse reply keyboard markup JSON object"
	}
	total := 0
	for _, row := range k.Keyboard {
		var out []Button
		for _, b := range row {
			if wrong := checkButton(b); wrong != "" {
				return nil, wrong
			}
			out = append(out, Button{b.Text, *b.CallbackData})
		}
		total += len(row)
		rows = append(rows, out)
	}
	if total > 100 {
		return nil, "reply markup is too long"
	}
	return rows, ""
}

func checkButton(b button) string {
	switch {
	case b.Text == "":
		return "can't parse inline keyboard button: Text buttons must not be empty"
	case b.CallbackData == nil || b.URL != nil:
		return "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
	case len(*b.CallbackData) < 1 || len(*b.CallbackData) > 64:
		return "BUTTON_DATA_INVALID"
	}
	return ""
}

func markupJSON(rows [][]Button) [][]button {
	var out [][]button
	for _, row := range rows {
		var r []button
		for _, b := range row {
			r = append(r, button{Text: b.Label, CallbackData: &b.Data})
		}
		out = append(out, r)
	}
	return out
}
