package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"strings"
)

//go:embed assets
var assetFiles embed.FS

// asset is a file that pages use. Most browsers take it packed, which is a third.
type asset struct {
	kind, tag       string
	content, packed []byte
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
		out[f.Name()] = asset{assetKinds[path.Ext(f.Name())], `W/"` + hex.EncodeToString(sum[:8]) + `"`, content, pack(content)}
	}
	return out
}

func pack(content []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // a level that there is
	_, _ = w.Write(content)                               // neither fails in memory
	_ = w.Close()
	return b.Bytes()
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
	h.Set("Vary", "Accept-Encoding")
	if r.Header.Get("If-None-Match") == f.tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", f.kind)
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		_, _ = w.Write(f.packed)
		return
	}
	_, _ = w.Write(f.content)
}
