package bot

import "time"

// DueOf says when a stored conversation next needs attention; zero: never.
func DueOf(data []byte) (time.Time, error) {
	c, err := decode(data)
	return c.due(), err
}
