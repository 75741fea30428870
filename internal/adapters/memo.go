package adapters

import "slices"

// memoSize is how many entries a memo keeps.
const memoSize = 4096

// Memo remembers the newest entries; older ones are forgotten. The zero Memo
// is empty. It is not safe for use at the same time.
type Memo[K comparable, V any] struct {
	values map[K]V
	order  []K
}

// Get gives what is remembered of a key; false: nothing.
func (m *Memo[K, V]) Get(k K) (V, bool) {
	v, ok := m.values[k]
	return v, ok
}

// Put remembers a value, as the newest if the key is new.
func (m *Memo[K, V]) Put(k K, v V) {
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

// Keys gives what is remembered, oldest first.
func (m *Memo[K, V]) Keys() []K { return slices.Clone(m.order) }

// Drop forgets an entry.
func (m *Memo[K, V]) Drop(k K) {
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
