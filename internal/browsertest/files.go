package browsertest

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Paste pastes a file, such as a picture, into the first thing of that name.
func (p *Page) Paste(locator, path string) {
	p.t.Helper()
	p.Wait(locator)
	content, err := os.ReadFile(path)
	if err != nil {
		p.t.Fatalf("read what is pasted: %v", err)
	}
	file, _ := json.Marshal(map[string]string{
		"name": filepath.Base(path), "type": mime.TypeByExtension(filepath.Ext(path)),
		"content": base64.StdEncoding.EncodeToString(content),
	})
	p.Eval(fmt.Sprintf(`(async (target, file) => {
		const bytes = Uint8Array.from(atob(file.content), c => c.charCodeAt(0));
		const data = new DataTransfer();
		data.items.add(new File([bytes], file.name, {type: file.type}));
		target.focus();
		target.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true, composed: true}));
	})(%s[0], %s)`, finding("seen", locator), file), nil)
}

// Drop drags files from outside over the first thing of that name and drops them
// there.
func (p *Page) Drop(locator string, paths ...string) {
	p.t.Helper()
	x, y := p.point(locator)
	p.must("drop on "+locator, func(ctx context.Context) error {
		paths, err := absolute(paths)
		if err != nil {
			return err
		}
		steps := make([]func() error, 0, 3)
		for _, kind := range []input.DispatchDragEventType{
			input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop,
		} {
			steps = append(steps, call(ctx, input.DispatchDragEvent, input.DispatchDragEventParams{
				Type: kind, X: x, Y: y,
				Data: &input.DragData{Items: []*input.DragDataItem{}, Files: paths, DragOperationsMask: 1},
			}))
		}
		return all(steps...)
	})
}

// SetFiles chooses files in the first file field of that name, which need not be
// visible.
func (p *Page) SetFiles(locator string, paths ...string) {
	p.t.Helper()
	p.must("choose files in "+locator, func(ctx context.Context) error {
		paths, err := absolute(paths)
		if err != nil {
			return err
		}
		where, err := p.where(ctx)
		if err != nil {
			return err
		}
		field, err := chromedp.Run(ctx, chromedp.Evaluate[*runtime.RemoteObject](finding("all", locator)+"[0]", where))
		if err != nil {
			return err
		}
		if field.ObjectID == "" {
			return errors.New("it is not there")
		}
		return call(ctx, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: paths, ObjectID: field.ObjectID})()
	})
}

func absolute(paths []string) ([]string, error) {
	full := make([]string, 0, len(paths))
	for _, path := range paths {
		path, err := filepath.Abs(path)
		if err != nil {
			return nil, err
		}
		if _, err := os.Stat(path); err != nil {
			return nil, err
		}
		full = append(full, path)
	}
	return full, nil
}
