package kb

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	errorForm  = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?(?s:(.*))$`)
	anchorForm = regexp.MustCompile(`^unknown anchor '(.*)' referenced$`)
	// countsFromZero knows the errors of the YAML library's parser, which
	// counts lines from 0; its scanner counts them from 1.
	countsFromZero = regexp.MustCompile(`^did not find expected (key|node|'-'|','|<)|^found undefined tag handle`)
)

// explain gives the line that an error of the YAML library is about, and its
// text. The library tells no line for the first line, for anchors and for
// characters that YAML forbids.
func explain(err error, data []byte) (line int, text string) {
	parts := errorForm.FindStringSubmatch(err.Error())
	text = parts[2]
	if parts[1] != "" {
		line, _ = strconv.Atoi(parts[1])
		if countsFromZero.MatchString(text) {
			line++
		}
		return line, text
	}
	at := bytes.IndexFunc(data, forbidden)
	if anchor := anchorForm.FindStringSubmatch(text); anchor != nil {
		at = bytes.Index(data, []byte("*"+anchor[1]))
	}
	return 1 + strings.Count(string(data[:max(at, 0)]), "\n"), text
}

// forbidden says that YAML allows no such character, or that it is not UTF-8.
func forbidden(r rune) bool {
	return r == utf8.RuneError || unicode.IsControl(r) && !strings.ContainsRune("\t\n\r\u0085", r)
}
