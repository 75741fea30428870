import { say } from "./chat-dom.js";
import { drop, dropFile, fileOf, keys, read, write } from "./chat-store.js";

// Outbox keeps what the merchant says until the bot has it. It is sent in order, again
// and again, also after the page was closed: the same id each time, so that it counts
// once. What the bot refuses waits for the merchant's word.
const beginning = "s4chat.out.";
const waits = [1000, 2000, 4000, 8000, 15_000];

class Refused extends Error {}

export class Outbox {
  // on has the functions changed(), accepted(item) when the bot has it, and renewed()
  // when the room is a new one, because the browser has lost the cookie.
  constructor(on) {
    this.on = on;
    this.changed = on.changed;
    this.items = keys(beginning).map(read).filter(Boolean);
    this.failures = 0;
    this.newest = 0;
    addEventListener("online", () => this.wake());
  }

  // add takes a saying. Each of its files is one that waits in the browser, {key, title,
  // type}, or one as the upload gave it.
  add(body, files = []) {
    this.newest = Math.max(Date.now(), this.newest + 1);
    const item = { key: beginning + this.newest + "." + body.id, at: this.newest, body, files };
    write(item.key, item);
    this.items.push(item);
    this.changed();
    this.wake();
  }

  retry(item) {
    item.failed = "";
    write(item.key, item);
    this.changed();
    this.wake();
  }

  remove(item) {
    this.items = this.items.filter((i) => i !== item);
    drop(item.key);
    for (const f of item.files) if (f.key) dropFile(f.key);
    this.changed();
  }

  // wake sends what waits, now.
  wake() {
    this.hurry?.();
    if (this.running) return;
    this.running = true;
    const run = () => this.run().finally(() => (this.running = false));
    // Two windows of the same merchant take turns.
    if (navigator.locks) navigator.locks.request(beginning, run);
    else run();
  }

  async run() {
    for (let item; (item = this.items.find((i) => !i.failed)); ) {
      try {
        if (read(item.key)) await this.send(item); // else another window has sent it
        this.failures = 0;
        this.remove(item);
        this.on.accepted(item);
      } catch (problem) {
        if (problem instanceof Refused) {
          item.failed = problem.message;
          write(item.key, item);
          this.changed();
        } else {
          await this.pause();
        }
      }
    }
  }

  pause() {
    const wait = waits[Math.min(this.failures++, waits.length - 1)];
    return new Promise((done) => {
      const timer = setTimeout(done, wait);
      this.hurry = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  async send(item) {
    for (const [i, f] of item.files.entries()) {
      if (f.name) continue;
      const content = await fileOf(f.key);
      if (!content) throw new Refused(say("这个文件已经不在了，请重新选择。", "This file is gone. Please choose it again."));
      const answer = await this.post("/chat/files?name=" + encodeURIComponent(f.title), f.type || "application/octet-stream", content, 120_000);
      item.files[i] = { ...(await answer.json()), was: f.key };
      write(item.key, item);
    }
    const files = item.files.map(({ was, ...f }) => f);
    await this.post("/chat/say", "application/json", JSON.stringify({ ...item.body, files }), 20_000);
    for (const f of item.files) if (f.was) dropFile(f.was);
  }

  async post(url, type, body, most) {
    let answer = await once(url, type, body, most);
    if (answer.status === 401) {
      await fetch(location.pathname + location.search); // the page gives a cookie
      this.on.renewed();
      answer = await once(url, type, body, most);
    }
    if (answer.ok) return answer;
    const text = (await answer.text()).trim();
    if (answer.status >= 500 || answer.status === 408) throw new Error(text);
    throw new Refused(text);
  }
}

async function once(url, type, body, most) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), most);
  try {
    return await fetch(url, { method: "POST", headers: { "Content-Type": type }, body, signal: stop.signal });
  } finally {
    clearTimeout(timer);
  }
}
