package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/eval"
	"github.com/s4bot/s4bot/internal/nlu"
)

// batchGC lets the heap grow to five times what lives: whoever reads messages in
// a batch wants speed, and what lives is small.
const batchGC = 400

// runUnderstand reads messages by the text alone, a JSON line each, as many at a
// time as there are processors.
func runUnderstand(ctx context.Context, env environment, args []string) error {
	flags, path := newFlags(env, "understand")
	c, err := configure(env, flags, path, args)
	if err != nil {
		return err
	}
	r, err := c.reader()
	if err != nil {
		return err
	}
	debug.SetGCPercent(batchGC)
	return answerLines(ctx, env.in, env.out, func(n int, line []byte) (any, error) {
		var in struct {
			ID   json.RawMessage `json:"id"`
			Text string          `json:"text"`
		}
		if err := json.Unmarshal(line, &in); err != nil {
			return map[string]string{"error": fmt.Sprintf(`line %d is not {"id":…,"text":"…"}: %v`, n, err)}, nil
		}
		reading, err := r.Read(ctx, in.Text)
		reading.ID = in.ID
		return reading, err
	})
}

// answer is the answer to one line.
type answer struct {
	data []byte
	err  error
}

// answerLines answers every line of an input with one line of JSON, in their
// order, working on several at a time.
func answerLines(ctx context.Context, in io.Reader, out io.Writer, work func(n int, line []byte) (any, error)) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	answers := make(chan chan answer, runtime.GOMAXPROCS(0))
	written := make(chan struct{})
	go func() {
		defer close(written)
		for one := range answers {
			a := <-one
			if a.err == nil {
				_, a.err = out.Write(a.data)
			}
			if a.err != nil {
				stop(a.err)
			}
		}
	}()
	n := 0
	err := adapters.Lines(ctx, in, func(line []byte) error {
		n++
		number, text, one := n, bytes.Clone(line), make(chan answer, 1)
		answers <- one
		go func() {
			result, err := work(number, text)
			if err != nil {
				one <- answer{err: err}
				return
			}
			var data bytes.Buffer
			encoder := json.NewEncoder(&data)
			encoder.SetEscapeHTML(false)
			err = encoder.Encode(result)
			one <- answer{data.Bytes(), err}
		}()
		return nil
	})
	close(answers)
	<-written
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// reader makes what reads single messages.
func (c config) reader() (*eval.Reader, error) {
	m, err := c.mind()
	if err != nil {
		return nil, err
	}
	return &eval.Reader{Manager: m.manager, Search: m.index, Mask: nlu.MaskOptions{Phones: c.MaskPhones}}, nil
}
