package redisstore

import "testing"

func TestEtagsTellWhatCameFirst(t *testing.T) {
	var s Store
	first := newEtag("", 1000, false)
	second := newEtag(first, 1000, false)
	late := newEtag(first, 2000, false)    // by a process that is in a later epoch
	after := newEtag(late, 1000, false)    // by one that does not know of it yet
	round := newEtag(first, 1<<24, false)  // the seconds go round after 194 days
	wrapped := newEtag(round, 1000, false) // and one that is far behind
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
		{"a value of a later epoch and one that may stand on a lost line", late, newEtag(second, 1000, false), false},
		{"a later epoch is inherited", late, after, true},
		{"what another store made", "12", first, false},
		{"around the end of the seconds", round, wrapped, true},
	} {
		if got := s.Precedes(test.one, test.by); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestEtagsCountRound(t *testing.T) {
	var s Store
	etag := newEtag("", 1000, false)
	for i := range 2 << 16 {
		next := newEtag(etag, 1000, false)
		if !s.Precedes(etag, next) || s.Precedes(next, etag) {
			t.Fatalf("write %d: %x is not the one before %x", i, etag, next)
		}
		etag = next
	}
}

func TestEtagsTellWhetherPartsLieAside(t *testing.T) {
	none := newEtag("", 1000, false)
	some := newEtag(none, 1000, true)
	for _, test := range []struct {
		name string
		etag string
		want bool
	}{
		{"a new value", none, false},
		{"one after it", newEtag(none, 1000, false), false},
		{"one with parts aside", some, true},
		{"one after that", newEtag(some, 1000, false), true},
		{"one after a value of the first versions, which did not tell", newEtag("0123456789", 1000, false), true},
	} {
		if got := hasAside(test.etag); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
