package redisstore

import (
	"strconv"
	"strings"
)

// info is what a server tells of itself.
type info map[string]string

func parseInfo(text string) info {
	fields := info{}
	for line := range strings.Lines(text) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			fields[name] = value
		}
	}
	return fields
}

func (i info) number(field string) float64 {
	n, _ := strconv.ParseFloat(i[field], 64) // a server that does not tell has 0
	return n
}

// fill is the share of the memory in use that the server may use.
func (i info) fill() float64 {
	if i.number("maxmemory") == 0 {
		return 0
	}
	return i.number("used_memory") / i.number("maxmemory")
}

// warning tells of the setting with which most may be lost. saves is whether
// the server writes snapshots.
func (i info) warning(saves bool) string {
	policy := i["maxmemory_policy"]
	switch {
	case i["role"] != "master":
		return "this Redis is a replica and takes no writes: give the address of the master, or that of Sentinel"
	case i.number("maxmemory") != 0 && policy != "noeviction":
		return "Redis removes conversations when its memory is full: set maxmemory-policy to noeviction, it is " + policy
	case i["aof_enabled"] != "1" && !saves:
		return "Redis keeps nothing on disk, a restart loses everything: set appendonly to yes"
	case i["aof_enabled"] != "1":
		return "Redis writes only snapshots, after a power cut minutes may be lost: set appendonly to yes"
	}
	return ""
}
