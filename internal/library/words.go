package library

import (
	"math"

	"github.com/s4bot/s4bot/internal/kb"
)

// The titles of shelves beside the groups of causes.
var (
	howtos    = kb.Text{ZH: "怎么做", EN: "How-tos"}
	topics    = kb.Text{ZH: "不归我管的事", EN: "Out of scope"}
	codes     = kb.Text{ZH: "应答码", EN: "Response codes"}
	questions = kb.Text{ZH: "追问", EN: "Questions"}
	fixes     = kb.Text{ZH: "共用的办法", EN: "Shared fixes"}
)

// strengths are words for the probabilities that articles give by words, in
// people's language.
var strengths = map[string]kb.Text{
	"always":    {ZH: "几乎总是", EN: "nearly always"},
	"usually":   {ZH: "通常", EN: "usually"},
	"often":     {ZH: "常常", EN: "often"},
	"sometimes": {ZH: "有时", EN: "sometimes"},
	"rarely":    {ZH: "很少", EN: "rarely"},
	"never":     {ZH: "几乎不会", EN: "hardly ever"},
}

// strength gives the word for a probability: that of the nearest one.
func strength(p float64) kb.Text {
	best, apart := "", math.Inf(1)
	for _, w := range kb.SignWords() {
		if d := math.Abs(w.Value - p); d < apart {
			best, apart = w.Name, d
		}
	}
	return strengths[best]
}

// kinds are what a message can be taken for.
var kinds = map[string]kb.Text{
	"cause":  {ZH: "在说某个原因", EN: "tells signs of a cause"},
	"group":  {ZH: "怀疑某一方面", EN: "suspects an area"},
	"vague":  {ZH: "只说刷不了", EN: "says only that it fails"},
	"intent": {ZH: "打招呼、道谢、找人工这类", EN: "greets, thanks, asks for a person …"},
	"oos":    {ZH: "说的是别的事", EN: "is about something else"},
	"":       {ZH: "没有能认的字", EN: "holds no words"},
}
