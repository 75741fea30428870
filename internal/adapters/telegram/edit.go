package telegram

import (
	"context"
	"slices"

	"github.com/s4bot/s4bot/internal/chat"
)

// edit puts a new text in the place of a post's old one. Files stay as they are. A
// longer text goes on in new messages, which are sent once; of a shorter one the
// messages that are left over are deleted. All else may be repeated safely.
func (a *Adapter) edit(ctx context.Context, room chat.Room, post chat.Post) (string, error) {
	old, err := recall(room, post)
	if err != nil {
		return "", err
	}
	changed, added, surplus, err := revise(room, post, old)
	if err != nil {
		return "", err
	}
	for _, l := range changed {
		if _, err := a.send(ctx, l); err != nil {
			return "", again(err)
		}
	}
	if err := a.remove(ctx, surplus); err != nil {
		return "", err
	}
	fresh, err := a.sendAll(ctx, partKey{room, post.ID}, added)
	if err != nil {
		return "", err
	}
	return append(old.without(surplus), fresh...).String(), nil
}

// recall gives the messages of the post that another one changes.
func recall(room chat.Room, post chat.Post) (reference, error) {
	chatID, _, ok := place(room)
	if !ok {
		return nil, never("the room is none of Telegram's")
	}
	if r := readReference(post.Ref, chatID); len(r) > 0 {
		return r, nil
	}
	return nil, never("nobody knows which message it was that is to be changed")
}

// revise says what a new text changes: the messages that it goes into, those that
// are added, and those that are left over.
func revise(room chat.Room, post chat.Post, old reference) (changed, added []letter, surplus reference, err error) {
	keys, err := keyboard(post)
	if err != nil {
		return nil, nil, nil, never(err.Error())
	}
	places, first := old.places()
	parts := split(post.Text, first)
	if len(parts) == 0 && len(places) > 0 && places[0].form == asCaption {
		parts = []piece{{}} // the file stays, without a text
	}
	all := make([]letter, len(parts))
	for i, p := range parts {
		all[i].write([]piece{p}, post.Strong)
		if i < len(places) {
			all[i].chat, all[i].edits, all[i].form = places[i].chat, places[i].id, places[i].form
		} else if err := all[i].address(room); err != nil {
			return nil, nil, nil, err
		}
	}
	n := min(len(parts), len(places))
	if len(all) > 0 {
		all[len(all)-1].keyboard = keys
	} else if len(places) == len(old) {
		return nil, nil, nil, never("the post would have no text")
	}
	return all[:n], all[n:], places[n:], nil
}

// places are the messages that carry the text, and how much of it the first takes.
func (r reference) places() (reference, int) {
	texts := r.without(nil)
	texts = slices.DeleteFunc(texts, func(m sentMessage) bool { return m.form == beside })
	if len(texts) > 0 && texts[0].form == asCaption {
		return texts, captionUnits
	}
	return texts, textUnits
}

// without gives the messages that are not among the others.
func (r reference) without(others reference) reference {
	return slices.DeleteFunc(slices.Clone(r), func(m sentMessage) bool { return slices.Contains(others, m) })
}
