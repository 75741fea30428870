package nlu

import (
	"regexp"
	"strings"
)

// tracks are the magnetic stripe's tracks 1 and 2 (ISO/IEC 7813), with or
// without their sentinels, and track 2 as chips give it, with D for the
// separator. Folding has made the letters small.
var tracks = []struct {
	separators string
	re         *regexp.Regexp
}{
	{"^", regexp.MustCompile(`%?b ?\d{12,19}\^[^^]{0,40}\^[\d ]{4,}[^?\s]{0,60}\??`)},
	{"=d", regexp.MustCompile(`;? ?\d{12,19} ?[=d] ?\d{7,}f?\??`)},
}

// maskTracks hides track data whole: no part of it may be kept (PCI DSS 3.2).
func maskTracks(v view) []span {
	var spans []span
	for _, track := range tracks {
		if !strings.ContainsAny(v.plain, track.separators) {
			continue
		}
		for _, m := range track.re.FindAllStringIndex(v.plain, -1) {
			spans = append(spans, v.span(m[0], m[1], "[track]"))
		}
	}
	return spans
}
