package slack

import (
	"cmp"
	"log/slog"
	"slices"
	"strings"
	"sync"
)

// repair says what the operator must do about a problem, in one line; empty: it is
// none that an operator can mend.
func repair(p *problem, channel string) string {
	switch p.code {
	case "channel_not_found":
		return "the app does not see the channel " + channel + ": check SLACK_DESK_CHANNEL and invite the app to that channel"
	case "not_in_channel":
		return "invite the app to the channel " + channel + " (/invite)"
	case "is_archived":
		return "the channel " + channel + " is archived: unarchive it, or name another in SLACK_DESK_CHANNEL"
	case "missing_scope":
		return "the app lacks a scope: add " + cmp.Or(p.needed, "what docs/slack-manifest.yaml lists") + " to it and install it anew"
	}
	switch {
	case slices.Contains(locked, p.code):
		return "Slack does not accept " + p.token() + ": install the app anew and set the new token"
	case slices.Contains(forbidden, p.code) || strings.HasPrefix(p.code, "restricted_action"):
		return "the workspace forbids the app to do this: ask its administrator (channel " + channel + ")"
	case p.foreign() && !p.limited():
		return "what answers is not Slack's Web API: check SLACK_API_BASE"
	}
	return ""
}

// token names the token that a call was made with.
func (p *problem) token() string {
	if p.method == "apps.connections.open" {
		return "SLACK_APP_TOKEN"
	}
	return "SLACK_BOT_TOKEN"
}

// locked are the answers to a token that does not count any more.
var locked = []string{"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type"}

// forbidden are the answers to an app that may not do something.
var forbidden = []string{
	"no_permission", "access_denied", "org_login_required", "ekm_access_denied", "team_access_not_granted",
	"enterprise_is_restricted", "team_not_found", "app_missing_action_url", "two_factor_setup_required",
}

// faultLog tells the operator of what only they can mend: once, and again when it
// has changed or come back.
type faultLog struct {
	mu    sync.Mutex        // guards known
	known map[string]string // method → what was said last
}

// note logs a problem that the operator must mend.
func (l *faultLog) note(log *slog.Logger, p *problem, channel string) {
	todo := repair(p, channel)
	if todo == "" {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known[p.method] == todo {
		return
	}
	if l.known == nil {
		l.known = map[string]string{}
	}
	said := false
	for _, other := range l.known {
		said = said || other == todo
	}
	l.known[p.method] = todo
	if !said {
		log.Error("the desk in Slack is out of order; what is for it is kept", "do", todo, "err", p)
	}
}

// clear notes that a method works.
func (l *faultLog) clear(log *slog.Logger, method string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, known := l.known[method]; !known {
		return
	}
	delete(l.known, method)
	if len(l.known) == 0 {
		log.Info("the desk in Slack works again")
	}
}
