package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

var moduleName = regexp.MustCompile(`from "\./([a-z-]+\.js)"`)

// ofChat says whether the chat's page uses an asset.
func ofChat(name string) bool {
	return name == "base.css" || name == "stream.js" || strings.HasPrefix(name, "chat")
}

// A module that the page does not name beforehand is only asked for once another one has
// arrived: on a slow network that is a wait more.
func TestTheChatNamesItsModulesBeforehand(t *testing.T) {
	page, err := templateFiles.ReadFile("templates/chat.html")
	if err != nil {
		t.Fatal(err)
	}
	all := loadAssets()
	for name, f := range all {
		if !ofChat(name) {
			continue
		}
		for _, m := range moduleName.FindAllSubmatch(f.content, -1) {
			module := string(m[1])
			if _, ok := all[module]; !ok {
				t.Errorf("%s imports %s, which is not there", name, module)
			}
			if !bytes.Contains(page, []byte(`rel="modulepreload" href="/assets/`+module+`"`)) {
				t.Errorf("the page does not name %s", module)
			}
		}
	}
}

func TestTheChatWeighsLittle(t *testing.T) {
	most, sum := 80<<10, 0
	for name, f := range loadAssets() {
		if ofChat(name) {
			sum += len(f.content)
		}
	}
	if sum > most {
		t.Errorf("scripts and styles have %d bytes, more than %d", sum, most)
	}
}

func TestAssetsComePacked(t *testing.T) {
	all := loadAssets()
	r := httptest.NewRequest("GET", "/assets/chat.js", nil)
	plain := httptest.NewRecorder()
	all.serve(plain, r, "chat.js")
	r.Header.Set("Accept-Encoding", "gzip, br")
	packed := httptest.NewRecorder()
	all.serve(packed, r, "chat.js")
	if packed.Body.Len() >= plain.Body.Len()/2 || packed.Header().Get("Content-Encoding") != "gzip" {
		t.Errorf("%d bytes come as %d", plain.Body.Len(), packed.Body.Len())
	}
	z, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if content, err := io.ReadAll(z); err != nil || !bytes.Equal(content, plain.Body.Bytes()) {
		t.Errorf("it is not the same: %v", err)
	}
}

// What people wrote may enter a page as text only, and the policy allows neither styles
// nor scripts in attributes.
func TestPagesTakeTextAsText(t *testing.T) {
	markup := regexp.MustCompile(`(inner|outer)HTML\s*\+?=[^=]|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\("(style|on)`)
	inline := regexp.MustCompile(`(?i)<[^>]*\s(style|on[a-z]+)=|<style|<script(>| [^>]*>[^<])`)
	check := func(files fs.FS, dir string, bad *regexp.Regexp) {
		entries, err := fs.ReadDir(files, dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			content, _ := fs.ReadFile(files, dir+"/"+e.Name())
			if hit := bad.Find(content); hit != nil {
				t.Errorf("%s has %q", e.Name(), hit)
			}
		}
	}
	check(assetFiles, "assets", markup)
	check(templateFiles, "templates", inline)
}
