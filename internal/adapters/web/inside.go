package web

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// addInside adds what shows why the bot does what it does: to somebody who tries it
// out, of their own chat, and to agents, of a case.
func (a *Adapter) addInside(mux *http.ServeMux) {
	mux.Handle("GET /inside", a.working(func(w http.ResponseWriter, r *http.Request, _ worker) {
		a.showInside(w, r, roomOf(visitor(r)))
	}))
	mux.Handle("GET /desk/inside", a.working(func(w http.ResponseWriter, r *http.Request, _ worker) {
		a.showInside(w, r, caseRoom(r.URL.Query().Get("case")))
	}))
}

func (a *Adapter) showInside(w http.ResponseWriter, r *http.Request, room chat.Room) {
	if room.ID == "" || room.Platform == DeskPlatform && !caseForm(room.ID) {
		problem(w, r, http.StatusBadRequest, "请刷新页面。", "Please reload the page.")
		return
	}
	var view chat.Inside
	err := a.atCase(r.Context(), room, func() (err error) {
		view, err = a.config.Inside.Inside(r.Context(), room, langOf(r))
		return err
	})
	switch {
	case errors.Is(err, adapters.ErrNoCase):
		problem(w, r, http.StatusNotFound, "这个工单已经不在了。", "This case is no longer here.")
	case err != nil:
		problem(w, r, http.StatusServiceUnavailable, "暂时看不了，请稍后再试。", "It can't be shown just now. Please try again.")
	default:
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(view)
	}
}
