package telegram_test

import (
	"strconv"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/adaptertest"
	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
)

// TestSuite runs what every adapter promises.
func TestSuite(t *testing.T) {
	adaptertest.Test(t, func(t *testing.T) *adaptertest.Rig {
		r := newRig(t)
		r.server.Know(1)
		write := func(text string) string {
			_, id := r.server.Say(1, text)
			return strconv.Itoa(id)
		}
		return &adaptertest.Rig{
			Room: one, Adapter: r.bot, Run: r.bot.Poll, Write: write, Tap: r.tap, Seen: r.seen,
			Edit:  func(id, text string) { r.server.Edit(1, number(id), text) },
			Reply: func(to, text string) { r.server.Reply(1, number(to), text) },
			Send: func(content []byte, caption string) {
				r.server.SendDocument(1, "f.bin", "application/octet-stream", content, caption)
			},
			Disrupt: r.disrupt, Changes: true, Longest: 4096, Log: r.log.String, Secret: telegramtest.Token,
		}
	})
}

func number(id string) int {
	n, _ := strconv.Atoi(id)
	return n
}

// tap taps the newest button with a label.
func (r *rig) tap(label string) {
	sent := r.server.Sent(1)
	for i := len(sent) - 1; i >= 0; i-- {
		for _, row := range sent[i].Rows {
			for _, b := range row {
				if b.Label == label {
					r.server.Tap(1, sent[i].ID, b.Data)
					return
				}
			}
		}
	}
	r.t.Fatalf("there is no button %q", label)
}

// seen is what the person sees of the bot.
func (r *rig) seen() (out []adaptertest.Seen) {
	for _, m := range r.server.Sent(1) {
		if m.Deleted {
			continue
		}
		s := adaptertest.Seen{Text: m.Text, ReplyTo: strconv.Itoa(m.ReplyTo)}
		for _, row := range m.Rows {
			for _, b := range row {
				s.Options = append(s.Options, b.Label)
			}
		}
		if m.Kind != "text" {
			s.Files = 1
		}
		out = append(out, s)
	}
	return out
}

// disrupt makes sending fail.
func (r *rig) disrupt(trouble adaptertest.Trouble) {
	faults := map[adaptertest.Trouble]telegramtest.Fault{
		adaptertest.Busy:   {Kind: telegramtest.TooMany, RetryAfter: 3e9},
		adaptertest.Broken: {Kind: telegramtest.ErrorBefore},
		adaptertest.Silent: {Kind: telegramtest.HangAfter},
		adaptertest.Shut:   {Kind: telegramtest.Forbidden},
	}
	r.server.SetFault(func(method string, _ telegramtest.Params) telegramtest.Fault {
		if method != "sendMessage" {
			return telegramtest.Fault{}
		}
		return faults[trouble]
	})
}
