// Package learn turns closed cases into proposals for the knowledge: how common
// causes are, which answers they give, and which answers are usual.
//
//	cases, unknown, err := learn.ReadCases(file, "cases.jsonl", base)
//	changes := learn.Propose(base, cases, learn.Defaults())
//	edited, err := learn.Edit(files, changes)      // only the files that change
//	fmt.Print(learn.Diff(files, edited))           // for a person to read and apply
//	better, err := kb.Load(learn.Overlay(files, edited))
//
// It promises proposals that are few, small and sound. Few: the authored tables
// count as cases too, and a change needs answers that speak clearly for it.
// Small: a value moves by one word (see Options.Steps), so that a run of odd
// cases does little harm and the next cases can go on or turn back. Sound: what
// is edited loads. Nothing is written; a person applies the diff.
//
// It learns from cases with a confirmed cause only, and those are no fair
// sample: what the bot got right is confirmed more often than what it got
// wrong. That is one more reason to let the authored tables weigh in.
package learn
