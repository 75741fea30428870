// What the browser keeps for us. Where it refuses (a private window, a full disk) it
// lives as long as the page does.

const memory = new Map();

export function read(key) {
  if (memory.has(key)) return memory.get(key);
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    memory.delete(key);
  } catch {
    memory.set(key, value);
  }
}

export function drop(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // it was never there
  }
}

// keys gives the keys with a beginning, in order.
export function keys(beginning) {
  const all = new Set(memory.keys());
  try {
    for (let i = 0; i < localStorage.length; i++) all.add(localStorage.key(i));
  } catch {
    // only what is in memory
  }
  return [...all].filter((k) => k.startsWith(beginning)).sort();
}

// newID makes an id that nobody else has. randomUUID is there on safe connections only.
export function newID() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

// Files wait in the browser's database until they are sent.
const day = 24 * 3600 * 1000;
const here = new Map();
let opened;

function open() {
  return new Promise((done, fail) => {
    const r = indexedDB.open("s4chat", 1);
    r.onupgradeneeded = () => r.result.createObjectStore("files");
    r.onsuccess = () => done(r.result);
    r.onerror = () => fail(r.error);
  });
}

async function files(mode, use) {
  const db = await (opened ??= open());
  return new Promise((done, fail) => {
    const t = db.transaction("files", mode);
    const r = use(t.objectStore("files"));
    t.oncomplete = () => done(r.result);
    t.onerror = t.onabort = () => fail(t.error);
  });
}

// keepFile keeps a file and gives its key.
export async function keepFile(blob) {
  const key = Date.now() + "." + newID();
  here.set(key, blob);
  await files("readwrite", (s) => s.put(blob, key)).catch(() => {});
  return key;
}

// fileOf gives a kept file; undefined: it is gone.
export async function fileOf(key) {
  return here.get(key) ?? (await files("readonly", (s) => s.get(key)).catch(() => undefined));
}

export function dropFile(key) {
  files("readwrite", (s) => s.delete(key)).catch(() => {});
}

// dropOldFiles clears away what a page left behind that was closed for good.
export async function dropOldFiles() {
  const all = await files("readonly", (s) => s.getAllKeys()).catch(() => []);
  for (const key of all) if (Date.now() - Number.parseInt(key, 10) > 7 * day) dropFile(key);
}
