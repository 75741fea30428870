package slack

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// InteractionsHandler takes in what people tap and send off in modals; it belongs
// under /slack/interactions. It answers at once and does the work afterwards: if that
// fails for good, whoever tapped is told so. 503: too much waits; 401 without the
// right signature, and then nothing is done.
func (a *Adapter) InteractionsHandler() http.Handler {
	return a.signed(func(w http.ResponseWriter, body []byte) {
		var i slackgo.InteractionCallback
		form, err := url.ParseQuery(string(body))
		if err := errors.Join(err, json.Unmarshal([]byte(form.Get("payload")), &i)); err != nil {
			a.quarantine("interaction", "")
			return
		}
		if !a.interact(a.in.hooks, &i) {
			http.Error(w, "not accepted now", http.StatusServiceUnavailable)
		}
	})
}

// interact begins what an interaction asks for; false: too much waits. It returns at
// once, and what has to keep its place in a thread has it by then.
func (a *Adapter) interact(run *errands, i *slackgo.InteractionCallback) bool {
	switch i.Type {
	case slackgo.InteractionTypeBlockActions:
		return a.tapped(run, i)
	case slackgo.InteractionTypeViewSubmission:
		return a.submitted(run, i)
	case slackgo.InteractionTypeMessageAction:
		return a.shortcut(run, i)
	}
	return true
}

// tap is one tap on a button.
type tap struct {
	id      string // the same when the tap is delivered twice
	action  string
	value   string
	at      string
	user    chat.Agent // the name is the one of the account
	room    chat.Room  // the case's thread
	trigger string     // opens a modal
	reply   string     // the response_url
}

// time is when it was tapped, by Slack's clock; zero: Slack does not tell.
func (t tap) time() time.Time {
	if !timeForm.MatchString(t.at) {
		return time.Time{} // it is the id of a trigger
	}
	return at(t.at)
}

// taps reads what was tapped. Actions that it does not know are passed over.
func taps(i *slackgo.InteractionCallback) (out []tap) {
	channel := cmp.Or(i.Container.ChannelID, i.Channel.ID)
	thread := cmp.Or(i.Container.ThreadTs, i.Message.ThreadTimestamp, i.Container.MessageTs, i.Message.Timestamp)
	for _, b := range i.ActionCallback.BlockActions {
		at := cmp.Or(b.ActionTs, i.ActionTs, i.TriggerID)
		out = append(out, tap{
			id: at + "/" + b.ActionID + "/" + i.User.ID, action: b.ActionID, value: b.Value, at: at,
			user: chat.Agent{ID: i.User.ID, Name: cmp.Or(i.User.RealName, i.User.Name)},
			room: chat.Room{Platform: Platform, ID: channel + "/" + thread}, trigger: i.TriggerID, reply: i.ResponseURL,
		})
	}
	return out
}

// acts are the buttons of a card that do something by themselves.
var acts = map[string]chat.ActKind{"claim": chat.Claim, "release": chat.Release, "give_back": chat.GiveBack}

// tapped begins what taps ask for.
func (a *Adapter) tapped(run *errands, i *slackgo.InteractionCallback) bool {
	accepted := true
	for _, t := range taps(i) {
		if !userForm.MatchString(t.user.ID) || !a.in.first("tap "+t.id) {
			continue
		}
		accepted = a.begin(run, t) && accepted
	}
	return accepted
}

// begin begins what one tap asks for.
func (a *Adapter) begin(run *errands, t tap) bool {
	if kind, ok := acts[t.action]; ok {
		return a.do(run, deed{room: t.room, act: chat.Act{ID: t.id, Kind: kind, Agent: t.user}, reply: t.reply})
	}
	word, _, _ := strings.Cut(t.action, ":")
	switch word {
	case "suggest":
		return a.modal(run, t, suggestion(t, a.config.Lang))
	case "close":
		return a.modal(run, t, a.closing(t))
	case "again":
		return a.sayAgain(run, t)
	case "ask":
		return a.answered(run, t)
	case "rate":
		return a.rated(run, t)
	case "improve":
		return a.improve(run, t)
	}
	return true // a link, or a button of another time
}
