package dialog

import (
	"slices"
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

// receive takes in the files of a message that the bot has. It can't look into
// them: it keeps them for a person, says so, and goes on in words.
func (t *turn) receive(msg chat.Message) {
	alone := blank(msg.Text)
	switch {
	case t.s.Phase == HandedOver && alone:
		t.relayFiles(msg)
	case t.s.Phase == HandedOver: // went with the text
	case onlySticker(msg) && alone:
		t.wants.reshow = true
		t.wants.thanks = t.s.Phase == Closed
		t.wants.greeting = t.s.Phase != Closed
	default:
		t.keep(msg, alone)
	}
}

// keep keeps files for the person who may take over. A picture or a voice is
// about a problem, even before a word about it.
func (t *turn) keep(msg chat.Message, alone bool) {
	if t.continues(msg) && !tooLarge(msg.Files) {
		t.s.keepFiles(msg)
		return
	}
	first := !slices.ContainsFunc(t.s.Words, func(w Said) bool { return len(w.Files) > 0 })
	if kind := msg.Files[0].Kind; alone && tells(kind) && t.s.Phase != Closed && !t.openCase() {
		t.begin()
		t.wants.screen = true
	}
	t.s.keepFiles(msg)
	t.wants.reshow, t.wants.greeting = true, !t.openCase() && t.s.Phase != Closed
	t.wants.mute = alone && tells(msg.Files[0].Kind)
	switch {
	case tooLarge(msg.Files):
		t.say(t.text(textTooLarge))
	case alone:
		t.say(t.text(kept(msg.Files[0].Kind)))
	case first:
		t.say(t.text(textFilesKept))
	}
}

// kept is what the bot says of a file that it keeps.
func kept(kind chat.FileKind) kb.Text {
	switch kind {
	case chat.Photo:
		return textPhoto
	case chat.Video:
		return textVideo
	case chat.Voice, chat.Audio:
		return textVoice
	case chat.Place, chat.Contact:
		return textDetails
	}
	return textFile
}

// tells says that such a file is about the matter itself.
func tells(kind chat.FileKind) bool {
	return slices.Contains([]chat.FileKind{chat.Photo, chat.Video, chat.Voice, chat.Audio, chat.Document}, kind)
}

// keepFiles puts a message's files with its words, or with its album.
func (s *State) keepFiles(msg chat.Message) {
	for i := range s.Words {
		if w := &s.Words[i]; w.Msg == msg.ID || msg.Album != "" && w.Album == msg.Album {
			w.Files, w.Album = withFiles(w.Files, msg.Files), msg.Album
			return
		}
	}
	s.Words = append(s.Words, Said{Msg: msg.ID, Files: msg.Files, Album: msg.Album})
}

// keptMost bounds the files of one message or album.
const keptMost = 12

// withFiles adds files that are not there yet.
func withFiles(have, more []chat.File) []chat.File {
	have = slices.Clip(have)
	for _, f := range more {
		if len(have) < keptMost && !slices.Contains(have, f) {
			have = append(have, f)
		}
	}
	return have
}

// continues says that a message is one more picture of an album that was
// answered.
func (t *turn) continues(msg chat.Message) bool {
	return msg.Album != "" && blank(msg.Text) && slices.ContainsFunc(t.s.Words, func(w Said) bool { return w.Album == msg.Album })
}

func onlySticker(msg chat.Message) bool {
	return len(msg.Files) == 1 && msg.Files[0].Kind == chat.Sticker
}

func tooLarge(files []chat.File) bool {
	return slices.ContainsFunc(files, func(f chat.File) bool { return f.TooLarge })
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

// fileLabels says in words what files are, for those who see the text alone.
func (t *turn) fileLabels(files []chat.File) string {
	var out []string
	for _, f := range files {
		label := "[" + t.text(fileKinds[f.Kind])
		if f.Name != "" {
			label += " " + f.Name
		}
		if f.TooLarge {
			label += t.text(textDeskTooLarge)
		}
		out = append(out, label+"]")
	}
	return strings.Join(out, " ")
}
