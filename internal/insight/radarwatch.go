package insight

import (
	"cmp"
	"slices"
	"time"
)

// watch is one thing that the radar watches.
type watch struct {
	kind Kind
	id   string
	// past counts different merchants by hour before the day; day are the cases of
	// the day, oldest first.
	past map[visit]bool
	day  []sighting
}

// visit is a merchant in an hour.
type visit struct {
	merchant string
	hour     int64
}

// sighting is a case that began in a step.
type sighting struct {
	at       time.Time
	step     int
	merchant string
}

// watches gives everything that is watched: what the knowledge names, and what else
// cases are about.
func (k *sky) watches() []*watch {
	all := map[Name]*watch{}
	of := func(kind Kind, id string) *watch {
		key := Name{ID: id, Label: string(kind)}
		if all[key] == nil {
			all[key] = &watch{kind: kind, id: id, past: map[visit]bool{}}
		}
		return all[key]
	}
	for id := range k.in.Titles.Causes {
		of(OfCause, id)
	}
	for id := range k.in.Titles.Groups {
		of(OfGroup, id)
	}
	for id, n := range k.in.Titles.Names {
		of(n.Kind, id)
	}
	for _, c := range k.in.Cases {
		if cause := c.cause(); cause != "" {
			k.sight(of(OfCause, cause), c)
			k.sight(of(OfGroup, group(cause)), c)
		}
		for _, id := range c.Names {
			if n, ok := k.in.Titles.Names[id]; ok {
				k.sight(of(n.Kind, id), c)
			}
		}
	}
	var out []*watch
	for _, w := range all {
		slices.SortStableFunc(w.day, func(a, b sighting) int { return a.at.Compare(b.at) })
		out = append(out, w)
	}
	return out
}

// sight notes a case.
func (k *sky) sight(w *watch, c Case) {
	switch {
	case c.Began.Before(k.past) || !c.Began.Before(k.end):
	case c.Began.Before(k.start):
		w.past[visit{c.Merchant, c.Began.Unix() / 3600}] = true
	default:
		w.day = append(w.day, sighting{c.Began, int(c.Began.Sub(k.start) / radarStep), c.Merchant})
	}
}

// within gives the sightings from one step on and before another.
func (w *watch) within(from, to int) []sighting {
	i, _ := slices.BinarySearchFunc(w.day, from, func(x sighting, step int) int { return cmp.Compare(x.step, step) })
	j, _ := slices.BinarySearchFunc(w.day, to, func(x sighting, step int) int { return cmp.Compare(x.step, step) })
	return w.day[i:j]
}

// different counts the merchants.
func different(list []sighting) int {
	seen := map[string]bool{}
	for _, x := range list {
		seen[x.merchant] = true
	}
	return len(seen)
}
