package merchants

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"strconv"
)

// luck draws by name: the same seed and names give the same draw, in whatever
// order things are asked (common random numbers).
type luck struct{ seed uint64 }

// of is the luck of one merchant.
func (l luck) of(n int) luck { return luck{l.bits("merchant", strconv.Itoa(n))} }

func (l luck) bits(names ...string) uint64 {
	h := fnv.New64a()
	var seed [8]byte
	binary.LittleEndian.PutUint64(seed[:], l.seed)
	h.Write(seed[:])
	for _, n := range names {
		h.Write([]byte(n))
		h.Write([]byte{0})
	}
	x := h.Sum64() // FNV alone mixes its last bytes badly: SplitMix64 finishes it
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// share draws a number from 0 to 1.
func (l luck) share(names ...string) float64 {
	return float64(l.bits(names...)>>11) / (1 << 53)
}

// between draws a number between two.
func (l luck) between(r [2]float64, names ...string) float64 {
	return r[0] + (r[1]-r[0])*l.share(names...)
}

// normal draws from the standard normal distribution (Box and Muller, 1958).
func (l luck) normal(names ...string) float64 {
	u := 1 - l.share(append(names, "radius")...)
	return math.Sqrt(-2*math.Log(u)) * math.Cos(2*math.Pi*l.share(append(names, "angle")...))
}

// pick draws an index by its probability.
func (l luck) pick(p []float64, names ...string) int {
	u := l.share(names...)
	for i, x := range p {
		if u -= x; u < 0 {
			return i
		}
	}
	return len(p) - 1
}
