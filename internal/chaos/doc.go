//go:build chaos

// Package chaos is the fault suite: real processes of the bot on a real Redis,
// merchants who write, and everything that goes wrong.
//
// A world is one Redis, some replicas of the program built with the tag chaos,
// and a platform that delivers each update until it is confirmed. While the
// merchants of a world write, its scenario kills, stops, cuts and fills. Then
// the trouble ends, the world comes to rest, and the checker reads the whole
// history of each conversation: what was sent to the bot, what its state knows,
// what it posted, and what arrived.
//
//   - Each message is in the state once, in order: nothing is lost, repeated or
//     reordered.
//   - Each post arrived, or is recorded as one that nobody can be sure of; the
//     first arrivals are in order.
//   - A post arrives more than once only if something failed between the arrivals
//     that leaves its outcome in doubt; that is counted.
//
// "make test" runs a short version of some scenarios, "CHAOS=long make chaos" the
// long one of all. A scenario runs alone with -run 'TestChaos/NAME'. The package
// is nothing but tests.
//
// It does not play clocks that disagree: the replicas take their time from
// Redis, and the tests of redisstore show that with clocks of their own.
package chaos
