package telegram

// albumKey names an album in a chat.
type albumKey struct {
	chat  int64
	album string
}

// album is what the messages of an album share; empty: the message is in none.
func album(m *message) string {
	var id string
	m.part("media_group_id", &id)
	return id
}

// meant says that a message in a group is for the bot: it is addressed to it, or
// belongs to an album that is. Of an album only the first message has the words.
func (a *Adapter) meant(m *message) bool {
	key := albumKey{m.Chat.ID, album(m)}
	a.mu.Lock()
	defer a.mu.Unlock()
	_, before := a.albums.Get(key)
	if !before && !a.addressed(m) {
		return false
	}
	if key.album != "" {
		a.albums.Put(key, struct{}{})
	}
	return true
}
