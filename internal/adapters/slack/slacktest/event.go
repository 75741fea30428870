package slacktest

import (
	"encoding/json"
	"maps"
	"strings"
	"time"
)

// tellNew sends the event of a new message. One that mentions the bot comes also as
// app_mention, with the same ts.
func (s *Server) tellNew(c *channel, m *Message) {
	e := s.json(m)
	e["channel"], e["channel_type"], e["event_ts"] = c.id, c.kind(), m.TS
	if root := c.find(m.ThreadTS); m.Broadcast && root != nil {
		e["root"] = s.json(root)
	}
	s.tell(c, e)
	if m.User == BotUser || c.kind() == "im" || !strings.Contains(m.Text, "<@"+BotUser+">") {
		return
	}
	mention := maps.Clone(e)
	mention["type"] = "app_mention"
	delete(mention, "channel_type")
	delete(mention, "subtype")
	s.tell(c, mention)
}

func (s *Server) tellChanged(c *channel, m *Message, before map[string]any) {
	ts := s.ts()
	s.tell(c, map[string]any{
		"type": "message", "subtype": "message_changed", "message": s.json(m), "previous_message": before,
		"channel": c.id, "channel_type": c.kind(), "hidden": true, "ts": ts, "event_ts": ts,
	})
}

func (s *Server) tellDeleted(c *channel, m *Message, before map[string]any) {
	ts := s.ts()
	s.tell(c, map[string]any{
		"type": "message", "subtype": "message_deleted", "previous_message": before, "deleted_ts": m.TS,
		"channel": c.id, "channel_type": c.kind(), "hidden": true, "ts": ts, "event_ts": ts,
	})
}

// tell sends an event of a channel, if the bot is there.
func (s *Server) tell(c *channel, event map[string]any) {
	if c.member {
		s.queueEvent(marshal(event))
	}
}

// queueEvent sends an inner event, which need not be JSON. The caller holds the
// mutex.
func (s *Server) queueEvent(event []byte) *Delivery {
	outer := marshal(map[string]any{
		"token": "legacy", "team_id": TeamID, "context_team_id": TeamID, "api_app_id": AppID, "type": "event_callback",
		"event_id": s.id("Ev"), "event_time": time.Now().Unix(), "is_ext_shared_channel": false, "event_context": "4-context",
		"authorizations": []any{map[string]any{"team_id": TeamID, "user_id": BotUser, "is_bot": true, "is_enterprise_install": false}},
	})
	raw := append([]byte(`{"event":`), event...)
	raw = append(raw, ',')
	return s.queueDelivery(&Delivery{Type: "events_api", Payload: append(raw, outer[1:]...)})
}

// InjectEvent sends an inner event, any JSON, inside an event_callback.
func (s *Server) InjectEvent(raw []byte) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.queueEvent(raw)
}

// InjectCallback sends an outer event, any JSON, as it is.
func (s *Server) InjectCallback(raw []byte) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.queueDelivery(&Delivery{Type: "events_api", Payload: raw})
}

// InjectEnvelope sends a text through a socket as it is; it need not be JSON. If it has
// an envelope_id, that must be acknowledged; if not, it goes out once. With HTTP it
// is posted as an event.
func (s *Server) InjectEnvelope(raw []byte) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	var head struct {
		ID   string `json:"envelope_id"`
		Type string `json:"type"`
	}
	_ = json.Unmarshal(raw, &head)
	return s.queueDelivery(&Delivery{ID: head.ID, Type: "raw", Payload: raw, silent: head.ID == ""})
}
