package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/eval"
	"github.com/s4bot/s4bot/internal/nlu"
)

// runUnderstand reads messages by the text alone, a JSON line each.
func runUnderstand(ctx context.Context, env environment, args []string) error {
	flags, path := newFlags(env, "understand")
	c, err := configure(env, flags, path, args)
	if err != nil {
		return err
	}
	r, err := c.reader()
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(env.out)
	encoder.SetEscapeHTML(false)
	n := 0
	return adapters.Lines(ctx, env.in, func(line []byte) error {
		n++
		var in struct {
			ID   json.RawMessage `json:"id"`
			Text string          `json:"text"`
		}
		if err := json.Unmarshal(line, &in); err != nil {
			return encoder.Encode(map[string]string{"error": fmt.Sprintf(`line %d is not {"id":…,"text":"…"}: %v`, n, err)})
		}
		reading, err := r.Read(ctx, in.Text)
		if err != nil {
			return err
		}
		reading.ID = in.ID
		return encoder.Encode(reading)
	})
}

// reader makes what reads single messages.
func (c config) reader() (*eval.Reader, error) {
	m, err := c.mind()
	if err != nil {
		return nil, err
	}
	return &eval.Reader{Manager: m.manager, Search: m.index, Mask: nlu.MaskOptions{Phones: c.MaskPhones}}, nil
}

// runEvalUnderstand measures reading on a file of labelled messages.
func runEvalUnderstand(ctx context.Context, env environment, args []string) error {
	flags, path := newFlags(env, "eval understand")
	asJSON := flags.Bool("json", false, "print JSON instead of a table")
	misses := flags.Bool("errors", false, "print every miss as well")
	c, err := configure(env, flags, path, args)
	if err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("eval understand takes one file of labelled messages")
	}
	r, err := c.reader()
	if err != nil {
		return err
	}
	messages, err := eval.LoadMessages(flags.Arg(0))
	if err != nil {
		return err
	}
	report, err := eval.Understand(ctx, r, messages)
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(env.out).Encode(report)
	}
	return printReport(env.out, report, *misses)
}

func printReport(w io.Writer, r eval.Report, misses bool) error {
	if misses {
		for _, m := range r.Misses {
			fmt.Fprintf(w, "%s\t%s\n\twanted %s, read as %s; facts %v\n", m.ID, m.Text, m.Wanted, m.Got, m.Facts)
		}
	}
	for _, row := range r.Rows {
		fmt.Fprintf(w, "%-34s %5.3f  [%.3f, %.3f]  %d of %d\n", row.Name, row.Value, row.Low, row.High, row.Hits, row.Of)
	}
	return nil
}
