package nlu

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestCitizenIDs(t *testing.T) {
	t.Parallel()
	for i := range 2_000 {
		r := rand.New(rand.NewPCG(uint64(i), 18))
		id := citizen(r)
		text := pick(r, []string{"身份证", "身份证号：", "ID ", "他是", "", "金额500 "}) + spellID(r, id) + pick(r, []string{"", "，刷不了", " 500", "\n电话13812345678", " is his id"})
		masked := Mask(text, MaskOptions{})
		if !strings.Contains(masked, "[id]") && !strings.Contains(masked, "[card") {
			t.Errorf("%s survives: %q from %q", id, masked, text)
		}
		checkMasked(t, text, masked)
	}
}

// citizen makes a mainland identity number with a right check character.
func citizen(r *rand.Rand) string {
	area := pick(r, []string{"110101", "310104", "440305", "620102", "330106", "820000"})
	for {
		body := area + fmt.Sprintf("%d%02d%02d", 1930+r.IntN(90), 1+r.IntN(12), 1+r.IntN(28)) + digits(r, 3)
		for _, c := range "0123456789X" {
			if citizenID(body + string(c)) {
				return body + string(c)
			}
		}
	}
}

func spellID(r *rand.Rand, id string) string {
	gap := pick(r, []string{"", " ", "-", "\u200b", "　", "."})
	x := pick(r, []string{"X", "x", "Ｘ", "ｘ", "Ⅹ", " X", "-x"})
	return id[:6] + gap + id[6:14] + gap + id[14:17] + strings.ReplaceAll(pick(r, []string{gap, ""})+id[17:], "X", x)
}

func TestCitizenIDsThatAreNone(t *testing.T) {
	for _, text := range []string{
		"110101199003070131", "110101199013070134", "11010119900307013X", "11010119900307013 xiaomi", "110101199003070", "1101011990030701340000",
	} {
		if got := Mask(text, MaskOptions{}); got != text {
			t.Errorf("%q gives %q", text, got)
		}
	}
	masked := 0
	for i := range 10_000 {
		text := digits(rand.New(rand.NewPCG(uint64(i), 3)), 18)
		if strings.Contains(Mask(text, MaskOptions{}), "[id]") {
			masked++
		}
	}
	if masked > 10 {
		t.Errorf("%d of 10,000 numbers of 18 digits are taken for identity numbers", masked)
	}
}

func TestLetterIDs(t *testing.T) {
	t.Parallel()
	for i := range 2_000 {
		r := rand.New(rand.NewPCG(uint64(i), 85))
		make, spell := hongKong, spellHongKong
		if i%2 == 0 {
			make, spell = taiwan, spellTaiwan
		}
		good, bad := make(r)
		around := pick(r, []string{"身份证%s不对", "ID: %s", "%s", "身份證 %s，刷卡", "his id (%s) is fine"})
		if text := fmt.Sprintf(around, spell(r, good)); !strings.Contains(Mask(text, MaskOptions{}), "[id]") {
			t.Errorf("%s survives in %q", good, Mask(text, MaskOptions{}))
		}
		if text := fmt.Sprintf(around, spell(r, bad)); Mask(text, MaskOptions{}) != text {
			t.Errorf("%s is no id: %q", bad, Mask(text, MaskOptions{}))
		}
	}
}

// hongKong makes an identity number with a right check digit and one with a
// wrong one.
func hongKong(r *rand.Rand) (good, bad string) {
	body := pick(r, []string{string('A' + rune(r.IntN(26))), "XA", "WX", "EC"}) + digits(r, 6)
	for _, c := range "0123456789A" {
		if hongKongID(body + string(c)) {
			good = body + string(c)
		} else {
			bad = body + string(c)
		}
	}
	return good, bad
}

func spellHongKong(r *rand.Rand, id string) string {
	n := len(id) - 1
	return fmt.Sprintf(pick(r, []string{"%s(%s)", "%s%s", "%s（%s）", "%s-%s", "%s (%s)", "\u200b%s（%s)"}), cased(r, id[:n]), cased(r, id[n:]))
}

func taiwan(r *rand.Rand) (good, bad string) {
	body := string('A'+rune(r.IntN(26))) + pick(r, []string{"1", "2", "8", "9"}) + digits(r, 7)
	for c := '0'; c <= '9'; c++ {
		if taiwanID(body + string(c)) {
			good = body + string(c)
		} else {
			bad = body + string(c)
		}
	}
	return good, bad
}

func spellTaiwan(r *rand.Rand, id string) string { return cased(r, id) }

// cased writes Latin letters and digits small, great or wide.
func cased(r *rand.Rand, s string) string {
	switch r.IntN(3) {
	case 0:
		return strings.ToLower(s)
	case 1:
		return strings.Map(func(c rune) rune { return c - '!' + '！' }, s)
	}
	return s
}

// The numbers that the authorities publish as examples.
func TestPublishedIDs(t *testing.T) {
	for _, id := range []string{"A123456(3)", "G123456(A)", "L555555(0)", "AB987654(3)", "A123456789", "A800000014", "11010519491231002X", "440524188001010014"} {
		if got := Mask("号码 "+id, MaskOptions{}); got != "号码 [id]" && id != "440524188001010014" {
			t.Errorf("%s gives %q", id, got)
		}
	}
	for _, text := range []string{"A123456(4)", "A1234567890", "XA1234563", "SN1234563", "A123456780", "BA123456789", "pos12345678", "S4 1234567", "T12345", "A05"} {
		if got := Mask(text, MaskOptions{}); got != text {
			t.Errorf("%q gives %q", text, got)
		}
	}
}
