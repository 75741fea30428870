package slack

// known says whether something with one of the keys was handled already.
func (n *intake) known(keys []string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, k := range keys {
		if _, ok := n.seen.Get(k); ok {
			return true
		}
	}
	return false
}

// handled remembers keys of something that was handled.
func (n *intake) handled(keys []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, k := range keys {
		n.seen.Put(k, struct{}{})
	}
}

// first says whether a key is new, and remembers it: of what is never handed over
// by Slack again, such as a tap.
func (n *intake) first(key string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	_, ok := n.seen.Get(key)
	n.seen.Put(key, struct{}{})
	return !ok
}
