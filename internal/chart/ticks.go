package chart

import "math"

// ticks gives about so many round values from 0 up; the last is not below most.
// They are apart by step at least: 1 where things are counted.
func ticks(most float64, about int, step float64) []float64 {
	most = amount(most)
	if most == 0 {
		most = max(step, 1)
	}
	raw := max(most/float64(about), step)
	unit := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, times := range []float64{1, 2, 2.5, 5, 10} {
		apart := unit * times
		if apart >= raw*(1-1e-9) && (step == 0 || math.Abs(math.Remainder(apart, step)) < 1e-9) {
			raw = apart
			break
		}
	}
	var out []float64
	for i := 0; ; i++ {
		x := float64(i) * raw
		out = append(out, math.Round(x*1e9)/1e9)
		if x >= most*(1-1e-9) {
			return out
		}
	}
}

// thin says which of so many labels are shown, so that each has its room: every
// nth, counted back from the last, which matters most.
func thin(count int, room, each float64) (every int) {
	if count == 0 || room <= 0 {
		return 1
	}
	return max(1, int(math.Ceil(float64(count)*each/room)))
}
