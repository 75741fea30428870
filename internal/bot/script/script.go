// Package script plays written conversations through the whole runtime: what the
// merchant does is read from a script, what the bot answers is written beside it.
// The golden conversations of the tests are such scripts, and what a change of
// the knowledge does to them is shown with them.
//
//	merchant> a message            burst> a message of a burst, answered with the next merchant line
//	tap> the id of an option       tap p3> an option of an older post
//	wait> 31m                      edit 1> a new text for the first message
//	reply p3> words                forward> words       group 小李> words in a group
//	photo> a caption, or -         photo a1> a picture of the album a1
//	voice> document> sticker> place> and huge>, a file that is too large, likewise
//	claim> -   claim 小陈> -        release> -   give_back> -   suggest> FIX   close> CAUSE, or -
//	agent 1> words of 小林          agent-edits 1> words   agent-deletes 1> -   other 2> words of 小陈
//	platform> changes posts        from here on options settle, and agents' changes go through
//
// All other lines are the bot's, and replaced by what it says now.
package script

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/store/boltstore"
)

// room is where a script is played.
var room = chat.Room{Platform: "test", ID: "shop"}

// player is a conversation being played. It is its Deliverer.
type player struct {
	bot   *bot.Bot
	out   bytes.Buffer
	now   time.Time
	burst []chat.Message
	texts int
	refs  bool // the platform gives references, so that posts can change

	mu    sync.Mutex
	posts []chat.Post // since the last line; guarded by mu
}

// Play plays a script and gives it with the bot's lines as they are now. The same
// script gives the same lines.
func Play(ctx context.Context, text string, manager *dialog.Manager, search bot.Searcher) (string, error) {
	dir, err := os.MkdirTemp("", "s4bot-script-")
	if err != nil {
		return "", fmt.Errorf("make a folder for a conversation: %w", err)
	}
	defer os.RemoveAll(dir)
	db, err := boltstore.Open(filepath.Join(dir, "db"), boltstore.Options{Scratch: true})
	if err != nil {
		return "", err
	}
	p := &player{now: time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC)}
	p.bot = bot.New(bot.Config{Store: db, Manager: manager, Search: search, Deliver: p, Now: func() time.Time { return p.now }})
	err = p.play(ctx, text)
	return p.out.String(), errors.Join(err, db.Close())
}

func (p *player) play(ctx context.Context, text string) error {
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") || line == "" {
			fmt.Fprintln(&p.out, line)
			continue
		}
		if command, rest, ok := strings.Cut(line, "> "); ok {
			if err := p.do(ctx, command, rest, line); err != nil {
				return fmt.Errorf("%s: %w", line, err)
			}
		}
	}
	return nil
}

// do carries out one line of the merchant's; any other line is the bot's own.
func (p *player) do(ctx context.Context, command, rest, line string) error {
	verb, arg, _ := strings.Cut(command, " ")
	m := chat.Message{Room: room, Text: rest}
	switch verb {
	case "merchant", "burst":
		p.texts++
		m.ID = "m" + strconv.Itoa(p.texts)
	case "tap":
		m.ID, m.Text, m.Choice, m.Post = fmt.Sprint("t", p.out.Len()), "", rest, arg
	case "reply": // to one of the bot's posts, whose id is its reference here
		p.texts++
		m.ID, m.ReplyTo = "m"+strconv.Itoa(p.texts), arg
	case "forward":
		p.texts++
		m.ID, m.Forwarded = "m"+strconv.Itoa(p.texts), true
	case "group":
		p.texts++
		m.ID, m.Group, m.Sender = "m"+strconv.Itoa(p.texts), true, arg
	case "photo", "voice", "document", "sticker", "place", "huge":
		p.texts++
		m.ID, m.Text, m.Files = "m"+strconv.Itoa(p.texts), strings.TrimPrefix(rest, "-"), []chat.File{file(verb, p.texts)}
		m.Album = arg
	case "platform":
		p.refs = true
		fmt.Fprintln(&p.out, line)
		return nil
	case "agent", "agent-edits", "agent-deletes", "other", "claim", "release", "give_back", "suggest", "close":
		fmt.Fprintln(&p.out, line)
		return p.agent(ctx, verb, arg, rest)
	case "edit":
		m.ID, m.Edited = "m"+arg, true
	case "wait":
		fmt.Fprintln(&p.out, line)
		return p.wait(ctx, rest)
	default:
		return nil
	}
	fmt.Fprintln(&p.out, line)
	p.burst = append(p.burst, m)
	if verb == "burst" {
		return nil
	}
	_, err := p.bot.Handle(ctx, p.burst...)
	p.show()
	p.burst = nil
	return err
}

// file is what a line sends beside its text.
func file(verb string, n int) chat.File {
	f := chat.File{Kind: chat.FileKind(verb), Platform: "script", Ref: "f" + strconv.Itoa(n)}
	if verb == "huge" {
		f.Kind, f.TooLarge = chat.Video, true
	}
	return f
}

// agent lets an agent act: 小林, or who is named.
func (p *player) agent(ctx context.Context, verb, arg, text string) error {
	p.texts++
	a := chat.Act{ID: strconv.Itoa(p.texts), Kind: chat.ActKind(verb), Agent: chat.Agent{ID: "U1", Name: "小林"}}
	switch verb {
	case "agent", "agent-edits", "agent-deletes":
		a.ID, a.Kind, a.Text = "a"+arg, chat.Say, text
		a.Change = map[string]chat.Change{"agent-edits": chat.Edit, "agent-deletes": chat.Delete}[verb]
	case "other":
		a.ID, a.Kind, a.Text, a.Agent = "a"+arg, chat.Say, text, chat.Agent{ID: "U2", Name: "小陈"}
	case string(chat.Close):
		a.Cause = strings.TrimPrefix(text, "-")
	case string(chat.Suggest):
		a.Fix = text
	}
	if a.Change == chat.Delete {
		a.Text = ""
	}
	if arg == "小陈" {
		a.Agent = chat.Agent{ID: "U2", Name: "小陈"}
	}
	defer p.show()
	return p.bot.HandleDesk(ctx, room, a)
}

func (p *player) wait(ctx context.Context, text string) error {
	d, err := time.ParseDuration(text)
	if err != nil {
		return err
	}
	p.now = p.now.Add(d)
	defer p.show()
	return p.bot.Tick(ctx)
}

// Deliver implements adapters.Deliverer.
func (p *player) Deliver(_ context.Context, _ chat.Room, post chat.Post) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.posts = append(p.posts, post)
	if !p.refs {
		return "", nil
	}
	return post.ID, nil // "p7" is message "p7": no letter stands behind it
}

// show writes what the bot said into the script.
func (p *player) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, post := range bot.InOrder(p.posts) {
		p.write(post)
	}
	p.posts = nil
}

// marks tells what a post has beside its text.
func marks(post chat.Post) string {
	out := ""
	if post.Change != "" {
		out += " " + string(post.Change) + "s " + post.Ref
	}
	if post.Mark != "" {
		out += " " + post.Of + " " + string(post.Mark)
	}
	if post.Private != "" {
		out += " only " + post.Private
	}
	if post.ReplyTo != "" {
		out += " to " + post.ReplyTo
	}
	for _, f := range post.Files {
		out += " +" + string(f.Kind)
	}
	return out
}

func (p *player) write(post chat.Post) {
	who := "bot"
	if post.To == chat.ToDesk {
		who = "desk"
	}
	head := who + "[" + string(post.Kind) + marks(post) + "]> "
	if post.Change == chat.Settle {
		head = who + "[settles " + post.Ref + "]> "
	}
	fmt.Fprintln(&p.out, head+strings.ReplaceAll(post.Text, "\n", "\n"+strings.Repeat(" ", len(head))))
	if len(post.Options) > 0 {
		labels := make([]string, len(post.Options))
		for i, o := range post.Options {
			labels[i] = o.ID + ": " + o.Label
		}
		fmt.Fprintln(&p.out, "     ( "+strings.Join(labels, " | ")+" )")
	}
}
