// Package web is the program's own page: the chat for merchants who have no app, the
// desk for a team without Slack, and the pages to look into both.
//
// It is a platform like the others, only that nobody else keeps what people see
// there. So every room has a feed in the store: what was said and sent, in order, as
// entries that a page puts together. A page reads its feed from the beginning and
// then follows it by server-sent events; after a lost connection it goes on where it
// was. What is in a feed is masked, and goes when the conversation is erased.
//
// Merchants are known by a cookie with a random id and see their own room alone.
// Everything else is for those who may work here: on loopback whoever is on the
// machine, elsewhere whoever signs in with the token.
package web
