package telegram

import (
	"strconv"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// noticedMove reads the notice that a group became a supergroup. Telegram writes it
// into both; either says the same, under the same id, so that the second is a
// repeat. false: the message is no such notice. From now on posts go to
// the new chat.
func (a *Adapter) noticedMove(m *message) (chat.Message, bool) {
	var from, to int64
	switch {
	case m.part("migrate_to_chat_id", &to) && to != 0:
		from = m.Chat.ID
	case m.part("migrate_from_chat_id", &from) && from != 0:
		to = m.Chat.ID
	default:
		return chat.Message{}, false
	}
	a.noteMove(from, to)
	return chat.Message{
		ID:   "moved" + strconv.FormatInt(to, 10),
		Room: wholeChat(from), MovedTo: wholeChat(to), At: time.Unix(int64(m.Date), 0),
	}, true
}
