//go:build chaos

package chaos

import (
	"os/exec"
	"syscall"
)

// noOrphan makes a process end with the thread that starts it, so that a test
// that panics or runs out of time leaves none behind.
func noOrphan(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
