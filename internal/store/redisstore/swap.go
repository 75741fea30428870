package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/s4bot/s4bot/internal/store"
)

// A change compares and sets. Its script gives 0 if the value was written, 1 if
// the conversation was erased, else the stored value.
//
// KEYS: value, agenda. ARGV: key, stored form of the new value, due time in ms,
// retention in ms or 0, etag that may be replaced. The last of the KEYS is the far
// list if the new due time is far.
//
// plain does only this: Redis does everything on one core, so what it does for
// each turn is kept small; even a number costs more than its text. whole does
// more: its KEYS go on with aside and tombstone, its ARGV with when a value that is
// put back was written in ms or "", then for each part aside its name, 1 or 0 for
// keep or remove, its data.
var (
	plain = newScript("local far = KEYS[3]" + luaRead + luaWrite + luaAgenda)
	whole = newScript("local far = KEYS[5]" + luaRead + luaErased + luaWrite + luaAside + luaAgenda)
)

const luaRead = `
local head = redis.call('GETRANGE', KEYS[1], '0', '15')
`

const luaErased = `
if ARGV[6] ~= '' then
  local erased = redis.call('GET', KEYS[4])
  if erased and tonumber(erased) >= tonumber(ARGV[6]) then
    return 1
  end
end
`

const luaWrite = `
if ARGV[5] ~= string.sub(head, 1, 10) then
  return redis.call('GET', KEYS[1]) or ''
end
if ARGV[4] ~= '0' then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[4])
else
  redis.call('SET', KEYS[1], ARGV[2])
end
`

const luaAside = `
for i = 7, #ARGV, 3 do
  if ARGV[i + 1] == '1' then
    redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 2])
  else
    redis.call('HDEL', KEYS[3], ARGV[i])
  end
end
if ARGV[4] ~= '0' then
  redis.call('PEXPIRE', KEYS[3], ARGV[4])
end
`

// The entry of a far due time is in the list of its bucket or, when that has
// come, in the sorted set.
const luaAgenda = `
local was, is = string.sub(head, 11), string.sub(ARGV[2], 11, 16)
if was ~= is then
  local never = '\0\0\0\0\0\0'
  if not far then
    if is == never then
      redis.call('ZREM', KEYS[2], ARGV[1])
    else
      redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
    end
  else
    local old = #was == 6 and struct.unpack('>I6', was) - 2^47 or -1
    local moved = #was == 6 and was ~= never and redis.call('ZREM', KEYS[2], ARGV[1]) == 1
    if moved or old < 0 or math.floor(old / 21600000) ~= math.floor(ARGV[3] / 21600000) then
      redis.call('RPUSH', far, ARGV[1])
    end
  end
end
return 0
`

// What the script of a change says unless it gives the stored value.
const (
	written int64 = 0
	erased  int64 = 1
)

// Swap implements store.Store.
func (s *Store) Swap(ctx context.Context, c store.Change) (store.Value, bool, error) {
	return s.replace(ctx, "write a conversation", c, newEtag(c.Etag, s.epochs.since(), len(c.Aside) > 0), c.Etag, "")
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
	answer, _, err := s.ask(ctx, attempt, s.replacing(c, d, etag, over, lost))
	if err != nil {
		return store.Value{}, false, err
	}
	switch answer {
	case written:
		if d.far {
			s.looks.came(d.bucket())
		}
		return store.Value{Etag: etag, Data: c.Data}, true, nil
	case erased:
		return store.Value{}, false, store.ErrErased
	}
	raw, _ := answer.(string)
	now, err := decode(raw)
	// The stored value may be this very one: the client sends a command again
	// if the answer to it was lost.
	return now, now.Etag == etag, err
}

// replacing is the request of a change.
func (s *Store) replacing(c store.Change, d due, etag, over, lost string) *request {
	p := partition(c.Key)
	keys := append(make([]string, 0, 5), named("s", p, c.Key), dueKey(p))
	args := append(make([]any, 0, 6+3*len(c.Aside)),
		c.Key, encode(etag, d, c.Data), d.ms, s.retention.Milliseconds(), over)
	script := plain
	if lost != "" || hasAside(etag) {
		script = whole
		keys, args = append(keys, named("o", p, c.Key), tombKey(c.Key)), append(args, lost)
		for _, aside := range c.Aside {
			args = append(args, aside.Name, aside.Data != nil, string(aside.Data))
		}
	}
	if d.far {
		keys = append(keys, farKey(p, d.bucket()))
	}
	return scripted(script, keys, args...)
}
