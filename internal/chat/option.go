package chat

import (
	"crypto/sha256"
	"encoding/base64"
)

// keyPlain is how long an option's id may be to be its own key, in bytes.
const keyPlain = 40

// Key is what stands for the option where there is little room: its id, or of a
// long one a fingerprint of 23 characters.
func (o Option) Key() string {
	if len(o.ID) <= keyPlain {
		return o.ID
	}
	sum := sha256.Sum256([]byte(o.ID))
	return "~" + base64.RawURLEncoding.EncodeToString(sum[:])[:22]
}
