package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/s4bot/s4bot/internal/eval"
	"github.com/s4bot/s4bot/internal/eval/merchants"
	"github.com/s4bot/s4bot/internal/eval/optimum"
	"github.com/s4bot/s4bot/internal/kb"
)

// dialogsReport is what bot eval dialogs measured.
type dialogsReport struct {
	Worlds   int                `json:"worlds"`
	Episodes int                `json:"episodes"`
	Policies []merchants.Report `json:"policies"`
	// Ratios are the bot's mean cost divided by that of the other policies.
	Ratios map[string]merchants.Row `json:"cost_ratios"`
	// Optimum compares the bot's choices with the exact optimum.
	Optimum *optimum.Gap `json:"optimum,omitempty"`
}

// runEvalDialogs lets simulated merchants talk with the bot, and with other
// policies beside it.
func runEvalDialogs(ctx context.Context, env environment, args []string) error {
	flags, path := newFlags(env, "eval dialogs")
	asJSON := flags.Bool("json", false, "print JSON instead of tables")
	file := flags.String("merchants", "", "`FILE` of what is true of merchants (default: the bot's own tables with errors)")
	messages := flags.String("messages", "", "`FILE` of labelled messages that merchants write first")
	worlds := flags.Int("worlds", 10, "world seeds")
	episodes := flags.Int("episodes", 2000, "merchants a world")
	cases := flags.Bool("cases", false, "print what the bot did in every case, a JSON object a line, instead of figures")
	instances := flags.Int("instances", 20, "small instances that are solved exactly; 0: none")
	only := flags.Bool("bot", false, "leave out the other policies")
	c, err := configure(env, flags, path, args)
	if err != nil {
		return err
	}
	if flags.NArg() > 0 || *worlds < 1 || *episodes < 1 {
		return errors.New("eval dialogs takes no arguments, and at least one world and one episode")
	}
	m, err := c.mind()
	if err != nil {
		return err
	}
	plan := merchants.Plan{Worlds: *worlds, Episodes: *episodes, Policies: merchants.Policies()}
	if *only {
		plan.Policies = plan.Policies[:1]
	}
	if plan.World, err = worldMaker(m.manager.Model().Base(), *file, *messages); err != nil {
		return err
	}
	outcomes, err := merchants.Simulate(ctx, plan, m.manager.Model().Base(), m.manager.Model().Params(), m.index)
	if err != nil {
		return err
	}
	if *cases {
		return printCases(env.out, outcomes[0])
	}
	report := dialogsReport{*worlds, *episodes, merchants.Reports(plan, outcomes), map[string]merchants.Row{}, nil}
	for i, p := range plan.Policies[1:] {
		report.Ratios[p.Name] = merchants.Ratio(outcomes, 0, i+1)
	}
	if *instances > 0 {
		gap, err := optimum.Measure(m.manager.Model().Base(), m.manager.Model().Params(), optimum.Reduced, *instances)
		if err != nil {
			return err
		}
		report.Optimum = &gap
	}
	if *asJSON {
		return json.NewEncoder(env.out).Encode(report)
	}
	printDialogs(env.out, report)
	return nil
}

// worldMaker gives what makes the worlds: of a merchants file, or of the bot's
// own tables.
func worldMaker(base *kb.Base, file, messages string) (func(uint64) *merchants.World, error) {
	var first map[string][]string
	if messages != "" {
		labelled, err := eval.LoadMessages(messages)
		if err != nil {
			return nil, err
		}
		first = merchants.FirstWords(labelled)
	}
	if file == "" {
		return func(seed uint64) *merchants.World {
			return merchants.Perturbed(base, seed, merchants.DefaultRates(), first)
		}, nil
	}
	f, err := merchants.Load(file, base)
	if err != nil {
		return nil, err
	}
	return func(seed uint64) *merchants.World { return f.World(seed, first) }, nil
}

func printDialogs(w io.Writer, r dialogsReport) {
	fmt.Fprintf(w, "%d worlds of %d simulated merchants; means and shares with their 95 %% bootstrap intervals\n", r.Worlds, r.Episodes)
	for _, p := range r.Policies {
		fmt.Fprintf(w, "\n== %s (a step takes %.1f ms at p50, %.1f ms at p99, search apart)\n", p.Policy, p.Decision.P50/1000, p.Decision.P99/1000)
		for _, row := range p.Rows {
			fmt.Fprintf(w, "%-54s %6.3f  [%.3f, %.3f]  of %d\n", row.Name, row.Value, row.Low, row.High, row.Of)
		}
		for _, promise := range slices.Sorted(maps.Keys(p.Broken)) {
			fmt.Fprintf(w, "broken in %d cases: %s\n", p.Broken[promise], promise)
		}
	}
	fmt.Fprintln(w)
	for _, name := range slices.Sorted(maps.Keys(r.Ratios)) {
		row := r.Ratios[name]
		fmt.Fprintf(w, "cost of s4bot against %-18s %.3f  [%.3f, %.3f]\n", name, row.Value, row.Low, row.High)
	}
	if g := r.Optimum; g != nil {
		fmt.Fprintf(w, "\nexpected cost against the exact optimum, %d instances of 8 causes, 6 questions, up to 3 fixes:\n", g.Instances)
		fmt.Fprintf(w, "s4bot %.4f (p90 %.4f, most %.4f), without questions %.4f\n", g.Mean, g.P90, g.Most, g.Repair)
	}
}

func printCases(w io.Writer, worlds [][]merchants.Outcome) error {
	encoder := json.NewEncoder(w)
	for _, world := range worlds {
		for _, o := range world {
			if err := encoder.Encode(o); err != nil {
				return err
			}
		}
	}
	return nil
}
