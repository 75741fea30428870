import { say } from "./chat-dom.js";

// Unread counts what came while nobody looked, and shows it in the title and to the page
// that this one stands in.
export class Unread {
  constructor() {
    this.title = document.title;
    this.count = 0;
    this.open = true;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    document.addEventListener("visibilitychange", () => this.seen());
    if (document.querySelector("main").dataset.embedded) this.embed();
  }

  // embed talks with the script that has put this page into another one. Who that is
  // shows its first word; nothing but the count goes there.
  embed() {
    addEventListener("message", (e) => {
      if (e.source !== parent || e.data?.s4bot !== "shown") return;
      this.host = e.origin;
      this.open = e.data.open === true;
      this.seen();
      this.post({ s4bot: "ready" });
      if (this.open) this.shown?.();
    });
    const close = () => this.post({ s4bot: "close" });
    document.getElementById("close").onclick = close;
    addEventListener("keydown", (e) => {
      if (e.key === "Escape" && !e.defaultPrevented && !document.querySelector("dialog[open]")) close();
    });
  }

  post(data) {
    if (this.host) parent.postMessage(data, this.host);
  }

  heard() {
    if (!document.hidden && this.open) return;
    this.count++;
    this.tell();
  }

  seen() {
    if (document.hidden || !this.open) return;
    this.count = 0;
    this.tell();
  }

  tell() {
    this.post({ s4bot: "unread", count: this.count });
    clearInterval(this.blink);
    const news = `(${this.count}) ` + say("新消息", "New message");
    document.title = this.count ? `(${this.count}) ${this.title}` : this.title;
    if (!this.count || this.calm.matches) return;
    let on = false;
    this.blink = setInterval(() => (document.title = (on = !on) ? news : `(${this.count}) ${this.title}`), 1200);
  }
}
