// What an agent does, on its way to the server: in order, tried until the server has
// answered, each time with the same id. What was written survives a reload.
import { newID, shelf, signIn, t, toast } from "./desk-page.js";

const kept = shelf("outbox", []);
const queue = kept.get().map((d) => ({ ...d, state: d.state === "failed" ? "failed" : "waiting" }));
const ever = new Set(queue.map((d) => d.id)); // what this page had; the rest is another's
let busy = false, tries = 0, timer;
const listeners = [];

export const onChange = (hear) => listeners.push(hear);

// waiting gives what is on its way for a case, also what was accepted and is not yet
// in its feed.
export const waiting = (id) => queue.filter((d) => d.case === id);

// send sends an act and gives its id.
export function send(act) {
  const d = { id: newID(), at: Date.now(), state: "waiting", ...act };
  queue.push(d);
  ever.add(d.id);
  changed();
  pump();
  return d.id;
}

export function again(id) {
  const d = queue.find((d) => d.id === id);
  if (d) Object.assign(d, { state: "waiting", why: "" });
  changed();
  pump();
}

// forget lets go of what stands in the feed by now, or is not wanted any more.
export function forget(id) {
  const i = queue.findIndex((d) => d.id === id);
  if (i >= 0) queue.splice(i, 1);
  if (i >= 0) changed();
}

function changed() {
  kept.set([...kept.get().filter((d) => !ever.has(d.id)), ...queue.filter((d) => d.kind === "say" && d.state !== "sent")].slice(-50));
  for (const hear of listeners) hear();
}

async function pump() {
  if (busy) return;
  busy = true;
  clearTimeout(timer);
  for (let d; (d = queue.find((d) => d.state === "waiting")); ) {
    if (!(await post(d))) {
      timer = setTimeout(pump, Math.min(15000, 1000 * 2 ** tries++));
      break;
    }
    tries = 0;
  }
  busy = false;
}

// post says whether the server has decided.
async function post(d) {
  const { at, state, why, slow, ...act } = d;
  let r;
  try {
    r = await fetch("/desk/act", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(act), signal: AbortSignal.timeout(20000) });
  } catch {
    return later(d);
  }
  if (r.status === 401) return signIn(), false;
  if (r.status >= 500 || r.status === 429) return later(d);
  if (r.ok) {
    d.state = "sent";
    if (d.kind !== "say" || d.change) queue.splice(queue.indexOf(d), 1);
  } else {
    d.why = (await r.text()).trim() || t("没有成功。", "It did not work.");
    d.state = "failed";
    if (d.kind !== "say" || d.change) {
      queue.splice(queue.indexOf(d), 1);
      toast(d.why, "bad");
    }
  }
  changed();
  return true;
}

function later(d) {
  if (!d.slow && d.kind !== "say") toast(t("暂时连不上，会自动再试。", "Can’t reach the server; it will be tried again."));
  if (!d.slow) {
    d.slow = true;
    changed();
  }
  return false;
}

addEventListener("online", pump);
pump();
