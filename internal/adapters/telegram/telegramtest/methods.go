package telegramtest

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"time"
)

// method is a method of the Bot API and the parameters it has.
type method struct {
	params []string
	do     func(s *Server, r *http.Request, p Params) answer
}

// What all methods that send have, and all whose file can have a text under it.
var (
	sent = []string{
		"business_connection_id", "chat_id", "message_thread_id", "direct_messages_topic_id", "disable_notification", "protect_content",
		"allow_paid_broadcast", "message_effect_id", "suggested_post_parameters", "reply_parameters", "reply_markup",
	}
	captioned = []string{"caption", "parse_mode", "caption_entities"}
)

// methods by their names in lower case: the Bot API is not particular there.
var methods map[string]method

func init() {
	methods = map[string]method{
		"getme":                  {nil, getMe},
		"getupdates":             {[]string{"offset", "limit", "timeout", "allowed_updates"}, getUpdates},
		"setwebhook":             {[]string{"url", "certificate", "ip_address", "max_connections", "allowed_updates", "drop_pending_updates", "secret_token"}, setWebhook},
		"deletewebhook":          {[]string{"drop_pending_updates"}, deleteWebhook},
		"getwebhookinfo":         {nil, getWebhookInfo},
		"getfile":                {[]string{"file_id"}, getFile},
		"sendmessage":            {slices.Concat(sent, []string{"text", "parse_mode", "entities", "link_preview_options"}), sendMessage},
		"sendlocation":           {slices.Concat(sent, []string{"latitude", "longitude", "horizontal_accuracy", "live_period", "heading", "proximity_alert_radius"}), sendLocation},
		"sendphoto":              {slices.Concat(sent, captioned, []string{"photo", "show_caption_above_media", "has_spoiler"}), sender("photo")},
		"sendvideo":              {slices.Concat(sent, captioned, []string{"video", "duration", "width", "height", "thumbnail", "cover", "start_timestamp", "show_caption_above_media", "has_spoiler", "supports_streaming"}), sender("video")},
		"sendvoice":              {slices.Concat(sent, captioned, []string{"voice", "duration"}), sender("voice")},
		"sendaudio":              {slices.Concat(sent, captioned, []string{"audio", "duration", "performer", "title", "thumbnail"}), sender("audio")},
		"senddocument":           {slices.Concat(sent, captioned, []string{"document", "thumbnail", "disable_content_type_detection"}), sender("document")},
		"sendsticker":            {slices.Concat(sent, []string{"sticker", "emoji"}), sender("sticker")},
		"editmessagereplymarkup": {[]string{"business_connection_id", "chat_id", "message_id", "inline_message_id", "reply_markup"}, editMarkup},
		"editmessagetext":        {[]string{"business_connection_id", "chat_id", "message_id", "inline_message_id", "text", "parse_mode", "entities", "link_preview_options", "reply_markup"}, editText},
		"editmessagecaption":     {slices.Concat(captioned, []string{"business_connection_id", "chat_id", "message_id", "inline_message_id", "show_caption_above_media", "reply_markup"}), editCaption},
		"deletemessage":          {[]string{"chat_id", "message_id"}, deleteMessage},
		"deletemessages":         {[]string{"chat_id", "message_ids"}, deleteMessages},
		"answercallbackquery":    {[]string{"callback_query_id", "text", "show_alert", "url", "cache_time"}, answerCallback},
		"sendchataction":         {[]string{"business_connection_id", "chat_id", "message_thread_id", "action"}, sendChatAction},
		"setmycommands":          {[]string{"commands", "scope", "language_code"}, setCommands},
	}
}

func getMe(*Server, *http.Request, Params) answer {
	return result(map[string]any{
		"id": BotID, "is_bot": true, "first_name": "S4", "username": Username,
		"can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": false,
	})
}

func answerCallback(s *Server, _ *http.Request, p Params) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := p.Get("callback_query_id")
	at, known := s.callbacks[id]
	delete(s.callbacks, id)
	if !known || time.Since(at) > s.CallbackAge {
		return badRequest("query is too old and response timeout expired or query ID is invalid")
	}
	return result(true)
}

var actions = []string{"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"}

func sendChatAction(s *Server, _ *http.Request, p Params) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, a, ok := s.writable(p); !ok {
		return a
	}
	if !slices.Contains(actions, p.Get("action")) {
		return badRequest("wrong parameter action in request")
	}
	return result(true)
}

var commandForm = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

func setCommands(_ *Server, _ *http.Request, p Params) answer {
	var list []struct {
		Command     string `json:"command"`
		Description string `json:"description"`
	}
	if err := json.Unmarshal([]byte(p.Get("commands")), &list); err != nil || len(list) > 100 {
		return badRequest("can't parse BotCommand")
	}
	for _, c := range list {
		if !commandForm.MatchString(c.Command) {
			return badRequest("BOT_COMMAND_INVALID")
		}
		if n := units(c.Description); n < 1 || n > 256 {
			return badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	return result(true)
}
