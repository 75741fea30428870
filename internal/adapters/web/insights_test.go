package web_test

import (
	"context"
	"encoding/csv"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/web"
	"github.com/s4bot/s4bot/internal/insight"
)

// reporting is a site whose page on the cases shows a report.
func reporting(t testing.TB, report func(q insight.Query) (insight.Report, error)) *site {
	t.Helper()
	return start(t, web.Config{Loopback: true, Library: testLibrary(), Insights: func(_ context.Context, q insight.Query) (insight.Report, error) {
		return report(q)
	}})
}

func sampled(q insight.Query) (insight.Report, error) { return sampleReport(q), nil }

// fetch gets a page as a browser does.
func (s *site) fetch(path string) (status int, head http.Header, body string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.server.URL+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, read(s.t, answer)
}

func TestInsightsPageIsSound(t *testing.T) {
	s := reporting(t, sampled)
	for _, path := range []string{"/insights?lang=zh", "/insights?lang=en", "/insights?lang=en&days=7", "/insights?lang=zh&days=90"} {
		status, _, body := s.fetch(path)
		if status != http.StatusOK {
			t.Fatalf("%s: %d %s", path, status, body)
		}
		checkPage(t, path, body)
		if n := len(body) + s.weight("base.css", "chart.css", "insights.css"); n > 150_000 {
			t.Errorf("%s weighs %d bytes with its styles", path, n)
		}
	}
}

func TestAnOutageThatManyThingsTellOfStaysLight(t *testing.T) {
	s := reporting(t, func(q insight.Query) (insight.Report, error) {
		r := sampleReport(q)
		loud := r.Radar.Signals[0]
		r.Radar.Signals = []insight.Signal{loud, loud, loud, loud, loud, loud}
		return r, nil
	})
	_, _, body := s.fetch("/insights?lang=en&days=30")
	if n := len(body) + s.weight("base.css", "chart.css", "insights.css"); n > 150_000 {
		t.Errorf("the page weighs %d bytes with its styles", n)
	}
	if !strings.Contains(body, `id="ch-radar-1-wide-t`) || strings.Contains(body, `id="ch-radar-2-wide-t`) {
		t.Error("not the first alarm alone is drawn large")
	}
	_, _, csv := s.fetch("/insights/radar-1.csv?lang=en&days=30")
	if rows := strings.Count(csv, "\n") - 1; rows != len(sampleReport(insight.Query{}).Radar.Labels) {
		t.Errorf("the download has %d rows", rows)
	}
}

// weight adds up the sizes of assets.
func (s *site) weight(names ...string) int {
	sum := 0
	for _, name := range names {
		_, _, body := s.fetch("/assets/" + name)
		sum += len(body)
	}
	return sum
}

func TestTheRadarStandsFirst(t *testing.T) {
	rising := reporting(t, sampled)
	_, _, body := rising.fetch("/insights?lang=zh")
	for _, want := range []string{"现在有异常", "14 家商户", "自 20:00 起", "ch-moment", "ch-band"} {
		if at := strings.Index(body, want); at < 0 || at > strings.Index(body, `class="tiles"`) {
			t.Errorf("%q stands at %d", want, at)
		}
	}
	for name, test := range map[string]struct {
		radar insight.Radar
		want  string
	}{
		"calm":     {insight.Radar{Watched: 71, History: 1e15}, "一切如常"},
		"learning": {insight.Radar{}, "还在学习平时的样子"},
		"over":     {insight.Radar{History: 1e15, Signals: []insight.Signal{{Name: insight.Name{Label: "工行"}, Alarm: &insight.Alarm{Step: 99, Sentence: "工行：9 家"}}}}, "现在平静了"},
	} {
		s := reporting(t, func(q insight.Query) (insight.Report, error) {
			r := sampleReport(q)
			r.Radar = test.radar
			return r, nil
		})
		_, _, body := s.fetch("/insights?lang=zh")
		if checkPage(t, name, body); !strings.Contains(body, test.want) || strings.Contains(body, "现在有异常") {
			t.Errorf("%s: %q is missing", name, test.want)
		}
	}
}

func TestInsightsOfNothing(t *testing.T) {
	s := reporting(t, func(q insight.Query) (insight.Report, error) { return insight.Report{Lang: q.Lang}, nil })
	_, _, body := s.fetch("/insights?lang=zh")
	if checkPage(t, "nothing", body); !strings.Contains(body, "还没有数据") || strings.Contains(body, "<svg") {
		t.Errorf("the page is %s", body)
	}
	if status, _, _ := s.fetch("/insights/days.csv"); status != http.StatusOK {
		t.Errorf("the download of nothing: %d", status)
	}
}

func TestInsightsThatCannotBeMade(t *testing.T) {
	s := reporting(t, func(insight.Query) (insight.Report, error) {
		return insight.Report{}, errors.New("the store is closed")
	})
	for _, path := range []string{"/insights", "/insights/days.csv"} {
		if status, _, body := s.fetch(path); status != http.StatusServiceUnavailable || strings.Contains(body, "store") {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	if !strings.Contains(s.log.String(), "the store is closed") {
		t.Errorf("the log says %s", s.log)
	}
}

var csvLink = regexp.MustCompile(`href="(/insights/[a-z0-9-]+\.csv\?days=90)"`)

// TestEveryChartCanBeDownloaded follows all links to downloads: each is a table of
// the form of RFC 4180 without a cell that a spreadsheet would run.
func TestEveryChartCanBeDownloaded(t *testing.T) {
	s := reporting(t, sampled)
	_, _, body := s.fetch("/insights?days=90")
	links := csvLink.FindAllStringSubmatch(body, -1)
	if len(links) < 15 {
		t.Fatalf("only %d links", len(links))
	}
	for _, link := range links {
		status, head, text := s.fetch(link[1])
		if status != http.StatusOK || head.Get("Content-Type") != "text/csv; charset=utf-8" || !strings.Contains(head.Get("Content-Disposition"), "attachment; filename=\"s4bot-") {
			t.Errorf("%s: %d %v", link[1], status, head)
		}
		text, marked := strings.CutPrefix(text, "\uFEFF")
		if !marked || !strings.HasSuffix(text, "\r\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") {
			t.Errorf("%s has no mark or other ends of lines: %.60q", link[1], text)
		}
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(rows) < 2 {
			t.Errorf("%s: %d rows, %v", link[1], len(rows), err)
		}
	}
	for _, path := range []string{"/insights/nothing.csv", "/insights/days", "/insights/..%2fdays.csv"} {
		if status, _, _ := s.fetch(path); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
}

func TestDownloadsRunNothing(t *testing.T) {
	texts := []string{"=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "\r\n=1", "＝1+1", "\u00a0@x", "-5", "+86.5", "-3%", "a=b", "quote \" and, comma\nand line", "\x00=1", "\xff=1"}
	want := []string{"'=1+1", "'+1+1", "'-1+1", "'@SUM(A1)", "'\t=1", "' =1", "'\n=1", "'＝1+1", "'\u00a0@x", "-5", "+86.5", "-3%", "a=b", "quote \" and, comma\nand line", "'=1", "\ufffd=1"}
	s := reporting(t, func(q insight.Query) (insight.Report, error) {
		r := insight.Report{}
		for _, text := range texts {
			r.Gaps.Groups = append(r.Gaps.Groups, insight.GapGroup{Text: text})
		}
		return r, nil
	})
	_, _, body := s.fetch("/insights/gaps.csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\uFEFF"))).ReadAll()
	if err != nil || len(rows) != len(want)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, row := range rows[1:] {
		if row[0] != want[i] {
			t.Errorf("%q is downloaded as %q, want %q", texts[i], row[0], want[i])
		}
	}
}

// TestInsightsShowHostileTextHarmlessly puts markup wherever a report has a text.
func TestInsightsShowHostileTextHarmlessly(t *testing.T) {
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>` + "\u202e"
	bad := insight.Name{ID: evil, Label: evil}
	s := reporting(t, func(q insight.Query) (insight.Report, error) {
		r := sampleReport(q)
		r.Handoffs.Bars[0].Name, r.Causes.Layers[0].Name, r.Confusion.Names[0] = bad, bad, bad
		r.Confusion.Mistakes[0].Predicted, r.Worth[0].Name, r.Articles[0].Name = bad, bad, bad
		r.Gaps.Groups[0].Text, r.Misread.Rows[0].Text, r.Misread.Rows[0].Read = evil, evil, bad
		r.Failures.Rows[0].Reason, r.Failures.Rows[0].Side = evil, bad
		r.Radar.Signals[0].Name, r.Radar.Signals[0].KindLabel, r.Radar.Labels[3] = bad, evil, evil
		alarm := *r.Radar.Signals[0].Alarm
		alarm.Sentence = evil
		r.Radar.Signals[0].Alarm = &alarm
		r.Days.SolvedLabel, r.Days.Days[0].Label, r.Questions.MedianText, r.Questions.Bins[0].Label, r.Totals.TimeText = evil, evil, evil, evil, evil
		r.Calibration.Claims[0].Label = evil
		return r, nil
	})
	_, _, body := s.fetch("/insights")
	checkPage(t, "hostile", body)
	if strings.Contains(body, "<script>") || strings.Contains(body, "<img src=x") || !strings.Contains(body, "&lt;script&gt;") {
		t.Error("markup in texts is markup of the page")
	}
}

func TestLookingInIsForTheTeam(t *testing.T) {
	s := start(t, web.Config{Token: "secret-token", Library: testLibrary(), Insights: func(_ context.Context, q insight.Query) (insight.Report, error) { return sampled(q) }})
	for _, path := range []string{"/insights", "/insights/days.csv", "/knowledge", "/knowledge/card.expired", "/knowledge.csv"} {
		status, head, body := s.fetch(path)
		if status != http.StatusSeeOther || !strings.HasPrefix(head.Get("Location"), "/signin") || len(body) > 200 {
			t.Errorf("%s: %d to %s", path, status, head.Get("Location"))
		}
	}
}
