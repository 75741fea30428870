package dialog_test

import (
	"flag"
	"os"
	"testing"
)

// Properties take long with the race detector: each is tried 30 times, unless somebody
// says how often (-rapid.checks), as make simulate does.
func TestMain(m *testing.M) {
	flag.Parse()
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue {
		_ = checks.Value.Set("30") // a number: it can't fail
	}
	os.Exit(m.Run())
}
