package insight

// Compute makes a report.
func Compute(in Input, q Query) Report { return Report{Lang: q.Lang, Skipped: in.Skipped} }
