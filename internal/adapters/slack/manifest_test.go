package slack_test

import (
	"os"
	"slices"
	"testing"

	"go.yaml.in/yaml/v3"
)

type manifest struct {
	Features struct {
		Shortcuts []struct {
			Type string `yaml:"type"`
			ID   string `yaml:"callback_id"`
		} `yaml:"shortcuts"`
		Commands []struct {
			Command string `yaml:"command"`
		} `yaml:"slash_commands"`
	} `yaml:"features"`
	OAuth struct {
		Scopes struct {
			Bot []string `yaml:"bot"`
		} `yaml:"scopes"`
	} `yaml:"oauth_config"`
	Settings struct {
		Events struct {
			Bot []string `yaml:"bot_events"`
		} `yaml:"event_subscriptions"`
		Interactivity struct {
			Enabled bool `yaml:"is_enabled"`
		} `yaml:"interactivity"`
		SocketMode bool `yaml:"socket_mode_enabled"`
	} `yaml:"settings"`
}

func TestManifestAsksForWhatTheAppNeeds(t *testing.T) {
	raw, err := os.ReadFile("../../../docs/slack-manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := yaml.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	for _, scope := range []string{
		"app_mentions:read", "channels:history", "chat:write", "commands", "files:read", "files:write", "groups:history", "im:history", "reactions:write", "users:read",
	} {
		if !slices.Contains(m.OAuth.Scopes.Bot, scope) {
			t.Errorf("the scope %s is missing", scope)
		}
	}
	for _, event := range []string{"app_mention", "message.channels", "message.groups", "message.im"} {
		if !slices.Contains(m.Settings.Events.Bot, event) {
			t.Errorf("the event %s is missing", event)
		}
	}
	s, c := m.Features.Shortcuts, m.Features.Commands
	if len(s) != 1 || s[0].Type != "message" || s[0].ID != "s4_what" || len(c) != 1 || c[0].Command != "/s4" {
		t.Errorf("it offers %+v and %+v", s, c)
	}
	if !m.Settings.SocketMode || !m.Settings.Interactivity.Enabled {
		t.Error("Socket Mode or interactivity is off")
	}
}
