// Package diagnosis computes what is probable and what to do next: the belief
// over causes given the evidence, the next question, the next fix, and when a
// person should take over.
//
//	model := diagnosis.New(base, diagnosis.Defaults())
//	belief := model.Belief(log)                    // log []diagnosis.Evidence
//	act := model.Next(belief, diagnosis.Situation{…}) // ask, fix or hand over
//	acts := model.Weigh(belief, diagnosis.Situation{…}) // the same with all that was not chosen
//
// The belief is a naive Bayes posterior, p(c) ∝ prior(c)·text(c)·Π answers,
// recomputed from the whole log each time: evidence that is taken back leaves
// no trace. Beside the causes of the knowledge base there is one unnamed cause,
// Other, so that the bot can know that it does not know.
//
// The next act minimises the expected cost of repair (Heckerman, Breese and
// Rommelse, "Decision-theoretic troubleshooting", 1995), looking two acts ahead
// (look.go): a question or a fix, after it at most one question, then the
// greedy repair (repair.go). On small instances that costs less than one
// percent more than the exact optimum (docs/RESULTS.md). Costs are in units of 15
// seconds of the merchant's time. Everything is pure and takes about a
// millisecond; nothing here talks to anybody.
package diagnosis
