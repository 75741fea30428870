package browsertest

import (
	"context"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Frame is a frame of the page, such as a chat that a shop has embedded, also
// when it comes from another site. It is named by a part of its address. What
// Eval evaluates in it sees its document, not the variables of its scripts; the
// order of focus, the weight and the first paint are those of the page itself.
func (p *Page) Frame(address string) *Page {
	p.t.Helper()
	frame := *p
	frame.frame = address
	frame.wait("a frame of "+address, func(ctx context.Context) (string, error) {
		_, err := frame.frameID(ctx)
		return "", err
	})
	return &frame
}

// where makes a script run in the frame that is meant.
func (p *Page) where(ctx context.Context) (chromedp.EvaluateOption, error) {
	if p.frame == "" {
		return func(*runtime.EvaluateParams) {}, nil
	}
	id, err := p.frameID(ctx)
	if err != nil {
		return nil, err
	}
	world, err := chromedp.Call(ctx, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: id, WorldName: "browsertest"})
	if err != nil {
		return nil, fmt.Errorf("enter the frame: %w", err)
	}
	return func(params *runtime.EvaluateParams) { params.ContextID = world.ExecutionContextID }, nil
}

func (p *Page) frameID(ctx context.Context) (cdp.FrameID, error) {
	tree, err := chromedp.Call(ctx, page.GetFrameTree, cdp.Empty{})
	if err != nil {
		return "", fmt.Errorf("list the frames: %w", err)
	}
	for _, child := range tree.FrameTree.ChildFrames {
		if strings.Contains(child.Frame.URL, p.frame) {
			return child.Frame.ID, nil
		}
	}
	return "", fmt.Errorf("the page has no frame of %s", p.frame)
}

// offset is where the frame that is meant begins on the screen.
func (p *Page) offset() (left, top float64) {
	p.t.Helper()
	if p.frame == "" {
		return 0, 0
	}
	p.must("find the frame on the screen", func(ctx context.Context) error {
		id, err := p.frameID(ctx)
		if err != nil {
			return err
		}
		owner, err := chromedp.Call(ctx, dom.GetFrameOwner, dom.GetFrameOwnerParams{FrameID: id})
		if err != nil {
			return err
		}
		box, err := chromedp.Call(ctx, dom.GetBoxModel, dom.GetBoxModelParams{BackendNodeID: owner.BackendNodeID})
		if err != nil {
			return err
		}
		left, top = box.Model.Content[0], box.Model.Content[1]
		return nil
	})
	return left, top
}
