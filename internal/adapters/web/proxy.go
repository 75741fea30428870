package web

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Local says that a request to a loopback address is one of this machine's own: it
// asks for this machine and nobody passes it on. With a name of somebody else's, a
// page of theirs could read what is here, and behind a proxy anybody could.
func Local(r *http.Request) bool {
	if Forwarded(r) {
		return false
	}
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
}

// passing are the headers by which a proxy shows itself.
var passing = []string{
	"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Real-Ip", "Cf-Connecting-Ip", "True-Client-Ip",
}

// Forwarded says that a proxy passes a request on for somebody. One that says nothing
// of itself may still speak HTTP/1.0, as nginx does unless told otherwise, and
// browsers do not.
func Forwarded(r *http.Request) bool {
	for _, name := range passing {
		if len(r.Header.Values(name)) > 0 {
			return true
		}
	}
	return !r.ProtoAtLeast(1, 1)
}

// peer is who is at the other end of the connection; not valid: nobody knows.
func peer(r *http.Request) netip.Addr {
	at, _ := netip.ParseAddrPort(r.RemoteAddr)
	return at.Addr().Unmap()
}

// trusts says whether what a proxy at an address says is believed: on this machine, and
// where the configuration says so.
func (a *Adapter) trusts(at netip.Addr) bool {
	return at.IsLoopback() || slices.ContainsFunc(a.config.Proxies, func(p netip.Prefix) bool { return p.Contains(at) })
}

// sender is the address that a request comes from: the last one that the proxies before
// the bot name and that is not one of them.
func (a *Adapter) sender(r *http.Request) netip.Addr {
	from := peer(r)
	named := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, name := range slices.Backward(named) {
		if !a.trusts(from) {
			break
		}
		at, err := netip.ParseAddr(strings.TrimSpace(name))
		if err != nil {
			break
		}
		from = at.Unmap()
	}
	return from
}

// address is the sender's: of an IPv6 address the network, for whoever has one address
// of it has them all.
func (a *Adapter) address(r *http.Request) string {
	from := a.sender(r)
	if from.Is6() && !from.IsLoopback() {
		network, _ := from.WithZone("").Prefix(64) // which has so many bits
		return network.String()
	}
	return from.String()
}

// near says that a request comes from this machine, and from nobody behind it.
func near(r *http.Request) bool { return peer(r).IsLoopback() && !Forwarded(r) }
