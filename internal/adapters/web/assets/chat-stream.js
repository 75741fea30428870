// Stream follows a room: after a lost connection it goes on where it was, sooner or
// later by itself, at once when the network or the reader comes back.
const waits = [400, 1000, 2000, 4000, 8000];
const quiet = 2000; // how long a loss is not worth a word
const patience = 5000; // how long what was just said may take to come back

export class Stream {
  // on has the functions entry(number, entry), ready(), reset(), typing(), live(yes).
  constructor(on) {
    this.on = on;
    this.after = 0;
    this.losses = 0;
    addEventListener("online", () => this.open());
    addEventListener("offline", () => this.lost());
    addEventListener("pageshow", (e) => e.persisted && this.open());
    addEventListener("pagehide", () => this.source.close());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && (this.source.readyState !== EventSource.OPEN || Date.now() - this.hidden > 60_000)) this.open();
      this.hidden = Date.now();
    });
    this.open();
  }

  open() {
    clearTimeout(this.again);
    this.source?.close();
    const s = (this.source = new EventSource("/chat/events?after=" + this.after));
    s.addEventListener("entry", (e) => {
      this.after = Number(e.lastEventId);
      clearTimeout(this.doubt);
      this.on.entry(this.after, JSON.parse(e.data));
    });
    s.addEventListener("reset", () => {
      this.after = 0;
      this.on.reset();
    });
    s.addEventListener("typing", () => this.on.typing());
    s.addEventListener("ready", () => {
      this.losses = 0;
      clearTimeout(this.telling);
      this.telling = undefined;
      this.on.live(true);
      this.on.ready();
    });
    s.onerror = () => this.lost();
  }

  lost() {
    this.source.close();
    this.telling ??= setTimeout(() => this.on.live(false), quiet);
    const wait = waits[Math.min(this.losses++, waits.length - 1)];
    clearTimeout(this.again);
    this.again = setTimeout(() => this.open(), wait * (0.75 + Math.random() / 2));
  }

  // expect says that the bot was just reached and something should come soon. If nothing
  // does, the connection may be dead without knowing it.
  expect() {
    clearTimeout(this.doubt);
    if (this.source.readyState === EventSource.CLOSED) return this.open();
    this.doubt = setTimeout(() => this.open(), patience);
  }
}
