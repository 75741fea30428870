package learn_test

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/learn"
	"github.com/s4bot/s4bot/knowledge"
)

func sign(cause, question, option, from, to string) learn.Change {
	return learn.Change{File: "causes/" + cause + ".yaml", Path: []string{"signs", question, option}, From: from, To: to}
}

// TestEditChangesOnlyTheValue edits embedded files and compares line by line.
func TestEditChangesOnlyTheValue(t *testing.T) {
	for name, test := range map[string]struct {
		change    learn.Change
		old, want string // the line, and what comes of it
	}{
		"a word":                    {sign("card.expired", "card_elsewhere", "refused", "usually", "often"), "  card_elsewhere: {refused: usually}\n", "  card_elsewhere: {refused: often}\n"},
		"the second word of a line": {sign("network.unstable", "response_code", "timeout", "sometimes", "often"), "  response_code: {none: often, timeout: sometimes}\n", "  response_code: {none: often, timeout: often}\n"},
		"a new option":              {sign("card.expired", "suspected_area", "bank", "", "rarely"), "  suspected_area: {card: often}\n", "  suspected_area: {card: often, bank: rarely}\n"},
		"a new question":            {sign("card.expired", "pin", "wrong", "", "rarely"), "  suspected_area: {card: often}\n", "  suspected_area: {card: often}\n  pin: {wrong: rarely}\n"},
		"how common":                {learn.Change{File: "causes/card.expired.yaml", Path: []string{"how_common"}, From: "uncommon", To: "normal"}, "how_common: uncommon\n", "how_common: normal\n"},
	} {
		t.Run(name, func(t *testing.T) {
			before, err := fs.ReadFile(knowledge.Files, test.change.File)
			if err != nil {
				t.Fatal(err)
			}
			edited, err := learn.Edit(knowledge.Files, []learn.Change{test.change})
			if err != nil {
				t.Fatal(err)
			}
			want := bytes.Replace(before, []byte(test.old), []byte(test.want), 1)
			if len(edited) != 1 || !bytes.Equal(edited[test.change.File], want) || bytes.Equal(before, want) {
				t.Errorf("%d files; got\n%s", len(edited), learn.Diff(knowledge.Files, edited))
			}
		})
	}
}

// TestEditOfShares checks that the file's other bytes stay, with the aliases
// between the shares.
func TestEditOfShares(t *testing.T) {
	const file = "questions/amount_matters.yaml"
	before, err := fs.ReadFile(knowledge.Files, file)
	if err != nil {
		t.Fatal(err)
	}
	edited, err := learn.Edit(knowledge.Files, []learn.Change{
		{File: file, Path: []string{"options", "any_amount", "share"}, From: "65", To: "60"},
		{File: file, Path: []string{"options", "small_fails", "share"}, From: "10", To: "15"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := bytes.Replace(before, []byte("share: 65"), []byte("share: 60"), 1)
	want = bytes.Replace(want, []byte("share: 10"), []byte("share: 15"), 1)
	if !bytes.Equal(edited[file], want) {
		t.Error(learn.Diff(knowledge.Files, edited))
	}
}

// signsAs gives the embedded knowledge with the signs of card.expired written
// otherwise.
func signsAs(t *testing.T, text string) (fs.FS, string) {
	t.Helper()
	const file = "causes/card.expired.yaml"
	data, err := fs.ReadFile(knowledge.Files, file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(data), "signs:\n")
	_, tail, found := strings.Cut(rest, "explain:")
	if !ok || !found {
		t.Fatal("no signs")
	}
	article := head + text + "explain:" + tail
	return learn.Overlay(knowledge.Files, map[string][]byte{file: []byte(article)}), article
}

// TestEditKeepsTheLayout has the same signs in the ways that YAML allows.
func TestEditKeepsTheLayout(t *testing.T) {
	const q, more = "card_itself", "  response_code: {expired: usually}\n"
	word, option, question := sign("card.expired", q, "expired", "always", "usually"), sign("card.expired", q, "damaged", "", "never"), sign("card.expired", "pin", "wrong", "", "rarely")
	for name, test := range map[string]struct{ text, word, option, question string }{
		"block": {
			text:     "signs:\n" + more + "  card_itself:\n    expired: always\n",
			word:     "signs:\n" + more + "  card_itself:\n    expired: usually\n",
			option:   "signs:\n" + more + "  card_itself:\n    expired: always\n    damaged: never\n",
			question: "signs:\n" + more + "  card_itself:\n    expired: always\n  pin: {wrong: rarely}\n",
		},
		"block throughout, comments, a blank line": {
			text:     "signs: # what it shows\n    card_itself: # the card\n        # see the front\n        expired: always   # printed\n        # more\n\n    # the end\n",
			word:     "signs: # what it shows\n    card_itself: # the card\n        # see the front\n        expired: usually   # printed\n        # more\n\n    # the end\n",
			option:   "signs: # what it shows\n    card_itself: # the card\n        # see the front\n        expired: always   # printed\n        damaged: never\n        # more\n\n    # the end\n",
			question: "signs: # what it shows\n    card_itself: # the card\n        # see the front\n        expired: always   # printed\n    pin:\n      wrong: rarely\n        # more\n\n    # the end\n",
		},
		"quotes": {
			text:     "signs:\n" + more + "  \"card_itself\": {'expired': \"always\"}\n",
			word:     "signs:\n" + more + "  \"card_itself\": {'expired': \"usually\"}\n",
			option:   "signs:\n" + more + "  \"card_itself\": {'expired': \"always\", damaged: never}\n",
			question: "signs:\n" + more + "  \"card_itself\": {'expired': \"always\"}\n  pin: {wrong: rarely}\n",
		},
		"brackets throughout": {
			text:     "signs: {response_code: {expired: usually}, card_itself: { expired: always } } # 全部\n",
			word:     "signs: {response_code: {expired: usually}, card_itself: { expired: usually } } # 全部\n",
			option:   "signs: {response_code: {expired: usually}, card_itself: { expired: always, damaged: never } } # 全部\n",
			question: "signs: {response_code: {expired: usually}, card_itself: { expired: always }, pin: {wrong: rarely} } # 全部\n",
		},
		"brackets over lines, a comma at the end": {
			text:     "signs:\n" + more + "  card_itself: {\n      # {}\n    expired: always, # 卡\n  }\n",
			word:     "signs:\n" + more + "  card_itself: {\n      # {}\n    expired: usually, # 卡\n  }\n",
			option:   "signs:\n" + more + "  card_itself: {\n      # {}\n    expired: always, damaged: never, # 卡\n  }\n",
			question: "signs:\n" + more + "  card_itself: {\n      # {}\n    expired: always, # 卡\n  }\n  pin: {wrong: rarely}\n",
		},
		"Windows": {
			text:     "signs:\r\n  card_itself: {expired: always}\r\n",
			word:     "signs:\r\n  card_itself: {expired: usually}\r\n",
			option:   "signs:\r\n  card_itself: {expired: always, damaged: never}\r\n",
			question: "signs:\r\n  card_itself: {expired: always}\r\n  pin: {wrong: rarely}\r\n",
		},
	} {
		for what, edit := range map[string]struct {
			change learn.Change
			want   string
		}{"word": {word, test.word}, "option": {option, test.option}, "question": {question, test.question}} {
			t.Run(name+" "+what, func(t *testing.T) {
				files, before := signsAs(t, test.text)
				edited, err := learn.Edit(files, []learn.Change{edit.change})
				if err != nil {
					t.Fatal(err)
				}
				if want := strings.Replace(before, test.text, edit.want, 1); string(edited["causes/card.expired.yaml"]) != want {
					t.Errorf("got\n%s", learn.Diff(files, edited))
				}
			})
		}
	}
}

// TestEditAtTheEndOfAFile has the signs last, without an end of line.
func TestEditAtTheEndOfAFile(t *testing.T) {
	const file = "causes/card.expired.yaml"
	data, _ := fs.ReadFile(knowledge.Files, file)
	head, rest, _ := strings.Cut(string(data), "signs:\n")
	signs, tail, _ := strings.Cut(rest, "explain:")
	before := head + "explain:" + tail + "signs:\n" + strings.TrimSuffix(signs, "\n")
	files := learn.Overlay(knowledge.Files, map[string][]byte{file: []byte(before)})
	edited, err := learn.Edit(files, []learn.Change{sign("card.expired", "pin", "wrong", "", "rarely")})
	if err != nil {
		t.Fatal(err)
	}
	if want := before + "\n  pin: {wrong: rarely}"; string(edited[file]) != want {
		t.Error(learn.Diff(files, edited))
	}
	applies(t, files, edited)
}

// TestEditRefuses has changes that do not fit the file.
func TestEditRefuses(t *testing.T) {
	anchored := "signs:\n  card_itself: &a {expired: always}\n  response_code: {expired: &w usually}\n"
	for name, test := range map[string]struct {
		signs  string
		change learn.Change
		want   string
	}{
		"another word":      {"", sign("card.expired", "card_itself", "expired", "often", "usually"), `says "always" where "often" was expected; propose anew`},
		"listed already":    {"", sign("card.expired", "card_itself", "expired", "", "usually"), "has it already; propose anew"},
		"no longer listed":  {"", sign("card.expired", "card_itself", "damaged", "often", "usually"), "the file has no damaged; propose anew"},
		"no such file":      {"", sign("card.melted", "card_itself", "expired", "always", "usually"), "open causes/card.melted.yaml: file does not exist"},
		"a word unknown":    {"", sign("card.expired", "card_itself", "expired", "always", "mostly"), "the edited knowledge has faults: causes/card.expired.yaml:"},
		"an option unknown": {"", sign("card.expired", "card_itself", "eaten", "", "never"), "has no option"},
		"an anchor":         {anchored, sign("card.expired", "card_itself", "expired", "always", "usually"), "is written in a way that is not edited by itself; change it by hand"},
		"an anchored word":  {anchored, sign("card.expired", "response_code", "expired", "usually", "often"), "is written in a way that is not edited by itself"},
		"a tag":             {"signs:\n  card_itself: {expired: !!str always}\n", sign("card.expired", "card_itself", "expired", "always", "usually"), "is written in a way that is not edited by itself"},
		"a folded value":    {"signs:\n  card_itself:\n    expired: >\n      always\n", sign("card.expired", "card_itself", "expired", "always", "usually"), "is written in a way that is not edited by itself"},
	} {
		t.Run(name, func(t *testing.T) {
			var files fs.FS = knowledge.Files
			if test.signs != "" {
				files, _ = signsAs(t, test.signs)
			}
			edited, err := learn.Edit(files, []learn.Change{test.change})
			if err == nil || !strings.Contains(err.Error(), test.want) || edited != nil {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// TestEditFindsPlacesBehindOddCharacters has ends of line that only YAML knows,
// and characters of several bytes, before the place.
func TestEditFindsPlacesBehindOddCharacters(t *testing.T) {
	const file = "questions/pin.yaml"
	data, _ := fs.ReadFile(knowledge.Files, file)
	before := strings.Replace(string(data), "why:\n", "# 一\u2028# 二\u0085# 三\nwhy:\n", 1)
	before = strings.Replace(before, "    label:\n", "    \"label\":\n", 1)
	files := learn.Overlay(knowledge.Files, map[string][]byte{file: []byte(before)})
	edited, err := learn.Edit(files, []learn.Change{{File: file, Path: []string{"options", "right", "share"}, From: "75", To: "74"}, {File: file, Path: []string{"options", "wrong", "share"}, From: "15", To: "16"}})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer("share: 75", "share: 74", "share: 15", "share: 16").Replace(before)
	if string(edited[file]) != want {
		t.Error(learn.Diff(files, edited))
	}
}

func TestOverlay(t *testing.T) {
	edited, err := learn.Edit(knowledge.Files, []learn.Change{sign("card.expired", "card_elsewhere", "refused", "usually", "often")})
	if err != nil {
		t.Fatal(err)
	}
	files := learn.Overlay(knowledge.Files, edited)
	for name := range edited {
		data, err := fs.ReadFile(files, name)
		info, err2 := fs.Stat(files, name)
		if err != nil || err2 != nil || !bytes.Equal(data, edited[name]) || info.Size() != int64(len(data)) || info.Name() != "card.expired.yaml" {
			t.Errorf("%s: %v, %v, %v", name, err, err2, info)
		}
	}
	was, err := fs.ReadFile(knowledge.Files, "causes/channel.fault.yaml")
	is, err2 := fs.ReadFile(files, "causes/channel.fault.yaml")
	if err != nil || err2 != nil || !bytes.Equal(was, is) {
		t.Error("another file changed")
	}
	old, now := load(t), mustLoad(t, files)
	if p := now.Cause("card.expired").Signs["card_elsewhere"]["refused"]; p != .6 || old.Version == now.Version {
		t.Errorf("loads as %v", p)
	}
	if _, err := files.Open("causes/card.melted.yaml"); err == nil {
		t.Error("opens a file that is not there")
	}
}

func mustLoad(t testing.TB, files fs.FS) *kb.Base {
	t.Helper()
	base, err := kb.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return base
}

// TestNothingToEdit has no changes.
func TestNothingToEdit(t *testing.T) {
	edited, err := learn.Edit(knowledge.Files, slices.Clip([]learn.Change{}))
	if err != nil || len(edited) != 0 || learn.Diff(knowledge.Files, edited) != "" {
		t.Errorf("%v, %v", edited, err)
	}
}
