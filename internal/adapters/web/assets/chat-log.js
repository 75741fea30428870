import { el, english, say } from "./chat-dom.js";
import { paint, row } from "./chat-bubble.js";

const near = 80; // pixels from the end that count as there
const group = 5 * 60_000; // messages of one side within this stand together
const step = 200; // how many messages are shown at first, and more at a time

// Log shows the items in order, with days between them, and keeps to the newest unless
// the reader has scrolled up.
export class Log {
  constructor({ log, scroll, newest, earlier }, act) {
    Object.assign(this, { log, scroll, newest, earlier, act });
    this.rows = new Map();
    this.days = new Map();
    this.most = step;
    this.atEnd = true;
    this.missed = 0;
    this.top = 0;
    scroll.addEventListener("scroll", () => this.scrolled(), { passive: true });
    newest.onclick = () => this.toEnd();
    earlier.onclick = () => this.showEarlier();
    const grown = new ResizeObserver(() => this.follow());
    grown.observe(log.parentElement);
    grown.observe(scroll);
  }

  show(items) {
    this.items = items;
    const shown = items.slice(-this.most);
    this.earlier.hidden = shown.length === items.length;
    const wanted = [];
    let before;
    for (const item of shown) {
      const day = new Date(item.at).toDateString();
      if (!before || new Date(before.at).toDateString() !== day) {
        wanted.push(this.day(day, item.at));
        before = undefined;
      }
      const node = this.row(item);
      const joins = before && before.from === item.from && item.at - before.at < group && !before.options?.length;
      node.classList.toggle("joins", Boolean(joins));
      wanted.push(node);
      before = item;
    }
    this.arrange(wanted);
    this.follow();
  }

  // arrange moves as little as it can: what moves is read out again.
  arrange(wanted) {
    const keep = new Set(wanted);
    for (const node of [...this.log.children]) {
      if (!keep.has(node)) node.remove();
    }
    for (const [key, node] of this.rows) if (!keep.has(node)) this.rows.delete(key);
    let at = this.log.firstChild;
    for (const node of wanted) {
      if (node === at) at = at.nextSibling;
      else this.log.insertBefore(node, at);
    }
  }

  row(item) {
    let node = this.rows.get(item.key);
    if (node) {
      paint(node, item, this.act);
      return node;
    }
    node = row(item, this.act);
    if (item.mine) node.setAttribute("aria-live", "off"); // one knows what one has said
    this.rows.set(item.key, node);
    return node;
  }

  day(day, at) {
    if (!this.days.has(day)) this.days.set(day, el("div", { className: "day", "aria-live": "off" }));
    const node = this.days.get(day), name = dayName(at);
    if (node.textContent !== name) node.textContent = name;
    return node;
  }

  // heard counts what came while the reader was further up.
  heard() {
    if (this.atEnd) return;
    this.missed++;
    this.tell();
  }

  tell() {
    this.newest.hidden = this.atEnd;
    const label = this.missed ? say(`${this.missed} 条新消息`, `${this.missed} new`) : say("回到最新", "To the newest");
    this.newest.lastElementChild.textContent = label;
  }

  scrolled() {
    const s = this.scroll, up = s.scrollTop < this.top;
    this.top = s.scrollTop;
    // What grows below moves the end away, but not the reader.
    this.atEnd = s.scrollHeight - s.scrollTop - s.clientHeight < near || (this.atEnd && !up);
    if (this.atEnd) this.missed = 0;
    this.tell();
  }

  toEnd() {
    this.atEnd = true;
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.missed = 0;
    this.tell();
  }

  // follow keeps the reader at the newest; of a post that is taller than the screen the
  // beginning shows first.
  follow() {
    const last = this.log.lastElementChild, s = this.scroll;
    if (!this.atEnd || !last || last === this.topped) return;
    if (last.classList.contains("mine") || last.offsetHeight < s.clientHeight - 60) return this.toEnd();
    this.topped = last;
    s.scrollTop = last.offsetTop - 8;
  }

  showEarlier() {
    const below = this.scroll.scrollHeight - this.scroll.scrollTop;
    this.most += step;
    this.show(this.items);
    this.scroll.scrollTop = this.scroll.scrollHeight - below;
  }
}

const names = new Intl.DateTimeFormat(english ? "en-GB" : "zh-CN", { month: "long", day: "numeric", weekday: "short" });

function dayName(at) {
  const ago = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
  if (ago === 0) return say("今天", "Today");
  if (ago === 1) return say("昨天", "Yesterday");
  return names.format(at);
}
