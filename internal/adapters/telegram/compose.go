package telegram

import (
	"github.com/s4bot/s4bot/internal/chat"
)

// letters gives the messages that a post goes out as: a text that fits stands
// under the only file that can have one, else the text comes first. The options
// are under the last. An error is a *Failure: nothing of the post can be sent.
func (a *Adapter) letters(room chat.Room, post chat.Post) ([]letter, error) {
	keys, err := keyboard(post)
	if err != nil {
		return nil, never(err.Error())
	}
	files, err := a.enclosed(post.Files)
	if err != nil {
		return nil, err
	}
	out := withText(post, files)
	if len(out) == 0 {
		return nil, never("the post has neither a text nor a file that can be sent")
	}
	for i := range out {
		if err := out[i].address(room); err != nil {
			return nil, err
		}
	}
	out[len(out)-1].keyboard = keys
	out[0].replyTo = messageIn(out[0].chat, post.ReplyTo)
	return out, nil
}

// withText puts a post's text to its files.
func withText(post chat.Post, files []letter) []letter {
	if i, ok := theCaptioned(files); ok {
		if parts := split(post.Text, captionUnits); len(parts) <= 1 {
			files[i].form = asCaption
			files[i].write(parts, post.Strong)
			return files
		}
	}
	var out []letter
	for _, p := range split(post.Text, textUnits) {
		var l letter
		l.write([]piece{p}, post.Strong)
		out = append(out, l)
	}
	return append(out, files...)
}

// theCaptioned gives the place of the only file that can have a text under it.
func theCaptioned(files []letter) (at int, ok bool) {
	found := 0
	for i, l := range files {
		if l.by.captioned {
			at, found = i, found+1
		}
	}
	return at, found == 1
}

// write puts the first of the pieces, if there is one, into the letter.
func (l *letter) write(parts []piece, strong chat.Span) {
	if len(parts) > 0 {
		l.text, l.entities = parts[0].text, parts[0].entities(strong)
	}
}

// address says where the letter goes.
func (l *letter) address(room chat.Room) error {
	var ok bool
	if l.chat, l.topic, ok = place(room); !ok {
		return never("the room is none of Telegram's")
	}
	return nil
}
