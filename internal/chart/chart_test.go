package chart

import (
	"encoding/xml"
	"fmt"
	"html/template"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"
)

// hostile are labels that markup, layout or numbers might choke on.
var hostile = []string{
	`<script>alert(1)</script>`, `"><svg onload=alert(1)>`, `' onmouseover='x`, `</title><script>`, "]]>", "&amp;&#x3c;", "\u202e\u2066逆\u2069", "\u200b\u00ad\ufeff",
	strings.Repeat("长", 10000), strings.Repeat("W", 10000), "\x00\x01\x0b\ufffe\uffff", "\xff\xfe", "", " ", "a\nb\tc", "👨\u200d👩\u200d👧", "قلم",
}

var odd = []float64{math.NaN(), math.Inf(1), math.Inf(-1), -5, 0, 1e300, math.MaxFloat64, 3, .0000001}

// all gives one chart of each kind, of labels and values.
func all(f Frame, labels []string, values []float64) map[string]template.HTML {
	var series []Series
	for i := range 9 {
		series = append(series, Series{Name: labels[i%len(labels)], Values: values, Colour: i - 1})
	}
	var bins []Bin
	var rows []Row
	var points []Point
	var matrix [][]float64
	for i, v := range values {
		label := labels[i%len(labels)]
		bins = append(bins, Bin{label, v})
		rows = append(rows, Row{Label: label, Value: v, Text: label, Part: values[len(values)-1-i]})
		points = append(points, Point{Said: v, Was: v, Low: values[len(values)-1-i], High: v, N: i})
	}
	for range labels {
		matrix = append(matrix, values)
	}
	return map[string]template.HTML{
		"bars":        Bars{f, labels, series}.SVG(),
		"histogram":   Histogram{f, bins, labels[0], values[0]}.SVG(),
		"line":        Line{Frame: f, Labels: labels, Series: series, Low: values, High: values, Usual: labels[0], Area: true, Mark: labels[0], At: 1}.SVG(),
		"share":       Line{Frame: f, Labels: labels, Series: series, Share: true, Mark: labels[0], At: 99}.SVG(),
		"ranked":      Ranked{Frame: f, Rows: rows, Most: values[0]}.SVG(),
		"heat":        Heat{f, labels, labels, labels[0], labels[0], matrix, true}.SVG(),
		"calibration": Calibration{f, points, labels[0], labels[0]}.SVG(),
	}
}

func TestHostileLabelsAndNumbersDoNoHarm(t *testing.T) {
	for _, shape := range []Shape{Narrow, Wide} {
		for _, label := range hostile {
			f := Frame{ID: label, Title: label, Desc: label, Lang: label, Shape: shape}
			for name, svg := range all(f, append([]string{label}, hostile...), odd) {
				t.Run(fmt.Sprintf("%s %.12q", name, label), func(t *testing.T) { check(t, string(svg)) })
			}
		}
	}
}

var (
	numbers  = regexp.MustCompile(`NaN|Inf|e\+|\d{9}`)
	elements = map[string]bool{}
)

func init() {
	for _, name := range strings.Fields("svg title desc g rect path circle text defs pattern") {
		elements[name] = true
	}
}

// check asserts what every chart promises.
func check(t *testing.T, svg string) {
	t.Helper()
	if len(svg) > 100_000 {
		t.Errorf("has %d bytes", len(svg))
	}
	d := xml.NewDecoder(strings.NewReader(svg))
	ids := map[string]bool{}
	var refs []string
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v in %.300s", err, svg)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !elements[e.Name.Local] {
			t.Errorf("holds an element <%s>", e.Name.Local)
		}
		for _, a := range e.Attr {
			name := a.Name.Local
			if name == "style" || strings.HasPrefix(name, "on") || name == "href" {
				t.Errorf("<%s> has an attribute %s", e.Name.Local, name)
			}
			if name != "id" && name != "aria-labelledby" && name != "fill" && numbers.MatchString(a.Value) {
				t.Errorf("<%s> has %s=%q", e.Name.Local, name, a.Value)
			}
			switch {
			case name == "id":
				if ids[a.Value] {
					t.Errorf("the id %s stands twice", a.Value)
				}
				ids[a.Value] = true
			case name == "aria-labelledby":
				refs = append(refs, strings.Fields(a.Value)...)
			case name == "fill":
				refs = append(refs, strings.TrimSuffix(strings.TrimPrefix(a.Value, "url(#"), ")"))
			}
		}
	}
	for _, ref := range refs {
		if !ids[ref] {
			t.Errorf("refers to %q, which is not there", ref)
		}
	}
	for _, r := range "\u202e\u2066\u2069\u200b\ufeff\x00" {
		if strings.ContainsRune(svg, r) {
			t.Errorf("holds %U", r)
		}
	}
}

func TestNothingIsSaidPlainly(t *testing.T) {
	labels := []string{"a", "b"}
	for lang, want := range map[string]string{"zh": "还没有数据", "en": "No data yet", "": "还没有数据"} {
		for _, values := range [][]float64{{0, 0}, {math.NaN(), math.NaN()}} {
			for name, svg := range all(Frame{ID: "x", Title: "Cases", Lang: lang}, labels, values) {
				if name == "calibration" || name == "share" && values[0] == 0 {
					continue // of these, zeros are data
				}
				if check(t, string(svg)); !strings.Contains(string(svg), want) || strings.Contains(string(svg), "ch-grid") {
					t.Errorf("%s of nothing in %q is %s", name, lang, svg)
				}
			}
		}
	}
	if svg := string(Calibration{}.SVG()); !strings.Contains(svg, "还没有数据") {
		t.Errorf("calibration of nothing is %s", svg)
	}
}

// TestTextsStayInside asserts that no text is written beyond the drawing.
func TestTextsStayInside(t *testing.T) {
	form := regexp.MustCompile(`<text class="[^"]*" x="([0-9.-]+)" y="([0-9.-]+)"(?: text-anchor="(\w+)")?[^>]*>([^<]*)</text>`)
	for _, shape := range []Shape{Narrow, Wide} {
		f := Frame{ID: "x", Title: "t", Shape: shape}
		long := []string{"Connection to the acquirer", "商户账户和设置被冻结或未开通", "5月31日", "Wednesday 31 December"}
		for name, svg := range all(f, long, []float64{1, 20000, 3, .4}) {
			view := regexp.MustCompile(`viewBox="0 0 ([0-9.]+) ([0-9.]+)"`).FindStringSubmatch(string(svg))
			var wide, high float64
			fmt.Sscan(view[1]+" "+view[2], &wide, &high)
			for _, m := range form.FindAllStringSubmatch(string(svg), -1) {
				if strings.Contains(m[0], "rotate") {
					continue
				}
				var x, y float64
				fmt.Sscan(m[1]+" "+m[2], &x, &y)
				size := small
				if strings.Contains(m[0], `font-size="13"`) {
					size = large
				}
				from, long := x, width(m[4], size)
				switch m[3] {
				case "middle":
					from -= long / 2
				case "end":
					from -= long
				}
				if from < -1 || from+long > wide+1 || y < 8 || y > high {
					t.Errorf("%s: %q goes from %.0f to %.0f at %.0f in %.0f × %.0f", name, m[4], from, from+long, y, wide, high)
				}
			}
		}
	}
}

func TestTicksCoverTheRange(t *testing.T) {
	for _, most := range []float64{0, .003, .1, .99, 1, 2, 3, 7, 10, 11, 99, 100, 101, 1234, 99999, 1e12, math.NaN(), math.Inf(1)} {
		for _, step := range []float64{0, 1} {
			list := ticks(most, 4, step)
			last := list[len(list)-1]
			if list[0] != 0 || last < amount(most)*(1-1e-9) || len(list) < 2 || len(list) > 7 {
				t.Errorf("ticks for %v by %v are %v", most, step, list)
			}
			for i := 1; i < len(list); i++ {
				if list[i] <= list[i-1] || step == 1 && list[i] != math.Trunc(list[i]) {
					t.Errorf("ticks for %v by %v are %v", most, step, list)
				}
			}
		}
	}
}

func TestLabelsAreThinnedOut(t *testing.T) {
	var labels []string
	day := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	values := make([]float64, 90)
	for i := range values {
		labels, values[i] = append(labels, Day(day.AddDate(0, 0, i), "zh")), 1
	}
	svg := string(Bars{Frame{ID: "x"}, labels, []Series{{"", values, 0}}}.SVG())
	shown := strings.Count(svg, `text-anchor="middle"`)
	if shown < 4 || shown > 9 || !strings.Contains(svg, ">7月29日</text>") {
		t.Errorf("shows %d labels: %s", shown, svg)
	}
}

func TestWords(t *testing.T) {
	for x, want := range map[float64]string{0: "0", 1234: "1,234", 1234567.891: "1,234,567.89", .5: "0.5", -3: "-3", 999.999: "1,000", math.NaN(): "0"} {
		if got := Number(x); got != want {
			t.Errorf("Number(%v) = %q, want %q", x, got, want)
		}
	}
	for x, want := range map[float64]string{0: "0%", .371: "37%", 1: "100%", .004: "0.4%", math.Inf(1): "0%"} {
		if got := Percent(x); got != want {
			t.Errorf("Percent(%v) = %q, want %q", x, got, want)
		}
	}
	day := time.Date(2026, 5, 3, 0, 0, 0, 0, time.UTC)
	if zh, en := Day(day, "zh"), Day(day, "en"); zh != "5月3日" || en != "3 May" {
		t.Errorf("the day is %s, %s", zh, en)
	}
}

func FuzzCharts(f *testing.F) {
	for i, label := range hostile {
		f.Add(label, odd[i%len(odd)], odd[(i*5)%len(odd)])
	}
	f.Fuzz(func(t *testing.T, label string, a, b float64) {
		for _, svg := range all(Frame{ID: label, Title: label, Desc: label}, []string{label, "x", label}, []float64{a, b, a}) {
			check(t, string(svg))
		}
	})
}
