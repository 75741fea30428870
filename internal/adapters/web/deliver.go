package web

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"strconv"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// deliverToMerchant puts a post into the merchant's feed. The reference of a post is
// the number of its entry.
func (a *Adapter) deliverToMerchant(ctx context.Context, room chat.Room, post chat.Post) (string, error) {
	feed, name := room.String(), postName(ctx, room, post)
	if post.Change != "" {
		return a.change(ctx, feed, name, post)
	}
	files, err := a.carry(ctx, feed, post.Files)
	if err != nil {
		return "", err
	}
	e := entry{
		What: message, At: now(), ID: post.ID, From: fromBot, Text: post.Text, Strong: strong(post.Text, post.Strong), Kind: string(post.Kind),
		Options: options(post.Options), Files: files, Quote: post.Quote, ReplyTo: post.ReplyTo, Urgent: post.Urgent,
	}
	if post.Of != "" {
		e.From = fromAgent
	}
	n, err := a.add(ctx, feed, name, e)
	return strconv.FormatInt(n, 10), err
}

// change changes an earlier post.
func (a *Adapter) change(ctx context.Context, feed, name string, post chat.Post) (string, error) {
	e := entry{At: now(), ID: post.Ref, Text: post.Text}
	switch post.Change {
	case chat.Edit:
		e.What = edited
	case chat.Delete:
		e.What, e.Text = deleted, ""
	case chat.Settle:
		e.What, e.Text, e.Options = settled, "", options(post.Options)
	default:
		return "", refused("the page does not know the change " + string(post.Change))
	}
	if post.Ref == "" {
		return "", refused("nobody knows which post is changed")
	}
	_, err := a.add(ctx, feed, name+" "+digest(e.key()), e)
	return post.Ref, err
}

func refused(why string) error { return &adapters.Failure{Outcome: adapters.Failed, Reason: why} }

// postName is unique for a post.
func postName(ctx context.Context, room chat.Room, post chat.Post) string {
	return cmp.Or(adapters.PostOf(ctx), room.String()+"/"+post.ID)
}

// digest is a short fingerprint.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}
