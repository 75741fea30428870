package kb

// Span is a part of a text that a search matched, in bytes.
type Span struct {
	Start, End int
	// Sound says that it is matched by how it sounds, not by how it is written.
	Sound bool
}
