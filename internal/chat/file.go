package chat

// FileKind says what a file is to those who look at it.
type FileKind string

// The kinds of files. A place and a contact have no content to fetch: Name says
// where, or who.
const (
	Photo     FileKind = "photo"
	Video     FileKind = "video"
	Voice     FileKind = "voice"
	Audio     FileKind = "audio"
	Document  FileKind = "document"
	Sticker   FileKind = "sticker"
	Place     FileKind = "place"
	Contact   FileKind = "contact"
	OtherFile FileKind = "other" // something that the program knows no better
)

// File is something that came with a message or goes out with a post. Its content
// stays with its platform until somebody fetches it there.
type File struct {
	Kind     FileKind `json:"kind"`
	Platform string   `json:"platform,omitempty"`
	Ref      string   `json:"ref,omitempty"` // what its platform calls it
	Name     string   `json:"name,omitempty"`
	Type     string   `json:"type,omitempty"` // of its content, such as "image/jpeg"
	Size     int64    `json:"size,omitempty"` // bytes; 0: unknown
	// TooLarge says that its platform does not give it to bots.
	TooLarge bool `json:"too_large,omitempty"`
}
