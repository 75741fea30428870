package store

import "context"

// FeedsAtOnce is how many entries of a feed are read at a time.
const FeedsAtOnce = 200

// FeedMost is how many entries a feed keeps: its newest.
const FeedMost = 2000

// Feeds are what is shown on a page of our own, where nobody else keeps it: for
// each a row of entries that only grows, and files beside it. A feed is named
// like the room that it shows. It begins with the first thing that is added, and
// goes when it is removed, when the conversation or the room of its name is
// erased, or when nothing was added for as long as the store keeps values. If it
// begins anew then, its numbers do too.
type Feeds interface {
	// Append adds an entry at the end of a feed and gives its number: the first
	// is 1, then without holes. An entry whose name the feed still holds is not
	// added again: number is then that of the earlier one and fresh is false. So
	// Append may be repeated when it is not known whether it worked; fresh may
	// then be false though nobody else added the entry.
	Append(ctx context.Context, feed, name string, data []byte) (number int64, fresh bool, err error)
	// Entries visits the entries after a number, oldest first, as long as visit
	// wants more; 0: all that are kept. The data is the visitor's own, and it may
	// use the store. Entries are read some at a time: those that nobody wants any
	// more are mostly not read.
	Entries(ctx context.Context, feed string, after int64, visit func(number int64, name string, data []byte) (more bool)) error
	// Newest is the number of the newest entry; 0: there is none.
	Newest(ctx context.Context, feed string) (int64, error)
	// KeepFile keeps a file's content beside a feed, in place of what had the
	// name.
	KeepFile(ctx context.Context, feed, name string, content []byte) error
	// File gives a file's content; nil if there is none.
	File(ctx context.Context, feed, name string) ([]byte, error)
	// RemoveFeed removes a feed with its files.
	RemoveFeed(ctx context.Context, feed string) error
	// Follow calls hear, one call after the other, with the name of every feed
	// that any process changes (an entry was added, or all removed), soon after,
	// until the context ends; then it returns. It is a hint: several changes may
	// be told as one, and some are missed while a connection is down.
	// hear("") says that any feed may have changed: in the beginning, and
	// when the connection is back. hear must not block long.
	Follow(ctx context.Context, hear func(feed string))
}
