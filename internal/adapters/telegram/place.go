package telegram

import (
	"math"
	"strconv"
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
)

// point is a place on earth.
type point struct {
	Latitude  *float64 `json:"latitude"`
	Longitude *float64 `json:"longitude"`
}

// String gives "lat,lon" with up to six decimals, about ten centimetres: maps
// take that as it is.
func (p point) String() string { return degrees(*p.Latitude) + "," + degrees(*p.Longitude) }

func degrees(d float64) string {
	return strconv.FormatFloat(math.Round(d*1e6)/1e6, 'f', -1, 64)
}

func (p point) known() bool { return p.Latitude != nil && p.Longitude != nil }

// location reads where somebody is.
func location(m *message, part string) (chat.File, bool) {
	var p point
	if !m.part(part, &p) || !p.known() {
		return chat.File{}, false
	}
	return nowhere(chat.Place, p.String()), true
}

// venue reads a place that has a name: "lat,lon title, address".
func venue(m *message, part string) (chat.File, bool) {
	var v struct {
		Location point  `json:"location"`
		Title    string `json:"title"`
		Address  string `json:"address"`
	}
	if !m.part(part, &v) || !v.Location.known() {
		return chat.File{}, false
	}
	return nowhere(chat.Place, strings.TrimSpace(v.Location.String()+" "+listed(v.Title, v.Address))), true
}

// contact reads somebody's card: "First Last, +phone".
func contact(m *message, part string) (chat.File, bool) {
	var c struct {
		person
		Phone string `json:"phone_number"`
	}
	if !m.part(part, &c) {
		return chat.File{}, false
	}
	if c.Phone != "" && c.Phone[0] >= '0' && c.Phone[0] <= '9' {
		c.Phone = "+" + c.Phone // Telegram leaves it away at will
	}
	return nowhere(chat.Contact, listed(c.name(), c.Phone)), true
}

// nowhere is what has a name but no content to fetch.
func nowhere(kind chat.FileKind, name string) chat.File {
	return chat.File{Kind: kind, Platform: Platform, Name: name}
}

// listed puts a comma between what is not empty.
func listed(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}
