package slacktest

import (
	"encoding/json"
	"slices"
	"strings"
)

// Submits submits a view. Values are by action_id: what was typed, or the value of
// the chosen option, or several with commas between them; inputs that are not named
// keep what the view gave them. The bot's answer is acted on before Wait returns:
// errors are shown, views change or close.
func (p *Person) Submits(v View, values map[string]string) *Delivery {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	open := s.openView(v.ID, "")
	if open == nil {
		s.misused("view %s is not open", v.ID)
	}
	state, missing := open.state(values)
	if missing != "" {
		s.misused("view %s can't be submitted without %s", v.ID, missing)
	}
	payload := p.interaction("view_submission")
	payload["view"], payload["response_urls"] = open.json(state), []any{}
	payload["trigger_id"] = s.trigger(p.User)
	return s.interact(payload, func(answer json.RawMessage) { s.submitted(open, answer) })
}

// state gives what a submission has: by block, then by action. missing names an input
// that needs a value and has none.
func (v *view) state(values map[string]string) (state map[string]any, missing string) {
	state = map[string]any{}
	blocks, _ := v.body["blocks"].([]any)
	for _, b := range blocks {
		block, _ := b.(map[string]any)
		for _, e := range elementsOf(block) {
			action, _ := e["action_id"].(string)
			value, given := values[action]
			if e["type"] == "button" || e["type"] == "overflow" || action == "" {
				continue
			}
			filled, has := valueOf(e, value, given)
			id, _ := block["block_id"].(string)
			if state[id] == nil {
				state[id] = map[string]any{}
			}
			state[id].(map[string]any)[action] = filled
			if !has && block["type"] == "input" && block["optional"] != true {
				missing = action
			}
		}
	}
	return state, missing
}

// valueOf is what the state says of one element; false: nothing is in it.
func valueOf(e map[string]any, value string, given bool) (map[string]any, bool) {
	kind, _ := e["type"].(string)
	out := map[string]any{"type": kind}
	name, initial := fieldOf(kind)
	out[name] = e[initial]
	switch {
	case !given:
	case value == "":
		out[name] = nil
	case name == "selected_option":
		out[name] = optionOf(e, value)
	case name == "selected_options":
		chosen := []any{}
		for one := range strings.SplitSeq(value, ",") {
			chosen = append(chosen, optionOf(e, one))
		}
		out[name] = chosen
	case strings.HasPrefix(kind, "multi_"):
		out[name] = strings.Split(value, ",")
	default:
		out[name] = value
	}
	return out, out[name] != nil && out[name] != ""
}

// fieldOf is where the state of an element stands, and the field that it begins
// with.
func fieldOf(kind string) (name, initial string) {
	several := strings.HasPrefix(kind, "multi_") || kind == "checkboxes"
	for _, from := range []string{"users", "conversations", "channels"} {
		if one := strings.TrimSuffix(from, "s"); strings.HasSuffix(kind, from+"_select") {
			if several {
				return "selected_" + from, "initial_" + from
			}
			return "selected_" + one, "initial_" + one
		}
	}
	switch {
	case several:
		return "selected_options", "initial_options"
	case strings.HasSuffix(kind, "_select") || kind == "radio_buttons" || kind == "overflow":
		return "selected_option", "initial_option"
	case kind == "datepicker":
		return "selected_date", "initial_date"
	}
	return "value", "initial_value"
}

// optionOf is the option of an element that has a value. A menu whose options come
// from the bot has any.
func optionOf(e map[string]any, value string) any {
	options, _ := e["options"].([]any)
	groups, _ := e["option_groups"].([]any)
	for _, g := range groups {
		group, _ := g.(map[string]any)
		more, _ := group["options"].([]any)
		options = append(options, more...)
	}
	for _, o := range options {
		if option, _ := o.(map[string]any); option["value"] == value {
			return option
		}
	}
	if kind, _ := e["type"].(string); strings.Contains(kind, "external") {
		return map[string]any{"text": map[string]any{"type": "plain_text", "text": value}, "value": value}
	}
	return nil
}

// submitted does what the bot answered to a submission.
func (s *Server) submitted(v *view, answer json.RawMessage) {
	var a struct {
		Action string            `json:"response_action"`
		View   json.RawMessage   `json:"view"`
		Errors map[string]string `json:"errors"`
	}
	if len(answer) > 0 && json.Unmarshal(answer, &a) != nil {
		s.complain("the answer to a submission is not an object: %s", answer)
		return
	}
	v.errors = nil
	switch a.Action {
	case "":
		s.shut(v)
	case "clear":
		delete(s.stacks, v.user)
	case "errors":
		s.showErrors(v, a.Errors)
	case "update", "push":
		s.showAnswer(v, a.Action, a.View)
	default:
		s.complain("a submission was answered with response_action %q", a.Action)
	}
}

func (s *Server) showErrors(v *view, errors map[string]string) {
	blocks, _ := v.body["blocks"].([]any)
	for id := range errors {
		if !slices.ContainsFunc(blocks, func(b any) bool { o, _ := b.(map[string]any); return o["block_id"] == id && o["type"] == "input" }) {
			s.complain("an error for %q: that is not an input of the view", id)
		}
	}
	if len(errors) == 0 {
		s.complain("a submission was answered with no errors in errors")
	}
	v.errors = errors
}

func (s *Server) showAnswer(v *view, action string, raw json.RawMessage) {
	next, a := s.readView(v.user, raw, "modal")
	switch {
	case a != nil:
		s.complain("the view in the answer to a submission is wrong: %s", marshal(a))
	case action == "update":
		v.replace(next)
	case !s.push(v.user, next):
		s.complain("a fourth view was pushed")
	}
}

// shut closes a view.
func (s *Server) shut(v *view) {
	s.stacks[v.user] = slices.DeleteFunc(s.stacks[v.user], func(o *view) bool { return o == v })
}

// Cancels closes a view without submitting. nil: the bot did not want to be told.
func (p *Person) Cancels(v View) *Delivery {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	open := s.openView(v.ID, "")
	if open == nil {
		s.misused("view %s is not open", v.ID)
	}
	s.shut(open)
	if open.body["notify_on_close"] != true {
		return nil
	}
	payload := p.interaction("view_closed")
	payload["view"], payload["is_cleared"] = open.json(nil), false
	return s.interact(payload, nil)
}
