package slack

// memoSize is how many entries a memo keeps.
const memoSize = 4096

// memo remembers the newest entries; older ones are forgotten. The zero memo
// is empty. It is not safe for use at the same time.
type memo[K comparable, V any] struct {
	values map[K]V
	order  []K
}

func (m *memo[K, V]) get(k K) (V, bool) {
	v, ok := m.values[k]
	return v, ok
}

func (m *memo[K, V]) put(k K, v V) {
	if m.values == nil {
		m.values = map[K]V{}
	}
	if _, known := m.values[k]; !known {
		m.order = append(m.order, k)
	}
	m.values[k] = v
	for len(m.order) > memoSize {
		delete(m.values, m.order[0])
		m.order = m.order[1:]
	}
}

// drop forgets an entry.
func (m *memo[K, V]) drop(k K) {
	if _, known := m.values[k]; !known {
		return
	}
	delete(m.values, k)
	for i, o := range m.order {
		if o == k {
			m.order = append(m.order[:i], m.order[i+1:]...)
			return
		}
	}
}
