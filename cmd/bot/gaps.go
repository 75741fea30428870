package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/eval"
)

// runKBGaps lists the messages that were read badly, ready to paste.
func runKBGaps(ctx context.Context, env environment, args []string) error {
	flags, path := newFlags(env, "kb gaps")
	asJSON := flags.Bool("json", false, "print JSON")
	c, err := configure(env, flags, path, args)
	if err != nil {
		return err
	}
	r, err := c.reader()
	if err != nil {
		return err
	}
	s, err := c.store()
	if err != nil {
		return err
	}
	var gaps []eval.Gap
	err = bot.EachGap(ctx, s, func(conversation string, g dialog.Gap) {
		gaps = append(gaps, eval.Gap{Gap: g, Conversation: conversation})
	})
	if err = errors.Join(err, s.Close()); err != nil {
		return err
	}
	groups, err := eval.Gaps(ctx, r, gaps)
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(env.out).Encode(groups)
	}
	if len(groups) == 0 {
		fmt.Fprintln(env.out, "nothing was read badly, or today's knowledge reads it rightly")
		return nil
	}
	for _, g := range groups {
		printGaps(env.out, g)
	}
	return nil
}

// printGaps prints a group as lines of YAML: aliases by language, each with its
// case and what it was taken for in a comment.
func printGaps(w io.Writer, g eval.GapGroup) {
	fmt.Fprintf(w, "---\n# %s\naliases:\n", cmp.Or(g.Article, "no article is near: is one missing?"))
	for _, lang := range []string{"zh", "en"} {
		head := "  " + lang + ":\n"
		for _, s := range g.Sets {
			if languageOf(s.Text) != lang {
				continue
			}
			first := s.Gaps[max(0, slices.IndexFunc(s.Gaps, func(g eval.Gap) bool { return g.Cause != "" }))]
			note := fmt.Sprintf("%s case %d", printable(first.Conversation), first.Case)
			if len(s.Gaps) > 1 {
				note += fmt.Sprintf(" and %d more like it", len(s.Gaps)-1)
			}
			if s.Confirmed {
				note += fmt.Sprintf("; cause confirmed, belief after the text %.2f, taken for %s", first.P, first.Read)
			} else {
				note += "; nothing matched"
			}
			fmt.Fprintf(w, "%s    - %s  # %s\n", head, quoted(s.Text), note)
			head = ""
		}
	}
	fmt.Fprintln(w)
}

func languageOf(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return "zh"
	}
	return "en"
}

// printable writes a blank for what neither YAML nor a terminal shows.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || unicode.IsGraphic(r) {
			return r
		}
		return ' '
	}, text)
}

// quoted writes a text as YAML on one line; JSON's strings are YAML's too.
func quoted(text string) string {
	text = printable(text)
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return `""`
	}
	return strings.TrimSpace(b.String())
}
