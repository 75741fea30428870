// Package chart draws charts as SVG, to be put into a page as they are.
//
//	svg := chart.Bars{
//		Frame:  chart.Frame{ID: "cases", Title: "Cases per day", Lang: "en"},
//		Labels: days,
//		Series: []chart.Series{{Name: "solved", Values: solved}, {Name: "handed over", Values: handed}},
//	}.SVG()
//
// Every chart promises well-formed markup whatever its labels hold: they are
// escaped, freed of invisible characters and cut to the room there is. Numbers
// that are none (NaN, Inf) or that a chart can't show count as nothing. There is
// no inline style and no script, so that a strict content security policy holds;
// colours come from the page by the classes that begin with "ch-". A chart has a
// title and a description for those who can't see it; a table with the same
// numbers beside it is the page's business. It needs no clock and no disk.
package chart
