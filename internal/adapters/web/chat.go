package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

func (a *Adapter) addChat(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", a.showChat)
	mux.HandleFunc("GET /chat/events", a.streamChat)
	mux.HandleFunc("POST /chat/say", a.takeSaying)
	mux.HandleFunc("POST /chat/files", a.takeUpload)
	mux.HandleFunc("GET /chat/files/{name}", a.showChatFile)
	mux.HandleFunc("GET /embed.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		a.assets.serve(w, r, "embed.js")
	})
}

// chatPage is what the chat's page shows.
type chatPage struct {
	Embedded bool
	Trying   bool // the inside view may be opened
}

func (a *Adapter) showChat(w http.ResponseWriter, r *http.Request) {
	embedded := embeds(r)
	welcome(w, r, embedded)
	var who *worker
	if !embedded {
		if found, ok := a.worker(w, r); ok {
			who = &found
		}
	}
	a.render(w, r, "chat", pick(langOf(r), "刷卡助手", "Card payment help"), who, chatPage{embedded, who != nil})
}

// streamChat sends a merchant's page what its room has: the events "entry", each with
// an entry, "ready" once everything so far is sent, "typing", and "reset" when what
// was sent no longer holds.
func (a *Adapter) streamChat(w http.ResponseWriter, r *http.Request) {
	id := visitor(r)
	if id == "" {
		problem(w, r, http.StatusUnauthorized, "请刷新页面。", "Please reload the page.")
		return
	}
	feed := roomOf(id).String()
	t, letGo := a.hub.follow(feed)
	defer letGo()
	s, read := openStream(w), a.reader(feed, resume(r))
	a.pump(r.Context(), s, t, func(ctx context.Context) error { return read.next(ctx, a, s) })
}

// pump calls next when a stream's feed has changed, until the page or the program
// goes. Where the store fails the stream ends, and the page comes back.
func (a *Adapter) pump(ctx context.Context, s *stream, t *tap, next func(context.Context) error) {
	alive := time.NewTicker(keepAlive)
	defer alive.Stop()
	if next(ctx) != nil {
		return
	}
	s.send("ready", 0, []byte("{}"))
	for s.flush() == nil {
		select {
		case <-ctx.Done():
			return
		case <-a.stop:
			return
		case <-t.typing:
			s.send("typing", 0, []byte("{}"))
			continue
		case <-alive.C:
			s.write(": \n\n")
		case <-t.woken:
		}
		if next(ctx) != nil { // also now and then unasked: a wake may get lost
			return
		}
	}
}

// Typing implements adapters.Typist.
func (a *Adapter) Typing(_ context.Context, room chat.Room) { a.hub.showTyping(room.String()) }

// saying is what a merchant's page sends. ID is made by the page: what is sent again
// after a lost answer has the same.
type saying struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	Choice  string `json:"choice"`
	Post    string `json:"post"` // the post that showed the option
	ReplyTo string `json:"reply_to"`
	Quote   string `json:"quote"`
	Edited  bool   `json:"edited"`
	Files   []file `json:"files"` // as the upload gave them
	Lang    string `json:"lang"`
}

const (
	sayingMost = 64 << 10 // bytes of a request
	textMost   = 10_000   // runes of a text; more is cut
	filesMost  = 10
	quoteMost  = 200
	choiceMost = 200
)

var idForm = regexp.MustCompile(`^[A-Za-z0-9_.:-]{1,64}$`)

// takeSaying takes in what a merchant says. 204: it is accepted; 503: not yet, and the
// page sends it again.
func (a *Adapter) takeSaying(w http.ResponseWriter, r *http.Request) {
	id := visitor(r)
	if id == "" {
		problem(w, r, http.StatusUnauthorized, "请刷新页面。", "Please reload the page.")
		return
	}
	var s saying
	if !readJSON(w, r, &s) {
		return
	}
	if s.Text = cut(strings.ToValidUTF8(s.Text, "\uFFFD"), textMost); !s.says() {
		problem(w, r, http.StatusBadRequest, "这条消息是空的。", "This message is empty.")
		return
	}
	if !a.mayBegin(r, id) {
		w.Header().Set("Retry-After", "60")
		problem(w, r, http.StatusTooManyRequests, "您这边的新对话太多了，请过几分钟再试。", "There are many new conversations from where you are. Please try again in a few minutes.")
		return
	}
	if ok, wait := a.limits.said.takes(id, time.Now()); !ok {
		w.Header().Set("Retry-After", strconv.Itoa(int(wait.Seconds())+1))
		problem(w, r, http.StatusTooManyRequests, "发得太快了，请过一分钟再发。", "That was very fast. Please wait a minute and send it again.")
		return
	}
	if err := a.say(r.Context(), id, s); err != nil {
		w.Header().Set("Retry-After", "1")
		problem(w, r, http.StatusServiceUnavailable, "暂时收不到，稍后会自动重发。", "It could not be taken just now; it will be sent again by itself.")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// mayBegin says whether somebody may say something: not if they begin one conversation
// after the other.
func (a *Adapter) mayBegin(r *http.Request, id string) bool {
	if near(r) {
		return true
	}
	newest, err := a.config.Feeds.Newest(r.Context(), roomOf(id).String())
	if err != nil || newest > 0 {
		return true // the store's trouble is told by what follows
	}
	ok, _ := a.limits.begun.takes(a.address(r), time.Now())
	return ok
}

// says says whether something stands in a saying, by an id that is one.
func (s saying) says() bool {
	if !idForm.MatchString(s.ID) || len(s.Files) > filesMost {
		return false
	}
	return s.Choice != "" || strings.TrimSpace(s.Text) != "" || len(s.Files) > 0
}

// say shows what a merchant says, masked, and hands it over. Both may be done again.
func (a *Adapter) say(ctx context.Context, id string, s saying) error {
	room := roomOf(id)
	s.Post, s.ReplyTo, s.Choice, s.Files = a.plain(s.Post), a.plain(s.ReplyTo), cut(s.Choice, choiceMost), sound(s.Files)
	m := chat.Message{
		ID: s.ID, Room: room, Sender: pick(s.Lang[:min(2, len(s.Lang))], "网页访客 ", "Web visitor ") + id[:4], Text: s.Text, Choice: s.Choice,
		Post: s.Post, ReplyTo: s.ReplyTo, Quote: cut(s.Quote, quoteMost), Edited: s.Edited, Lang: cut(s.Lang, 20), At: time.Now(),
	}
	for _, f := range s.Files {
		m.Files = append(m.Files, chat.File{Kind: kindOf(f.Type), Platform: Platform, Ref: id + "/" + f.Name, Name: f.Title, Type: f.Type, Size: f.Size})
	}
	if s.Choice != "" { // a tap shows where it was tapped
		return a.config.Handle(ctx, m)
	}
	e := entry{What: message, At: now(), ID: s.ID, From: fromMerchant, Text: a.mask(s.Text), Quote: a.mask(m.Quote), ReplyTo: s.ReplyTo, Files: a.maskedFiles(s.Files)}
	name := "m " + s.ID
	if s.Edited {
		e.What, name = edited, "e "+s.ID+" "+digest(s.Text)
	}
	n, err := a.add(ctx, room.String(), name, e)
	if err != nil {
		return err
	}
	if err := a.config.Handle(ctx, m); err != nil {
		return err
	}
	return a.stays(ctx, room.String(), name, n, e)
}

// stays shows an entry again that is gone with its feed since it got its number: whoever
// wanted to be forgotten a moment ago is erased once more when the goodbye is out, and
// what they said meanwhile belongs to the conversation after that.
func (a *Adapter) stays(ctx context.Context, feed, name string, number int64, e entry) error {
	newest, err := a.config.Feeds.Newest(ctx, feed)
	if err == nil && newest < number {
		_, err = a.add(ctx, feed, name, e)
	}
	return err
}

func (a *Adapter) mask(text string) string {
	if a.config.Mask == nil || text == "" {
		return text
	}
	return a.config.Mask(text)
}

// plain gives an id that a page names something by; "" for what is none, and for what
// hides something personal.
func (a *Adapter) plain(id string) string {
	if !idForm.MatchString(id) || a.mask(id) != id {
		return ""
	}
	return id
}

// sound gives files as an upload can have given them: what a page says of them
// otherwise is left out.
func sound(all []file) (out []file) {
	for _, f := range all {
		if !uploadForm.MatchString(f.Name) {
			f.Name = ""
		}
		if _, taken := kinds[f.Type]; !taken {
			f.Type = ""
		}
		f.Size = min(max(f.Size, 0), fileMost)
		out = append(out, f)
	}
	return out
}

func (a *Adapter) maskedFiles(all []file) (out []file) {
	for _, f := range all {
		f.Kind, f.Title = kindOf(f.Type), a.mask(cut(f.Title, 120))
		out = append(out, f)
	}
	return out
}

// readJSON reads a request's body; false: it has answered.
func readJSON(w http.ResponseWriter, r *http.Request, v any) bool {
	if kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); kind != "application/json" {
		problem(w, r, http.StatusUnsupportedMediaType, "请求的格式不对，请刷新页面。", "The request has the wrong form. Please reload the page.")
		return false
	}
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, sayingMost)).Decode(v)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		problem(w, r, http.StatusRequestEntityTooLarge, "内容太长了，请分几次发。", "This is too long. Please send it in parts.")
		return false
	case err != nil:
		problem(w, r, http.StatusBadRequest, "请求的格式不对，请刷新页面。", "The request has the wrong form. Please reload the page.")
		return false
	}
	return true
}

// cut gives the first runes of a text, whole characters.
func cut(text string, runes int) string {
	all := []rune(text)
	if len(all) <= runes {
		return text
	}
	head := string(all[:runes])
	if ends := adapters.Characters(text, len(head)); len(ends) > 0 {
		return text[:ends[len(ends)-1]]
	}
	return head
}
