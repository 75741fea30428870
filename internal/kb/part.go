package kb

import (
	"maps"
	"slices"
)

// Part gives a smaller base that shares the entries of b: only the causes and
// questions for which keep is true, the safety question always, and the fixes
// that cure what is left. Unknown ids are passed over.
func (b *Base) Part(keep func(id string) bool) *Base {
	part := *b
	part.Causes = slices.DeleteFunc(slices.Clone(b.Causes), func(c *Cause) bool { return !keep(c.ID) })
	part.Questions = slices.DeleteFunc(slices.Clone(b.Questions), func(q *Question) bool { return !q.Safety && !keep(q.ID) })
	cures := map[string]bool{}
	for _, c := range part.Causes {
		for _, cure := range c.Cures {
			cures[cure.Fix.ID] = true
		}
	}
	part.Fixes = slices.DeleteFunc(slices.Clone(b.Fixes), func(f *Fix) bool { return !cures[f.ID] })
	part.causes, part.questions, part.fixes = maps.Clone(b.causes), maps.Clone(b.questions), maps.Clone(b.fixes)
	maps.DeleteFunc(part.causes, func(id string, _ *Cause) bool { return !keep(id) })
	maps.DeleteFunc(part.questions, func(id string, q *Question) bool { return !q.Safety && !keep(id) })
	maps.DeleteFunc(part.fixes, func(id string, _ *Fix) bool { return !cures[id] })
	return &part
}
