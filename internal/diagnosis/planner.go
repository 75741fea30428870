package diagnosis

// planner computes what the rest of a case costs. Its weights are beliefs that
// need not sum to 1: a cost is always that of all the weight together, so that
// the outcomes of an act just add up.
type planner struct {
	*Model
	fixes  []*remedy // what the merchant may be asked to do
	agents []*remedy // what a person may be asked to do
	asks   []*table  // what may be asked
	again  float64   // effort of learning the charge's status anew
	// lastChance is that of the Situation.
	lastChance float64
	behind     []int     // of asks: what is worth asking after the next act
	spare      []Belief  // scratch weights
	cures      [][]cure  // by cause: the fixes that cure it
	helps      []float64 // scratch: by fix, the weight of what it would cure
}

// cure is a fix of the planner's by its index, and how well it cures a cause.
type cure struct {
	fix   int
	works float64
}

// place is where a plan stands.
type place struct {
	fixes, questions int     // how many are left
	pay              float64 // effort of learning the charge's status
	done, asked      set     // of the planner's fixes and asks
}

func (m *Model) planner(s Situation) *planner {
	p := &planner{Model: m, again: m.base.SafetyQuestion().Effort, lastChance: s.LastChance}
	for _, r := range m.fixes {
		switch {
		case s.Tried[r.fix.ID]:
		case r.fix.Agent:
			p.agents = append(p.agents, r)
		case len(p.fixes) < setMost && (!s.NoPayment || !r.fix.RepeatsPayment):
			p.fixes = append(p.fixes, r)
		}
	}
	for _, q := range m.base.Questions {
		if q.Auto == "" && !q.Safety && !s.Known[q.ID] && !(s.NoTests && q.Effort >= testEffort) && len(p.asks) < setMost {
			p.asks = append(p.asks, m.tables[q.ID])
		}
	}
	p.helps, p.cures = make([]float64, len(p.fixes)), make([][]cure, m.n+1)
	for i, r := range p.fixes {
		for j, c := range r.causes {
			p.cures[c] = append(p.cures[c], cure{i, r.works[j]})
		}
	}
	return p
}

// set is a set of indices below setMost.
type set [setMost / 64]uint64

const setMost = 256

func (s set) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }

func (s set) with(i int) set {
	s[i/64] |= 1 << (i % 64)
	return s
}

// take gives weights to write on; give takes them back.
func (p *planner) take() Belief {
	if n := len(p.spare); n > 0 {
		w := p.spare[n-1]
		p.spare = p.spare[:n-1]
		return w
	}
	return make(Belief, p.n+1)
}

func (p *planner) give(w Belief) { p.spare = append(p.spare, w) }

func total(w Belief) float64 {
	sum := 0.0
	for _, p := range w {
		sum += p
	}
	return sum
}
