package adapters

import "strings"

// Names says whether a reference to a post names a message by its id: of an answer
// to the post nothing else is known. A reference is what Deliver gave: the ids of
// the messages with commas between, each with a lower-case letter behind it or
// none, and before them what else their adapter needs, with a colon.
func Names(ref, message string) bool {
	for id := range strings.SplitSeq(ref[strings.LastIndexByte(ref, ':')+1:], ",") {
		if message != "" && strings.TrimRight(id, "abcdefghijklmnopqrstuvwxyz") == message {
			return true
		}
	}
	return false
}
