package slacktest

import (
	"encoding/json"
	"slices"
	"time"
)

// Taps taps the button with this action_id, of a message that the person sees.
func (p *Person) Taps(channel, ts, actionID string) *Delivery {
	return p.Chooses(channel, ts, actionID, "")
}

// Chooses picks the option with this value in a menu of a message.
func (p *Person) Chooses(channel, ts, actionID, value string) *Delivery {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.seen(p.User, channel, ts)
	if m == nil {
		s.misused("%s sees no message %s in %s", p.User, ts, channel)
	}
	var blocks []any
	_ = json.Unmarshal(m.Blocks, &blocks)
	action := findAction(blocks, actionID, value)
	if action == nil {
		s.misused("message %s has no %s with the value %q: %s", ts, actionID, value, m.Blocks)
	}
	payload := p.tapped(action)
	s.locate(payload, p.User, m)
	return s.interact(payload, nil)
}

// locate says which message an interaction is about. Of one that only the person sees
// Slack does not tell the content.
func (s *Server) locate(payload map[string]any, user string, m *Message) {
	payload["response_url"] = s.responseURL(user, m)
	payload["channel"] = map[string]any{"id": m.Channel, "name": s.place(m.Channel).name}
	container := map[string]any{"type": "message", "message_ts": m.TS, "channel_id": m.Channel, "is_ephemeral": m.EphemeralTo != ""}
	if m.ThreadTS != "" {
		container["thread_ts"] = m.ThreadTS
	}
	payload["container"] = container
	if m.EphemeralTo == "" {
		payload["message"] = s.json(m)
	}
}

// TapsView taps a button of a view, or picks the option with this value.
func (p *Person) TapsView(v View, actionID, value string) *Delivery {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	open := s.openView(v.ID, "")
	if open == nil {
		s.misused("view %s is not open", v.ID)
	}
	blocks, _ := open.body["blocks"].([]any)
	action := findAction(blocks, actionID, value)
	if action == nil {
		s.misused("view %s has no %s with the value %q", v.ID, actionID, value)
	}
	payload := p.tapped(action)
	state, _ := open.state(nil)
	payload["view"] = open.json(state)
	payload["container"] = map[string]any{"type": "view", "view_id": open.id}
	return s.interact(payload, nil)
}

// Searches types into an external_select of a view; the answer's payload has the
// options.
func (p *Person) Searches(v View, actionID, text string) *Delivery {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	open := s.openView(v.ID, "")
	if open == nil {
		s.misused("view %s is not open", v.ID)
	}
	blocks, _ := open.body["blocks"].([]any)
	e, block := findElement(blocks, actionID)
	if e == nil {
		s.misused("view %s has no %s", v.ID, actionID)
	}
	payload := p.interaction("block_suggestion")
	payload["action_id"], payload["block_id"], payload["value"] = actionID, block["block_id"], text
	payload["view"] = open.json(nil)
	payload["container"] = map[string]any{"type": "view", "view_id": open.id}
	return s.interact(payload, s.checkOptions)
}

// checkOptions complains about what can't be shown as options.
func (s *Server) checkOptions(answer json.RawMessage) {
	var v any
	_ = json.Unmarshal(answer, &v)
	c := &checker{}
	object(fields{
		"options":       list(0, 100, option(false)),
		"option_groups": list(0, 100, object(fields{"label!": plain(75), "options!": list(0, 100, option(false))})),
	})(c, "", v)
	for _, wrong := range c.wrong {
		s.complain("options that were searched for: %s", wrong)
	}
}

// Shortcut runs a shortcut on a message; with no ts, a global one.
func (p *Person) Shortcut(callbackID, channel, ts string) *Delivery {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	payload := p.interaction("shortcut")
	payload["callback_id"], payload["action_ts"], payload["trigger_id"] = callbackID, s.ts(), s.trigger(p.User)
	if ts != "" {
		m := s.seen(p.User, channel, ts)
		if m == nil {
			s.misused("%s sees no message %s in %s", p.User, ts, channel)
		}
		payload["type"], payload["message"], payload["message_ts"] = "message_action", s.json(m), ts
		payload["channel"] = map[string]any{"id": channel, "name": s.place(channel).name}
		payload["response_url"] = s.responseURL(p.User, &Message{Channel: channel, ThreadTS: m.ThreadTS})
	}
	return s.interact(payload, nil)
}

// Command runs a slash command such as "/s4" in a channel. What the bot answers with
// its acknowledgement is shown.
func (p *Person) Command(command, text, channel string) *Delivery {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	at := &Message{Channel: channel}
	trigger, reply := s.trigger(p.User), s.responseURL(p.User, at)
	payload := marshal(map[string]any{
		"token": "legacy", "team_id": TeamID, "team_domain": "s4test", "api_app_id": AppID, "is_enterprise_install": "false",
		"channel_id": channel, "channel_name": s.place(channel).name, "user_id": p.User, "user_name": "handle-" + p.User,
		"command": command, "text": text, "response_url": reply, "trigger_id": trigger,
	})
	return s.queueDelivery(&Delivery{
		Type: "slash_commands", TriggerID: trigger, Payload: payload, answers: true,
		onAck: func(answer json.RawMessage) { s.answered(p.User, at, answer) },
	})
}

// interaction is what all interactions have.
func (p *Person) interaction(kind string) map[string]any {
	return map[string]any{
		"type": kind, "token": "legacy", "api_app_id": AppID, "enterprise": nil, "is_enterprise_install": false,
		"team": map[string]any{"id": TeamID, "domain": "s4test"},
		"user": map[string]any{"id": p.User, "username": "handle-" + p.User, "name": "handle-" + p.User, "team_id": TeamID},
	}
}

func (p *Person) tapped(action map[string]any) map[string]any {
	action["action_ts"] = p.s.ts()
	payload := p.interaction("block_actions")
	payload["actions"], payload["trigger_id"] = []any{action}, p.s.trigger(p.User)
	payload["state"] = map[string]any{"values": map[string]any{}}
	return payload
}

// interact sends an interaction; the caller holds the mutex.
func (s *Server) interact(payload map[string]any, onAck func(json.RawMessage)) *Delivery {
	trigger, _ := payload["trigger_id"].(string)
	answers := payload["type"] == "view_submission" || payload["type"] == "block_suggestion"
	return s.queueDelivery(&Delivery{Type: "interactive", TriggerID: trigger, Payload: marshal(payload), answers: answers, onAck: onAck})
}

// trigger makes a trigger_id; the caller holds the mutex.
func (s *Server) trigger(user string) string {
	id := s.id("trigger.")
	s.triggers[id] = &trigger{user: user, at: time.Now()}
	return id
}

// seen finds a message that a person sees; nil: there is none.
func (s *Server) seen(user, channel, ts string) *Message {
	i := slices.IndexFunc(s.ephemeral, func(m *Message) bool { return m.TS == ts && m.EphemeralTo == user && !m.Deleted })
	if i >= 0 {
		return s.ephemeral[i]
	}
	return s.place(channel).find(ts)
}

// findElement finds an element and its block; nil: there is none.
func findElement(blocks []any, actionID string) (element, block map[string]any) {
	for _, b := range blocks {
		block, _ := b.(map[string]any)
		for _, e := range elementsOf(block) {
			if e["action_id"] == actionID {
				return e, block
			}
		}
	}
	return nil, nil
}

// findAction is what a tap on an element says; nil: it has no such element or option.
func findAction(blocks []any, actionID, value string) map[string]any {
	e, block := findElement(blocks, actionID)
	if e == nil {
		return nil
	}
	action := map[string]any{"action_id": actionID, "block_id": block["block_id"], "type": e["type"]}
	if e["type"] == "button" {
		action["text"], action["value"] = e["text"], e["value"]
		return action
	}
	filled, has := valueOf(e, value, true)
	if !has {
		return nil
	}
	for name, v := range filled {
		action[name] = v
	}
	return action
}
