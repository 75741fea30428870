package browsertest_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/browsertest"
)

// held is set in the process that the next test kills.
const held = "BROWSERTEST_HELD"

func TestHoldABrowser(t *testing.T) {
	if os.Getenv(held) == "" {
		t.Skip("only for the process that TestABrowserEndsWithItsTests kills")
	}
	browsertest.Start(t).Open(t, site(t, "good"), browsertest.Desktop)
	fmt.Println("held")
	time.Sleep(time.Minute)
}

func TestABrowserEndsWithItsTests(t *testing.T) {
	dir := t.TempDir()
	tests := exec.Command(os.Args[0], "-test.run=^TestHoldABrowser$")
	tests.Env = append(os.Environ(), held+"=1", "TMPDIR="+dir)
	out, err := tests.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := tests.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "held\n" {
		t.Fatalf("the tests say %q: %v", line, err)
	}
	before := processes(t, dir)
	if err := tests.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = tests.Wait()
	if len(before) == 0 {
		t.Error("there was no browser to end")
	}
	for deadline := time.Now().Add(10 * time.Second); len(processes(t, dir)) > 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("of the processes %v these outlive their tests: %v", before, processes(t, dir))
		}
	}
}

// processes are those that have a folder in their command line.
func processes(t *testing.T, dir string) (ids []int) {
	t.Helper()
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range lines {
		line, _ := os.ReadFile(file) // which may have ended by now
		if bytes.Contains(line, []byte(dir)) {
			id, _ := strconv.Atoi(strings.Split(file, "/")[2])
			ids = append(ids, id)
		}
	}
	return ids
}
