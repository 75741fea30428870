package web

import (
	"context"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/s4bot/s4bot/internal/insight"
)

// spans are the times that a report can be about, in days.
var spans = []int{7, 30, 90}

func (a *Adapter) addInsights(mux *http.ServeMux) {
	if a.config.Insights == nil {
		return
	}
	mux.Handle("GET /insights", a.working(a.showInsights))
	mux.Handle("GET /insights/{file}", a.working(a.sendInsights))
}

// insightsPage is what the page on the cases shows.
type insightsPage struct {
	Days     int
	Spans    []span
	From, To string
	Skipped  string // how many conversations could not be read; "": all could
	Whole    string // the day before which something is missing; "": nothing is
	Empty    bool
	Radar    radar
	Tiles    []tile
	Sections []section
}

// span is a choice of time.
type span struct {
	Days    int
	Label   string
	Current bool
}

// section is some blocks under a heading.
type section struct {
	ID, Title string
	Blocks    []block
}

// charts is one drawing for narrow places and one for wide ones; without the latter
// the first serves both.
type charts struct{ Narrow, Wide template.HTML }

func (a *Adapter) showInsights(w http.ResponseWriter, r *http.Request, who worker) {
	report, days, ok := a.report(w, r)
	if !ok {
		return
	}
	a.render(w, r, "insights", pick(langOf(r), "数据", "Insights"), &who, newInsightsPage(report, days))
}

// sendInsights sends the table of a block as a download.
func (a *Adapter) sendInsights(w http.ResponseWriter, r *http.Request, _ worker) {
	id, ok := strings.CutSuffix(r.PathValue("file"), ".csv")
	if !ok {
		http.NotFound(w, r)
		return
	}
	report, days, ok := a.report(w, r)
	if !ok {
		return
	}
	for _, b := range newInsightsPage(report, days).blocks() {
		if b.ID == id {
			sendCSV(w, "s4bot-"+id+"-"+strconv.Itoa(days)+"d", b.Table)
			return
		}
	}
	http.NotFound(w, r)
}

// report makes the report that a request asks for; ok is false once it is answered
// that this can't be.
func (a *Adapter) report(w http.ResponseWriter, r *http.Request) (report insight.Report, days int, ok bool) {
	days = daysOf(r.URL.Query())
	report, err := a.config.Insights(r.Context(), insight.Query{Days: days, Lang: langOf(r)})
	if err != nil {
		if r.Context().Err() == nil || r.Context().Err() == context.DeadlineExceeded {
			a.log.Error("a report could not be made", "error", err)
		}
		problem(w, r, http.StatusServiceUnavailable, "现在读不到数据，请稍后刷新。", "The data can't be read just now. Please reload in a moment.")
		return report, days, false
	}
	report.Lang = langOf(r)
	return report, days, true
}

// daysOf gives the days that an address asks for, 30 unless it is a choice.
func daysOf(q url.Values) int {
	for _, days := range spans {
		if q.Get("days") == strconv.Itoa(days) {
			return days
		}
	}
	return 30
}

func newInsightsPage(r insight.Report, days int) insightsPage {
	d := drawing{report: r, days: days, lang: r.Lang}
	p := insightsPage{Days: days, Empty: r.Empty(), Radar: d.radar(), Tiles: d.tiles(), Sections: d.sections()}
	if !r.From.IsZero() {
		p.From, p.To = d.date(r.From), d.date(r.To.AddDate(0, 0, -1))
	}
	if r.Skipped > 0 {
		p.Skipped = d.count(r.Skipped, "%d 个对话读不出来，没有算进来", "%d conversation could not be read and is left out", "%d conversations could not be read and are left out")
	}
	if !r.Whole.IsZero() {
		p.Whole = d.date(r.Whole)
	}
	for _, n := range spans {
		p.Spans = append(p.Spans, span{n, d.t(strconv.Itoa(n)+" 天", strconv.Itoa(n)+" days"), n == days})
	}
	return p
}

// blocks gives all that can be downloaded.
func (p insightsPage) blocks() []block {
	out := append([]block{p.Radar.Watched}, p.Radar.Blocks...)
	for _, s := range p.Sections {
		out = append(out, s.Blocks...)
	}
	return out
}
