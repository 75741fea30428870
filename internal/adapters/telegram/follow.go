package telegram

// movedTo gives the supergroup that a group became, else the chat itself.
func (a *Adapter) movedTo(chatID int64) int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	if to, moved := a.moved.Get(chatID); moved {
		return to
	}
	return chatID
}

func (a *Adapter) noteMove(from, to int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.moved.Put(from, to)
}
