package webtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"testing"
)

// fold puts messages together from entries, as a page does.
func fold(t testing.TB, all []Event) (out []Shown) {
	t.Helper()
	for _, e := range all {
		if e.Name != "entry" {
			continue
		}
		var x Shown
		if err := json.Unmarshal([]byte(e.Data), &x); err != nil {
			t.Fatal(err)
		}
		if _, err := strconv.Atoi(e.Number); err != nil {
			t.Fatalf("an entry has the number %q", e.Number)
		}
		i := slices.IndexFunc(out, func(m Shown) bool { return m.Ref == x.ID || m.From != "bot" && m.ID == x.ID })
		switch {
		case x.What == "edit" && i >= 0:
			out[i].Text = x.Text
		case x.What == "delete" && i >= 0:
			out = slices.Delete(out, i, i+1)
		case x.What == "settle" && i >= 0:
			out[i].Options, out[i].Chosen = x.Options, true
		case x.What == "edit" || x.What == "delete" || x.What == "settle":
		default:
			x.Ref = e.Number
			out = append(out, x)
		}
	}
	return out
}
