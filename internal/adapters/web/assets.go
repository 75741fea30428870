package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
)

//go:embed assets
var assetFiles embed.FS

// asset is a file that pages use.
type asset struct {
	kind, tag string
	content   []byte
}

// assets are the files under /assets/ by name. A browser asks each time whether a file
// has changed, so that pages and files always fit together.
type assets map[string]asset

var assetKinds = map[string]string{
	".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png",
}

func loadAssets() assets {
	out := assets{}
	files, _ := assetFiles.ReadDir("assets") // embedded: it is there
	for _, f := range files {
		content, _ := assetFiles.ReadFile("assets/" + f.Name())
		sum := sha256.Sum256(content)
		out[f.Name()] = asset{assetKinds[path.Ext(f.Name())], `"` + hex.EncodeToString(sum[:8]) + `"`, content}
	}
	return out
}

// ServeHTTP implements http.Handler.
func (s assets) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.serve(w, r, r.PathValue("name")) }

func (s assets) serve(w http.ResponseWriter, r *http.Request, name string) {
	f, ok := s[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("ETag", f.tag)
	h.Set("Cache-Control", "no-cache")
	if r.Header.Get("If-None-Match") == f.tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", f.kind)
	_, _ = w.Write(f.content)
}
