package slack

import (
	"regexp"
	"strings"
)

// shortcode is an emoji as Slack writes it, with or without a skin tone.
var shortcode = regexp.MustCompile(`:([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?`)

// withEmoji puts the common emoji in place of their names; others stay.
func withEmoji(text string) string {
	if strings.Count(text, ":") < 2 {
		return text
	}
	return shortcode.ReplaceAllStringFunc(text, func(code string) string {
		name, _, _ := strings.Cut(code[1:], ":")
		if e, ok := emoji[name]; ok {
			return e
		}
		return code
	})
}

// emoji are the common ones, by the name that Slack gives them.
var emoji = map[string]string{
	"smile": "😄", "smiley": "😃", "grinning": "😀", "blush": "😊", "wink": "😉", "grin": "😁",
	"laughing": "😆", "satisfied": "😆", "joy": "😂", "rolling_on_the_floor_laughing": "🤣",
	"slightly_smiling_face": "🙂", "upside_down_face": "🙃", "relaxed": "☺️", "heart_eyes": "😍",
	"kissing_heart": "😘", "yum": "😋", "sunglasses": "😎", "thinking_face": "🤔", "neutral_face": "😐",
	"expressionless": "😑", "no_mouth": "😶", "smirk": "😏", "unamused": "😒", "face_with_rolling_eyes": "🙄",
	"grimacing": "😬", "relieved": "😌", "pensive": "😔", "sleeping": "😴", "mask": "😷", "confused": "😕",
	"worried": "😟", "slightly_frowning_face": "🙁", "open_mouth": "😮", "hushed": "😯", "astonished": "😲",
	"flushed": "😳", "cry": "😢", "sob": "😭", "scream": "😱", "disappointed": "😞", "sweat": "😓",
	"sweat_smile": "😅", "tired_face": "😫", "angry": "😠", "rage": "😡", "hugging_face": "🤗",
	"innocent": "😇", "sleepy": "😪", "dizzy_face": "😵", "zipper_mouth_face": "🤐", "nerd_face": "🤓",
	"face_palm": "🤦", "shrug": "🤷", "+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎",
	"ok_hand": "👌", "wave": "👋", "clap": "👏", "raised_hands": "🙌", "pray": "🙏", "handshake": "🤝",
	"muscle": "💪", "point_up": "☝️", "point_up_2": "👆", "point_down": "👇", "point_left": "👈",
	"point_right": "👉", "raised_hand": "✋", "v": "✌️", "fist": "✊", "writing_hand": "✍️", "eyes": "👀",
	"heart": "❤️", "broken_heart": "💔", "sparkles": "✨", "star": "⭐", "fire": "🔥", "100": "💯",
	"tada": "🎉", "rocket": "🚀", "zap": "⚡", "boom": "💥", "sunny": "☀️", "coffee": "☕", "rose": "🌹",
	"white_check_mark": "✅", "heavy_check_mark": "✔️", "ballot_box_with_check": "☑️", "x": "❌",
	"negative_squared_cross_mark": "❎", "no_entry": "⛔", "no_entry_sign": "🚫", "warning": "⚠️",
	"exclamation": "❗", "heavy_exclamation_mark": "❗", "question": "❓", "bangbang": "‼️",
	"information_source": "ℹ️", "bulb": "💡", "bell": "🔔", "no_bell": "🔕", "mag": "🔍", "lock": "🔒",
	"unlock": "🔓", "key": "🔑", "wrench": "🔧", "hammer": "🔨", "gear": "⚙️", "link": "🔗", "paperclip": "📎",
	"pushpin": "📌", "memo": "📝", "pencil": "📝", "pencil2": "✏️", "calendar": "📆", "date": "📅",
	"chart_with_upwards_trend": "📈", "package": "📦", "phone": "☎️", "telephone": "☎️",
	"telephone_receiver": "📞", "iphone": "📱", "computer": "💻", "printer": "🖨️", "battery": "🔋",
	"electric_plug": "🔌", "signal_strength": "📶", "camera": "📷", "credit_card": "💳", "moneybag": "💰",
	"dollar": "💵", "yen": "💴", "receipt": "🧾", "bank": "🏦", "atm": "🏧", "hourglass": "⌛",
	"hourglass_flowing_sand": "⏳", "clock1": "🕐", "watch": "⌚", "alarm_clock": "⏰", "stopwatch": "⏱️",
	"arrow_right": "➡️", "arrow_left": "⬅️", "arrow_up": "⬆️", "arrow_down": "⬇️",
	"arrows_counterclockwise": "🔄", "repeat": "🔁", "red_circle": "🔴", "large_blue_circle": "🔵",
	"large_green_circle": "🟢", "large_yellow_circle": "🟡", "white_circle": "⚪", "black_circle": "⚫",
	"one": "1️⃣", "two": "2️⃣", "three": "3️⃣", "four": "4️⃣", "five": "5️⃣", "six": "6️⃣", "seven": "7️⃣",
	"eight": "8️⃣", "nine": "9️⃣", "zero": "0️⃣", "new": "🆕", "ok": "🆗", "sos": "🆘", "cn": "🇨🇳", "us": "🇺🇸",
	"robot_face": "🤖", "ghost": "👻", "see_no_evil": "🙈", "bow": "🙇", "ok_woman": "🙆", "raising_hand": "🙋",
	"slightly_smiling": "🙂", "partying_face": "🥳", "pleading_face": "🥺", "saluting_face": "🫡",
	"melting_face": "🫠", "skull": "💀", "headphones": "🎧", "speech_balloon": "💬", "email": "📧",
	"envelope": "✉️", "inbox_tray": "📥", "outbox_tray": "📤", "house": "🏠", "car": "🚗", "truck": "🚚",
}
