package slack

import "time"

// timing is how long things take.
type timing struct {
	request time.Duration // a request of the Web API
	upload  time.Duration // the transfer of a file
	settle  time.Duration // until a message that was sent can be found, mostly
	doubt   time.Duration // until a doubtful message is looked for once more
	fetch   time.Duration // how long a file that can't be fetched now is tried again
	mend    time.Duration // until an operator may have mended the settings
}

var usualTiming = timing{
	request: 8 * time.Second, upload: 90 * time.Second, settle: time.Second, doubt: 3 * time.Second,
	fetch: 20 * time.Second, mend: time.Minute,
}
