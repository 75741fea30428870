package library

import (
	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/insight"
)

// UseOf gives how articles have done by a report, as Config.Use wants it.
func UseOf(r insight.Report) map[string]adapters.Use {
	out := map[string]adapters.Use{}
	for _, a := range r.Articles {
		out[a.ID] = adapters.Use{Used: a.Used, Confirmed: a.Confirmed, Solved: a.Solved.N, Of: a.Solved.Of, Last: a.Last}
	}
	for _, q := range r.Worth {
		out[questionID+q.ID] = adapters.Use{Used: q.Asked}
	}
	return out
}
