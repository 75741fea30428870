// Stream follows the events of an address: after a lost connection it goes on, sooner or
// later by itself, at once when the network or the reader comes back.
const waits = [400, 1000, 2000, 4000, 8000, 15_000];
const quiet = 2000; // how long a loss is not worth a word
const patience = 5000; // how long what was just said may take to come back
const asleep = 60_000; // after so long out of sight the line may be dead without knowing it

export class Stream {
  // address() says where to go on. hear has a function of (data, number) for each event,
  // of which "ready" says that all is here that there was. on has live(yes), and may have
  // opened(), called whenever the stream begins anew, and again(), which takes the place
  // of open() after it was refused.
  constructor(address, hear, on) {
    Object.assign(this, { address, hear, on, losses: 0, hidden: 0 });
    addEventListener("online", () => this.open());
    addEventListener("offline", () => this.lost());
    addEventListener("pageshow", (e) => e.persisted && this.open());
    addEventListener("pagehide", () => this.source.close());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && (!this.isOpen || Date.now() - this.hidden > asleep)) this.open();
      this.hidden = Date.now();
    });
    this.open();
  }

  get isOpen() {
    return this.source.readyState === EventSource.OPEN;
  }

  open() {
    clearTimeout(this.again);
    this.source?.close();
    const s = (this.source = new EventSource(this.address()));
    s.onopen = () => this.on.opened?.();
    s.onerror = () => this.lost();
    for (const [name, take] of Object.entries(this.hear)) {
      s.addEventListener(name, (e) => {
        if (name === "ready") this.found();
        if (name === "entry") clearTimeout(this.doubt);
        take(JSON.parse(e.data), Number(e.lastEventId));
      });
    }
  }

  found() {
    this.losses = 0;
    clearTimeout(this.telling);
    this.telling = undefined;
    this.on.live(true);
  }

  lost() {
    this.source.close();
    this.telling ??= setTimeout(() => this.on.live(false), quiet);
    const wait = waits[Math.min(this.losses++, waits.length - 1)];
    const next = this.losses > 1 && this.on.again ? this.on.again : () => this.open();
    clearTimeout(this.again);
    this.again = setTimeout(next, wait * (0.75 + Math.random() / 2));
  }

  // expect says that the bot was just reached and something should come soon. If nothing
  // does, the connection may be dead without knowing it.
  expect() {
    clearTimeout(this.doubt);
    if (this.source.readyState === EventSource.CLOSED) return this.open();
    this.doubt = setTimeout(() => this.open(), patience);
  }
}
