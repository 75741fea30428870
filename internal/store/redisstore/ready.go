package redisstore

import (
	"context"
	"errors"
	"net"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

const readyEvery = 250 * time.Millisecond

// WaitReady waits until Redis answers and takes writes. It tells an operator in
// one line what it waits for, and again when the reason changes. Waiting does
// not help against a wrong password: that is an error at once.
func (s *Store) WaitReady(ctx context.Context, tell func(reason string)) error {
	told := ""
	for {
		err := s.watch.Set(ctx, leaseKey("ready"), "", time.Second).Err()
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return unavailable("wait for Redis", ctx.Err())
		}
		reason, hopeless := reasonOf(err)
		if hopeless {
			return errors.New(reason)
		}
		if reason != told {
			told = reason
			tell(reason)
		}
		select {
		case <-ctx.Done():
			return unavailable("wait for Redis", errors.New(reason))
		case <-time.After(readyEvery):
		}
	}
}

// reasons are what Redis says when it takes no writes, by the first word.
var reasons = map[string]string{
	"LOADING":     "Redis is loading its data",
	"READONLY":    "this Redis is a replica; waiting until it is the master",
	"MASTERDOWN":  "this Redis is a replica without its master",
	"CLUSTERDOWN": "the Redis cluster does not serve all its slots",
	"NOREPLICAS":  "Redis has too few replicas to take writes",
	"MISCONF":     "Redis cannot save to its disk and takes no writes",
	"OOM":         "the memory of Redis is full",
	"BUSY":        "Redis is busy with a script",
	"max number":  "Redis has too many connections",
}

// refusals are what no waiting changes.
var refusals = map[string]string{
	"WRONGPASS": "the user name or the password for Redis is wrong",
	"NOAUTH":    "Redis wants a password and none is given",
	"NOPERM":    "the Redis user may not do what is needed: allow all commands, keys and channels",
	// What servers before 6.0, and those without users, say to a password.
	"AUTH":             "a password for Redis is given and it wants none",
	"invalid password": "the password for Redis is wrong",
}

func reasonOf(err error) (reason string, hopeless bool) {
	for prefix, text := range refusals {
		if redis.HasErrorPrefix(err, prefix) {
			return text, true
		}
	}
	for prefix, text := range reasons {
		if redis.HasErrorPrefix(err, prefix) {
			return text, false
		}
	}
	var dial *net.OpError
	switch text := err.Error(); {
	case strings.Contains(text, "WRONGPASS"):
		return refusals["WRONGPASS"], true
	case strings.Contains(text, "sentinel"):
		return "no Sentinel names a master of Redis that answers", false
	case errors.As(err, &dial) && dial.Op == "dial":
		return "Redis does not answer at its address", false
	}
	return "Redis does not answer as expected", false
}
