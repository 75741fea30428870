package bot

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// Metrics are what Prometheus reads. They hold ids of the knowledge, never of
// merchants.
type Metrics struct {
	accepted, repeats, flooded, refused, turns prometheus.Counter
	conflicts, healed, heals, broken, panics   prometheus.Counter
	takeovers                                  prometheus.Counter
	posts                                      *prometheus.CounterVec
	stages                                     *prometheus.HistogramVec
	sends                                      *prometheus.HistogramVec
	queueAge, questions                        prometheus.Histogram
	outcomes, handoffs                         *prometheus.CounterVec
	due, fill, storeUp                         prometheus.Gauge
	holds                                      *prometheus.GaugeVec
}

// The buckets of durations, in seconds.
var (
	fast = []float64{.0002, .0005, .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5}
	slow = []float64{.05, .1, .2, .5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 86400}
)

// NewMetrics makes metrics and registers them; nil: nobody reads them.
func NewMetrics(r prometheus.Registerer) *Metrics {
	if r == nil {
		r = prometheus.NewRegistry()
	}
	n := named{r}
	return &Metrics{
		accepted:  n.counter("messages_accepted_total", "Messages committed."),
		repeats:   n.counter("messages_repeated_total", "Messages that were accepted before."),
		flooded:   n.counter("messages_flooded_total", "Messages not read because their merchant wrote too fast."),
		refused:   n.counter("messages_refused_total", "Messages left with their platform because the gate was closed."),
		turns:     n.counter("turns_total", "Turns of the dialog."),
		conflicts: n.counter("store_conflicts_total", "Changes made again because another process was faster."),
		healed:    n.counter("store_values_put_back_total", "Conversations put back after the store lost writes."),
		heals:     n.counter("store_heals_total", "Times that the store restarted or failed over."),
		broken:    n.counter("store_values_broken_total", "Stored values that could not be read and were kept aside."),
		panics:    n.counter("panics_total", "Faults of the program that held a message or a post."),
		takeovers: n.counter("posts_taken_over_total", "Posts sent without knowing whether a process that ended had sent them."),
		posts:     n.counters("posts_total", "Posts by side and fate: sent, retry, uncertain, failed, gone.", "to", "fate"),
		stages:    n.histograms("turn_seconds", "Time by stage of a turn: load, search, step, commit (with what is within).", fast, "stage"),
		sends:     n.histograms("send_seconds", "Time a platform took to take a post.", slow, "to"),
		queueAge:  n.histogram("post_age_seconds", "Age of posts when they were sent.", slow),
		questions: n.histogram("case_questions", "Questions asked in a case.", []float64{0, 1, 2, 3, 4, 5, 6, 8}),
		outcomes:  n.counters("cases_total", "Cases by cause and outcome: solved, handed_over.", "cause", "outcome"),
		handoffs:  n.counters("handoffs_total", "Handoffs by reason.", "reason"),
		due:       n.gauge("due_conversations", "Conversations found due at the last look."),
		fill:      n.gauge("store_memory_fill", "Share of the store's memory in use; 0 if it has no limit."),
		storeUp:   n.gauge("store_up", "1 if the store answered at the last look."),
		holds:     n.gauges("holds", "1 for each task that this process does for all.", "task"),
	}
}

// named registers metrics under the program's name.
type named struct{ prometheus.Registerer }

func (n named) counter(name, help string) prometheus.Counter {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "s4bot_" + name, Help: help})
	n.MustRegister(c)
	return c
}

func (n named) counters(name, help string, labels ...string) *prometheus.CounterVec {
	c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "s4bot_" + name, Help: help}, labels)
	n.MustRegister(c)
	return c
}

func (n named) gauge(name, help string) prometheus.Gauge {
	g := prometheus.NewGauge(prometheus.GaugeOpts{Name: "s4bot_" + name, Help: help})
	n.MustRegister(g)
	return g
}

func (n named) gauges(name, help string, labels ...string) *prometheus.GaugeVec {
	g := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "s4bot_" + name, Help: help}, labels)
	n.MustRegister(g)
	return g
}

func (n named) histogram(name, help string, buckets []float64) prometheus.Histogram {
	h := prometheus.NewHistogram(prometheus.HistogramOpts{Name: "s4bot_" + name, Help: help, Buckets: buckets})
	n.MustRegister(h)
	return h
}

func (n named) histograms(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	h := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "s4bot_" + name, Help: help, Buckets: buckets}, labels)
	n.MustRegister(h)
	return h
}

// stage begins to time a stage of a turn; what it gives ends it.
func (m *Metrics) stage(name string, now func() time.Time) func() {
	began := now()
	return func() { m.stages.WithLabelValues(name).Observe(now().Sub(began).Seconds()) }
}

// sent counts what became of a post.
func (m *Metrics) sent(to chat.Recipient, err error, took time.Duration) {
	fate := "sent"
	if err != nil {
		fate = fates[adapters.Judge(err).Outcome]
	}
	m.posts.WithLabelValues(string(to), fate).Inc()
	m.sends.WithLabelValues(string(to)).Observe(took.Seconds())
}

func (m *Metrics) up(up bool) {
	m.storeUp.Set(0)
	if up {
		m.storeUp.Set(1)
	}
}

func (m *Metrics) holding(task string, held bool) {
	v := 0.
	if held {
		v = 1
	}
	m.holds.WithLabelValues(task).Set(v)
}

// count takes a committed turn into the metrics, and tells the operator of
// faults.
func (b *Bot) count(out todo) {
	m := b.Metrics
	m.turns.Add(float64(out.turns))
	for _, c := range out.claims {
		if c.over {
			m.takeovers.Inc()
		}
	}
	for _, e := range out.ends {
		m.questions.Observe(float64(e.Questions))
		outcome := "solved"
		if e.Reason != "" {
			outcome = "handed_over"
			m.handoffs.WithLabelValues(string(e.Reason)).Inc()
		}
		m.outcomes.WithLabelValues(e.Cause, outcome).Inc()
	}
	for _, f := range out.faults {
		m.panics.Inc()
		b.Log.LogAttrs(context.Background(), slog.LevelError, "the dialog panicked; the message is held (bot held)",
			slog.String("conversation", out.room.String()), slog.String("kind", strings.ToValidUTF8(f.kind, "?")), slog.String("where", f.where))
	}
}
