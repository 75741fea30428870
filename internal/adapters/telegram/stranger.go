package telegram

import (
	"encoding/json"
	"slices"
	"strings"
)

// around are the parts of a message that are not what it carries.
var around = strings.Fields(`
	message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count
	sender_business_bot sender_tag date business_connection_id chat is_topic_message
	is_automatic_forward forward_origin forward_from forward_from_chat forward_from_message_id
	forward_signature forward_sender_name forward_date reply_to_message external_reply quote
	reply_to_story reply_to_checklist_task_id via_bot edit_date has_protected_content is_from_offline
	is_paid_post media_group_id author_signature paid_star_count text entities link_preview_options
	suggested_post_info effect_id caption caption_entities show_caption_above_media
	has_media_spoiler reply_markup`)

// stranger names what a message without a text carries that the program does not
// know: a poll, a dice, a story, or a kind that is younger than this program. What
// people send is always an object or a list. Empty: there is nothing.
func stranger(m *message) string {
	if m.Text != "" {
		return ""
	}
	var names []string
	for name, raw := range m.parts {
		if !slices.Contains(around, name) && composed(raw) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return slices.Min(names)
}

func composed(raw json.RawMessage) bool {
	return len(raw) > 2 && (raw[0] == '{' || raw[0] == '[')
}
