//go:build !chaos

package bot

// point names a place between receiving and confirming where the fault suite
// kills the process; see point_chaos.go. In a program for use it is nothing.
func (b *Bot) point(string) {}
