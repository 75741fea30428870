package insight

// Radar1 computes the radar alone.
func Radar1(in Input) Radar { return newScope(in, Query{}).radar() }
