package browsertest_test

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/browsertest"
)

// Every check must be able to fail: each of these pages has faults, and what the
// test is told of them is compared with what must be found, and with what not.
func TestFaultsAreFound(t *testing.T) {
	b := browsertest.Start(t)
	axe := func(t testing.TB, p *browsertest.Page) { p.Axe(t) }
	focus := func(t testing.TB, p *browsertest.Page) { p.FocusOrder(t) }
	for _, test := range []struct {
		page  string
		check func(testing.TB, *browsertest.Page)
		want  []string
		not   []string
	}{
		{
			"hostile", func(_ testing.TB, p *browsertest.Page) { p.Wait("text=eval was stopped"); p.Click("#handler") },
			[]string{
				"inline style", "inline script", "inline event handler",
				"127.0.0.2/pixel.png", "127.0.0.2/steal", "script-src stops eval",
			},
			nil,
		},
		{
			"broken", func(_ testing.TB, p *browsertest.Page) { p.Wait("text=all said") },
			[]string{`console: "said so" 42`, "nobody caught it", "missing is not defined", "404"},
			nil,
		},
		{"pale", axe, []string{"color-contrast", "label", "image-alt", "button-name", "#nameless"}, nil},
		{"trap", focus, []string{`focus is trapped: from textbox "Held" #held`, "never reaches", "#beyond"}, []string{"cannot be seen"}},
		{"circle", focus, []string{`Tab never reaches link "Beyond" #beyond`}, []string{"#one", "#two"}},
		{"unseen", focus, []string{`the focus cannot be seen on button "Unseen" #unseen`}, []string{"#seen"}},
		{"jump", focus, []string{"jumps up from", "#last"}, []string{"cannot be seen", "to button \"Second\""}},
		{"skipped", focus, []string{`never reaches button "Minus" #minus`, `never reaches button "No button" #div`}, []string{"#first"}},
		{"dialog", focus, nil, []string{"#"}},
		{
			"slow", func(_ testing.TB, p *browsertest.Page) { p.Click("#under") },
			[]string{"for #under", "covered by p#cover", "which shows:", "Cover", "slow.html", "picture: "},
			nil,
		},
		{"slow", func(_ testing.TB, p *browsertest.Page) { p.Click("#off") }, []string{"for #off", "it is disabled"}, nil},
		{"slow", func(_ testing.TB, p *browsertest.Page) { p.Wait("text=hidden words") }, []string{"hidden words", "cannot be seen"}, nil},
		{"slow", func(_ testing.TB, p *browsertest.Page) { p.WaitGone("#cover") }, []string{"#cover to be gone"}, nil},
		{"slow", func(_ testing.TB, p *browsertest.Page) { p.Eval("nothing.at()", nil) }, []string{"nothing is not defined"}, nil},
		{"slow", func(_ testing.TB, p *browsertest.Page) { p.Press("F13") }, []string{"F13"}, nil},
		{"slow", func(_ testing.TB, p *browsertest.Page) { p.SetFiles("#off", "no such file") }, []string{"no such file"}, nil},
	} {
		t.Run(test.page, func(t *testing.T) {
			url := site(t, test.page)
			said := record(t, func(tb testing.TB) {
				p := b.Open(tb, url, browsertest.Desktop)
				if test.page == "slow" {
					p.Patience = 300 * time.Millisecond
				}
				test.check(tb, p)
			})
			forgetPictures(said)
			for _, want := range test.want {
				if !strings.Contains(said, want) {
					t.Errorf("nobody told of %q", want)
				}
			}
			for _, not := range test.not {
				if strings.Contains(said, not) {
					t.Errorf("somebody told of %q", not)
				}
			}
			if t.Failed() {
				t.Logf("told was:\n%s", said)
			}
		})
	}
}

func TestAllowedFaultsAreNotTold(t *testing.T) {
	b := browsertest.Start(t)
	said := record(t, func(tb testing.TB) {
		p := b.Open(tb, site(t, "broken"), browsertest.Desktop)
		p.Allow("said so", "nobody caught it", "missing is not defined", "404")
		p.Wait("text=all said")
		pale := b.Open(tb, site(t, "pale"), browsertest.Desktop)
		why := "this page is for tests"
		pale.Axe(tb, browsertest.Except{What: "color-contrast", Why: why}, browsertest.Except{What: "label", Why: why},
			browsertest.Except{What: "image-alt", Why: why}, browsertest.Except{What: "button-name", Why: why})
		unseen := b.Open(tb, site(t, "unseen"), browsertest.Desktop)
		unseen.FocusOrder(tb, browsertest.Except{What: "#unseen", Why: why})
	})
	if said != "" {
		t.Errorf("told was:\n%s", said)
	}
}

func TestWhatIsMissingIsNamed(t *testing.T) {
	if said := record(t, browsertest.WithoutBrowser); !strings.Contains(said, "sudo apt-get install -y chromium") {
		t.Errorf("without chromium the test ends with %q", said)
	}
	if said := record(t, browsertest.WithoutRun); !strings.Contains(said, "os.Exit(browsertest.Run(m))") {
		t.Errorf("without Run the test ends with %q", said)
	}
}

var picture = regexp.MustCompile(`picture: (\S+\.png)`)

// forgetPictures removes the pictures of faults that were meant.
func forgetPictures(said string) {
	for _, found := range picture.FindAllStringSubmatch(said, -1) {
		_ = os.Remove(found[1])
	}
}

// record gives what a test would have been told by what it does.
func record(t *testing.T, do func(testing.TB)) string {
	t.Helper()
	r := &recorder{TB: t}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer r.cleanUp()
		do(r)
	}()
	<-ended
	return r.said.String()
}

// recorder is a test that fails without failing the one around it.
type recorder struct {
	testing.TB
	said  strings.Builder
	after []func()
}

func (r *recorder) Errorf(format string, args ...any) { fmt.Fprintf(&r.said, format+"\n", args...) }
func (r *recorder) Logf(string, ...any)               {}
func (r *recorder) Failed() bool                      { return r.said.Len() > 0 }
func (r *recorder) Cleanup(f func())                  { r.after = append(r.after, f) }

func (r *recorder) Fatal(args ...any) {
	fmt.Fprintln(&r.said, args...)
	runtime.Goexit()
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

func (r *recorder) cleanUp() {
	for len(r.after) > 0 {
		last := len(r.after) - 1
		f := r.after[last]
		r.after = r.after[:last]
		f()
	}
}
