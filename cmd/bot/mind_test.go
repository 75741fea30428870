package main

import (
	"os"
	"testing"

	"github.com/s4bot/s4bot/internal/browsertest"
)

// TestMain lets all tests share one browser and what is made of the embedded
// knowledge: making it takes seconds with the race detector.
func TestMain(m *testing.M) {
	made, fresh := map[float64]mind{}, makeMind
	makeMind = func(c config) (mind, error) {
		if shared, ok := made[c.HandoffEffort]; ok && c.KnowledgeDir == "" {
			return shared, nil
		}
		one, err := fresh(c)
		if err == nil && c.KnowledgeDir == "" {
			made[c.HandoffEffort] = one
		}
		return one, err
	}
	os.Exit(browsertest.Run(m))
}
