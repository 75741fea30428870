package storetest

import (
	"strings"
	"testing"
)

func feedFiles(t *testing.T, s suite) {
	s.keepFile("web:1", "photo", "a\x00") // before the first entry
	s.newest("web:1", 0)
	s.shows("web:1", 0)
	s.appended("web:1", "photo", "shown", 1, true)
	s.has("web:1", "photo", "a\x00")
	s.keepFile("web:1", "photo", "b")
	s.keepFile("web:12", "photo", "c")
	s.keepFile("web:1", "large", strings.Repeat("x", 1<<20))
	s.has("web:1", "photo", "b")
	s.has("web:12", "photo", "c")
	s.has("web:1", "large", strings.Repeat("x", 1<<20))
	s.has("web:1", "log", "")

	s.keepFile("web:1", "empty", "")
	if content, err := s.File(s.ctx, "web:1", "empty"); content == nil || err != nil {
		t.Errorf("an empty file is %v, %v; want one that is there", content, err)
	}
	if content, err := s.File(s.ctx, "web:1", "none"); content != nil || err != nil {
		t.Errorf("no file is %v, %v; want nil", content, err)
	}
	s.shows("web:1", 0, "1 photo shown")
}
