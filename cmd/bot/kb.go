package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
)

// runKBCheck lists the faults of the knowledge.
func runKBCheck(_ context.Context, env environment, args []string) error {
	flags, path := newFlags(env, "kb check")
	c, err := configure(env, flags, path, args)
	if err != nil {
		return err
	}
	base, err := kb.Load(c.files())
	var faults kb.Faults
	switch {
	case errors.As(err, &faults):
		fmt.Fprintln(env.out, faults.Error())
		return fmt.Errorf("the knowledge has %d faults", len(faults))
	case err != nil:
		return err
	}
	fmt.Fprintf(env.out, "no faults: %d causes, %d questions, %d fixes, %d how-tos, %d response codes\n",
		len(base.Causes), len(base.Questions), len(base.Fixes), len(base.Howtos), len(base.Codes.Codes))
	return nil
}

// runKBSearch shows what a text is taken for.
func runKBSearch(ctx context.Context, env environment, args []string) error {
	flags, path := newFlags(env, "kb search")
	c, err := configure(env, flags, path, args)
	if err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New("kb search takes the text to search for")
	}
	m, err := c.mind()
	if err != nil {
		return err
	}
	text := nlu.Mask(strings.Join(flags.Args(), " "), nlu.MaskOptions{Phones: c.MaskPhones})
	hits, err := m.index.Search(ctx, m.manager.Query(text))
	if err != nil {
		return err
	}
	u := m.manager.Understand(text, hits)
	fmt.Fprintf(env.out, "%s\nsearched for: %s\nkind %s", text, m.manager.Query(text), u.Kind)
	for _, code := range u.Codes {
		fmt.Fprintf(env.out, " · code %s", code)
	}
	for _, f := range u.Facts {
		fmt.Fprintf(env.out, " · %s=%s", f.Question, f.Option)
	}
	fmt.Fprintln(env.out, "\n\n  search  belief  article")
	model := m.manager.Model()
	belief := model.Belief(u.Evidence)
	for _, h := range hits[:min(10, len(hits))] {
		title := ""
		if cause := model.Base().Cause(h.ID); cause != nil {
			title = cause.Title.ZH + " / " + cause.Title.EN
		}
		fmt.Fprintf(env.out, "  %6.3f  %5.1f%%  %-28s %s\n", h.Score, 100*model.P(belief, h.ID), h.ID, title)
	}
	return nil
}

// The whole model as JSON; DESIGN.md, section 8, fixes the form.
type export struct {
	Version   string           `json:"version"`
	Causes    []exportCause    `json:"causes"`
	Questions []exportQuestion `json:"questions"`
	Fixes     []exportFix      `json:"fixes"`
}

type exportCause struct {
	ID    string     `json:"id"`
	Group string     `json:"group"`
	Title exportText `json:"title"`
	Prior float64    `json:"prior"` // they sum to 1
	// Signs gives P(option | cause) for every question and option.
	Signs map[string]map[string]float64 `json:"signs"`
}

type exportText struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

type exportQuestion struct {
	ID      string         `json:"id"`
	Ask     exportText     `json:"ask"`
	Effort  float64        `json:"effort"`
	Safety  bool           `json:"safety,omitempty"`
	Auto    string         `json:"auto,omitempty"`
	Options []exportOption `json:"options"`
}

type exportOption struct {
	ID    string     `json:"id"`
	Label exportText `json:"label"`
	Share float64    `json:"share"`
}

// exportFix is one fix for one cause: a shared fix stands here several times.
type exportFix struct {
	ID             string     `json:"id"`
	Cause          string     `json:"cause"`
	Title          exportText `json:"title"`
	Works          float64    `json:"works"`
	Effort         float64    `json:"effort"`
	Who            string     `json:"who"`
	RepeatsPayment bool       `json:"repeats_payment"`
}

// runKBExport writes the model.
func runKBExport(_ context.Context, env environment, args []string) error {
	flags, path := newFlags(env, "kb export")
	c, err := configure(env, flags, path, args)
	if err != nil {
		return err
	}
	base, err := c.base()
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(env.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(newExport(base))
}

func newExport(base *kb.Base) export {
	out := export{Version: base.Version}
	sum := 0.0
	for _, c := range base.Causes {
		sum += c.Prior
	}
	for _, c := range base.Causes {
		out.Causes = append(out.Causes, exportCause{c.ID, c.Group(), exportText(c.Title), c.Prior / sum, signsOf(base, c)})
		for _, cure := range c.Cures {
			out.Fixes = append(out.Fixes, newExportFix(c, cure))
		}
	}
	for _, q := range base.Questions {
		e := exportQuestion{ID: q.ID, Ask: exportText(q.Ask), Effort: q.Effort, Safety: q.Safety, Auto: q.Auto}
		for _, o := range q.Options {
			e.Options = append(e.Options, exportOption{o.ID, exportText(o.Label), o.Share})
		}
		out.Questions = append(out.Questions, e)
	}
	return out
}

func signsOf(base *kb.Base, c *kb.Cause) map[string]map[string]float64 {
	signs := map[string]map[string]float64{}
	for _, q := range base.Questions {
		signs[q.ID] = map[string]float64{}
		for i, p := range q.Likelihood(c) {
			signs[q.ID][q.Options[i].ID] = p
		}
	}
	return signs
}

func newExportFix(c *kb.Cause, cure kb.Cure) exportFix {
	who := "merchant"
	if cure.Fix.Agent {
		who = "agent"
	}
	return exportFix{
		cure.Fix.ID, c.ID, exportText(cure.Fix.Title), cure.Works, cure.Fix.Effort, who, cure.Fix.RepeatsPayment,
	}
}
