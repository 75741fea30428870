// What every part of the desk builds with: texts in the page's language, elements, and
// ways to tell people something. Data reaches the page as text alone.

export const lang = document.documentElement.lang.startsWith("en") ? "en" : "zh";
export const t = (zh, en) => (lang === "en" ? en : zh);
export const $ = (selector, root = document) => root.querySelector(selector);

const main = $("#main");
export const me = { id: main.dataset.agent, name: main.dataset.name };

// el makes an element. What begins with "on" is listened to; true sets an attribute,
// false and undefined leave it away.
export function el(tag, props = {}, ...children) {
  const e = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith("on")) e.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) e.setAttribute(key, value === true ? "" : value);
  }
  e.append(...children.filter(Boolean));
  return e;
}

// said is a text of somebody's: it runs in its own direction and breaks no line of ours.
export const said = (tag, name, text) => el(tag, { class: ("said " + name).trim(), dir: "auto" }, text);

export const button = (label, name, act, more = {}) => el("button", { type: "button", class: name, onclick: act, ...more }, label);

// put replaces what an element holds only if it says something else, so that focus and
// selection stay.
export function put(element, ...children) {
  const next = el("div", {}, ...children);
  if (next.innerHTML !== element.innerHTML) element.replaceChildren(...next.childNodes);
}

export const newID = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");

// announce tells those who listen; toast shows it to everybody, too.
export function announce(text) {
  const p = el("p", {}, text);
  $("#live").append(p);
  setTimeout(() => p.remove(), 8000);
}

export function toast(text, kind = "warn") {
  const p = el("p", { class: "notice " + kind, dir: "auto" }, text);
  $("#toasts").append(p);
  setTimeout(() => p.remove(), 7000);
  announce(text);
}

// ask shows a dialog and gives the value of the button that ends it; "": none did.
export function ask(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue), { once: true }));
}

export function sure(title, text, yes, danger) {
  $("#sure-title").textContent = title;
  $("#sure-text").textContent = text;
  const b = $("#sure-yes");
  b.textContent = yes;
  b.className = danger ? "danger" : "";
  return ask($("#sure")).then(Boolean);
}

export const signIn = () => location.assign("/signin?next=" + encodeURIComponent("/desk" + location.hash));

// A shelf keeps a value of this agent's in this browser. Where it may not, it is kept
// until the page goes.
export function shelf(name, empty) {
  let value = empty;
  const key = `s4desk.${me.id}.${name}`;
  const read = () => {
    try { value = JSON.parse(localStorage.getItem(key)) ?? empty; } catch { /* as it was */ }
    return value;
  };
  return {
    get: read,
    set(v) {
      value = v;
      try { localStorage.setItem(key, JSON.stringify(v)); } catch { /* kept here */ }
    },
  };
}
