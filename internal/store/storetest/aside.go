package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/store"
)

// aside checks a part that is kept beside a value; "" stands for none.
func (s suite) aside(key, name, want string) {
	s.t.Helper()
	data, err := s.Aside(s.ctx, key, name)
	if err != nil {
		s.t.Fatalf("aside %q of %q: %v", name, key, err)
	}
	if string(data) != want || (data == nil) != (want == "") {
		s.t.Fatalf("aside %q of %q is %q, want %q", name, key, data, want)
	}
}

// write swaps in a change and expects it to be written.
func (s suite) write(c store.Change) store.Value {
	s.t.Helper()
	now, ok := s.swap(c)
	if !ok {
		s.t.Fatalf("the change of %q is refused: there is %s", c.Key, show(now))
	}
	return now
}

func asideFollows(t *testing.T, s suite) {
	s.aside("telegram:1", "photo", "")
	first := s.write(store.Change{Key: "telegram:1", Data: []byte("a"), Aside: []store.Aside{
		{Name: "photo", Data: []byte("large\x00")}, {Name: "log", Data: []byte("long")},
	}})
	s.write(store.Change{Key: "telegram:12", Data: []byte("a"), Aside: []store.Aside{{Name: "photo", Data: []byte("other")}}})
	s.aside("telegram:1", "photo", "large\x00")
	s.aside("telegram:1", "log", "long")

	_, ok := s.swap(store.Change{Key: "telegram:1", Etag: "old", Aside: []store.Aside{{Name: "photo", Data: []byte("late")}, {Name: "log"}}})
	if ok {
		t.Fatal("a change based on no value is written")
	}
	s.aside("telegram:1", "photo", "large\x00") // as the change was refused
	s.aside("telegram:1", "log", "long")

	second := s.write(store.Change{Key: "telegram:1", Etag: first.Etag, Data: []byte("b"), Aside: []store.Aside{{Name: "photo"}, {Name: "none"}}})
	s.aside("telegram:1", "photo", "")
	s.aside("telegram:1", "log", "long")
	s.write(store.Change{Key: "telegram:1", Etag: second.Etag, Aside: []store.Aside{{Name: "log", Data: []byte("longer")}}})
	s.aside("telegram:1", "log", "longer") // a change that does not name it would keep it
	s.aside("telegram:12", "photo", "other")
}

func asideErased(t *testing.T, s suite) {
	for _, key := range []string{"telegram:1", "telegram:12"} {
		s.write(store.Change{Key: key, Aside: []store.Aside{{Name: "photo", Data: []byte("of " + key)}}})
	}
	s.erase("telegram:1")
	s.aside("telegram:1", "photo", "")
	s.write(store.Change{Key: "telegram:1"})
	s.aside("telegram:1", "photo", "")
	s.aside("telegram:12", "photo", "of telegram:12")
}

// asideStays proves that what is aside lives as long as the value is written,
// and goes with it.
func asideStays(t *testing.T, s suite, retention time.Duration) {
	s.write(store.Change{Key: "telegram:1", Aside: []store.Aside{{Name: "photo", Data: []byte("x")}}})
	for begin := time.Now(); time.Since(begin) < retention*3/2; time.Sleep(retention / 10) {
		s.put("telegram:1", "x", time.Time{})
	}
	if s.get("telegram:1").Etag != "" { // a slow machine may have lost both
		data, err := s.Aside(s.ctx, "telegram:1", "photo")
		if err != nil || string(data) != "x" && s.get("telegram:1").Etag != "" {
			t.Fatalf("the value lives, what is aside is %q, %v", data, err)
		}
	}
	eventually(t, "what is aside expires", func() bool {
		data, err := s.Aside(s.ctx, "telegram:1", "photo")
		return err == nil && data == nil
	})
}

// restore puts a value back where another one is.
func (s suite) restore(key string, v store.Value, over string, want bool) {
	s.t.Helper()
	c := store.Change{Key: key, Etag: v.Etag, Data: v.Data, Due: noon, Aside: []store.Aside{{Name: "photo", Data: v.Data}}}
	if _, ok, err := s.Restore(s.ctx, c, over, s.Now()); ok != want || err != nil {
		s.t.Fatalf("putting %s back gives ok %v, %v; want ok %v", show(v), ok, err, want)
	}
}

// putBack replaces values as after the store lost its newest writes.
func putBack(t *testing.T, s suite) {
	first := s.put("telegram:1", "first", time.Time{})
	second := s.put("telegram:1", "second", time.Time{})
	if !s.Precedes(first.Etag, second.Etag) || s.Precedes(second.Etag, first.Etag) || s.Precedes(first.Etag, first.Etag) || s.Precedes("", first.Etag) {
		t.Error("it is not seen which of two values came first")
	}
	s.restore("telegram:1", first, first.Etag, false) // it is not there
	s.holds("telegram:1", "second")
	s.agenda(noon)

	s.restore("telegram:1", first, second.Etag, true)
	if now := s.get("telegram:1"); !same(now, first) {
		t.Fatalf("after it was put back the value is %s, want %s", show(now), show(first))
	}
	s.aside("telegram:1", "photo", "first")
	s.agenda(noon, "telegram:1")

	s.restore("telegram:1", second, "", false)
	s.restore("telegram:2", second, first.Etag, false) // where there is nothing
	s.holdsNothing("telegram:2")
	s.restore("telegram:2", second, "", true)
	if now := s.get("telegram:2"); !same(now, second) {
		t.Fatalf("where there was nothing the value is %s, want %s", show(now), show(second))
	}
	s.write(store.Change{Key: "telegram:2", Etag: second.Etag, Data: []byte("third")})
}

func putBackErased(t *testing.T, s suite) {
	written := s.Now().Add(-time.Second)
	old := s.put("telegram:1", "x", noon)
	s.erase("telegram:1")
	back := store.Change{
		Key: "telegram:1", Etag: old.Etag, Data: []byte("x"), Due: noon,
		Aside: []store.Aside{{Name: "photo", Data: []byte("x")}},
	}
	if _, ok, err := s.Restore(s.ctx, back, "", written); ok || !errors.Is(err, store.ErrErased) || errors.Is(err, store.ErrUnavailable) {
		t.Fatalf("putting back what was erased gives ok %v, %v; want ErrErased", ok, err)
	}
	s.holdsNothing("telegram:1")
	s.aside("telegram:1", "photo", "")
	s.agenda(noon)

	s.write(store.Change{Key: "telegram:1", Data: []byte("anew")}) // it may begin anew
	now := s.get("telegram:1")
	next := s.write(store.Change{Key: "telegram:1", Etag: now.Etag, Data: []byte("and go on")})
	back.Etag, back.Data = next.Etag, next.Data
	if _, ok, err := s.Restore(s.ctx, back, next.Etag, s.Now().Add(time.Second)); !ok || err != nil {
		t.Fatalf("what was written after the erasing cannot be put back: ok %v, %v", ok, err)
	}
}
