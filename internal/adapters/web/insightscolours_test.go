package web_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The least contrast of a chart's colours with what they stand on, and the least
// distance of any two (in OKLab), for every kind of eyes.
const (
	colourContrast = 3
	colourApart    = .085
)

// eyes are how people with missing cones see linear RGB: G. M. Machado, M. M.
// Oliveira and L. A. F. Fernandes, "A Physiologically-based Model for Simulation of
// Color Vision Deficiency", IEEE TVCG 15(6), 2009.
var eyes = map[string][3][3]float64{
	"all cones":     {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"no red cones":  {{.152286, 1.052583, -.204868}, {.114503, .786281, .099216}, {-.003882, -.048116, 1.051998}},
	"no green ones": {{.367322, .860646, -.227968}, {.280085, .672501, .047413}, {-.011820, .042940, .968881}},
	"no blue ones":  {{1.255528, -.076749, -.178779}, {-.078411, .930809, .147602}, {.004733, .691367, .303900}},
}

// TestChartColoursStayApart reads the colours of chart.css on the surfaces of base.css,
// light and dark.
func TestChartColoursStayApart(t *testing.T) {
	base, charts := halves(t, "assets/base.css"), halves(t, "assets/chart.css")
	for i, how := range []string{"light", "dark"} {
		surface := linear(variable(t, base[i], "surface"))
		var all [][3]float64
		for n := 1; n <= 8; n++ {
			c := linear(variable(t, charts[i], "c"+strconv.Itoa(n)))
			if got := contrast(c, surface); got < colourContrast {
				t.Errorf("%s: the colour %d has a contrast of %.2f", how, n, got)
			}
			for m, other := range all {
				for who, see := range eyes {
					if d := apart(lookedAt(see, c), lookedAt(see, other)); d < colourApart {
						t.Errorf("%s: %d and %d are only %.3f apart for %s", how, m+1, n, d, who)
					}
				}
			}
			all = append(all, c)
		}
	}
}

// halves gives a style's light part and its dark one.
func halves(t *testing.T, file string) [2]string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	light, dark, ok := strings.Cut(string(data), "prefers-color-scheme: dark")
	if !ok {
		t.Fatalf("%s has no dark part", file)
	}
	return [2]string{light, dark}
}

func variable(t *testing.T, css, name string) string {
	t.Helper()
	found := regexp.MustCompile(`--` + name + `: #([0-9a-f]{6})`).FindStringSubmatch(css)
	if found == nil {
		t.Fatalf("--%s is no colour", name)
	}
	return found[1]
}

func linear(hex string) (out [3]float64) {
	for i := range out {
		n, _ := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		c := float64(n) / 255
		if out[i] = c / 12.92; c > .04045 {
			out[i] = math.Pow((c+.055)/1.055, 2.4)
		}
	}
	return out
}

func contrast(a, b [3]float64) float64 {
	light := func(c [3]float64) float64 { return .2126*c[0] + .7152*c[1] + .0722*c[2] + .05 }
	return max(light(a), light(b)) / min(light(a), light(b))
}

func lookedAt(m [3][3]float64, c [3]float64) (out [3]float64) {
	for i := range out {
		out[i] = max(0, m[i][0]*c[0]+m[i][1]*c[1]+m[i][2]*c[2])
	}
	return out
}

// apart is the distance of two colours in OKLab.
func apart(a, b [3]float64) float64 {
	x, y := lab(a), lab(b)
	return math.Sqrt((x[0]-y[0])*(x[0]-y[0]) + (x[1]-y[1])*(x[1]-y[1]) + (x[2]-y[2])*(x[2]-y[2]))
}

func lab(c [3]float64) [3]float64 {
	l := math.Cbrt(.4122214708*c[0] + .5363325363*c[1] + .0514459929*c[2])
	m := math.Cbrt(.2119034982*c[0] + .6806995451*c[1] + .1073969566*c[2])
	s := math.Cbrt(.0883024619*c[0] + .2817188376*c[1] + .6299787005*c[2])
	return [3]float64{
		.2104542553*l + .7936177850*m - .0040720468*s,
		1.9779984951*l - 2.4285922050*m + .4505937099*s,
		.0259040371*l + .7827717662*m - .8086757660*s,
	}
}
