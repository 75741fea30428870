package telegram

import (
	"context"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/s4bot/s4bot/internal/chat"
)

// typingTimeout is how long Typing may take.
const typingTimeout = 2 * time.Second

// commands are those that the dialog knows, in English and in Chinese.
var commands = []struct{ name, en, zh string }{
	{"start", "Start, or show the last question again", "开始，或再看一遍刚才的问题"},
	{"human", "Talk to a person", "转人工客服"},
	{"why", "Why do you ask this?", "为什么这么问"},
	{"back", "Undo my last answer", "撤回上一个回答"},
	{"restart", "Start over", "重新开始"},
	{"language", "中文 / English", "中文 / English"},
	{"forget", "Delete what is kept about me", "删除我的记录"},
	{"help", "What this bot can do", "使用说明"},
}

// SetCommands puts the commands into Telegram's menu: in Chinese for those whose
// Telegram is Chinese, in English for all others.
func (a *Adapter) SetCommands(ctx context.Context) error {
	var en, zh []tgbotapi.BotCommand
	for _, c := range commands {
		en = append(en, tgbotapi.BotCommand{Command: c.name, Description: c.en})
		zh = append(zh, tgbotapi.BotCommand{Command: c.name, Description: c.zh})
	}
	if err := a.setCommands(ctx, "", en); err != nil {
		return err
	}
	return a.setCommands(ctx, "zh", zh)
}

func (a *Adapter) setCommands(ctx context.Context, language string, list []tgbotapi.BotCommand) error {
	p := params{}
	p.AddNonEmpty("language_code", language)
	if err := p.AddInterface("commands", list); err != nil {
		return err
	}
	_, err := a.call(ctx, requestTimeout, "setMyCommands", p)
	return err
}

// Typing shows in a room that the bot is at work, for some five seconds or
// until the next message. It is best effort and takes two seconds at most.
func (a *Adapter) Typing(ctx context.Context, room chat.Room) {
	chatID, topic, ok := place(room)
	if !ok {
		return
	}
	p := params{"chat_id": strconv.FormatInt(a.movedTo(chatID), 10), "action": "typing"}
	p.AddNonZero("message_thread_id", topic)
	if _, err := a.call(ctx, typingTimeout, "sendChatAction", p); err != nil {
		a.log.Debug("typing was not shown", "err", err)
	}
}
