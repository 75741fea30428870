package redisstore

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/s4bot/s4bot/internal/store"
)

// A feed is one hash, so that it expires as one. Its fields are, by the first
// byte:
//
//	n        the number of the newest entry
//	NUMBER   an entry: 4 bytes of length of name, name, data
//	=NAME    the number of the entry that has a name
//	/NAME    a file

// add appends an entry unless its name is held, and drops the one that is too
// many. Followers are told first: whoever is told cannot look before the script
// has ended, and a user who may not tell them adds nothing.
//
// KEYS: feed. ARGV: retention in ms or 0, name of the feed, field of the entry's
// name, stored form of the entry, how many entries are kept. It gives the number,
// and 1 if the entry is new.
var add = newScript(`
local number, fresh = redis.call('HGET', KEYS[1], ARGV[3]), 0
if not number then
  redis.call('PUBLISH', 'feeds', ARGV[2])
  number, fresh = redis.call('HINCRBY', KEYS[1], 'n', 1), 1
  redis.call('HSET', KEYS[1], ARGV[3], number, number, ARGV[4])
  local old = number - ARGV[5]
  local dropped = old > 0 and redis.call('HGET', KEYS[1], old)
  if dropped then
    local name = string.sub(dropped, 5, 4 + struct.unpack('>I4', dropped))
    redis.call('HDEL', KEYS[1], old, '=' .. name)
  end
end
` + luaRenew + `
return {tonumber(number), fresh}
`)

// keepFile keeps a file. KEYS: feed. ARGV: retention in ms or 0, field of the file,
// its content.
var keepFile = newScript(`
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
` + luaRenew + `
return 1
`)

const luaRenew = `
if ARGV[1] ~= '0' then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
`

// entriesAfter reads some entries. KEYS: feed. ARGV: after which number, how many
// at most, how many are kept. It gives the number of the first one, that of the
// feed's newest, then the entries.
var entriesAfter = newScript(`
local newest = tonumber(redis.call('HGET', KEYS[1], 'n') or 0)
local first = math.max(ARGV[1] + 1, newest - ARGV[3] + 1, 1)
local last = math.min(first + ARGV[2] - 1, newest)
if first > last then
  return {first, 0}
end
local fields = {}
for number = first, last do
  fields[#fields + 1] = string.format('%d', number)
end
return {first, newest, unpack(redis.call('HMGET', KEYS[1], unpack(fields)))}
`)

// removeFeed removes a feed. KEYS: feed. ARGV: its name.
var removeFeed = newScript(`
local feed, name = KEYS[1], ARGV[1]
` + luaRemoveFeed + `
return 1
`)

const luaRemoveFeed = `
if redis.call('EXISTS', feed) == 1 then
  redis.call('PUBLISH', 'feeds', name)
  redis.call('UNLINK', feed)
end
`

// Append implements store.Feeds.
func (s *Store) Append(ctx context.Context, feed, name string, data []byte) (int64, bool, error) {
	entry := make([]byte, 0, 4+len(name)+len(data))
	entry = binary.BigEndian.AppendUint32(entry, uint32(len(name)))
	entry = append(append(entry, name...), data...)
	answer, _, err := s.ask(ctx, "add to a feed", scripted(add, []string{feedKey(feed)},
		s.retention.Milliseconds(), feed, "="+name, entry, store.FeedMost))
	if err != nil {
		return 0, false, err
	}
	said := answer.([]any)
	return said[0].(int64), said[1] == int64(1), nil
}

// Entries implements store.Feeds.
func (s *Store) Entries(ctx context.Context, feed string, after int64, visit func(number int64, name string, data []byte) (more bool)) error {
	for {
		answer, _, err := s.alone(ctx, "read a feed",
			scripted(entriesAfter, []string{feedKey(feed)}, max(after, 0), store.FeedsAtOnce, store.FeedMost))
		if err != nil {
			return err
		}
		said := answer.([]any)
		first, newest, entries := said[0].(int64), said[1].(int64), said[2:]
		for i, raw := range entries {
			name, data, err := apart(raw)
			if err != nil {
				return err
			}
			if !visit(first+int64(i), name, data) {
				return nil
			}
		}
		if after = first + int64(len(entries)) - 1; after >= newest {
			return nil
		}
	}
}

// apart takes a stored entry apart.
func apart(stored any) (name string, data []byte, err error) {
	raw, _ := stored.(string)
	if len(raw) >= 4 {
		if n := 4 + uint64(binary.BigEndian.Uint32([]byte(raw[:4]))); n <= uint64(len(raw)) {
			return raw[4:n], []byte(raw[n:]), nil
		}
	}
	return "", nil, fmt.Errorf("a stored entry of %d bytes is cut off", len(raw))
}

// Newest implements store.Feeds.
func (s *Store) Newest(ctx context.Context, feed string) (int64, error) {
	r := command("HGET", feedKey(feed), "n")
	_, there, err := s.ask(ctx, "look at a feed", r)
	if err != nil || !there {
		return 0, err
	}
	return r.cmd.Int64()
}

// KeepFile implements store.Feeds.
func (s *Store) KeepFile(ctx context.Context, feed, name string, content []byte) error {
	_, _, err := s.alone(ctx, "keep a file",
		scripted(keepFile, []string{feedKey(feed)}, s.retention.Milliseconds(), "/"+name, content))
	return err
}

// File implements store.Feeds.
func (s *Store) File(ctx context.Context, feed, name string) ([]byte, error) {
	content, there, err := s.alone(ctx, "read a file", command("HGET", feedKey(feed), "/"+name))
	if err != nil || !there {
		return nil, err
	}
	return []byte(content.(string)), nil
}

// RemoveFeed implements store.Feeds.
func (s *Store) RemoveFeed(ctx context.Context, feed string) error {
	_, _, err := s.ask(ctx, "remove a feed", scripted(removeFeed, []string{feedKey(feed)}, feed))
	return err
}
