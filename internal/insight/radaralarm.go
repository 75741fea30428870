package insight

import "time"

// finding is a window that is out of the ordinary: the steps from from on and before
// to.
type finding struct {
	from, to int
	p        float64
}

// alarm scans the day and tells of the last rise in it, or of none. Findings further
// apart than the longest window are rises of their own.
func (k *sky) alarm(w *watch, label string) *Alarm {
	if different(w.day) < fewest {
		return nil
	}
	var first, last *finding
	p := 1.0
	for to := 1; to <= radarSteps; to++ {
		f := k.look(w, to)
		if f == nil {
			continue
		}
		if last == nil || f.to-last.to > lengths[len(lengths)-1] {
			first, p = f, 1
		}
		last, p = f, min(p, f.p)
	}
	if last == nil {
		return nil
	}
	return k.tell(w, label, *first, *last, p)
}

// look tries the windows that end before a step, and gives the most improbable one,
// if it is out of the ordinary.
func (k *sky) look(w *watch, to int) *finding {
	var best *finding
	for _, length := range lengths {
		from := max(0, to-length)
		n := different(w.within(from, to))
		if n < fewest {
			continue
		}
		p := k.usual(w, sum(k.weights[from:to])).atLeast(n) * k.tests
		if p < improbable && (best == nil || p < best.p) {
			best = &finding{from, to, p}
		}
	}
	return best
}

// began gives the place among the sightings of a window at which the rise began: from
// there on the count is least likely by chance.
func (k *sky) began(w *watch, f finding) sighting {
	list := w.within(f.from, f.to)
	best, least := list[0], 2.0
	for i, x := range list {
		if i > 0 && x.step == list[i-1].step {
			continue
		}
		if p := k.usual(w, sum(k.weights[x.step:f.to])).atLeast(different(list[i:])); p < least {
			best, least = x, p
		}
	}
	return best
}

// tell makes an alarm of a rise.
func (k *sky) tell(w *watch, label string, first, last finding, p float64) *Alarm {
	seen := k.began(w, first)
	rate := k.usual(w, sum(k.weights[seen.step:last.to])).mean / (float64(last.to-seen.step) * radarStep.Hours())
	hour := radarSteps - int(time.Hour/radarStep)
	high := k.usual(w, sum(k.weights[hour:])).quantile(1 - bandTail)
	found := k.start.Add(time.Duration(first.to) * radarStep)
	if found.After(k.in.Now) {
		found = k.in.Now
	}
	a := &Alarm{
		Since: seen.at.In(k.zone), Found: found.In(k.zone), Step: seen.step, Merchants: different(w.within(seen.step, last.to)), Rate: rate, P: p,
		Going: different(w.within(hour, radarSteps)) > high,
	}
	a.Sentence = k.words.alarm(label, *a, k.in.Now)
	return a
}
