package redisstore

import "testing"

func TestEtagsTellWhatCameFirst(t *testing.T) {
	var s Store
	first := newEtag("", 1000)
	second := newEtag(first, 1000)
	late := newEtag(first, 2000)    // by a process that is in a later epoch
	after := newEtag(late, 1000)    // by one that does not know of it yet
	round := newEtag(first, 1<<24)  // the seconds go round after 194 days
	wrapped := newEtag(round, 1000) // and one that is far behind
	for _, test := range []struct {
		name    string
		one, by string
		want    bool
	}{
		{"a value and the next", first, second, true},
		{"the next and the value", second, first, false},
		{"a value and itself", first, first, false},
		{"nothing and a value", "", first, false},
		{"a value and one of a later epoch", first, late, true},
		{"a value of a later epoch and one that may stand on a lost line", late, newEtag(second, 1000), false},
		{"a later epoch is inherited", late, after, true},
		{"what another store made", "12", first, false},
		{"around the end of the seconds", round, wrapped, true},
	} {
		if got := s.Precedes(test.one, test.by); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
