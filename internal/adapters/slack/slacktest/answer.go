package slacktest

import (
	"encoding/json"
	"maps"
	"net/http"
)

// answer is what the Web API says.
type answer map[string]any

func okay(fields map[string]any) answer {
	a := answer{"ok": true}
	maps.Copy(a, fields)
	return a
}

func refuse(code string, messages ...string) answer {
	a := answer{"ok": false, "error": code}
	if len(messages) > 0 {
		a["response_metadata"] = map[string]any{"messages": messages}
	}
	return a
}

func (a answer) write(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(a)
}

// marshal turns a value of the server's own into JSON.
func marshal(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // values of the server's own are JSON
	}
	return raw
}
