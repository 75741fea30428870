package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/eval"
)

// runEvalUnderstand measures reading on a file of labelled messages.
func runEvalUnderstand(ctx context.Context, env environment, args []string) error {
	flags, path := newFlags(env, "eval understand")
	asJSON := flags.Bool("json", false, "print JSON instead of tables")
	misses := flags.Bool("errors", false, "print every miss with what led astray")
	brief := flags.Bool("brief", false, "leave out the comparison with less")
	c, err := configure(env, flags, path, args)
	if err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("eval understand takes one file of labelled messages")
	}
	messages, err := eval.LoadMessages(flags.Arg(0))
	if err != nil {
		return err
	}
	r, err := c.reader()
	if err != nil {
		return err
	}
	var out struct {
		eval.Report
		Comparisons []eval.Comparison `json:"comparisons,omitempty"`
	}
	if out.Report, err = eval.Understand(ctx, r, messages); err != nil {
		return err
	}
	if !*brief {
		base, err := c.base()
		if err != nil {
			return err
		}
		if out.Comparisons, err = eval.Compare(ctx, base, diagnosis.Defaults(), messages); err != nil {
			return err
		}
	}
	if *asJSON {
		return json.NewEncoder(env.out).Encode(out)
	}
	if *misses {
		printMisses(env.out, out.Misses)
	}
	printReport(env.out, out.Report)
	printComparisons(env.out, out.Comparisons)
	return nil
}

// runEvalFit fits the weights of the kinds to labelled messages.
func runEvalFit(ctx context.Context, env environment, args []string) error {
	flags, path := newFlags(env, "eval fit")
	c, err := configure(env, flags, path, args)
	if err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New("eval fit takes files of labelled messages")
	}
	r, err := c.reader()
	if err != nil {
		return err
	}
	var messages []eval.Message
	for _, file := range flags.Args() {
		more, err := eval.LoadMessages(file)
		if err != nil {
			return err
		}
		messages = append(messages, more...)
	}
	weights, row, err := eval.FitKinds(ctx, r, messages)
	if err != nil {
		return err
	}
	fmt.Fprintln(env.err, line(row))
	encoder := json.NewEncoder(env.out)
	encoder.SetIndent("", "\t")
	return encoder.Encode(weights)
}

func line(r eval.Row) string {
	count := fmt.Sprintf("of %d", r.Of)
	if r.Hits > 0 || r.Value == 0 {
		count = fmt.Sprintf("%d of %d", r.Hits, r.Of)
	}
	return fmt.Sprintf("%-36s %5.3f  [%.3f, %.3f]  %s", r.Name, r.Value, r.Low, r.High, count)
}

func printMisses(w io.Writer, misses []eval.Miss) {
	for _, m := range misses {
		fmt.Fprintf(w, "%s\t%s\n\twanted %s, read as %s\n", m.ID, m.Text, m.Wanted, m.Got)
		for _, x := range append(m.Facts, m.Terms...) {
			fmt.Fprintf(w, "\t\t%+.1f %s\n", x.Gain, x.Of)
		}
	}
}

func printReport(w io.Writer, r eval.Report) {
	fmt.Fprintf(w, "%d messages; shares and means with their 95 %% intervals\n", r.Messages)
	for _, row := range r.Rows {
		fmt.Fprintln(w, line(row))
	}
	fmt.Fprintln(w, "\nreliability of the first choice: probability, mean of it, share right, messages")
	for _, b := range r.Reliability {
		fmt.Fprintf(w, "  %.1f–%.1f  %.2f  %.2f  %4d\n", b.Low, b.High, b.Confidence, b.Accuracy, b.Of)
	}
	printConfusion(w, "kinds", r.Kinds)
	printConfusion(w, "intents", r.Intents)
}

// printConfusion prints what each label was read as, the most frequent first.
func printConfusion(w io.Writer, name string, c eval.Confusion) {
	fmt.Fprintf(w, "\n%s: label, read as\n", name)
	for _, label := range slices.Sorted(maps.Keys(c)) {
		fmt.Fprintf(w, "  %-14s", label)
		reads := slices.Sorted(maps.Keys(c[label]))
		slices.SortStableFunc(reads, func(a, b string) int { return c[label][b] - c[label][a] })
		for _, read := range reads {
			shown := read
			if shown == "" {
				shown = "none"
			}
			fmt.Fprintf(w, " %s %d", shown, c[label][read])
		}
		fmt.Fprintln(w)
	}
}

func printComparisons(w io.Writer, cs []eval.Comparison) {
	if len(cs) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%-34s", "causes, with more and less")
	for _, row := range cs[0].Rows {
		fmt.Fprintf(w, " %s |", row.Name)
	}
	fmt.Fprintln(w)
	for _, c := range cs {
		fmt.Fprintf(w, "%-34s", c.Name)
		for _, row := range c.Rows {
			fmt.Fprintf(w, "  %.3f [%.2f, %.2f]", row.Value, row.Low, row.High)
		}
		fmt.Fprintln(w)
	}
}
