package bot

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
)

// The first byte of an encoded value is the form of the rest. A program writes
// the newest form and reads all of them.
const (
	formJSON    = 1 // JSON, of the versions without a runtime of their own
	formSecond  = 2 // JSON, deflated with the dictionary
	formDeflate = 3 // the same, with files, references and the desk's agents
)

// dictionary holds what values say again and again: the names of fields, and
// the ids of the knowledge when form 2 was made. It belongs to the forms and
// never changes: values in stores cannot be read without it. A better one is a
// new form.
//
//go:embed form2.dict
var dictionary []byte

// errNewer says that a newer program wrote a value. This one must leave it
// alone.
var errNewer = errors.New("a newer version of the program wrote this conversation")

// deflaters are reused: making one costs more than using it.
var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriterDict(nil, flate.DefaultCompression, dictionary)
	if err != nil {
		panic(err) // only for a level that does not exist
	}
	return w
}}

// codec turns values into bytes and back. The simulation has one of its own,
// which costs nothing.
type codec interface {
	encode(v any) ([]byte, error)
	decode(data []byte) (conversation, error)
	decodeInto(data []byte, v any) error
}

// forms is the codec of the program.
type forms struct{}

func (forms) encode(v any) ([]byte, error)             { return encode(v) }
func (forms) decode(data []byte) (conversation, error) { return decode(data) }
func (forms) decodeInto(data []byte, v any) error      { return decodeInto(data, v) }

// encode gives a value in the newest form.
func encode(v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode a conversation: %w", err)
	}
	out := bytes.NewBuffer(make([]byte, 0, 64+len(plain)/3))
	out.WriteByte(formDeflate)
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(out)
	_, err = w.Write(plain)
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, fmt.Errorf("encode a conversation: %w", err)
	}
	return out.Bytes(), nil
}

// decode reads a value of any form; nothing is a conversation that has not
// begun.
func decode(data []byte) (conversation, error) {
	var c conversation
	if len(data) == 0 {
		return c, nil
	}
	if data[0] == formJSON {
		return decodeFirst(data[1:])
	}
	return c, decodeInto(data, &c)
}

// decodeInto reads what encode wrote.
func decodeInto(data []byte, v any) error {
	if len(data) == 0 || data[0] == 0 {
		return errors.New("decode a conversation: it is cut off")
	}
	if data[0] > formDeflate {
		return fmt.Errorf("%w, in form %d; this one reads up to %d", errNewer, data[0], formDeflate)
	}
	plain, err := inflate(data[1:])
	if err == nil {
		err = json.Unmarshal(plain, v)
	}
	if err != nil {
		return fmt.Errorf("decode a conversation: %w", err)
	}
	return nil
}

// inflateMost bounds what a value may become: no broken one may take the memory.
const inflateMost = 64 << 20

func inflate(data []byte) ([]byte, error) {
	r, ok := inflaters.Get().(io.Reader)
	if !ok {
		r = flate.NewReaderDict(nil, dictionary)
	}
	defer inflaters.Put(r)
	if err := r.(flate.Resetter).Reset(bytes.NewReader(data), dictionary); err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, inflateMost))
}

var inflaters sync.Pool

// decodeFirst reads form 1.
func decodeFirst(data []byte) (conversation, error) {
	var old struct {
		State  dialog.State `json:"state"`
		Outbox []chat.Post  `json:"outbox"`
		Retry  time.Time    `json:"retry"`
	}
	if err := json.Unmarshal(data, &old); err != nil {
		return conversation{}, fmt.Errorf("decode a conversation: %w", err)
	}
	c := conversation{State: old.State}
	c.enqueue(old.Retry, old.Outbox)
	return c, nil
}
