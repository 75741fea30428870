// Package nlu reads a merchant's message: what may be kept of it (masking),
// which codes it names, what the merchant wants (intents), which answers it
// already gives (facts), which fixes were already tried, and in which language
// it is written.
//
//	reader := nlu.New(base)          // compiles the knowledge's phrases once
//	masked := nlu.Mask(text, opts)   // first of all: nothing else sees the raw text
//	reading := reader.Read(masked)   // pure, safe for use by many goroutines
//
// The order is fold, mask, codes, intents, facts, language; see package fold
// for the first. Phrases, comparisons and codes become facts (facts.go); what
// the words are typical of is counted (resemble.go), from which package dialog
// tells what kind of message it is (its kind.go). Everything here is pure: no network, no disk, no clock, no
// randomness. What the words mean for the causes is not decided here but in
// package diagnosis.
package nlu
