package redisstore

import (
	"context"
	"time"
)

// erase removes what a slot holds of a conversation and leaves the tombstone.
//
// KEYS: value, agenda, aside, tombstone, links, feed, far lists in which an entry
// may have been left behind. ARGV: key, retention in ms, what the names of far lists
// begin with, the time in ms, which is all that the tombstone tells.
var erase = newScript(`
local due = redis.call('GETRANGE', KEYS[1], 10, 15)
local ms = #due == 6 and struct.unpack('>I6', due) - 2^47 or -1
if ms >= 0 then
  redis.call('LREM', ARGV[3] .. string.format('%d', math.floor(ms / 21600000)), 0, ARGV[1])
end
for i = 7, #KEYS do
  redis.call('LREM', KEYS[i], 0, ARGV[1])
end
redis.call('DEL', KEYS[1], KEYS[3], KEYS[5])
redis.call('ZREM', KEYS[2], ARGV[1])
if ARGV[2] == '0' then
  redis.call('SET', KEYS[4], ARGV[4])
else
  redis.call('SET', KEYS[4], ARGV[4], 'PX', ARGV[2])
end
local feed, name = KEYS[6], ARGV[1]
` + luaRemoveFeed + `
return 1
`)

// unlink removes a room's link, and its feed, if it leads to a conversation: a
// room that led elsewhere when it was linked to this one keeps both. KEYS: link,
// feed. ARGV: key, room.
var unlink = newScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then
  local feed, name = KEYS[2], ARGV[2]
` + luaRemoveFeed + `
  redis.call('DEL', KEYS[1])
end
return 1
`)

// Erase implements store.Store. The rooms go first: they lie in other slots, and
// an erasing that was broken off finds them again.
func (s *Store) Erase(ctx context.Context, key string) error {
	const attempt = "erase a conversation"
	rooms, err := s.client.SMembers(ctx, linksKey(key)).Result()
	if err != nil {
		return unavailable(attempt, err)
	}
	for _, room := range rooms {
		if _, _, err := s.ask(ctx, attempt, scripted(unlink, []string{roomKey(room), feedKey(room)}, key, room)); err != nil {
			return err
		}
	}
	p := partition(key)
	keys := []string{valueKey(key), dueKey(p), asideKey(key), tombKey(key), linksKey(key), feedKey(key)}
	for _, b := range s.mayHold() {
		keys = append(keys, farKey(p, b))
	}
	_, _, err = s.ask(ctx, attempt, scripted(erase, keys, key, s.retention.Milliseconds(), named("far", p, ""), s.Now().UnixMilli()))
	return err
}

// mayHold gives the far lists in which an entry may have been left behind.
func (s *Store) mayHold() []int64 {
	now := s.Now().UnixMilli() / bucketMillis
	ahead := max(s.retention, 31*24*time.Hour).Milliseconds() / bucketMillis
	var buckets []int64
	for b := now - 4; b <= now+ahead+1; b++ {
		buckets = append(buckets, b)
	}
	return buckets
}
