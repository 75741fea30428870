package merchants

import (
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
)

// node is a question of a tree with what follows each answer, or a leaf with
// the cause that it concludes. Any other answer, and none, follows "".
type node struct {
	ask   string
	on    map[string]node
	cause string
}

func leaf(cause string) node { return node{cause: cause} }

// tree is a decision tree as a support team draws it on a whiteboard: from the
// printed code to the card, the network, the terminal and the account.
var tree = node{ask: "response_code", on: map[string]node{
	"balance": leaf("card.insufficient-balance"), "expired": leaf("card.expired"), "pin": leaf("operation.wrong-pin"),
	"limit": leaf("issuer.amount-limit"), "blocked": leaf("card.lost-or-frozen"), "issuer_down": leaf("issuer.system-down"),
	"number": leaf("operation.wrong-card-number"), "not_allowed": leaf("issuer.unsupported"), "terminal": leaf("merchant.authorisation"),
	"amount": leaf("operation.wrong-entry"), "declined": leaf("issuer.declined"), "": cardsTree, "timeout": networkTree,
}}

var cardsTree = node{ask: "which_cards", on: map[string]node{
	"this_card": {ask: "card_itself", on: map[string]node{
		"expired": leaf("card.expired"), "damaged": leaf("card.unreadable"), "": {ask: "pin", on: map[string]node{
			"wrong": leaf("operation.wrong-pin"), "": leaf("issuer.declined"),
		}},
	}},
	"one_bank": leaf("issuer.system-down"), "one_type": leaf("merchant.card-rule"),
	"": networkTree,
}}

var networkTree = node{ask: "network_state", on: map[string]node{
	"none": leaf("network.disconnected"), "weak": leaf("network.weak-signal"), "on_and_off": leaf("network.unstable"),
	"": {ask: "machine_behaviour", on: map[string]node{
		"dead": leaf("hardware.power"), "restarts": leaf("hardware.power"), "freezes": leaf("software.os-crash"), "slow": leaf("software.outdated"),
		"": {ask: "update_state", on: map[string]node{
			"interrupted": leaf("software.update-incomplete"), "pending": leaf("software.outdated"), "very_old": leaf("software.outdated"),
			"": {ask: "merchant_status", on: map[string]node{
				"frozen": leaf("merchant.account-frozen"), "low_balance": leaf("merchant.account-balance"),
				"not_authorised": leaf("merchant.authorisation"), "": leaf("channel.fault"),
			}},
		}},
	}},
}}

// byTree follows the tree, then does what cures the cause it comes to, the best
// first. After that a person takes over.
func byTree(m *diagnosis.Model, log []diagnosis.Evidence, s diagnosis.Situation) diagnosis.Act {
	at := tree
	for at.cause == "" {
		if !s.Known[at.ask] {
			return diagnosis.Act{Question: m.Base().Question(at.ask)}
		}
		at = at.next(answers(log))
	}
	if s.Fixes >= m.Params().MaxFixes {
		return diagnosis.Act{}
	}
	for _, cure := range m.Base().Cause(at.cause).Cures {
		if f := cure.Fix; !s.Tried[f.ID] && (f.Agent || !s.NoPayment || !f.RepeatsPayment) {
			return diagnosis.Act{Fix: f}
		}
	}
	return diagnosis.Act{}
}

// next follows the answer that is known, if any.
func (n node) next(answer func(question string) string) node {
	if next, ok := n.on[answer(n.ask)]; ok {
		return next
	}
	return n.on[""]
}

// answers looks answers up in a log.
func answers(log []diagnosis.Evidence) func(question string) string {
	return func(question string) string {
		for _, e := range log {
			if e.Kind == diagnosis.Answered && e.Question == question {
				return e.Option
			}
		}
		return ""
	}
}

// concluded gives the cause that the tree comes to by what is known.
func concluded(facts []dialog.Fact) string {
	answer := func(question string) string {
		for _, f := range facts {
			if f.Question == question {
				return f.Option
			}
		}
		return ""
	}
	at := tree
	for at.cause == "" {
		at = at.next(answer)
	}
	return at.cause
}
