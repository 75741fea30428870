package bot

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
)

var record = flag.Bool("record", false, "record a value of the newest form, for the versions to come")

// Values of every form that was ever written must be read by every later
// version: each lies in testdata/forms as it was stored, beside what it says.
func TestEveryFormIsRead(t *testing.T) {
	if *record {
		recordNewest(t)
	}
	for _, name := range []string{"form1", "form2", "form3"} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", "forms", name+".value"))
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(filepath.Join("testdata", "forms", name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			c, err := decode(data)
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.MarshalIndent(c, "", "  ")
			if err != nil || string(got)+"\n" != string(want) {
				t.Errorf("read is\n%s\n%v, want\n%s", got, err, want)
			}
			again, err := encode(c)
			if err != nil {
				t.Fatal(err)
			}
			if back, err := decode(again); err != nil || !reflect.DeepEqual(back, c) || again[0] != formDeflate {
				t.Errorf("written in the newest form and read again it is %+v, %v", back, err)
			}
		})
	}
}

func recordNewest(t *testing.T) {
	old, err := os.ReadFile(filepath.Join("testdata", "forms", "form1.value"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := decode(old)
	if err != nil {
		t.Fatal(err)
	}
	first, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	c = everything(c)
	data, err := encode(c)
	if err != nil {
		t.Fatal(err)
	}
	second, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"form1.json": append(first, '\n'), "form3.value": data, "form3.json": append(second, '\n')} {
		if err := os.WriteFile(filepath.Join("testdata", "forms", name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// everything fills what the runtime keeps beside the state.
func everything(c conversation) conversation {
	at := time.Date(2026, 3, 14, 12, 1, 2, 3_000_000, time.UTC)
	c.Inbox = []heard{{ID: "107", Sender: "老王面馆", Text: "好了", At: at}, {ID: "cb9", Choice: "works", Post: "p5", At: at}}
	c.Since, c.Answer = at, at.Add(time.Second)
	c.Merchant.Holder, c.Merchant.Until, c.Merchant.From, c.Merchant.To = "a1b2c3d4e5f6/7", at.Add(lease), 2, 4
	c.Merchant.Tail = []outgoing{{Post: chat.Post{ID: "p9", To: chat.ToMerchant, Kind: chat.Info, Text: "稍等"}, Since: at, Tries: 2}}
	c.Desk = lane{Posts: []outgoing{{Post: chat.Post{ID: "p8", To: chat.ToDesk, Kind: chat.Handoff, Text: "工单", Urgent: true}, Since: at}}, Next: at}
	c.Bucket = bucket{Missing: 3.5, At: at, Told: true}
	c.Held = []heard{{ID: "99", Text: "?", Edited: true, At: at}}
	c.Inbox = append(c.Inbox, heard{
		ID: "-5:108", Files: []chat.File{{Kind: chat.Photo, Platform: "telegram", Ref: "AgAC", Type: "image/jpeg", Size: 7}}, Album: "9",
		ReplyTo: "-5:7", Quote: "客人的钱扣了吗？", Forwarded: true, Group: true, At: at,
	})
	c.Desk.Posts = append(c.Desk.Posts, outgoing{Since: at, Post: chat.Post{
		ID: "p10", To: chat.ToDesk, Kind: chat.Handoff, Text: "工单", Of: "card1", Change: chat.Edit, Private: "U1", Mark: chat.Failed, Remind: 2,
		Strong: chat.Span{Start: 1, End: 3}, ReplyTo: "7", Quote: "q", Ref: "C1/1:1", Card: &chat.Card{
			Title: "新工单", Urgent: true, Rows: []chat.Row{{Label: "商户：", Parts: []string{"老王面馆"}}}, Top: []chat.Likely{{Cause: "card.expired", Title: "过期", P: .5}},
			Agent: chat.Agent{ID: "U1", Name: "小林"}, Over: "结单", Fix: "f", FixTitle: "t", FixText: "x", Lang: "zh",
		},
	}})
	c.State.Handoff = &dialog.Handoff{
		Reason: dialog.AskedFor, Top: []diagnosis.Probability{{Cause: "card.expired", P: .5}}, Agent: chat.Agent{ID: "U1", Name: "小林"}, Spoken: true,
		Said: []dialog.SaidBy{{Msg: "a1", Agent: "U1"}}, Since: at, Reminded: 1, Quiet: true,
	}
	c.State.Words = append(c.State.Words, dialog.Said{Msg: "107", Text: "好了", Files: c.Inbox[2].Files, Album: "9", Passed: true})
	c.State.Terminal, c.State.Unreachable = "shop7", true
	c.State.Opened, c.State.Named = dialog.Moment(at.Unix()), []string{"icbc"}
	c.State.Records = []dialog.Record{{
		Case: 1, Began: dialog.Moment(at.Unix()) - 600, Handed: dialog.Moment(at.Unix()) - 300, Ended: dialog.Moment(at.Unix()), Lang: "zh", End: dialog.ByAgent,
		Reason: dialog.AskedFor, Predicted: "card.expired", P: .512, Confirmed: "card.unreadable", Fixes: 2, Fix: "another-card", Names: []string{"icbc", "visa"},
		Questions: []dialog.Worth{{Question: "which_cards", Bits: 1.25, Changed: true}, {Question: "fails_at", Unsure: true}, {Question: "screen_message", Open: true}},
	}}
	c.Sent = []sent{{Post: "p1", To: chat.ToMerchant, Of: "a1", Ref: "12,13c", At: at, Settled: true}}
	c.Thread, c.Moved, c.Cleared = "C1/1.2", "-1005", true
	c.Lost = []lost{{Post: "p1", To: chat.ToMerchant, Kind: chat.Question, Fate: "uncertain", Reason: "a time-out", At: at}}
	return c
}

func TestANewerFormIsLeftAlone(t *testing.T) {
	if _, err := decode([]byte{formDeflate + 1, 'x'}); !errors.Is(err, errNewer) {
		t.Errorf("a newer form gives %v", err)
	}
}

func TestBrokenValuesAreErrors(t *testing.T) {
	good, err := encode(conversation{State: dialog.State{Turn: 3}})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"cut off": good[:len(good)-2], "no form": {0}, "noise": {formDeflate, 0xff, 0xff, 1}, "first form": {formJSON, '{'},
	} {
		if _, err := decode(data); err == nil || errors.Is(err, errNewer) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, name := range []string{"form1", "form2", "form3"} {
		data, err := os.ReadFile(filepath.Join("testdata", "forms", name+".value"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := decode(data)
		if err != nil {
			return
		}
		again, err := encode(c)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := decode(again); err != nil {
			t.Fatal(err)
		}
	})
}
