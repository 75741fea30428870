// Command bot is s4bot: it finds out why a card payment fails with S4, tells
// the merchant what to do, and hands over to a person when it should.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // the image has no time zones
)

// command is one subcommand. args are what follows its name.
type command struct {
	name, args, does string
	run              func(ctx context.Context, env environment, args []string) error
}

// environment is what a command sees of the world.
type environment struct {
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
}

var commands = []command{
	{"serve", "[--open]", "runs the bot on its platforms and its page; \"bot\" alone does the same", runServe},
	{"chat", "[--json] [--seed N] [--conversation NAME]", "a conversation in the terminal, or by JSON lines", runChat},
	{"understand", "", "reads JSON lines {\"id\",\"text\"} and says what each text means", runUnderstand},
	{"kb check", "", "lists every fault of the knowledge", runKBCheck},
	{"kb search", "TEXT", "searches as the dialog does", runKBSearch},
	{"kb gaps", "[--json]", "lists messages that were read badly, by article, ready to paste as aliases", runKBGaps},
	{"kb export", "", "writes the whole model as JSON", runKBExport},
	{"eval understand", "[--json] [--errors] [--brief] FILE", "measures how well labelled messages are read", runEvalUnderstand},
	{"eval dialogs", "[--json] [--merchants FILE] [--messages FILE] [--worlds N] [--episodes N] [--instances N] [--bot] [--cases]", "lets simulated merchants talk with the bot and with other policies", runEvalDialogs},
	{"eval fit", "FILE...", "fits how kinds of messages are told apart; prints internal/dialog/kinds.json", runEvalFit},
	{"learn", "[--cases FILE] [--worth N] [--golden FOLDER] [--episodes N]", "proposes changes of the knowledge from closed cases, as a diff to read", runLearn},
	{"outbox", "", "lists posts that wait, and those that nobody can be sure of", runOutbox},
	{"held", "", "lists messages that a fault of the program kept from being read", runHeld},
	{"erase", "CONVERSATION", "removes everything kept about a merchant", runErase},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	env := environment{os.Stdin, os.Stdout, os.Stderr, os.Getenv}
	err := run(ctx, env, os.Args[1:])
	stop()
	if err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bot: "+err.Error())
		os.Exit(1)
	}
}

// run finds the command and runs it.
func run(ctx context.Context, env environment, args []string) error {
	if len(args) == 0 || strings.HasPrefix(args[0], "--config") {
		args = append([]string{"serve"}, args...)
	}
	if args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		usage(env.out)
		return nil
	}
	for _, c := range commands {
		if rest, ok := match(c.name, args); ok {
			return c.run(ctx, env, rest)
		}
	}
	usage(env.err)
	return fmt.Errorf("there is no command %q", args[0])
}

// match gives what follows a command's name, which may be two words.
func match(name string, args []string) ([]string, bool) {
	if name == args[0] {
		return args[1:], true
	}
	if len(args) > 1 && name == args[0]+" "+args[1] {
		return args[2:], true
	}
	return nil, false
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "s4bot finds out why a card payment fails with S4.\n\nUsage: bot COMMAND [--config FILE]")
	for _, c := range commands {
		fmt.Fprintf(w, "\n  bot %s %s\n        %s\n", c.name, c.args, c.does)
	}
	fmt.Fprintln(w, "\nSettings come from bot.yaml or the environment; see docs/CONFIGURE.md.")
}
