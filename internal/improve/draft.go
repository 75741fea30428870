package improve

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/fold"
)

// Draft begins an improvement of a cause's article from what a merchant wrote. What
// was masked is cut out; lines that the article has or can't have are left out. The
// draft may be without words: a new fix can still be added.
func Draft(files fs.FS, cause string, words []string) (chat.Improvement, error) {
	lines := make([]string, len(words))
	for i, w := range words {
		lines[i] = bare(w)
	}
	c := chat.Improvement{Cause: cause, Lang: string(language(lines))}
	_, article, err := find(files, cause)
	if err != nil {
		return c, err
	}
	c.Words, _ = sift(lines, article.Aliases.All())
	return c, nil
}

// find loads the knowledge and gives the article of a cause. Errors are as in chat.
func find(files fs.FS, cause string) (*kb.Base, *kb.Cause, error) {
	base, err := kb.Load(files)
	if err != nil {
		return nil, nil, fmt.Errorf("%w already: %w", chat.ErrFaulty, err)
	}
	article := base.Cause(cause)
	if article == nil {
		return nil, nil, fmt.Errorf("the cause %q: %w", cause, chat.ErrNoArticle)
	}
	return base, article, nil
}

// language guesses the language of words: Chinese as soon as there is a Chinese
// character, English for other letters, and else Chinese.
func language(words []string) kb.Lang {
	latin := false
	for _, r := range fold.String(strings.Join(words, " ")) {
		if fold.Han(r) {
			return kb.Chinese
		}
		latin = latin || r >= 'a' && r <= 'z'
	}
	if latin {
		return kb.English
	}
	return kb.Chinese
}
