package redisstore

import (
	"context"
	"time"
)

// lease takes, renews or gives up a lease. KEYS: the lease. ARGV: who asks, for
// how many ms. It gives 1 if the lease is now theirs.
var lease = newScript(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  return 0
end
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`)

// Lease implements store.Store: Redis lets the lease run out.
func (s *Store) Lease(ctx context.Context, name, owner string, d time.Duration) (bool, error) {
	ms := d.Milliseconds()
	if d > 0 {
		ms = max(ms, 1)
	}
	held, _, err := s.ask(ctx, "take a lease", scripted(lease, []string{leaseKey(name)}, owner, max(ms, 0)))
	return held == int64(1), err
}
