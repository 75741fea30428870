package redisstore

import (
	"context"
	"strconv"
	"time"
)

// attend reads the agenda of a partition. First it moves the entries of far
// lists whose hours have come into the sorted set: those whose value still has
// its due time in these hours. Entries of values that expired go.
//
// KEYS: agenda, far lists. ARGV: up to when in ms, how many at most, what the
// names of values begin with, how many entries to move at most, and the bucket
// of each far list. It gives 0 if all entries were moved, 1 if some are left,
// 2 if Redis is too full to move them; then the keys.
var attend = newScript(`
local state, portion = 0, tonumber(ARGV[4])
for i = 2, #KEYS do
  local bucket, moved = tonumber(ARGV[3 + i]), 0
  for _, key in ipairs(redis.call('LRANGE', KEYS[i], 0, portion - 1)) do
    local due = redis.call('GETRANGE', ARGV[3] .. key, 10, 15)
    local ms = #due == 6 and struct.unpack('>I6', due) - 2^47 or -1
    if ms >= 0 and math.floor(ms / 21600000) == bucket then
      local added = redis.pcall('ZADD', KEYS[1], ms, key)
      if type(added) == 'table' and added.err then
        state = 2
        break
      end
    end
    moved = moved + 1
  end
  if moved > 0 then
    redis.call('LTRIM', KEYS[i], moved, -1)
    portion = portion - moved
  end
  if state == 0 and portion == 0 then
    state = 1
  end
  if state ~= 0 then
    break
  end
end
local keys = {tostring(state)}
for _, key in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])) do
  if redis.call('EXISTS', ARGV[3] .. key) == 1 then
    keys[#keys + 1] = key
  else
    redis.call('ZREM', KEYS[1], key)
  end
end
return keys
`)

// portion is how many entries a script moves, so that it does not hold Redis up.
const portion = 500

// The states that attend gives.
const (
	moved = "0"
	more  = "1"
)

// Due implements store.Store. All partitions are asked in one pipeline, each
// time another one first, so that no partition starves behind a small limit.
func (s *Store) Due(ctx context.Context, at time.Time, limit int) ([]string, error) {
	now := s.clock.local()
	buckets, look := s.looks.begin(at.UnixMilli()/bucketMillis, now)
	keys, complete, err := s.attendAll(ctx, at, limit, buckets)
	if err != nil {
		return nil, err
	}
	if complete {
		s.looks.end(look)
	}
	return keys[:min(limit, len(keys))], nil
}

// attendAll asks all partitions, and those again that have more to move.
func (s *Store) attendAll(ctx context.Context, at time.Time, limit int, buckets []int64) ([]string, bool, error) {
	first, complete := int(s.turn.Add(1)), true
	found := make([][]string, partitions)
	asking := make([]int, partitions)
	for i := range asking {
		asking[i] = (first + i) % partitions
	}
	for len(asking) > 0 {
		states, err := s.attendSome(ctx, at, limit, buckets, asking, found)
		if err != nil {
			return nil, false, err
		}
		var again []int
		for i, state := range states {
			if state == more {
				again = append(again, asking[i])
			}
			complete = complete && (state == moved || state == more)
		}
		asking = again
	}
	var keys []string
	for i := range partitions {
		keys = append(keys, found[(first+i)%partitions]...)
	}
	return keys, complete, nil
}

// attendSome asks some partitions in one pipeline and gives their states.
func (s *Store) attendSome(ctx context.Context, at time.Time, limit int, buckets []int64, asking []int, found [][]string) ([]string, error) {
	requests := make([]*request, len(asking))
	for i, p := range asking {
		requests[i] = attending(p, at, limit, buckets)
	}
	send(ctx, s.client, requests)
	states := make([]string, len(asking))
	for i, r := range requests {
		keys, err := r.cmd.StringSlice()
		if err != nil {
			return nil, unavailable("read the agenda", err)
		}
		states[i], found[asking[i]] = keys[0], keys[1:]
	}
	return states, nil
}

func attending(p int, at time.Time, limit int, buckets []int64) *request {
	keys := append(make([]string, 0, 1+len(buckets)), dueKey(p))
	args := append(make([]any, 0, 4+len(buckets)), strconv.FormatInt(at.UnixMilli(), 10), limit, named("s", p, ""), portion)
	for _, b := range buckets {
		keys, args = append(keys, farKey(p, b)), append(args, b)
	}
	return scripted(attend, keys, args...)
}
