package telegramtest

import (
	"encoding/json"
	"slices"
	"time"
)

// SendPhoto sends a photo. As Telegram does, it comes in three sizes; only the
// largest has the whole content.
func (s *Server) SendPhoto(chat int64, content []byte, caption string) (updateID int64, messageID int) {
	return s.Write(chat, withCaption(map[string]any{"photo": s.photo(content)}, caption))
}

// SendAlbum sends photos as one album, the caption under the first.
func (s *Server) SendAlbum(chat int64, caption string, photos ...[]byte) (messageIDs []int) {
	group := itoa(time.Now().UnixNano())
	for _, content := range photos {
		fields := withCaption(map[string]any{"photo": s.photo(content), "media_group_id": group}, caption)
		_, id := s.Write(chat, fields)
		messageIDs, caption = append(messageIDs, id), ""
	}
	return messageIDs
}

// SendDocument sends a file with a name and a type, such as "application/pdf".
func (s *Server) SendDocument(chat int64, name, kind string, content []byte, caption string) (updateID int64, messageID int) {
	d := s.stored(content, "documents", "")
	d["file_name"], d["mime_type"] = name, kind
	return s.Write(chat, withCaption(map[string]any{"document": d}, caption))
}

// SendVoice sends what somebody said.
func (s *Server) SendVoice(chat int64, content []byte) (updateID int64, messageID int) {
	v := s.stored(content, "voice", ".oga")
	v["duration"], v["mime_type"] = 3, "audio/ogg"
	return s.Write(chat, map[string]any{"voice": v})
}

// SendLarge sends a document that is as large as said; it has no content.
func (s *Server) SendLarge(chat int64, name string, size int64) (updateID int64, messageID int) {
	s.mu.Lock()
	id := s.keep(nil, size, "documents", "")
	s.mu.Unlock()
	return s.Write(chat, map[string]any{"document": map[string]any{
		"file_id": id, "file_unique_id": "u" + id[12:], "file_size": size, "file_name": name, "mime_type": "video/mp4",
	}})
}

// SendSticker sends a sticker that stands for an emoji.
func (s *Server) SendSticker(chat int64, emoji string) (updateID int64, messageID int) {
	k := s.stored([]byte("webp of "+emoji), "stickers", ".webp")
	k["type"], k["emoji"], k["is_animated"], k["is_video"] = "regular", emoji, false, false
	k["width"], k["height"] = 512, 512
	return s.Write(chat, map[string]any{"sticker": k})
}

// SendLocation sends a place on the map.
func (s *Server) SendLocation(chat int64, lat, lon float64) (updateID int64, messageID int) {
	return s.Write(chat, map[string]any{"location": map[string]any{"latitude": lat, "longitude": lon}})
}

// SendContact sends somebody's card; Telegram gives the phone without a plus.
func (s *Server) SendContact(chat int64, first, last, phone string) (updateID int64, messageID int) {
	return s.Write(chat, map[string]any{"contact": map[string]any{
		"first_name": first, "last_name": last, "phone_number": phone,
	}})
}

// Reply writes a text as a reply to a message of the chat: one of the bot's, or
// one that a person wrote.
func (s *Server) Reply(chat int64, messageID int, text string) (updateID int64, replyID int) {
	return s.Write(chat, map[string]any{"text": text, "reply_to_message": s.original(chat, messageID)})
}

// Forward passes on a text that somebody of this name wrote elsewhere.
func (s *Server) Forward(chat int64, from, text string) (updateID int64, messageID int) {
	return s.Write(chat, map[string]any{"text": text, "forward_origin": map[string]any{
		"type": "hidden_user", "sender_user_name": from, "date": time.Now().Add(-time.Hour).Unix(),
	}})
}

// original gives a message as it stands in a reply: without the one that it
// replies to itself. nil: there is none.
func (s *Server) original(chat int64, messageID int) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	sent := s.room(chat).sent
	if i := slices.IndexFunc(sent, func(m *Message) bool { return m.ID == messageID }); i >= 0 {
		return sent[i].json()
	}
	var m map[string]any
	_ = json.Unmarshal(s.incoming[messageKey{chat, messageID}], &m)
	delete(m, "reply_to_message")
	return m
}

// stored keeps a file and gives what every kind has in common.
func (s *Server) stored(content []byte, folder, ending string) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fileJSON(content, folder, ending)
}

// photo keeps a photo in its sizes, the smallest first.
func (s *Server) photo(content []byte) []map[string]any {
	var sizes []map[string]any
	for _, shrink := range []int{16, 4, 1} {
		size := s.stored(content[:len(content)/shrink], "photos", ".jpg")
		size["width"], size["height"] = 1280/shrink, 960/shrink
		sizes = append(sizes, size)
	}
	return sizes
}

func withCaption(fields map[string]any, caption string) map[string]any {
	if caption != "" {
		fields["caption"] = caption
	}
	return fields
}
