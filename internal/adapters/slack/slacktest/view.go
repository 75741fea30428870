package slacktest

import (
	"encoding/json"
	"maps"
	"net/url"
	"time"
)

// View is a modal that is open, or somebody's home.
type View struct {
	ID, Type, CallbackID, Hash string
	User                       string
	Title, PrivateMetadata     string
	Blocks                     json.RawMessage
	Raw                        json.RawMessage   // all of it, as events show it
	Errors                     map[string]string // what the bot answered to the last submission, by block_id
}

// view is a view as the server keeps it. Its JSON is fields and body.
type view struct {
	user     string
	body     map[string]any // as the bot sent it, with the ids that it left out
	id, hash string
	root     string
	previous string
	errors   map[string]string
}

// trigger is what lets the bot open a view.
type trigger struct {
	user string
	at   time.Time
	used bool
}

// View gives the modal that a person sees, the top one; false: none is open.
func (s *Server) View(user string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.top(user); v != nil {
		return v.public(), true
	}
	return View{}, false
}

// Home gives somebody's app home; false: the bot published none.
func (s *Server) Home(user string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.homes[user]; v != nil {
		return v.public(), true
	}
	return View{}, false
}

// top is the modal that a person sees; nil: none.
func (s *Server) top(user string) *view {
	stack := s.stacks[user]
	if len(stack) == 0 {
		return nil
	}
	return stack[len(stack)-1]
}

// word is a string of the body, or of an object in it.
func (v *view) word(names ...string) string {
	var at any = v.body
	for _, name := range names {
		o, _ := at.(map[string]any)
		at = o[name]
	}
	text, _ := at.(string)
	return text
}

func (v *view) public() View {
	return View{
		ID: v.id, Type: v.word("type"), CallbackID: v.word("callback_id"), Hash: v.hash, User: v.user,
		Title: v.word("title", "text"), PrivateMetadata: v.word("private_metadata"),
		Blocks: marshal(v.body["blocks"]), Raw: marshal(v.json(nil)), Errors: maps.Clone(v.errors),
	}
}

// json is the view as events and answers show it.
func (v *view) json(state map[string]any) map[string]any {
	if state == nil {
		state = map[string]any{}
	}
	out := map[string]any{
		"id": v.id, "team_id": TeamID, "app_id": AppID, "bot_id": BotID, "app_installed_team_id": TeamID, "hash": v.hash,
		"root_view_id": v.root, "previous_view_id": nil, "state": map[string]any{"values": state},
		"private_metadata": "", "callback_id": "", "external_id": "", "title": nil, "submit": nil, "close": nil,
		"clear_on_close": false, "notify_on_close": false,
	}
	if v.previous != "" {
		out["previous_view_id"] = v.previous
	}
	maps.Copy(out, v.body)
	return out
}

// readView reads a view strictly. Not nil: what is wrong with it.
func (s *Server) readView(user string, raw []byte, kind string) (*view, answer) {
	var body map[string]any
	if json.Unmarshal(raw, &body) != nil {
		return nil, refuse("invalid_arguments", "[ERROR] the view is not an object")
	}
	if wrong := checkView(body, kind); len(wrong) > 0 {
		return nil, refuse("invalid_arguments", wrong...)
	}
	blocks, _ := body["blocks"].([]any)
	s.identify(blocks)
	v := &view{user: user, body: body, id: s.id("V"), hash: s.id("hash.")}
	v.root = v.id
	return v, nil
}

func checkView(body map[string]any, kind string) []string {
	f := fields{
		"type!": oneOf(kind), "blocks!": anything, "callback_id": str(255), "private_metadata": str(3000), "external_id": str(255),
	}
	if kind == "modal" {
		maps.Copy(f, fields{
			"title!": plain(24), "submit": plain(24), "close": plain(24), "clear_on_close": boolean, "notify_on_close": boolean, "submit_disabled": boolean,
		})
	}
	blocks, _ := body["blocks"].([]any)
	c := checkBlocks(blocks, 100, "/view/blocks")
	object(f)(c, "/view", body)
	for _, b := range blocks {
		if o, _ := b.(map[string]any); kind == "modal" && o["type"] == "input" && body["submit"] == nil {
			c.add("/view", "missing required field: submit")
		}
	}
	return c.wrong
}

// pull uses a trigger up. Not "": what is wrong.
func (s *Server) pull(id string) (user, wrong string) {
	t := s.triggers[id]
	switch {
	case t == nil:
		return "", "invalid_trigger_id"
	case time.Since(t.at) > s.TriggerAge:
		return "", "expired_trigger_id"
	case t.used:
		return "", "exchanged_trigger_id"
	}
	t.used = true
	return t.user, ""
}

func openView(s *Server, p url.Values) answer {
	user, wrong := s.pull(p.Get("trigger_id"))
	if wrong != "" {
		return refuse(wrong)
	}
	v, a := s.readView(user, []byte(p.Get("view")), "modal")
	if a != nil {
		return a
	}
	s.stacks[user] = []*view{v}
	return okay(map[string]any{"view": v.json(nil)})
}

func pushView(s *Server, p url.Values) answer {
	user, wrong := s.pull(p.Get("trigger_id"))
	if wrong != "" {
		return refuse(wrong)
	}
	v, a := s.readView(user, []byte(p.Get("view")), "modal")
	if a != nil {
		return a
	}
	if !s.push(user, v) {
		return refuse("push_limit_reached")
	}
	return okay(map[string]any{"view": v.json(nil)})
}

// push puts a view on top; false: there are three.
func (s *Server) push(user string, v *view) bool {
	below := s.top(user)
	if len(s.stacks[user]) >= 3 {
		return false
	}
	if below != nil {
		v.root, v.previous = below.root, below.id
	}
	s.stacks[user] = append(s.stacks[user], v)
	return true
}

func updateView(s *Server, p url.Values) answer {
	old := s.openView(p.Get("view_id"), p.Get("external_id"))
	switch {
	case old == nil:
		return refuse("not_found")
	case p.Get("hash") != "" && p.Get("hash") != old.hash:
		return refuse("hash_conflict")
	}
	v, a := s.readView(old.user, []byte(p.Get("view")), old.word("type"))
	if a != nil {
		return a
	}
	old.replace(v)
	return okay(map[string]any{"view": old.json(nil)})
}

func (v *view) replace(by *view) { v.body, v.hash, v.errors = by.body, by.hash, nil }

// openView finds an open view by one of its ids; nil: there is none.
func (s *Server) openView(id, external string) *view {
	for _, stack := range s.stacks {
		for _, v := range stack {
			if v.id == id || external != "" && v.word("external_id") == external {
				return v
			}
		}
	}
	for _, v := range s.homes {
		if v.id == id {
			return v
		}
	}
	return nil
}

func publishView(s *Server, p url.Values) answer {
	user := p.Get("user_id")
	if s.users[user] == "" {
		return refuse("user_not_found")
	}
	v, a := s.readView(user, []byte(p.Get("view")), "home")
	if a != nil {
		return a
	}
	if old := s.homes[user]; old != nil {
		if p.Get("hash") != "" && p.Get("hash") != old.hash {
			return refuse("hash_conflict")
		}
		v.id, v.root = old.id, old.id
	}
	s.homes[user] = v
	return okay(map[string]any{"view": v.json(nil)})
}
