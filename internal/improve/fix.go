package improve

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

// What is not known of a new fix, and so is supposed.
const (
	fixWorks  = "often"
	fixEffort = 8
	fixWho    = "merchant"
)

// tidyFix gives a fix without empty lines; nil: there is none. A language in which
// nothing is written is empty as a whole.
func tidyFix(f *chat.NewFix) (*chat.NewFix, error) {
	if f == nil {
		return nil, nil
	}
	out := &chat.NewFix{
		Title: tidy(f.Title), Steps: tidyAll(f.Steps), OtherTitle: tidy(f.OtherTitle), OtherSteps: tidyAll(f.OtherSteps), Repeats: f.Repeats,
	}
	one, other := half(out.Title, out.Steps), half(out.OtherTitle, out.OtherSteps)
	switch {
	case one == nothing && other == nothing:
		return nil, nil
	case one != whole || other == part:
		return nil, chat.ErrUnfinished
	}
	all := slices.Concat([]string{out.Title, out.OtherTitle}, out.Steps, out.OtherSteps)
	if slices.ContainsFunc(all, personal) {
		return nil, chat.ErrPersonal
	}
	return out, nil
}

// How much of a language's half of a fix is written.
const (
	nothing = iota
	part
	whole
)

func half(title string, steps []string) int {
	switch {
	case title == "" && len(steps) == 0:
		return nothing
	case title == "" || len(steps) == 0:
		return part
	}
	return whole
}

func tidyAll(lines []string) (out []string) {
	for _, l := range lines {
		if l = tidy(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// hasFix says that an article has a fix of that name.
func hasFix(article *kb.Cause, f *chat.NewFix) bool {
	return slices.ContainsFunc(article.Cures, func(c kb.Cure) bool {
		return key(c.Fix.Title.ZH) == key(f.Title) || key(c.Fix.Title.EN) == key(f.Title)
	})
}

// placeOfFix is before the first fix that an agent does: the merchant can do it
// without waiting for anybody.
func placeOfFix(article *kb.Cause) int {
	i := slices.IndexFunc(article.Cures, func(c kb.Cure) bool { return c.Fix.Agent })
	if i < 0 {
		return len(article.Cures)
	}
	return i
}

// freeID gives an id that no fix of the article has.
func freeID(article *kb.Cause) string {
	for n := 1; ; n++ {
		id := fmt.Sprintf("desk-%d", n)
		used := func(c kb.Cure) bool { return c.Fix.ID == id || c.Fix.ID == article.ID+"/"+id }
		if !slices.ContainsFunc(article.Cures, used) {
			return id
		}
	}
}

// side is a fix in one language.
type side struct {
	lang, title string
	steps       []string
}

// sides gives a fix in both languages, Chinese first. A language that nobody has
// written gets the texts of the other one.
func sides(lang string, f *chat.NewFix) []side {
	one, other := side{"zh", f.Title, f.Steps}, side{"en", f.OtherTitle, f.OtherSteps}
	if other.title == "" {
		other.title, other.steps = one.title, one.steps
	}
	if lang != string(kb.English) {
		return []side{one, other}
	}
	one.lang, other.lang = other.lang, one.lang
	return []side{other, one}
}

// fixYAML writes a fix as an item of a list.
func fixYAML(id, lang string, f *chat.NewFix) string {
	var title, steps strings.Builder
	for _, s := range sides(lang, f) {
		fmt.Fprintf(&title, "    %s: %s\n", s.lang, scalar(s.title))
		fmt.Fprintf(&steps, "    %s:\n", s.lang)
		for _, step := range s.steps {
			fmt.Fprintf(&steps, "      - %s\n", scalar(step))
		}
	}
	return fmt.Sprintf("id: %s\n  title:\n%s  steps:\n%s  works: %s\n  effort: %d\n  who: %s\n  repeats_payment: %t",
		id, title.String(), steps.String(), fixWorks, fixEffort, fixWho, f.Repeats)
}

func scalars(texts []string) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = scalar(t)
	}
	return out
}

// scalar writes a text of one line as YAML, with quotes where it needs them.
func scalar(text string) string {
	raw, err := yaml.Marshal(text)
	out := strings.TrimSuffix(string(raw), "\n")
	if err != nil || strings.Contains(out, "\n") {
		return fmt.Sprintf("%q", text)
	}
	return out
}
