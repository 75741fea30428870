package slack

import (
	"slices"

	"github.com/s4bot/s4bot/internal/chat"
)

// fitted gives the rows of a card so that they find room: the longest parts, which
// are the merchant's words, are cut first. Empty rows are left away.
func fitted(rows []chat.Row) []chat.Row {
	out := readable(rows)
	var lengths []int
	for _, r := range out {
		for _, p := range r.Parts {
			lengths = append(lengths, length(p))
		}
	}
	most := level(lengths, rowsMost)
	for i := range out {
		for j, p := range out[i].Parts {
			out[i].Parts[j] = shorten(p, most)
		}
	}
	return out
}

// partsMost is how many parts of a row are shown.
const partsMost = 12

// readable gives clean rows without what is empty or too much.
func readable(rows []chat.Row) []chat.Row {
	var out []chat.Row
	for _, r := range rows {
		row := chat.Row{Label: shorten(clean(r.Label), labelLength)}
		for _, p := range r.Parts {
			if p = clean(p); !blank(p) {
				row.Parts = append(row.Parts, p)
			}
		}
		if len(row.Parts) > partsMost {
			row.Parts = append(row.Parts[:partsMost], "…")
		}
		if len(row.Parts) > 0 && len(out) < rowsCount {
			out = append(out, row)
		}
	}
	return out
}

// level gives the length that parts may have so that all of them together find
// room.
func level(lengths []int, room int) int {
	slices.Sort(lengths)
	for i, n := range lengths {
		share := room / (len(lengths) - i)
		if n > share {
			return max(1, share)
		}
		room -= n
	}
	return textMost
}
