// The connection to the server: one stream with the list and the open case. When it
// breaks, it is made again, sooner at first and later less often.
import { $, signIn } from "./desk-page.js";

// connect follows what address() names. hear maps the names of events to functions of
// (data, number); opened is called whenever a stream begins anew.
export function connect(address, hear, opened) {
  let source, retry, late, tries = 0;

  function begin() {
    clearTimeout(retry);
    source?.close();
    source = new EventSource(address());
    source.onopen = () => {
      tries = 0;
      clearTimeout(late);
      late = undefined;
      $("#offline").hidden = true;
      opened();
    };
    source.onerror = lost;
    for (const [name, act] of Object.entries(hear)) {
      source.addEventListener(name, (e) => act(JSON.parse(e.data), Number(e.lastEventId)));
    }
  }

  function lost() {
    source.close();
    late ??= setTimeout(() => { $("#offline").hidden = false; }, 2000);
    const wait = Math.min(15000, 400 * 2 ** tries++) * (0.75 + Math.random() / 2);
    retry = setTimeout(tries > 1 ? ifSignedIn : begin, wait);
  }

  // A stream does not say why it was refused; an ordinary request does.
  function ifSignedIn() {
    fetch("/desk/causes", { method: "HEAD" }).then((r) => (r.status === 401 || r.redirected ? signIn() : begin()), begin);
  }

  let left = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) left = Date.now();
    else if (source.readyState === EventSource.CLOSED || Date.now() - left > 60000) begin(); // the line may be dead after a sleep
  });
  addEventListener("online", () => begin());
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (e) => e.persisted && begin());
  begin();
  return begin;
}
