package web

import (
	"context"
	"strconv"
	"strings"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// deliverToDesk puts a post into a case's feed. A card without a room opens a case: its
// reference is the case's id, a colon and the number of the entry.
func (a *Adapter) deliverToDesk(ctx context.Context, room chat.Room, post chat.Post) (string, error) {
	name, id := postName(ctx, room, post), room.ID
	if post.Card != nil && post.Change == "" {
		id = digest(name) // the same when it is delivered again
	}
	if id == "" {
		return "", refused("the case has no place at the desk")
	}
	feed := caseRoom(id).String()
	if post.Card == nil || post.Change != "" {
		newest, err := a.config.Feeds.Newest(ctx, feed)
		if err != nil {
			return "", err
		}
		if newest == 0 {
			return "", &adapters.Failure{Outcome: adapters.Gone, Reason: "the case is no longer kept at the desk"}
		}
	}
	e, err := a.deskEntry(ctx, feed, post)
	if err != nil {
		return "", err
	}
	n, err := a.add(ctx, feed, name, e)
	if err != nil {
		return "", err
	}
	if post.Card != nil && post.Change == "" {
		if _, err := a.add(ctx, deskFeed, id, entry{What: carded, At: now(), ID: id}); err != nil {
			return "", err
		}
	}
	a.log.Debug("a post for the desk is there", "case", id, "post", name)
	return id + ":" + strconv.FormatInt(n, 10), nil
}

// deskEntry is a post as the desk's pages read it.
func (a *Adapter) deskEntry(ctx context.Context, feed string, post chat.Post) (entry, error) {
	e := entry{At: now(), ID: post.Of, Text: post.Text, Urgent: post.Urgent, Quote: post.Quote, Kind: string(post.Kind)}
	var err error
	switch {
	case post.Card != nil:
		e.What, e.Card = carded, post.Card
	case post.Mark != "":
		e.What, e.Mark = marked, post.Mark
	case post.Private != "":
		e.What, e.Only = noticed, post.Private
	case post.Remind > 0:
		e.What, e.Remind = noticed, post.Remind
	case post.Change == chat.Edit:
		e.What = edited
	case post.Change == chat.Delete:
		e.What, e.Text = deleted, ""
	case post.Of != "":
		e.What, e.From = message, fromMerchant
		e.Files, err = a.carry(ctx, feed, post.Files)
	default:
		e.What = noticed
		e.Files, err = a.carry(ctx, feed, post.Files)
	}
	return e, err
}

// caseForm is an id of a case, as digest makes it.
func caseForm(id string) bool { return len(id) == 16 && !strings.ContainsAny(id, "/:. ") }
