package redisstore

import (
	"errors"
	"fmt"
	"strings"

	"github.com/s4bot/s4bot/internal/store"
)

// unavailable says what was attempted. Redis's own errors name commands and
// keys but no values, except for a command that it does not know: there it
// quotes the arguments, which may be the password.
func unavailable(attempt string, err error) error {
	if errors.Is(err, store.ErrUnavailable) {
		return fmt.Errorf("%s: %w", attempt, err)
	}
	if text, _, quotes := strings.Cut(err.Error(), ", with args beginning with"); quotes {
		err = errors.New(text)
	}
	return fmt.Errorf("%s: %w: %w", attempt, store.ErrUnavailable, err)
}
