package telegram

import "strings"

// notices are the parts of messages that Telegram writes, not a person: somebody
// joined, a message was pinned, a payment went through. Kinds that come with a
// later Bot API are in none of these lists; see stranger.
var notices = strings.Fields(`
	new_chat_members new_chat_member new_chat_participant left_chat_member left_chat_participant
	chat_owner_left chat_owner_changed new_chat_title new_chat_photo delete_chat_photo
	group_chat_created supergroup_chat_created channel_chat_created message_auto_delete_timer_changed
	migrate_to_chat_id migrate_from_chat_id pinned_message successful_payment refunded_payment
	user_shared users_shared chat_shared gift unique_gift gift_upgrade_sent connected_website
	write_access_allowed passport_data proximity_alert_triggered boost_added chat_background_set
	checklist_tasks_done checklist_tasks_added direct_message_price_changed paid_message_price_changed
	forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened
	general_forum_topic_hidden general_forum_topic_unhidden giveaway_created giveaway_completed
	suggested_post_approved suggested_post_approval_failed suggested_post_declined
	suggested_post_paid suggested_post_refunded
	video_chat_scheduled video_chat_started video_chat_ended video_chat_participants_invited
	voice_chat_scheduled voice_chat_started voice_chat_ended voice_chat_participants_invited
	web_app_data`)

// service says that Telegram wrote the message, not a person.
func service(m *message) bool { return m.has(notices...) }
