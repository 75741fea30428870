package main

import (
	"fmt"
	"time"

	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
)

// deskConfig is how the people at the desk work.
type deskConfig struct {
	Lang        string   `yaml:"lang"`         // zh or en; empty: the merchant's
	Remind      duration `yaml:"remind"`       // until a case that nobody takes is called
	RemindGroup string   `yaml:"remind_group"` // a user group of Slack's, called the second time
	Silence     duration `yaml:"silence"`      // until an agent is told of a silent merchant
	Hours       string   `yaml:"hours"`        // such as "mon-fri 09:00-18:00, sat 10:00-16:00"
	Zone        string   `yaml:"zone"`         // such as Asia/Shanghai; empty: this machine's
	// KnowledgeOwner is a user's id in Slack: who decides on changes of the knowledge
	// that agents propose.
	KnowledgeOwner string `yaml:"knowledge_owner"`
}

// desk gives the desk for the dialog; the error names the setting.
func (d deskConfig) desk() (dialog.Desk, error) {
	if d.Lang != "" && d.Lang != string(kb.Chinese) && d.Lang != string(kb.English) {
		return dialog.Desk{}, fmt.Errorf("desk.lang (DESK_LANG) must be zh or en, not %q", d.Lang)
	}
	spans, err := dialog.ParseHours(d.Hours)
	if err != nil {
		return dialog.Desk{}, fmt.Errorf("desk.hours (DESK_HOURS): %w", err)
	}
	zone := time.Local
	if d.Zone != "" {
		if zone, err = time.LoadLocation(d.Zone); err != nil {
			return dialog.Desk{}, fmt.Errorf("desk.zone (DESK_ZONE) must be a time zone such as Asia/Shanghai, not %q", d.Zone)
		}
	}
	return dialog.Desk{
		Lang: kb.Lang(d.Lang), Remind: time.Duration(d.Remind), Silence: time.Duration(d.Silence), Hours: dialog.Hours{Zone: zone, Spans: spans},
	}, nil
}

// readEnv reads what is not text.
func (d *deskConfig) readEnv(getenv func(string) string) error {
	for name, field := range map[string]*duration{"DESK_REMIND": &d.Remind, "DESK_SILENCE": &d.Silence} {
		v := getenv(name)
		if v == "" {
			continue
		}
		t, err := time.ParseDuration(v)
		if err != nil || t <= 0 {
			return fmt.Errorf("%s must be a duration such as 5m, not %q", name, v)
		}
		*field = duration(t)
	}
	return nil
}
