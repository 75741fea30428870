package adapters

import "strings"

// Names says whether a reference to a post names a message by its id: of an answer
// to the post nothing else is known. A reference is what Deliver gave: the ids of
// the messages with commas between, each with a lower-case letter behind it or
// none; before them may stand a place and a colon, as before a message's id.
func Names(ref, message string) bool {
	place, ids := cutPlace(ref)
	where, id := cutPlace(message)
	if id == "" || place != where {
		return false
	}
	for word := range strings.SplitSeq(ids, ",") {
		if strings.TrimRight(word, "abcdefghijklmnopqrstuvwxyz") == id {
			return true
		}
	}
	return false
}

func cutPlace(s string) (place, rest string) {
	at := strings.LastIndexByte(s, ':')
	return s[:max(at, 0)], s[at+1:]
}
