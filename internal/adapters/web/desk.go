package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

func (a *Adapter) addDesk(mux *http.ServeMux) {
	mux.Handle("GET /desk", a.working(func(w http.ResponseWriter, r *http.Request, who worker) {
		a.render(w, r, "desk", pick(langOf(r), "工作台", "Desk"), &who, deskPage{who.ID, a.config.Elsewhere})
	}))
	mux.Handle("GET /desk/events", a.working(a.streamDesk))
	mux.Handle("POST /desk/act", a.working(a.takeAct))
	mux.Handle("POST /desk/name", a.working(a.takeName))
	mux.Handle("POST /desk/files", a.working(a.takeDeskUpload))
	mux.Handle("GET /desk/files/{case}/{name}", a.working(func(w http.ResponseWriter, r *http.Request, _ worker) {
		id := r.PathValue("case")
		if !caseForm(id) {
			http.NotFound(w, r)
			return
		}
		a.serveFile(w, r, caseRoom(id).String(), r.PathValue("name"))
	}))
	mux.Handle("GET /desk/causes", a.working(a.showCauses))
}

// deskPage is what the desk's page shows.
type deskPage struct{ Agent, Elsewhere string }

// streamDesk sends a desk's page the list and, if the address names a case, what it
// has: the events "case" with a summary, "gone" with the id of one that was erased,
// and for the case what a merchant's page gets. A page that comes back gets the list
// anew and the case from where it was.
func (a *Adapter) streamDesk(w http.ResponseWriter, r *http.Request, who worker) {
	id := r.URL.Query().Get("case")
	list := listReader{shown: map[string]summary{}}
	t, letGo := a.hub.follow(caseRoom(id).String())
	defer letGo()
	defer a.board.follow(t.woken)()
	s := openStream(w)
	var read *reader
	if caseForm(id) {
		read = a.reader(caseRoom(id).String(), resume(r))
		read.sees = func(data []byte) bool { return forAgent(data, who.ID) }
	}
	a.pump(r.Context(), s, t, func(ctx context.Context) error {
		if err := list.next(ctx, a.board, s); err != nil || read == nil {
			return err
		}
		return read.next(ctx, a, s)
	})
}

// forAgent says whether an agent may see an entry.
func forAgent(data []byte, agent string) bool {
	var e struct {
		Only string `json:"only"`
	}
	return json.Unmarshal(data, &e) == nil && (e.Only == "" || e.Only == agent)
}

// listReader is how far a page has read the list.
type listReader struct{ shown map[string]summary }

// next sends what has changed in the list.
func (l *listReader) next(ctx context.Context, b *board, s *stream) error {
	all, err := b.list(ctx)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, c := range all {
		there[c.ID] = true
		if was, ok := l.shown[c.ID]; !ok || !reflect.DeepEqual(was, c) {
			l.shown[c.ID] = c
			s.sendJSON("case", c)
		}
	}
	for id := range l.shown {
		if !there[id] {
			delete(l.shown, id)
			s.sendJSON("gone", map[string]string{"id": id})
		}
	}
	return nil
}

// doing is what a desk's page sends. ID is made by the page: what is sent again after
// a lost answer has the same.
type doing struct {
	Case    string       `json:"case"`
	ID      string       `json:"id"`
	Kind    chat.ActKind `json:"kind"`
	Text    string       `json:"text"`
	Inside  bool         `json:"inside"` // a note for colleagues
	Files   []file       `json:"files"`
	ReplyTo string       `json:"reply_to"`
	Change  chat.Change  `json:"change"` // edit or delete of what was said
	Fix     string       `json:"fix"`
	Cause   string       `json:"cause"`
	Note    string       `json:"note"`
}

// takeAct takes in what an agent does. 204: it is accepted; 503: not yet, and the page
// sends it again.
func (a *Adapter) takeAct(w http.ResponseWriter, r *http.Request, who worker) {
	var d doing
	if !readJSON(w, r, &d) {
		return
	}
	d.Text, d.Note = strings.ToValidUTF8(d.Text, "\uFFFD"), strings.ToValidUTF8(d.Note, "\uFFFD")
	if !d.valid() {
		problem(w, r, http.StatusBadRequest, "请求的格式不对，请刷新页面。", "The request has the wrong form. Please reload the page.")
		return
	}
	err := a.act(r.Context(), who.Agent, d)
	switch {
	case errors.Is(err, adapters.ErrNoCase):
		problem(w, r, http.StatusNotFound, "这个工单已经不在了。", "This case is no longer here.")
	case err != nil:
		w.Header().Set("Retry-After", "1")
		problem(w, r, http.StatusServiceUnavailable, "暂时办不了，稍后会自动重试。", "It could not be done just now; it will be tried again by itself.")
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

func (d doing) valid() bool {
	if !caseForm(d.Case) || !idForm.MatchString(d.ID) || len(d.Files) > filesMost {
		return false
	}
	switch d.Kind {
	case chat.Say:
		return strings.TrimSpace(d.Text) != "" || len(d.Files) > 0 || d.Change == chat.Delete
	case chat.Claim, chat.Release, chat.GiveBack, chat.Close:
		return true
	case chat.Suggest:
		return d.Fix != ""
	}
	return false
}

// act shows what an agent says, masked, and hands it over. Both may be done again.
func (a *Adapter) act(ctx context.Context, who chat.Agent, d doing) error {
	room := caseRoom(d.Case)
	d.ReplyTo, d.Files = a.plain(d.ReplyTo), sound(d.Files)
	act := chat.Act{
		ID: d.ID, Kind: d.Kind, Agent: who, Text: d.Text, ReplyTo: d.ReplyTo, Change: d.Change, Fix: d.Fix, Cause: d.Cause, Note: d.Note,
	}
	if d.Change != "" { // all else is done as it comes, and needs no clock that may be set back
		act.At = time.Now()
	}
	if d.Inside && d.Kind == chat.Say {
		act.Text = "// " + d.Text
	}
	for _, f := range d.Files {
		act.Files = append(act.Files, chat.File{Kind: kindOf(f.Type), Platform: DeskPlatform, Ref: d.Case + "/" + f.Name, Name: f.Title, Type: f.Type, Size: f.Size})
	}
	if d.Kind == chat.Say {
		if newest, err := a.config.Feeds.Newest(ctx, room.String()); err != nil || newest == 0 {
			return errors.Join(err, noCase(newest))
		}
		if err := a.showSaid(ctx, room, who, d); err != nil {
			return err
		}
	}
	return a.atCase(ctx, room, func() error { return a.config.Desk(ctx, room, act) })
}

func noCase(newest int64) error {
	if newest == 0 {
		return adapters.ErrNoCase
	}
	return nil
}

// showSaid shows the desk what an agent says, or changes. What begins with // stays
// inside, too.
func (a *Adapter) showSaid(ctx context.Context, room chat.Room, who chat.Agent, d doing) error {
	text, aside := chat.Aside(d.Text)
	d.Inside = d.Inside || aside
	e := entry{What: message, At: now(), ID: d.ID, From: fromAgent, Agent: &who, Text: a.mask(text), Inside: d.Inside, ReplyTo: d.ReplyTo, Files: a.maskedFiles(d.Files)}
	name := "a " + d.ID
	if d.Change != "" {
		if theirs, err := a.said(ctx, room, name, who); err != nil || !theirs {
			return err
		}
	}
	switch d.Change {
	case chat.Edit:
		e.What, name = edited, "ae "+d.ID+" "+digest(d.Text)
	case chat.Delete:
		e.What, e.Text, name = deleted, "", "ad "+d.ID
	}
	_, err := a.add(ctx, room.String(), name, e)
	return err
}

// said says whether an agent said what has a name in a case's feed: nobody changes the
// words of others.
func (a *Adapter) said(ctx context.Context, room chat.Room, name string, who chat.Agent) (theirs bool, err error) {
	err = a.config.Feeds.Entries(ctx, room.String(), 0, func(_ int64, has string, data []byte) bool {
		var e entry
		if has == name && json.Unmarshal(data, &e) == nil && e.Agent != nil {
			theirs = e.Agent.ID == who.ID
		}
		return has != name
	})
	return theirs, err
}

// takeName lets somebody choose how merchants read their name.
func (a *Adapter) takeName(w http.ResponseWriter, r *http.Request, who worker) {
	r.Body = http.MaxBytesReader(w, r.Body, formMost)
	name := a.nameFrom(r)
	if name == "" {
		problem(w, r, http.StatusBadRequest, "请写上您的名字。", "Please give your name.")
		return
	}
	who.Name = name // the id stays: their cases do, too
	a.keep(w, r, who.Agent)
	http.Redirect(w, r, local(r.PostFormValue("next")), http.StatusSeeOther)
}

func (a *Adapter) takeDeskUpload(w http.ResponseWriter, r *http.Request, _ worker) {
	id := r.URL.Query().Get("case")
	if !caseForm(id) {
		http.NotFound(w, r)
		return
	}
	if newest, err := a.config.Feeds.Newest(r.Context(), caseRoom(id).String()); err == nil && newest == 0 {
		problem(w, r, http.StatusNotFound, "这个工单已经不在了。", "This case is no longer here.")
		return
	}
	a.upload(w, r, caseRoom(id))
}

// showCauses gives what a case can be closed with, by group.
func (a *Adapter) showCauses(w http.ResponseWriter, r *http.Request, _ worker) {
	type group struct {
		Title  string   `json:"title"`
		Causes []option `json:"causes"`
	}
	out := []group{}
	for _, g := range a.config.Consult.Causes(langOf(r)) {
		causes := []option{}
		for _, c := range g.Causes {
			causes = append(causes, option{c.ID, c.Label})
		}
		out = append(out, group{g.Title, causes})
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(out)
}
