package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"regexp"
	"strings"
)

// plainNumber is a number that no spreadsheet takes for a formula.
var plainNumber = regexp.MustCompile(`^[-+]?[0-9]+(\.[0-9]+)?%?$`)

// sendCSV answers with a table as a download: RFC 4180, with a mark by which
// spreadsheets know that it is UTF-8.
func sendCSV(w http.ResponseWriter, name string, t table) {
	var out bytes.Buffer
	out.WriteString("\uFEFF")
	c := csv.NewWriter(&out)
	c.UseCRLF = true
	line := make([]string, 0, len(t.Head))
	for _, h := range t.Head {
		line = append(line, defused(h.Label))
	}
	_ = c.Write(line) // into memory
	for _, row := range t.Rows {
		line = line[:0]
		for _, cell := range row {
			text := cell.Plain
			if text == "" {
				text = cell.Text
			}
			line = append(line, defused(text))
		}
		_ = c.Write(line)
	}
	c.Flush()
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	_, _ = out.WriteTo(w)
}

// defused gives a text that no spreadsheet runs as a formula.
func defused(text string) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "\uFFFD")
	start := strings.TrimLeft(text, " \t\r\n\u00a0\u3000")
	if start == "" || plainNumber.MatchString(text) {
		return text
	}
	if strings.ContainsRune("=+-@＝＋－＠", []rune(start)[0]) {
		return "'" + text
	}
	return text
}
