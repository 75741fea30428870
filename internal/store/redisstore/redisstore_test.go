package redisstore_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/internal/store/redisstore"
	"github.com/s4bot/s4bot/internal/store/redistest"
	"github.com/s4bot/s4bot/internal/store/storetest"
)

func TestStore(t *testing.T) {
	server := redistest.Start(t)
	storetest.Run(t, func(t *testing.T) store.Store { return emptied(t, server, 0) })
	storetest.RunRetention(t, func(t *testing.T, retention time.Duration) store.Store {
		return emptied(t, server, retention)
	})
}

// Three masters refuse commands whose keys lie in different slots.
func TestStoreOnACluster(t *testing.T) {
	t.Parallel() // a new cluster takes seconds to open
	cluster := redistest.StartCluster(t, false)
	storetest.Run(t, func(t *testing.T) store.Store {
		cluster.Empty(t)
		return opened(t, redisstore.Config{Addrs: cluster.Addrs()})
	})
}

func TestStoreOnSentinel(t *testing.T) {
	t.Parallel()
	sentinel := redistest.StartSentinel(t)
	storetest.Run(t, func(t *testing.T) store.Store {
		if err := sentinel.Master().Client().FlushAll(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
		return opened(t, redisstore.Config{Addrs: sentinel.Addrs(), Master: redistest.MasterName})
	})
}

func opened(t *testing.T, c redisstore.Config) *redisstore.Store {
	t.Helper()
	s, err := redisstore.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// emptied opens a store on a server that is made to hold nothing.
func emptied(t *testing.T, server *redistest.Server, retention time.Duration) store.Store {
	t.Helper()
	if err := server.Client().FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	return opened(t, redisstore.Config{URL: server.URL(), Retention: retention})
}

// The conversation and the time that the tests below use.
const key = "telegram:12345"

var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

// calls are all that one can ask of a store.
var calls = []struct {
	name string
	call func(context.Context, store.Store) error
}{
	{"get", func(ctx context.Context, s store.Store) error { _, err := s.Get(ctx, key); return err }},
	{"swap", func(ctx context.Context, s store.Store) error {
		_, _, err := s.Swap(ctx, store.Change{Key: key, Data: []byte("said in confidence"), Due: noon})
		return err
	}},
	{"due", func(ctx context.Context, s store.Store) error { _, err := s.Due(ctx, noon, 10); return err }},
	{"link", func(ctx context.Context, s store.Store) error { return s.Link(ctx, "slack:C1/17", key) }},
	{"linked", func(ctx context.Context, s store.Store) error { _, err := s.Linked(ctx, "slack:C1/17"); return err }},
	{"append", func(ctx context.Context, s store.Store) error {
		_, _, err := s.Append(ctx, key, "post", []byte("said in confidence"))
		return err
	}},
	{"entries", func(ctx context.Context, s store.Store) error {
		return s.Entries(ctx, key, 0, func(int64, string, []byte) bool { return true })
	}},
	{"newest", func(ctx context.Context, s store.Store) error { _, err := s.Newest(ctx, key); return err }},
	{"keep file", func(ctx context.Context, s store.Store) error {
		return s.KeepFile(ctx, key, "photo", []byte("said in confidence"))
	}},
	{"file", func(ctx context.Context, s store.Store) error { _, err := s.File(ctx, key, "photo"); return err }},
	{"remove feed", func(ctx context.Context, s store.Store) error { return s.RemoveFeed(ctx, key) }},
	{"erase", func(ctx context.Context, s store.Store) error { return s.Erase(ctx, "telegram:someone else") }},
}

// impatient opens a store that does not try again.
func impatient(t *testing.T, url string) store.Store {
	t.Helper()
	s := opened(t, redisstore.Config{URL: url, Tune: func(o *redis.UniversalOptions) {
		o.MaxRetries, o.DialerRetries = -1, 1
	}})
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestAServerThatIsDownIsUnavailableUntilItIsBack(t *testing.T) {
	server := redistest.Start(t, redistest.Durable)
	s := impatient(t, server.URL())
	before, _, err := s.Swap(t.Context(), store.Change{Key: key, Data: []byte("kept"), Due: noon})
	if err != nil {
		t.Fatal(err)
	}

	server.Stop()
	for _, c := range calls {
		if err := c.call(t.Context(), s); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s with the server down gives %v, want ErrUnavailable", c.name, err)
		}
	}

	server.Restart()
	after, err := s.Get(t.Context(), key)
	if err != nil || after.Etag != before.Etag || string(after.Data) != "kept" {
		t.Errorf("after the restart get gives %+v, %v; want %+v", after, err, before)
	}
	for _, c := range calls {
		if err := c.call(t.Context(), s); err != nil {
			t.Errorf("%s after the restart gives %v", c.name, err)
		}
	}
}

// A server that comes back within the client's patience is not even noticed.
func TestAShortRestartIsNotNoticed(t *testing.T) {
	server := redistest.Start(t)
	s := emptied(t, server, 0)
	defer func() { _ = s.Close() }()
	for _, c := range calls {
		server.Restart()
		if err := c.call(t.Context(), s); err != nil {
			t.Errorf("%s across a restart gives %v", c.name, err)
		}
	}
}

func TestAFullServerIsUnavailableAndKeepsWhatItHas(t *testing.T) {
	server := redistest.Start(t)
	admin := server.Client()
	s := emptied(t, server, 0)
	defer func() { _ = s.Close() }()
	old, _, err := s.Swap(t.Context(), store.Change{Key: key, Data: []byte("old"), Due: noon})
	if err != nil {
		t.Fatal(err)
	}
	change := store.Change{Key: key, Etag: old.Etag, Data: []byte("new")}

	admin.ConfigSet(t.Context(), "maxmemory", "1")
	if _, _, err := s.Swap(t.Context(), change); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("swap on a full server gives %v, want ErrUnavailable", err)
	}
	now, err := s.Get(t.Context(), key)
	if err != nil || now.Etag != old.Etag {
		t.Errorf("the value is now %+v, %v; want %+v", now, err, old)
	}
	if due, err := s.Due(t.Context(), noon, 10); err != nil || !slices.Equal(due, []string{key}) {
		t.Errorf("due is now %v, %v; want as before", due, err)
	}

	admin.ConfigSet(t.Context(), "maxmemory", "0")
	if _, ok, err := s.Swap(t.Context(), change); !ok || err != nil {
		t.Errorf("swap with room again gives ok %v, %v", ok, err)
	}
}

// The client sends a command again if the connection breaks before the answer
// comes. The first one was carried out: that is no conflict.
func TestALostAnswerIsNoConflict(t *testing.T) {
	s, lose := losing(t, redistest.Start(t))
	first, _, err := s.Swap(t.Context(), store.Change{Key: key, Data: []byte("first")})
	if err != nil {
		t.Fatal(err)
	}
	lose.Store(true)
	second, ok, err := s.Swap(t.Context(), store.Change{Key: key, Etag: first.Etag, Data: []byte("second"), Due: noon})
	if err != nil || !ok || string(second.Data) != "second" || second.Etag == first.Etag {
		t.Fatalf("swap gives %+v, ok %v, %v; want what was written, ok", second, ok, err)
	}
	if lose.Load() {
		t.Fatal("no answer was lost: this test tests nothing")
	}
	if now, err := s.Get(t.Context(), key); err != nil || now.Etag != second.Etag {
		t.Fatalf("get gives %+v, %v; want %+v", now, err, second)
	}
}

// losing opens a store that loses an answer when told to.
func losing(t *testing.T, server *redistest.Server) (*redisstore.Store, *atomic.Bool) {
	lose := new(atomic.Bool)
	s := opened(t, redisstore.Config{URL: server.URL(), Tune: func(o *redis.UniversalOptions) {
		dial := o.Dialer
		o.Dialer = func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := dial(ctx, network, addr)
			return &lossy{conn, lose}, err
		}
	}})
	t.Cleanup(func() { _ = s.Close() })
	return s, lose
}

// lossy is a connection that breaks once when told to: after the server has
// answered, before the client sees it.
type lossy struct {
	net.Conn
	lose *atomic.Bool
}

func (c *lossy) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if err == nil && c.lose.CompareAndSwap(true, false) {
		_ = c.Close()
		return 0, io.EOF
	}
	return n, err
}

func TestScriptFlushIsSurvived(t *testing.T) {
	server := redistest.Start(t)
	admin := server.Client()
	s := emptied(t, server, 0)
	defer func() { _ = s.Close() }()
	now := store.Value{}
	for i := range 3 {
		var ok bool
		var err error
		now, ok, err = s.Swap(t.Context(), store.Change{Key: key, Etag: now.Etag, Data: []byte{byte(i)}})
		if !ok || err != nil {
			t.Fatalf("swap %d gives ok %v, %v", i, ok, err)
		}
		if err := admin.ScriptFlush(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestErrorsHoldNoSecret(t *testing.T) {
	const password, said = "hunter2-of-redis", "said in confidence"
	for _, test := range []struct {
		name     string
		settings []string
		stopped  bool
		fails    []string // the calls that must fail
	}{
		{name: "the password is wrong", settings: []string{"requirepass another"}},
		{name: "the server is down", stopped: true},
		{name: "the server knows no AUTH", settings: []string{`rename-command HELLO ""`, `rename-command AUTH ""`}},
		{name: "the server knows no scripts", settings: []string{`rename-command EVALSHA ""`}, fails: []string{"swap"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := redistest.Start(t, test.settings...)
			if test.stopped {
				server.Stop()
			}
			s := impatient(t, server.URLWith(password))
			for _, c := range calls {
				err := c.call(t.Context(), s)
				if err == nil && (test.fails == nil || slices.Contains(test.fails, c.name)) {
					t.Errorf("%s gives no error: this test tests nothing", c.name)
				}
				if text := fmt.Sprintf("%v %+v", err, err); strings.Contains(text, password) || strings.Contains(text, said) {
					t.Errorf("%s tells a secret: %v", c.name, err)
				}
				if err != nil && !errors.Is(err, store.ErrUnavailable) {
					t.Errorf("%s gives %v, want ErrUnavailable", c.name, err)
				}
			}
		})
	}
}

func TestAWrongAddressIsRefusedWithoutRepeatingIt(t *testing.T) {
	const password = "hunter2-of-redis"
	for _, url := range []string{
		"http://:" + password + "@localhost:6379",
		"redis://:" + password + "@localhost:port",
		"redis://:" + password + "@localhost:6379/first",
		"redis://:" + password + "@localhost:6379/0?no_such_option=1",
		"redis://:" + password + "%zz@localhost:6379",
		"redis://:" + password + "\x7f@localhost:6379",
		password,
	} {
		s, err := redisstore.Open(redisstore.Config{URL: url})
		if err == nil {
			_ = s.Close()
			t.Errorf("%q is accepted", url)
			continue
		}
		if strings.Contains(err.Error(), password) {
			t.Errorf("the error repeats the password: %v", err)
		}
	}
}

// TestKeys proves the layout that the package comment describes: other programs
// and runbooks rely on it.
func TestKeys(t *testing.T) {
	const room = "slack:C1/17.5"
	server := redistest.Start(t)
	admin := server.Client()
	s := emptied(t, server, time.Hour)
	defer func() { _ = s.Close() }()
	ctx := t.Context()
	p, q := partition(key), partition(room)
	if p == q {
		t.Fatal("key and room share a partition: choose others")
	}

	now, _, err := s.Swap(ctx, store.Change{Key: key, Data: []byte("the data"), Due: noon})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Link(ctx, room, key); err != nil {
		t.Fatal(err)
	}
	for _, feed := range []string{key, room} {
		if _, _, err := s.Append(ctx, feed, "post", []byte("shown")); err != nil {
			t.Fatal(err)
		}
		if err := s.KeepFile(ctx, feed, "photo", []byte("seen")); err != nil {
			t.Fatal(err)
		}
	}
	var (
		value  = fmt.Sprintf("s:{%d}:%s", p, key)
		agenda = fmt.Sprintf("due:{%d}", p)
		links  = fmt.Sprintf("a:{%d}:%s", p, key)
		link   = fmt.Sprintf("x:{%d}:%s", q, room)
		feed   = fmt.Sprintf("f:{%d}:%s", p, key)
		shown  = fmt.Sprintf("f:{%d}:%s", q, room)
	)
	wantKeys(t, admin, value, agenda, links, link, feed, shown)
	for _, check := range []struct{ what, got, want string }{
		{value, admin.Get(ctx, value).Val(), now.Etag + inSixBytes(noon.UnixMilli()) + "the data"},
		{"length of the etag", fmt.Sprint(len(now.Etag)), "10"},
		{agenda, fmt.Sprint(admin.ZRangeWithScores(ctx, agenda, 0, -1).Val()), fmt.Sprint([]redis.Z{{Score: float64(noon.UnixMilli()), Member: key}})},
		{links, fmt.Sprint(admin.SMembers(ctx, links).Val()), fmt.Sprint([]string{room})},
		{link, admin.Get(ctx, link).Val(), key},
		{feed, fmt.Sprint(admin.HGetAll(ctx, feed).Val()), fmt.Sprint(map[string]string{
			"n": "1", "1": "\x00\x00\x00\x04postshown", "=post": "1", "/photo": "seen",
		})},
	} {
		if check.got != check.want {
			t.Errorf("%s is %q, want %q", check.what, check.got, check.want)
		}
	}
	for _, name := range []string{value, feed, shown} {
		if left := admin.PTTL(ctx, name).Val(); left <= 59*time.Minute || left > time.Hour {
			t.Errorf("%s expires in %v, want an hour", name, left)
		}
	}

	if err := s.Erase(ctx, key); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(key))
	tomb := fmt.Sprintf("e:{%d}:%s", p, hex.EncodeToString(sum[:16]))
	wantKeys(t, admin, tomb) // whose name is a hash, and whose value a time
	if got, err := admin.Get(ctx, tomb).Int64(); err != nil || time.Since(time.UnixMilli(got)).Abs() > time.Minute {
		t.Errorf("the tombstone says %d, %v", got, err)
	}
}

func TestAConversationsKeysShareASlot(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartCluster(t, false)
	s := redisstore.New(cluster.Client(), 0)
	defer func() { _ = s.Close() }()
	for _, key := range []string{key, "slack:C1/17", "{a}b", "}{", "", "微信:商户"} {
		for _, wait := range []time.Duration{time.Hour, 100 * time.Hour} {
			now, _ := s.Get(t.Context(), key)
			_, ok, err := s.Swap(t.Context(), store.Change{
				Key: key, Etag: now.Etag, Due: s.Now().Add(wait), Aside: []store.Aside{{Name: "photo", Data: []byte("x")}},
			})
			if !ok || err != nil {
				t.Fatal(ok, err)
			}
		}
		if err := s.Link(t.Context(), "web:room", key); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Append(t.Context(), key, "post", nil); err != nil {
			t.Fatal(err)
		}
		slots := map[int64][]string{}
		for _, master := range cluster.Masters {
			for _, name := range allKeys(t, master.Client()) {
				if !strings.HasPrefix(name, "x:") { // rooms are looked up by themselves
					slot := master.Client().ClusterKeySlot(t.Context(), name).Val()
					slots[slot] = append(slots[slot], name)
				}
			}
		}
		for slot, names := range slots {
			if len(slots) != 1 || len(names) != 5 {
				t.Errorf("slot %d holds %q of %q, want all five names in one slot", slot, names, key)
			}
		}
		cluster.Empty(t)
	}
}

// inSixBytes is a time as it stands in a value.
func inSixBytes(ms int64) string {
	b := binary.BigEndian.AppendUint64(nil, uint64(ms))
	return string(b[2:])
}

func partition(s string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s))
	return h.Sum32() % 256
}

func allKeys(t *testing.T, admin *redis.Client) []string {
	t.Helper()
	keys, err := admin.Keys(t.Context(), "*").Result()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(slices.Values(keys))
}

func wantKeys(t *testing.T, admin *redis.Client, want ...string) {
	t.Helper()
	slices.Sort(want)
	if got := allKeys(t, admin); !slices.Equal(got, want) {
		t.Errorf("Redis holds the keys %q, want %q", got, want)
	}
}

// A value that the first versions wrote is read, replaced, and then has today's
// form.
func TestTheFirstFormIsRead(t *testing.T) {
	server := redistest.Start(t)
	admin := server.Client()
	s := emptied(t, server, 0)
	t.Cleanup(func() { _ = s.Close() })
	const key = "telegram:12345"
	name := fmt.Sprintf("s:{%d}:%s", partition(key), key)
	if err := admin.Set(t.Context(), name, "00112233aabbccdd\x01{}", 0).Err(); err != nil {
		t.Fatal(err)
	}
	old, err := s.Get(t.Context(), key)
	if err != nil || string(old.Data) != "\x01{}" {
		t.Fatalf("read is %q, %v", old.Data, err)
	}
	if _, ok, err := s.Swap(t.Context(), store.Change{Key: key, Etag: old.Etag, Data: []byte("\x02new"), Due: noon}); !ok || err != nil {
		t.Fatalf("it cannot be replaced: %v, %v", ok, err)
	}
	if now, err := s.Get(t.Context(), key); err != nil || string(now.Data) != "\x02new" {
		t.Errorf("then read is %q, %v", now.Data, err)
	}
	if due, err := s.Due(t.Context(), noon, 10); err != nil || !slices.Equal(due, []string{key}) {
		t.Errorf("due is %q, %v", due, err)
	}
}
