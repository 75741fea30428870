// Package redisstore keeps conversations in Redis.
//
// One script does every write: it compares the etag in the stored value, sets
// the new value and the agenda entry, or gives the stored value back. All keys
// of a conversation share a hash slot, so the same code serves one Redis,
// Sentinel and Cluster.
//
//	s:{p}:KEY  the value: 16 bytes of etag, then the data
//	due:{p}    the agenda: a sorted set of keys by due time in milliseconds
//	a:{p}:KEY  the rooms linked to a conversation, for erasing
//	e:{p}:HASH the tombstone of an erased conversation
//	x:{q}:ROOM the conversation that a room leads to
//
// p and q are partitions: the FNV-1a hash of the key or room modulo 256.
package redisstore

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/s4bot/s4bot/internal/store"
)

const (
	partitions = 256
	etagSize   = 16
)

// Store implements store.Store on Redis.
type Store struct {
	client    redis.UniversalClient
	retention time.Duration
}

var _ store.Store = (*Store)(nil)

// New makes a store on a client. Values expire by retention after their last
// change; zero means never. Closing the store closes the client.
func New(client redis.UniversalClient, retention time.Duration) *Store {
	return &Store{client: client, retention: retention}
}

// Open connects to the Redis at a URL (redis://, rediss:// or unix://). It does
// not wait for the server: the first call tells whether it is there. The error
// never holds the URL, which may hold a password.
func Open(url string, retention time.Duration) (*Store, error) {
	opts, err := redis.ParseURL(url)
	if err != nil {
		return nil, errors.New("the address of Redis is not valid; it should look like redis://localhost:6379/0")
	}
	redis.SetLogger(silence{}) // its errors come back from the calls as well
	return New(redis.NewClient(opts), retention), nil
}

// silence keeps the client from writing to the terminal of whoever runs it.
type silence struct{}

// Printf implements the client's logger.
func (silence) Printf(context.Context, string, ...any) {}

// swap compares and sets. KEYS: value, agenda. ARGV: expected etag or "", new
// value, due in ms or "", retention in ms or "0", key.
var swap = redis.NewScript(`
local now = redis.call('GET', KEYS[1])
if (now and string.sub(now, 1, 16) or '') ~= ARGV[1] then
  return now or ''
end
if ARGV[4] == '0' then
  redis.call('SET', KEYS[1], ARGV[2])
else
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[4])
end
if ARGV[3] == '' then
  redis.call('ZREM', KEYS[2], ARGV[5])
else
  redis.call('ZADD', KEYS[2], ARGV[3], ARGV[5])
end
return false
`)

// Get implements store.Store.
func (s *Store) Get(ctx context.Context, key string) (store.Value, error) {
	raw, err := s.client.Get(ctx, valueKey(key)).Result()
	if errors.Is(err, redis.Nil) {
		return store.Value{}, nil
	}
	if err != nil {
		return store.Value{}, unavailable("read a conversation", err)
	}
	return decode(raw)
}

// Swap implements store.Store.
func (s *Store) Swap(ctx context.Context, c store.Change) (store.Value, bool, error) {
	etag := newEtag()
	due := ""
	if !c.Due.IsZero() {
		due = strconv.FormatInt(c.Due.UnixMilli(), 10)
	}
	p := partition(c.Key)
	raw, err := swap.Run(ctx, s.client, []string{valueKey(c.Key), dueKey(p)},
		c.Etag, etag+string(c.Data), due, s.retention.Milliseconds(), c.Key).Text()
	if errors.Is(err, redis.Nil) {
		return store.Value{Etag: etag, Data: c.Data}, true, nil
	}
	if err != nil {
		return store.Value{}, false, unavailable("write a conversation", err)
	}
	now, err := decode(raw)
	// The stored value may be this very one: the client sends a command again
	// if the answer to it was lost.
	return now, now.Etag == etag, err
}

// Due implements store.Store. All partitions are asked in one pipeline.
func (s *Store) Due(ctx context.Context, at time.Time, limit int) ([]string, error) {
	pipe := s.client.Pipeline()
	asked := make([]*redis.StringSliceCmd, partitions)
	for p := range asked {
		asked[p] = pipe.ZRangeByScore(ctx, dueKey(p), &redis.ZRangeBy{
			Min: "-inf", Max: strconv.FormatInt(at.UnixMilli(), 10), Count: int64(limit),
		})
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, unavailable("read the agenda", err)
	}
	var keys []string
	for _, cmd := range asked {
		keys = append(keys, cmd.Val()...)
	}
	return keys[:min(limit, len(keys))], nil
}

// scanCount is how many keys are asked for in one round trip.
const scanCount = 500

// Each implements store.Store. It scans one server after the other.
func (s *Store) Each(ctx context.Context, visit func(key string, data []byte) error) error {
	if cluster, ok := s.client.(*redis.ClusterClient); ok {
		var one sync.Mutex // the servers are asked at the same time
		return cluster.ForEachMaster(ctx, func(ctx context.Context, server *redis.Client) error {
			return scan(ctx, server, func(key string, data []byte) error {
				one.Lock()
				defer one.Unlock()
				return visit(key, data)
			})
		})
	}
	return scan(ctx, s.client, visit)
}

// scan visits the values on one server, some hundred in a round trip.
func scan(ctx context.Context, server redis.Cmdable, visit func(key string, data []byte) error) error {
	seen := map[string]bool{} // SCAN may give a key twice
	for cursor := uint64(0); ; {
		names, next, err := server.Scan(ctx, cursor, "s:{*", scanCount).Result()
		if err != nil {
			return unavailable("read all conversations", err)
		}
		names = slices.DeleteFunc(names, func(name string) bool {
			again := seen[name]
			seen[name] = true
			return again
		})
		if err := visitNamed(ctx, server, names, visit); err != nil {
			return err
		}
		if cursor = next; cursor == 0 {
			return nil
		}
	}
}

// visitNamed visits the values of those names that are still there.
func visitNamed(ctx context.Context, server redis.Cmdable, names []string, visit func(key string, data []byte) error) error {
	got, err := server.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		for _, name := range names {
			pipe.Get(ctx, name)
		}
		return nil
	})
	if err != nil && !errors.Is(err, redis.Nil) {
		return unavailable("read all conversations", err)
	}
	for i, cmd := range got {
		raw, err := cmd.(*redis.StringCmd).Result()
		if errors.Is(err, redis.Nil) {
			continue // gone meanwhile
		}
		if err != nil {
			return unavailable("read all conversations", err)
		}
		v, err := decode(raw)
		if err != nil {
			return err
		}
		_, key, _ := strings.Cut(names[i], "}:")
		if err := visit(key, v.Data); err != nil {
			return err
		}
	}
	return nil
}

// Link implements store.Store.
func (s *Store) Link(ctx context.Context, room, key string) error {
	if err := s.client.SAdd(ctx, linksKey(key), room).Err(); err != nil {
		return unavailable("link a room", err)
	}
	if err := s.client.SetNX(ctx, roomKey(room), key, 0).Err(); err != nil {
		return unavailable("link a room", err)
	}
	return nil
}

// Linked implements store.Store.
func (s *Store) Linked(ctx context.Context, room string) (string, error) {
	key, err := s.client.Get(ctx, roomKey(room)).Result()
	if errors.Is(err, redis.Nil) {
		return "", nil
	}
	if err != nil {
		return "", unavailable("look up a room", err)
	}
	return key, nil
}

// Erase implements store.Store.
func (s *Store) Erase(ctx context.Context, key string) error {
	rooms, err := s.client.SMembers(ctx, linksKey(key)).Result()
	if err != nil {
		return unavailable("erase a conversation", err)
	}
	for _, room := range rooms {
		if err := s.unlink(ctx, room, key); err != nil {
			return err
		}
	}
	p := partition(key)
	_, err = s.client.TxPipelined(ctx, func(tx redis.Pipeliner) error {
		tx.Del(ctx, valueKey(key), linksKey(key))
		tx.ZRem(ctx, dueKey(p), key)
		tx.Set(ctx, tombKey(key), 1, s.retention)
		return nil
	})
	if err != nil {
		return unavailable("erase a conversation", err)
	}
	return nil
}

// unlink removes a room's link to a conversation. A room that led elsewhere when
// it was linked to this one keeps its link.
func (s *Store) unlink(ctx context.Context, room, key string) error {
	owner, err := s.Linked(ctx, room)
	if err != nil || owner != key {
		return err
	}
	if err := s.client.Del(ctx, roomKey(room)).Err(); err != nil {
		return unavailable("erase a room", err)
	}
	return nil
}

// Close implements store.Store.
func (s *Store) Close() error { return s.client.Close() }

func decode(raw string) (store.Value, error) {
	if raw == "" {
		return store.Value{}, nil
	}
	if len(raw) < etagSize {
		return store.Value{}, fmt.Errorf("a stored conversation of %d bytes is cut off", len(raw))
	}
	return store.Value{Etag: raw[:etagSize], Data: []byte(raw[etagSize:])}, nil
}

// newEtag gives 16 random characters.
func newEtag() string {
	var b [etagSize / 2]byte
	_, _ = rand.Read(b[:]) // never fails, see its documentation
	return hex.EncodeToString(b[:])
}

// unavailable says what was attempted. Redis's own errors name commands and
// keys but no values, except for a command that it does not know: there it
// quotes the arguments, which may be the password.
func unavailable(attempt string, err error) error {
	if text, _, quotes := strings.Cut(err.Error(), ", with args beginning with"); quotes {
		err = errors.New(text)
	}
	return fmt.Errorf("%s: %w: %w", attempt, store.ErrUnavailable, err)
}

func partition(s string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s))
	return int(h.Sum32() % partitions)
}

func valueKey(key string) string { return fmt.Sprintf("s:{%d}:%s", partition(key), key) }
func linksKey(key string) string { return fmt.Sprintf("a:{%d}:%s", partition(key), key) }
func dueKey(p int) string        { return fmt.Sprintf("due:{%d}", p) }
func roomKey(room string) string { return fmt.Sprintf("x:{%d}:%s", partition(room), room) }

func tombKey(key string) string {
	sum := sha256.Sum256([]byte(key))
	return fmt.Sprintf("e:{%d}:%s", partition(key), hex.EncodeToString(sum[:16]))
}
