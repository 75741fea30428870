package nlu

import "regexp"

// Card numbers have 13 to 19 digits (ISO/IEC 7812-1).
const cardLeast, cardMost = 13, 19

// maskCards finds the card numbers in a run: stretches of whole groups, so that
// an amount or a date beside the number does not hide it. A long group is an
// order number: nothing inside it is a card.
func maskCards(v view, run digitRun) []span {
	if len(run.digits) < cardLeast {
		return nil
	}
	before := v.before(run.start(0), 40)
	announced := cardWord.MatchString(before)
	ordered := orderWord.MatchString(before)
	cards := run.windows(cardLeast, cardMost, func(w window) bool {
		switch s := run.text(w.from, w.to); {
		case !luhn(s):
			return false
		case announced && w.from < announcedLate:
			return true
		case ordered && w.from == 0 && run.solid(w):
			return issued(s) && !orderLike(s)
		default:
			return issued(s)
		}
	})
	if announced && (len(cards) == 0 || cards[0].from >= announcedLate) {
		cards = append(run.mistypedCard(), cards...)
	}
	return cardSpans(v, run, cards)
}

// announcedLate is how many digits may stand between a word for the card number
// and the number: "卡号1：6222…".
const announcedLate = 3

// mistypedCard takes what a word for the card number announces for one, though
// the check digit is wrong.
func (r digitRun) mistypedCard() []window {
	return r.windows(cardLeast, cardMost, func(w window) bool { return w.from == 0 })
}

// solid says that the digits of a window touch.
func (r digitRun) solid(w window) bool {
	for _, g := range r.groups {
		if g > w.from && g < w.to {
			return false
		}
	}
	return true
}

// cardSpans names the cards by their last four digits. Windows that overlap are
// two readings of the same digits: all of them are hidden, and none is named.
func cardSpans(v view, run digitRun, cards []window) []span {
	var out []span
	for i := 0; i < len(cards); {
		w, j := cards[i], i+1
		for ; j < len(cards) && cards[j].from < w.to; j++ {
			w.to = max(w.to, cards[j].to)
		}
		with := "[card]"
		if j == i+1 {
			with = "[card …" + run.text(w.to-4, w.to) + "]"
		}
		out = append(out, run.span(v, w, with))
		i = j
	}
	return out
}

// luhn says that the last digit is the right check digit (ISO/IEC 7812-1 annex
// B).
func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// cardWord matches text that announces a card number: after it even a mistyped
// one is masked.
var cardWord = regexp.MustCompile(`(?:卡号|卡片号码?|银行卡号码|卡的号码?|card[\s_-]?(?:number|num|no|nr)\b|card[\s_-]?#|\bkahao|\bka hao|\bpan\b)` +
	`(?:应该|好像|可能|是不是|就是|我看|写的|打的|输的|输入|输|是|为|的|码|the|is|was|\d{1,2}位|[^\pL\pN])*$`)
