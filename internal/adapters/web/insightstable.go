package web

import (
	"strconv"
	"time"

	"github.com/s4bot/s4bot/internal/chart"
)

// table is numbers as a page shows them and as they are downloaded.
type table struct {
	Caption string
	Head    []column
	Rows    [][]cell
	From    int // the first row that a page shows; the download has all
}

// Seen are the rows that a page shows.
func (t table) Seen() [][]cell { return t.Rows[min(t.From, len(t.Rows)):] }

// column is one column of a table.
type column struct {
	Label  string
	Number bool // its cells are numbers, set flush right
}

// cell is one cell. Plain is what is downloaded, if not the text.
type cell struct{ Text, Href, Plain string }

// heads makes columns from their labels; those that begin with # hold numbers.
func heads(labels ...string) []column {
	out := make([]column, len(labels))
	for i, label := range labels {
		if label != "" && label[0] == '#' {
			out[i] = column{label[1:], true}
			continue
		}
		out[i] = column{Label: label}
	}
	return out
}

func textCell(text string) cell { return cell{Text: text} }

func countCell(n int) cell {
	return cell{Text: chart.Number(float64(n)), Plain: strconv.Itoa(n)}
}

// numberCell shows a number roughly and downloads it exactly.
func numberCell(x float64) cell {
	return cell{Text: chart.Number(x), Plain: strconv.FormatFloat(x, 'f', -1, 64)}
}

func shareCell(x float64) cell {
	return cell{Text: chart.Percent(x), Plain: strconv.FormatFloat(x, 'f', -1, 64)}
}

// dayCell shows a day in words and downloads it as 2006-01-02.
func dayCell(t time.Time, label string) cell {
	if t.IsZero() {
		return cell{Text: "–", Plain: ""}
	}
	return cell{Text: label, Plain: t.Format(time.DateOnly)}
}

// block is a chart with its table, or a table alone.
type block struct {
	Lang            string
	ID, Title, Note string
	Charts          charts
	Table           table
	Big, Now        string // of an alarm: how large, and that it goes on
	Open            bool   // the table itself is what is to be seen
	CSV             string // address of the download
	Broad           bool   // it wants the whole width
	Empty           string // why there is nothing; "": there is something
}

// T gives the text of the block's language.
func (b block) T(zh, en string) string { return pick(b.Lang, zh, en) }
