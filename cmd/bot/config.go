package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// config is the program's configuration. Each value stands in the file under
// its yaml name and in the environment under its env name, which wins; a secret
// may also come from the file that NAME_FILE names.
type config struct {
	RedisURL      string      `yaml:"redis_url"`
	Redis         redisConfig `yaml:"redis"`
	DataDir       string      `yaml:"data_dir"`
	KnowledgeDir  string      `yaml:"knowledge_dir"`
	Retention     duration    `yaml:"retention"`
	MaskPhones    bool        `yaml:"mask_phones"`
	HandoffEffort float64     `yaml:"handoff_effort"`
	HTTPAddr      string      `yaml:"http_addr"`
	WebToken      string      `yaml:"web_token"`
	WebProxies    []string    `yaml:"web_proxies"`
	DebugAddr     string      `yaml:"debug_addr"`
	LogLevel      string      `yaml:"log_level"`
	BurstWait     duration    `yaml:"burst_wait"`

	TelegramToken         string `yaml:"telegram_token"`
	TelegramAPIBase       string `yaml:"telegram_api_base"`
	TelegramWebhookURL    string `yaml:"telegram_webhook_url"`
	TelegramWebhookSecret string `yaml:"telegram_webhook_secret"`

	SlackBotToken      string     `yaml:"slack_bot_token"`
	SlackAppToken      string     `yaml:"slack_app_token"`
	SlackSigningSecret string     `yaml:"slack_signing_secret"`
	SlackAPIBase       string     `yaml:"slack_api_base"`
	SlackDeskChannel   string     `yaml:"slack_desk_channel"`
	Desk               deskConfig `yaml:"desk"`

	manned bool // people are at the desk: the bot serves
}

// redisConfig is a Redis that one URL does not describe: several addresses of a
// cluster, or the Sentinels of a master.
type redisConfig struct {
	Addrs            []string `yaml:"addrs"`
	Master           string   `yaml:"master"`
	Cluster          bool     `yaml:"cluster"`
	Username         string   `yaml:"username"`
	Password         string   `yaml:"password"`
	SentinelPassword string   `yaml:"sentinel_password"`
	TLS              bool     `yaml:"tls"`
}

// duration is a time.Duration that reads "720h".
type duration time.Duration

// UnmarshalYAML implements yaml.Unmarshaler.
func (d *duration) UnmarshalYAML(n *yaml.Node) error {
	v, err := time.ParseDuration(n.Value)
	if err != nil || v <= 0 {
		return fmt.Errorf("line %d: must be a duration such as 720h, not %q", n.Line, n.Value)
	}
	*d = duration(v)
	return nil
}

func defaults() config {
	return config{
		DataDir: "./data", Retention: duration(30 * 24 * time.Hour), HandoffEffort: 60,
		HTTPAddr: "127.0.0.1:8080", LogLevel: "info", BurstWait: duration(700 * time.Millisecond),
		Desk: deskConfig{Remind: duration(5 * time.Minute), Silence: duration(4 * time.Hour)},
	}
}

// loadConfig reads the file, if one is named or bot.yaml exists, and then the
// environment.
func loadConfig(path string, getenv func(string) string) (config, error) {
	c := defaults()
	if err := c.readFile(path); err != nil {
		return c, err
	}
	if err := c.readEnv(getenv); err != nil {
		return c, err
	}
	return c, c.check()
}

// tokenLeast is how long a token must be, in bytes.
const tokenLeast = 8

// check finds values that make no sense; the error names the setting.
func (c *config) check() error {
	if !(c.HandoffEffort >= 1 && c.HandoffEffort <= 1000) { // not a number fails too
		return errors.New("handoff_effort must be from 1 to 1000 (units of 15 seconds)")
	}
	if c.RedisURL != "" && len(c.Redis.Addrs) > 0 {
		return errors.New("redis_url (REDIS_URL) and redis.addrs both say where Redis is: keep one of them")
	}
	if c.Redis.Master != "" && len(c.Redis.Addrs) == 0 {
		return errors.New("redis.master needs the addresses of its Sentinels in redis.addrs")
	}
	if _, _, err := net.SplitHostPort(c.HTTPAddr); err != nil {
		return fmt.Errorf("http_addr (HTTP_ADDR) must be HOST:PORT such as 127.0.0.1:8080, not %q", c.HTTPAddr)
	}
	if c.WebToken != "" && len(c.WebToken) < tokenLeast {
		return fmt.Errorf("web_token (WEB_TOKEN) must have %d characters at least: it is all that keeps others out; \"openssl rand -hex 16\" makes one", tokenLeast)
	}
	if _, err := networks(c.WebProxies); err != nil {
		return fmt.Errorf("web_proxies (WEB_PROXIES) must be addresses or networks such as 172.16.0.0/12: %w", err)
	}
	if c.DebugAddr != "" && !loopback(c.DebugAddr) {
		return fmt.Errorf("debug_addr (DEBUG_ADDR) must be on loopback, such as 127.0.0.1:6060, not %q", c.DebugAddr)
	}
	if c.SlackBotToken == "" && (c.SlackAppToken != "" || c.SlackSigningSecret != "" || c.SlackDeskChannel != "") {
		return errors.New("slack_bot_token (SLACK_BOT_TOKEN) is needed beside the other settings of Slack")
	}
	if c.SlackBotToken != "" && c.SlackAppToken == "" && c.SlackSigningSecret == "" {
		return errors.New("slack_bot_token needs slack_app_token (SLACK_APP_TOKEN) for Socket Mode, or slack_signing_secret (SLACK_SIGNING_SECRET) for HTTP")
	}
	if _, err := c.Desk.desk(); err != nil {
		return err
	}
	if err := new(slog.LevelVar).UnmarshalText([]byte(c.LogLevel)); err != nil {
		return fmt.Errorf("log_level (LOG_LEVEL) must be debug, info, warn or error, not %q", c.LogLevel)
	}
	return nil
}

// loopback says whether an address can be reached from this machine only.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// networks reads networks and single addresses.
func networks(names []string) (out []netip.Prefix, err error) {
	for _, name := range names {
		name = strings.TrimSpace(name)
		network, err := netip.ParsePrefix(name)
		if at, e := netip.ParseAddr(name); e == nil {
			network, err = at.Prefix(at.BitLen())
		}
		if err != nil {
			return nil, fmt.Errorf("%q is none", name)
		}
		out = append(out, network)
	}
	return out, nil
}

func (c *config) readFile(path string) error {
	named := path != ""
	if !named {
		path = "bot.yaml"
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) && !named {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the configuration: %w", err)
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(c); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: %s", path, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	return nil
}

func (c *config) readEnv(getenv func(string) string) error {
	for name, field := range map[string]*string{
		"REDIS_URL": &c.RedisURL, "REDIS_PASSWORD": &c.Redis.Password, "REDIS_SENTINEL_PASSWORD": &c.Redis.SentinelPassword,
		"TELEGRAM_TOKEN": &c.TelegramToken, "TELEGRAM_WEBHOOK_SECRET": &c.TelegramWebhookSecret,
		"SLACK_BOT_TOKEN": &c.SlackBotToken, "SLACK_APP_TOKEN": &c.SlackAppToken, "SLACK_SIGNING_SECRET": &c.SlackSigningSecret,
		"WEB_TOKEN": &c.WebToken,
	} {
		value, err := secret(getenv, name)
		if err != nil {
			return err
		}
		set(field, value)
	}
	for name, field := range map[string]*string{
		"DATA_DIR": &c.DataDir, "KNOWLEDGE_DIR": &c.KnowledgeDir, "HTTP_ADDR": &c.HTTPAddr, "DEBUG_ADDR": &c.DebugAddr,
		"LOG_LEVEL": &c.LogLevel, "TELEGRAM_API_BASE": &c.TelegramAPIBase, "TELEGRAM_WEBHOOK_URL": &c.TelegramWebhookURL,
		"SLACK_API_BASE": &c.SlackAPIBase, "SLACK_DESK_CHANNEL": &c.SlackDeskChannel,
		"DESK_LANG": &c.Desk.Lang, "DESK_HOURS": &c.Desk.Hours, "DESK_ZONE": &c.Desk.Zone, "DESK_REMIND_GROUP": &c.Desk.RemindGroup,
		"DESK_KNOWLEDGE_OWNER": &c.Desk.KnowledgeOwner,
	} {
		set(field, getenv(name))
	}
	return c.readValues(getenv)
}

// readValues reads what is not text.
func (c *config) readValues(getenv func(string) string) (err error) {
	if err := c.Desk.readEnv(getenv); err != nil {
		return err
	}
	if v := getenv("WEB_PROXIES"); v != "" {
		c.WebProxies = strings.Split(v, ",")
	}
	if v := getenv("RETENTION"); v != "" {
		d, err := time.ParseDuration(v)
		if err != nil || d <= 0 {
			return fmt.Errorf("RETENTION must be a duration such as 720h, not %q", v)
		}
		c.Retention = duration(d)
	}
	if v := getenv("BURST_WAIT"); v != "" {
		d, err := time.ParseDuration(v)
		if err != nil || d < 0 || d > 10*time.Second {
			return fmt.Errorf("BURST_WAIT must be a duration from 0s to 10s, not %q", v)
		}
		c.BurstWait = duration(d)
	}
	if v := getenv("MASK_PHONES"); v != "" {
		if c.MaskPhones, err = strconv.ParseBool(v); err != nil {
			return fmt.Errorf("MASK_PHONES must be true or false, not %q", v)
		}
	}
	if v := getenv("HANDOFF_EFFORT"); v != "" {
		if c.HandoffEffort, err = strconv.ParseFloat(v, 64); err != nil {
			return fmt.Errorf("HANDOFF_EFFORT must be a number, not %q", v)
		}
	}
	return nil
}

func set(field *string, value string) {
	if value != "" {
		*field = value
	}
}

// secret reads a value from the environment or from the file that NAME_FILE
// names. The error never holds the value.
func secret(getenv func(string) string, name string) (string, error) {
	if path := getenv(name + "_FILE"); path != "" {
		data, err := os.ReadFile(path)
		if err != nil {
			return "", fmt.Errorf("read %s_FILE: %w", name, err)
		}
		return strings.TrimSpace(string(data)), nil
	}
	return getenv(name), nil
}
