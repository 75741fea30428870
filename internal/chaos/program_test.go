//go:build chaos

package chaos

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"testing"
)

var long = flag.Bool("chaos.long", os.Getenv("CHAOS") == "long", "run the long version")

func TestMain(m *testing.M) {
	flag.Parse()
	// Worlds mostly wait: for leases, for healing, for the platform.
	worlds := "16"
	if *long {
		worlds = "5"
	}
	if err := flag.Set("test.parallel", worlds); err != nil {
		panic(err)
	}
	code := m.Run()
	if dir, err := folder(); err == nil {
		_ = os.RemoveAll(dir)
	}
	os.Exit(code)
}

// folder is where the program is.
var folder = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "chaos") })

// program builds the bot once, with the places at which it can be killed.
var program = sync.OnceValues(func() (string, error) {
	dir, err := folder()
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "bot")
	build := exec.Command("go", "build", "-tags", "chaos", "-o", path, "github.com/s4bot/s4bot/cmd/bot")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the bot: %w\n%s", err, out)
	}
	return path, nil
})

// process is one run of the program.
type process struct {
	cmd  *exec.Cmd
	gone chan struct{} // closed when it has ended
	err  error         // then: how
}

// launch starts the program with settings and nothing else from outside.
func launch(t *testing.T, dir string, settings []string, log *record) *process {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: exec.Command(path, "serve", "--config", filepath.Join(dir, "bot.yaml")), gone: make(chan struct{})}
	p.cmd.Dir, p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = dir, settings, log, log
	noOrphan(p.cmd)
	started := make(chan error)
	go func() { // ends with the process; in one thread that stays: see noOrphan
		defer close(p.gone)
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := p.cmd.Start()
		started <- err
		if err == nil {
			p.err = p.cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		t.Errorf("start a replica: %v", err)
	}
	return p
}

// signal sends a signal, unless the process has ended.
func (p *process) signal(s syscall.Signal) {
	select {
	case <-p.gone:
	default:
		_ = p.cmd.Process.Signal(s)
	}
}

// endedBy says of a process that has ended whether a signal did it.
func (p *process) endedBy(s syscall.Signal) bool {
	var exit *exec.ExitError
	if !errors.As(p.err, &exit) {
		return false
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == s
}
