package eval

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/s4bot/s4bot/internal/nlu"
)

// Message is a labelled message.
type Message struct {
	ID     string   `json:"id"`
	Text   string   `json:"text"`
	Lang   string   `json:"lang"`
	Kind   string   `json:"kind"`
	Causes []string `json:"causes"` // the best first, then others that are right too
	Group  string   `json:"group"`
	Intent string   `json:"intent"`
}

// LoadMessages reads labelled messages, a JSON object a line.
func LoadMessages(path string) ([]Message, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read labelled messages: %w", err)
	}
	var out []Message
	scanner := bufio.NewScanner(bytes.NewReader(data))
	scanner.Buffer(nil, 1<<20)
	for n := 1; scanner.Scan(); n++ {
		var m Message
		if err := json.Unmarshal(scanner.Bytes(), &m); err != nil {
			return nil, fmt.Errorf("%s:%d: not a labelled message: %w", path, n, err)
		}
		out = append(out, m)
	}
	return out, scanner.Err()
}

// Report is the outcome of a measurement.
type Report struct {
	Rows   []Row  `json:"rows"`
	Misses []Miss `json:"misses"`
}

// Row is one share with its 95 % interval (Wilson).
type Row struct {
	Name  string  `json:"name"`
	Hits  int     `json:"hits"`
	Of    int     `json:"of"`
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Miss is a message that was read wrongly.
type Miss struct {
	ID     string     `json:"id"`
	Text   string     `json:"text"`
	Wanted string     `json:"wanted"`
	Got    string     `json:"got"`
	Facts  []nlu.Fact `json:"facts"`
}

// Understand reads every message and counts what was read rightly.
func Understand(ctx context.Context, r *Reader, messages []Message) (Report, error) {
	var t tally
	for _, m := range messages {
		got, err := r.Read(ctx, m.Text)
		if err != nil {
			return Report{}, err
		}
		t.add(m, got)
	}
	return t.report(), nil
}

// tally counts hits by name, in the order in which the names come up.
type tally struct {
	rows   []Row
	misses []Miss
	ece    [10]struct {
		n        int
		p, right float64
	}
}

func (t *tally) count(name string, hit bool) {
	i := slices.IndexFunc(t.rows, func(r Row) bool { return r.Name == name })
	if i < 0 {
		t.rows = append(t.rows, Row{Name: name})
		i = len(t.rows) - 1
	}
	t.rows[i].Of++
	if hit {
		t.rows[i].Hits++
	}
}

func (t *tally) add(m Message, got Read) {
	switch m.Kind {
	case "cause":
		t.addCause(m, got)
	case "group":
		t.count("group: right group first", got.Group == m.Group)
	case "intent":
		t.count("intent", string(got.Intent) == m.Intent)
	case "oos":
		t.count("out of scope read as a cause", got.Kind == "cause" || got.Kind == "group")
	}
	t.count("kind", string(got.Kind) == m.Kind)
	if string(got.Kind) != m.Kind {
		t.misses = append(t.misses, Miss{m.ID, m.Text, "kind " + m.Kind, "kind " + string(got.Kind), got.Facts})
	}
}

func (t *tally) addCause(m Message, got Read) {
	rank, acceptable, first, p := len(got.Causes), false, "nothing", 0.0
	for i, c := range got.Causes {
		if c.ID == m.Causes[0] {
			rank = i
			break
		}
	}
	if len(got.Causes) > 0 {
		first, p = got.Causes[0].ID, got.Causes[0].P
		acceptable = slices.Contains(m.Causes, first)
	}
	right := len(got.Causes) > 0 && rank == 0
	t.count("cause: first choice", right)
	t.count("cause: acceptable first choice", acceptable)
	t.count("cause: among three", rank < 3 && len(got.Causes) > 0)
	t.count("cause: first choice, "+m.Lang, right)
	bin := &t.ece[min(int(p*10), 9)]
	bin.n++
	bin.p += p
	if right {
		bin.right++
	} else {
		t.misses = append(t.misses, Miss{m.ID, m.Text, strings.Join(m.Causes, " or "), first, got.Facts})
	}
}

// report works out shares and intervals. The calibration error stands last.
func (t *tally) report() Report {
	for i := range t.rows {
		r := &t.rows[i]
		r.Value = float64(r.Hits) / float64(r.Of)
		r.Low, r.High = wilson(r.Hits, r.Of)
	}
	slices.SortStableFunc(t.rows, func(a, b Row) int { return strings.Compare(a.Name, b.Name) })
	n, ece := 0, 0.0
	for _, bin := range t.ece {
		n += bin.n
		ece += math.Abs(bin.p - bin.right)
	}
	if n > 0 {
		t.rows = append(t.rows, Row{Name: "cause: calibration error (ECE)", Of: n, Value: ece / float64(n), Low: ece / float64(n), High: ece / float64(n)})
	}
	return Report{t.rows, t.misses}
}

// wilson is the 95 % score interval of a share (E. B. Wilson, 1927).
func wilson(hits, of int) (low, high float64) {
	const z = 1.959964
	n, p := float64(of), float64(hits)/float64(of)
	mid := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, mid-half), min(1, mid+half)
}
