package redisstore

import "context"

// Link implements store.Store. The conversation knows of the room first, so that
// erasing finds it whatever happens in between.
func (s *Store) Link(ctx context.Context, room, key string) error {
	if _, _, err := s.ask(ctx, "link a room", command("SADD", linksKey(key), room)); err != nil {
		return err
	}
	_, _, err := s.ask(ctx, "link a room", command("SET", roomKey(room), key, "NX"))
	return err
}

// Linked implements store.Store.
func (s *Store) Linked(ctx context.Context, room string) (string, error) {
	return s.text(ctx, "look up a room", command("GET", roomKey(room)))
}
