package adapters

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
)

// Lines calls take with every line of an input, without its line break, until
// the input ends, take fails, or the context ends, also in the middle of
// waiting for a line. A last line without a break counts.
func Lines(ctx context.Context, in io.Reader, take func(line []byte) error) error {
	type read struct {
		line []byte
		err  error
	}
	reads := make(chan read)
	go func() { // ends with the input or the context; a blocked Read ends with the process
		r := bufio.NewReader(in)
		for {
			line, err := r.ReadBytes('\n')
			select {
			case reads <- read{line, err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case r := <-reads:
			if len(r.line) > 0 {
				if err := take(bytes.TrimRight(r.line, "\r\n")); err != nil {
					return err
				}
			}
			if errors.Is(r.err, io.EOF) {
				return nil
			}
			if r.err != nil {
				return r.err
			}
		}
	}
}
