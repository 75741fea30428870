package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/s4bot/s4bot/internal/store"
)

// swap compares and sets. It gives nil if the value was written, 1 if the
// conversation was erased, else the stored value.
//
// KEYS: value, agenda, aside, tombstone, and the far list if the new due time is
// far. ARGV: key, stored form of the new value, due time in ms, retention in ms,
// etag that may be replaced, when a value that is put back was written in ms or
// "", then for each part aside its name, 1 or 0 for keep or remove, its data.
//
// The entry of a far due time is in the list of its bucket or, when that has
// come, in the sorted set.
var swap = newScript(`
local function bucket(due)
  local n = struct.unpack('>I6', due) - 2^47
  return n >= 0 and math.floor(n / 21600000)
end

local head = redis.call('GETRANGE', KEYS[1], 0, 13)
if ARGV[6] ~= '' then
  local erased = redis.call('GET', KEYS[4])
  if erased and tonumber(erased) >= tonumber(ARGV[6]) then
    return 1
  end
end
if ARGV[5] ~= string.sub(head, 1, 8) then
  return redis.call('GET', KEYS[1]) or ''
end

local expires = ARGV[4] ~= '0'
if expires then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[4])
else
  redis.call('SET', KEYS[1], ARGV[2])
end

for i = 7, #ARGV, 3 do
  if ARGV[i + 1] == '1' then
    redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 2])
  else
    redis.call('HDEL', KEYS[3], ARGV[i])
  end
end
if expires then
  redis.call('PEXPIRE', KEYS[3], ARGV[4])
end

local never = '\0\0\0\0\0\0'
local was, is = string.sub(head, 9, 14), string.sub(ARGV[2], 9, 14)
if KEYS[5] then
  local moved = was ~= never and redis.call('ZREM', KEYS[2], ARGV[1]) == 1
  if moved or #was < 6 or bucket(was) ~= bucket(is) then
    redis.call('RPUSH', KEYS[5], ARGV[1])
  end
elseif was ~= is then
  if is == never then
    redis.call('ZREM', KEYS[2], ARGV[1])
  else
    redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
  end
end
return false
`)

// Swap implements store.Store.
func (s *Store) Swap(ctx context.Context, c store.Change) (store.Value, bool, error) {
	return s.replace(ctx, "write a conversation", c, newEtag(c.Etag, s.epochs.since()), c.Etag, "")
}

// Restore implements store.Store.
func (s *Store) Restore(ctx context.Context, c store.Change, over string, written time.Time) (store.Value, bool, error) {
	if len(c.Etag) != etagSize {
		return store.Value{}, false, fmt.Errorf("put a conversation back: %q is no etag of this store", c.Etag)
	}
	return s.replace(ctx, "put a conversation back", c, c.Etag, over, strconv.FormatInt(written.UnixMilli(), 10))
}

// replace writes a value with an etag over the one with another.
func (s *Store) replace(ctx context.Context, attempt string, c store.Change, etag, over, lost string) (store.Value, bool, error) {
	d := dueAt(c.Due, s.Now())
	answer, refused, err := s.ask(ctx, attempt, s.replacing(c, d, etag, over, lost))
	if err != nil {
		return store.Value{}, false, err
	}
	if !refused {
		if d.far {
			s.looks.came(d.bucket())
		}
		return store.Value{Etag: etag, Data: c.Data}, true, nil
	}
	raw, stored := answer.(string)
	if !stored {
		return store.Value{}, false, store.ErrErased
	}
	now, err := decode(raw)
	// The stored value may be this very one: the client sends a command again
	// if the answer to it was lost.
	return now, now.Etag == etag, err
}

// replacing is the request of a change.
func (s *Store) replacing(c store.Change, d due, etag, over, lost string) *request {
	p := partition(c.Key)
	keys := append(make([]string, 0, 5), named("s", p, c.Key), dueKey(p), named("o", p, c.Key), tombKey(c.Key))
	if d.far {
		keys = append(keys, farKey(p, d.bucket()))
	}
	args := append(make([]any, 0, 6+3*len(c.Aside)),
		c.Key, encode(etag, d, c.Data), d.ms, s.retention.Milliseconds(), over, lost)
	for _, aside := range c.Aside {
		args = append(args, aside.Name, aside.Data != nil, string(aside.Data))
	}
	return scripted(swap, keys, args...)
}
