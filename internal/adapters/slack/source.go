package slack

import (
	"errors"
	"io"
	"sync"
)

// source is a file's content that is read once. It must be as long as it is said to
// be, or at most so long; its last bytes are given only when that is sure. What goes
// wrong with it is kept apart from what goes wrong with the upload.
type source struct {
	in   io.ReadCloser
	left int64 // how much must still come; -1: nobody knows
	most int64 // how much may come, if nobody knows

	closing sync.Once
	mu      sync.Mutex // guards fault
	fault   error      // a fetchFault or errSize
}

// Read implements io.Reader.
func (s *source) Read(b []byte) (int, error) {
	n, err := s.in.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, s.fail(fetchFault{err, true})
	}
	if !s.count(int64(n), err != nil) || n > 0 && s.left == 0 && err == nil && !s.over() {
		return 0, s.fail(errSize)
	}
	return n, err
}

// count counts what came; false: it is too much or too little.
func (s *source) count(n int64, end bool) bool {
	if s.left < 0 {
		s.most -= n
		return s.most >= 0
	}
	s.left -= n
	return s.left >= 0 && (s.left == 0 || !end)
}

// over says that nothing more comes.
func (s *source) over() bool {
	n, err := io.ReadFull(s.in, make([]byte, 1))
	return n == 0 && errors.Is(err, io.EOF)
}

func (s *source) fail(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fault == nil {
		s.fault = err
	}
	return s.fault
}

// trouble is what went wrong with the content; nil: nothing.
func (s *source) trouble() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fault
}

// close ends reading, also while it waits for the content.
func (s *source) close() { s.closing.Do(func() { _ = s.in.Close() }) }
