// Package insight computes what the insights page shows, from records of cases.
//
//	report := insight.Compute(input, query)
//
// Compute is a plain function: it reads no clock and no store, and the same input
// gives the same report. What it gives is ready for display: every series has its
// labels, in the plain words of the query's language, and every number that is an
// estimate comes with its interval. Nothing in a report is NaN or infinite; where
// there is nothing to count, the report says so by counts of zero.
//
// The input holds ids, numbers and times, and of the merchants' words only those
// messages, masked, that were read badly. Merchants are opaque keys, which no
// report repeats.
//
// The package knows nothing of dialogs and stores: package bot turns what it has
// stored into an Input, adapters draw a Report.
package insight
