package slack_test

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/slack"
	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/chat"
)

func TestNewNamesWhatIsWrong(t *testing.T) {
	good := slack.Config{BotToken: "xoxb-1-secret", AppToken: "xapp-1-secret", DeskChannel: desk}
	for name, c := range map[string]struct {
		change func(*slack.Config)
		want   string
	}{
		"all is well":         {func(*slack.Config) {}, ""},
		"no token":            {func(c *slack.Config) { c.BotToken = " " }, "SLACK_BOT_TOKEN is empty"},
		"a token with spaces": {func(c *slack.Config) { c.BotToken = "xoxb secret" }, "SLACK_BOT_TOKEN has characters"},
		"mixed up":            {func(c *slack.Config) { c.BotToken, c.AppToken = c.AppToken, c.BotToken }, "SLACK_BOT_TOKEN is a token of another kind"},
		"a wrong app token":   {func(c *slack.Config) { c.AppToken = "xoxb-1-secret" }, "SLACK_APP_TOKEN"},
		"no app token":        {func(c *slack.Config) { c.AppToken = "" }, ""},
		"a channel's name":    {func(c *slack.Config) { c.DeskChannel = "#desk" }, "SLACK_DESK_CHANNEL must be a channel's id"},
		"no channel":          {func(c *slack.Config) { c.DeskChannel = "" }, ""},
		"an address":          {func(c *slack.Config) { c.APIBase = "xoxb-secret" }, "SLACK_API_BASE"},
		"a group's name":      {func(c *slack.Config) { c.RemindGroup = "@oncall" }, "user group's id"},
		"a language":          {func(c *slack.Config) { c.Lang = "fr" }, "language"},
	} {
		t.Run(name, func(t *testing.T) {
			config := good
			c.change(&config)
			a, err := slack.New(config, slog.Default())
			switch {
			case err == nil && c.want == "":
				a.Close()
			case err == nil || c.want == "" || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret"):
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAPIBaseInItsForms(t *testing.T) {
	for _, form := range []string{"", "/", "/api", "/api/"} {
		r := newOutRig(t)
		other := newOutRig(t, func(c *slack.Config) { c.APIBase = r.server.URL + form })
		other.deliver(chat.Room{Platform: slack.Platform}, cardPost(""))
		if top := r.server.Channel(desk).Top(); len(top) != 1 {
			t.Errorf("%q: %d messages", form, len(top))
		}
	}
}

// Nothing in requests is anything that Slack does not know.
func TestTokensGoToSlackAlone(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	r.deliver(room, withFiles("see", file("content", 7)))
	for _, call := range r.server.CallsOf("upload") {
		if call.Header.Get("Authorization") != "" {
			t.Error("the address of an upload is given the token")
		}
	}
	for _, call := range r.server.Calls() {
		if strings.Contains(call.Params.Encode(), slacktest.AppToken) {
			t.Errorf("%s has the app's token", call.Method)
		}
	}
}
