package slacktest

import (
	"net/url"
	"slices"
)

// method is a method of the Web API: the parameters it has, what it does with the
// mutex held, and whether it is the app's and not the bot's.
type method struct {
	params []string
	do     func(s *Server, p url.Values) answer
	app    bool
}

// What methods that write have, and those that read.
var (
	written = []string{
		"channel", "text", "blocks", "attachments", "thread_ts", "parse", "link_names", "username", "icon_url", "icon_emoji", "as_user",
	}
	posted = []string{"metadata", "mrkdwn", "reply_broadcast", "unfurl_links", "unfurl_media", "markdown_text"}
	paged  = []string{"channel", "cursor", "limit", "oldest", "latest", "inclusive", "include_all_metadata"}
)

var methods map[string]method

func init() {
	methods = map[string]method{
		"auth.test":                    {nil, authTest, false},
		"apps.connections.open":        {nil, openConnection, true},
		"chat.postMessage":             {slices.Concat(written, posted), postMessage, false},
		"chat.postEphemeral":           {slices.Concat(written, []string{"user", "markdown_text"}), postEphemeral, false},
		"chat.update":                  {slices.Concat(written, []string{"ts", "metadata", "reply_broadcast", "file_ids", "markdown_text"}), updateMessage, false},
		"chat.delete":                  {[]string{"channel", "ts", "as_user"}, deleteMessage, false},
		"chat.getPermalink":            {[]string{"channel", "message_ts"}, getPermalink, false},
		"conversations.history":        {paged, history, false},
		"conversations.replies":        {slices.Concat(paged, []string{"ts"}), replies, false},
		"conversations.info":           {[]string{"channel", "include_locale", "include_num_members"}, channelInfo, false},
		"conversations.open":           {[]string{"channel", "users", "return_im", "prevent_creation"}, openDM, false},
		"conversations.join":           {[]string{"channel"}, joinChannel, false},
		"reactions.add":                {[]string{"channel", "timestamp", "name"}, addReaction, false},
		"reactions.remove":             {[]string{"channel", "timestamp", "name", "file", "file_comment"}, removeReaction, false},
		"users.info":                   {[]string{"user", "include_locale"}, userInfo, false},
		"usergroups.list":              {[]string{"include_count", "include_disabled", "include_users", "team_id"}, listGroups, false},
		"views.open":                   {[]string{"trigger_id", "view", "interactivity_pointer"}, openView, false},
		"views.push":                   {[]string{"trigger_id", "view", "interactivity_pointer"}, pushView, false},
		"views.update":                 {[]string{"view_id", "external_id", "view", "hash"}, updateView, false},
		"views.publish":                {[]string{"user_id", "view", "hash"}, publishView, false},
		"files.getUploadURLExternal":   {[]string{"filename", "length", "alt_txt", "snippet_type"}, getUploadURL, false},
		"files.completeUploadExternal": {[]string{"files", "channel_id", "channels", "thread_ts", "initial_comment", "blocks"}, completeUpload, false},
		"files.info":                   {[]string{"file", "count", "page", "limit", "cursor"}, fileInfo, false},
		"files.delete":                 {[]string{"file"}, deleteFile, false},
	}
}

func authTest(s *Server, _ url.Values) answer {
	return okay(map[string]any{
		"url": s.URL + "/", "team": "S4 Test", "user": "s4bot", "team_id": TeamID, "user_id": BotUser, "bot_id": BotID,
		"is_enterprise_install": false,
	})
}
