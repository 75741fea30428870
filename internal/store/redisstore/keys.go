package redisstore

import (
	"crypto/sha256"
	"encoding/hex"
	"hash/fnv"
	"strconv"
)

const partitions = 256

func partition(s string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s))
	return int(h.Sum32() % partitions)
}

// named puts a kind, a partition and a name together.
func named(kind string, p int, name string) string {
	return kind + ":{" + strconv.Itoa(p) + "}:" + name
}

func valueKey(key string) string   { return named("s", partition(key), key) }
func asideKey(key string) string   { return named("o", partition(key), key) }
func linksKey(key string) string   { return named("a", partition(key), key) }
func leaseKey(name string) string  { return named("l", partition(name), name) }
func roomKey(room string) string   { return named("x", partition(room), room) }
func feedKey(feed string) string   { return named("f", partition(feed), feed) }
func dueKey(p int) string          { return "due:{" + strconv.Itoa(p) + "}" }
func farKey(p int, b int64) string { return named("far", p, strconv.FormatInt(b, 10)) }

func tombKey(key string) string {
	sum := sha256.Sum256([]byte(key))
	return named("e", partition(key), hex.EncodeToString(sum[:16]))
}
