import { $, el, lang, say } from "./chat-dom.js";
import { read, write } from "./chat-store.js";

const key = "s4chat.inside";
const wide = matchMedia("(min-width: 1000px)");

// Inside shows the inside view: beside the chat where there is room, else in a sheet over
// it. Where the page has none, nothing happens.
export class Inside {
  constructor(undo) {
    this.button = $("inside-button");
    if (!this.button) return;
    this.undo = undo;
    this.button.onclick = () => this.show(!this.open);
    $("inside-end").onclick = () => this.show(false);
    $("inside-sheet").addEventListener("close", () => this.open && !wide.matches && this.show(false));
    wide.addEventListener("change", () => this.show(wide.matches && read(key) !== false));
    this.show(wide.matches && read(key) !== false, true);
  }

  async show(open, first) {
    this.open = open;
    this.button.setAttribute("aria-expanded", String(open));
    document.body.classList.toggle("looks-inside", open && wide.matches);
    if (wide.matches && !first) write(key, open);
    const sheet = $("inside-sheet"), panel = $("inside");
    (wide.matches ? $("main") : sheet).append(panel);
    panel.hidden = !open;
    if (open && !wide.matches) sheet.showModal();
    else if (sheet.open) sheet.close();
    if (!first && !open) this.button.focus();
    if (!open || this.view) return this.refresh();
    const body = $("inside-body");
    try {
      const { mountInside } = await import("/assets/inside.js");
      this.view ??= mountInside(body, { url: "/inside", lang, onUndo: this.undo });
      this.refresh();
    } catch {
      const sorry = say("内部视图现在打不开，请刷新页面。", "The inside view can't be opened just now. Please reload the page.");
      body.replaceChildren(el("p", { className: "notice", textContent: sorry }));
    }
  }

  refresh() {
    if (this.open) this.view?.refresh();
  }
}
