package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEvalDialogs(t *testing.T) {
	out, err := try(t, "", nil, "eval", "dialogs", "--worlds", "1", "--episodes", "20", "--instances", "0", "--json")
	if err != nil {
		t.Fatal(err)
	}
	var r dialogsReport
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Policies) != 6 || len(r.Ratios) != 5 || r.Policies[0].Cases != 20 {
		t.Errorf("got %+v", r)
	}
	again, err := try(t, "", nil, "eval", "dialogs", "--worlds", "1", "--episodes", "20", "--instances", "0", "--bot", "--cases")
	if err != nil || strings.Count(again, "\n") != 20 {
		t.Errorf("%d lines of cases, want 20 (%v)", strings.Count(again, "\n"), err)
	}
	table, err := try(t, "", nil, "eval", "dialogs", "--worlds", "1", "--episodes", "5", "--instances", "0", "--bot")
	if err != nil || !strings.Contains(table, "mean questions") {
		t.Errorf("%v\n%s", err, table)
	}
	bad := filepath.Join(t.TempDir(), "merchants.yaml")
	if err := os.WriteFile(bad, []byte("causes: {nose: {prior: 1}}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := try(t, "", nil, "eval", "dialogs", "--merchants", bad); err == nil || !strings.Contains(err.Error(), "causes.nose: there is no such cause") {
		t.Errorf("got %v", err)
	}
	if _, err := try(t, "", nil, "eval", "dialogs", "--worlds", "0"); err == nil {
		t.Error("no worlds are measured")
	}
}
