package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
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
	RedisURL      string   `yaml:"redis_url"`
	DataDir       string   `yaml:"data_dir"`
	KnowledgeDir  string   `yaml:"knowledge_dir"`
	Retention     duration `yaml:"retention"`
	MaskPhones    bool     `yaml:"mask_phones"`
	HandoffEffort float64  `yaml:"handoff_effort"`
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
	return config{DataDir: "./data", Retention: duration(30 * 24 * time.Hour), HandoffEffort: 60}
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
	if !(c.HandoffEffort >= 1 && c.HandoffEffort <= 1000) { // not a number fails too
		return c, errors.New("handoff_effort must be from 1 to 1000 (units of 15 seconds)")
	}
	return c, nil
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
	url, err := secret(getenv, "REDIS_URL")
	if err != nil {
		return err
	}
	set(&c.RedisURL, url)
	set(&c.DataDir, getenv("DATA_DIR"))
	set(&c.KnowledgeDir, getenv("KNOWLEDGE_DIR"))
	if v := getenv("RETENTION"); v != "" {
		d, err := time.ParseDuration(v)
		if err != nil || d <= 0 {
			return fmt.Errorf("RETENTION must be a duration such as 720h, not %q", v)
		}
		c.Retention = duration(d)
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
