package redisstore

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Config says where Redis is and how it is used.
type Config struct {
	// URL is the address of one Redis (redis://, rediss:// or unix://). Without
	// it, Addrs are: one Redis, the nodes of a cluster if there are several, or
	// the Sentinels if Master is given.
	URL   string
	Addrs []string
	// Master is the name that the Sentinels have for the master.
	Master string
	// Cluster says that a single address is that of a cluster.
	Cluster bool

	Username, Password string
	SentinelPassword   string
	TLS                bool // with Addrs

	// Retention is how long a value stays after its last change; zero means
	// for ever.
	Retention time.Duration

	// Clock is the local clock; nil: time.Now.
	Clock func() time.Time
	// Tune changes the client's options last: for tests.
	Tune func(*redis.UniversalOptions)
}

// Open connects to Redis. It does not wait for the server: the first call tells
// whether it is there, or WaitReady. The error never holds the address, which
// may hold a password.
func Open(c Config) (*Store, error) {
	if _, err := c.options(); err != nil {
		return nil, err
	}
	redis.SetLogger(silence{}) // its errors come back from the calls as well
	e := new(epochs)
	client := c.connect(func(o *redis.UniversalOptions) {
		if o.OnConnect = e.admit; c.cluster() {
			o.OnConnect = e.admitNode
		}
	})
	watch := c.connect(func(o *redis.UniversalOptions) { o.PoolSize, o.MaxRetries, o.DialerRetries = 4, 1, 1 })
	return newStore(client, watch, e, c), nil
}

func (c Config) cluster() bool {
	return c.URL == "" && c.Master == "" && (c.Cluster || len(c.Addrs) > 1)
}

// connect makes a client of options that are known to be right.
func (c Config) connect(change func(*redis.UniversalOptions)) redis.UniversalClient {
	o, _ := c.options()
	if c.Tune != nil {
		c.Tune(o)
	}
	change(o)
	return redis.NewUniversalClient(o)
}

func (c Config) options() (*redis.UniversalOptions, error) {
	o := &redis.UniversalOptions{
		Addrs: c.Addrs, MasterName: c.Master, IsClusterMode: c.cluster(),
		Username: c.Username, Password: c.Password, SentinelPassword: c.SentinelPassword,
	}
	switch {
	case c.URL != "" && len(c.Addrs) > 0:
		return nil, errors.New("give either the URL of Redis or its addresses")
	case c.URL != "":
		if err := applyURL(o, c.URL); err != nil {
			return nil, err
		}
	case len(c.Addrs) == 0:
		return nil, errors.New("the address of Redis is missing")
	case c.TLS:
		o.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	// Pipelines and single commands share the connections: these are few.
	o.PipelinePoolSize = -1
	o.ContextTimeoutEnabled, o.ReadTimeout, o.WriteTimeout = true, patience, patience
	o.DisableIdentity = true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return o, nil
}

// applyURL takes from a URL what it can say.
func applyURL(o *redis.UniversalOptions, url string) error {
	from, err := redis.ParseURL(url)
	if err != nil {
		return errors.New("the address of Redis is not valid; it should look like redis://localhost:6379/0")
	}
	o.Addrs, o.DB, o.TLSConfig = []string{from.Addr}, from.DB, from.TLSConfig
	if from.Username != "" || from.Password != "" {
		o.Username, o.Password = from.Username, from.Password
	}
	o.PoolSize, o.MaxRetries, o.DialTimeout = from.PoolSize, from.MaxRetries, from.DialTimeout
	if from.Network == "unix" {
		o.Dialer = func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", from.Addr)
		}
	}
	return nil
}

// silence keeps the client from writing to the terminal of whoever runs it.
type silence struct{}

// Printf implements the client's logger.
func (silence) Printf(context.Context, string, ...any) {}
