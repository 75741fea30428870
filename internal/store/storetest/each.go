package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"testing"
	"time"
)

func eachVisits(t *testing.T, s suite) {
	want := map[string]string{}
	for i := range 1200 {
		key := fmt.Sprintf("telegram:%d", i)
		want[key] = fmt.Sprintf("value %d\x00", i)
		s.put(key, want[key], time.Time{})
	}
	s.put("odd {key}: 商户", "odd", noon)
	want["odd {key}: 商户"] = "odd"
	s.link("slack:C1/1", "telegram:1")
	if err := s.Erase(s.ctx, "telegram:7"); err != nil {
		t.Fatal(err)
	}
	delete(want, "telegram:7")
	got := map[string]string{}
	err := s.Each(s.ctx, func(key string, data []byte) error {
		if _, twice := got[key]; twice {
			t.Errorf("%q is visited twice", key)
		}
		got[key] = string(data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(got, want) {
		t.Errorf("visited %d values, want %d", len(got), len(want))
	}
}

func eachEnds(t *testing.T, s suite) {
	s.put("telegram:1", "a", time.Time{})
	s.put("telegram:2", "b", time.Time{})
	enough, visits := errors.New("enough"), 0
	err := s.Each(s.ctx, func(string, []byte) error {
		visits++
		return enough
	})
	if !errors.Is(err, enough) || visits != 1 {
		t.Errorf("%d visits and %v, want one and the visitor's error", visits, err)
	}
	ctx, cancel := context.WithCancel(s.ctx)
	cancel()
	if err := s.Each(ctx, func(string, []byte) error { return nil }); err == nil {
		t.Error("a cancelled context gives no error")
	}
}
