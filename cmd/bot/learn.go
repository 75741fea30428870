package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/bot/script"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/eval/merchants"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/learn"
)

// runLearn proposes changes of the knowledge from closed cases: the diff to out,
// what it rests on and what it would change to err. It changes nothing.
func runLearn(ctx context.Context, env environment, args []string) error {
	flags, path := newFlags(env, "learn")
	file := flags.String("cases", "", "`FILE` of closed cases, a JSON object a line (default: those in the store)")
	golden := flags.String("golden", "internal/bot/testdata/golden", "`FOLDER` of conversations to play before and after")
	episodes := flags.Int("episodes", 500, "simulated merchants before and after; 0: none")
	options := learn.Defaults()
	flags.Float64Var(&options.Worth, "worth", options.Worth, "how many cases an authored table counts as, 30 to 100")
	c, err := configure(env, flags, path, args)
	if err != nil {
		return err
	}
	if flags.NArg() > 0 || options.Worth < 30 || options.Worth > 100 {
		return errors.New("learn takes no arguments, and --worth from 30 to 100")
	}
	m, err := c.mind()
	if err != nil {
		return err
	}
	base := m.manager.Model().Base()
	cases, err := closedCases(ctx, c, env, *file, base)
	if err != nil {
		return err
	}
	changes := learn.Propose(base, cases, options)
	fmt.Fprintf(env.err, "%d closed cases, %d changes proposed\n", len(cases), len(changes))
	if len(changes) == 0 {
		return nil
	}
	for _, change := range changes {
		fmt.Fprintln(env.err, "  "+change.String())
	}
	edited, err := learn.Edit(c.files(), changes)
	if err != nil {
		return err
	}
	after, err := kb.Load(learn.Overlay(c.files(), edited))
	if err != nil {
		return fmt.Errorf("the proposal has faults:\n%w", err)
	}
	changed := mind{dialog.New(after, m.manager.Model().Params()), m.index}
	if err := showGolden(ctx, env.err, *golden, m, changed); err != nil {
		return err
	}
	if err := showMerchants(ctx, env.err, *episodes, m, changed); err != nil {
		return err
	}
	fmt.Fprintln(env.err, "nothing is changed yet: read the diff, then git apply it (or patch -p1) in the folder above knowledge/")
	_, err = io.WriteString(env.out, learn.Diff(c.files(), edited))
	return err
}

// closedCases reads the cases of a file, or of the store.
func closedCases(ctx context.Context, c config, env environment, file string, base *kb.Base) ([]learn.Case, error) {
	var lines io.Reader
	name := file
	if file == "" {
		s, err := c.store()
		if err != nil {
			return nil, err
		}
		stored, err := bot.Lessons(ctx, s)
		if err = errors.Join(err, s.Close()); err != nil {
			return nil, err
		}
		lines, name = strings.NewReader(stored), "the store"
	} else {
		f, err := os.Open(file)
		if err != nil {
			return nil, fmt.Errorf("read closed cases: %w", err)
		}
		defer f.Close()
		lines = f
	}
	cases, unknown, err := learn.ReadCases(lines, name, base)
	if unknown.Any() {
		fmt.Fprintf(env.err, "left out, of an older knowledge: %d cases, %d answers, %d fixes\n", unknown.Causes, unknown.Answers, unknown.Fixes)
	}
	return cases, err
}

// showGolden says which written conversations would go otherwise.
func showGolden(ctx context.Context, w io.Writer, dir string, before, after mind) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		fmt.Fprintf(w, "no written conversations in %s: none compared (--golden names another folder)\n", dir)
		return nil
	}
	var other []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		archive := txtar.Parse(data)
		if len(archive.Files) != 1 {
			return fmt.Errorf("%s: want one section named conversation", file)
		}
		text := string(archive.Files[0].Data)
		then, err := script.Play(ctx, text, after.manager, after.index)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		now, err := script.Play(ctx, text, before.manager, before.index)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if line := firstOther(now, then); line != "" {
			other = append(other, strings.TrimSuffix(filepath.Base(file), ".txtar")+": "+line)
		}
	}
	fmt.Fprintf(w, "%d of %d written conversations would go otherwise\n", len(other), len(files))
	for _, line := range other {
		fmt.Fprintln(w, "  "+line)
	}
	return nil
}

// firstOther gives the first line of then that now has not, "" if they are equal.
func firstOther(now, then string) string {
	if now == then {
		return ""
	}
	a, b := strings.Split(now, "\n"), strings.Split(then, "\n")
	for i, line := range b {
		if i >= len(a) || a[i] != line {
			return strings.TrimSpace(line)
		}
	}
	return "it ends earlier"
}

// showMerchants compares how simulated merchants are served: those of a world
// near to today's knowledge.
func showMerchants(ctx context.Context, w io.Writer, episodes int, before, after mind) error {
	if episodes <= 0 {
		return nil
	}
	base := before.manager.Model().Base()
	plan := merchants.Plan{
		Worlds: 1, Episodes: episodes, Policies: merchants.Policies()[:1],
		World: func(seed uint64) *merchants.World {
			return merchants.Perturbed(base, seed, merchants.DefaultRates(), nil)
		},
	}
	var reports []merchants.Report
	for _, m := range []mind{before, after} {
		outcomes, err := merchants.Simulate(ctx, plan, m.manager.Model().Base(), m.manager.Model().Params(), m.index)
		if err != nil {
			return err
		}
		reports = append(reports, merchants.Reports(plan, outcomes)...)
	}
	fmt.Fprintf(w, "%d simulated merchants of today's knowledge with errors, now and then:\n", episodes)
	for i, row := range reports[0].Rows {
		fmt.Fprintf(w, "  %-54s %6.3f → %6.3f\n", row.Name, row.Value, reports[1].Rows[i].Value)
	}
	return nil
}
