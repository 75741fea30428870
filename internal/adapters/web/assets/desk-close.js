// Closing a case asks for the cause: a list to search, the likeliest first.
import { $, ask, el, said, t, toast } from "./desk-page.js";
import { percent } from "./desk-card.js";
import { send } from "./desk-outbox.js";

const dialog = $("#close"), search = $("#cause-search"), box = $("#causes"), yes = $("#close-send"), note = $("#close-note");
let groups, top = [], active = 0, chosen = null, options = [];

async function load() {
  try {
    const r = await fetch("/desk/causes");
    if (r.ok) groups = await r.json();
  } catch { /* the likeliest and none are there anyway */ }
  if (!groups) toast(t("原因列表暂时打不开。", "The list of causes can’t be opened just now."));
}

// closeCase asks and sends; it gives whether the case was closed.
export async function closeCase(c) {
  if (!groups) await load();
  top = c.card.top ?? [];
  search.value = note.value = "";
  choose(null);
  draw();
  const done = ask(dialog);
  search.focus();
  if ((await done) !== "close" || chosen === null) return false;
  send({ case: c.id, kind: "close", cause: chosen, note: note.value.trim() });
  return true;
}

function draw() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (o, group) => words.every((w) => has(`${o.label} ${o.id} ${group}`.toLowerCase(), w));
  const likely = t("机器人认为最可能", "The bot thinks"), other = t("其他", "Other");
  const names = new Map((groups ?? []).flatMap((g) => g.causes.map((o) => [o.id, o.label]))); // the card has the merchant's language
  const all = [
    [likely, top.map((l) => ({ id: l.cause, label: names.get(l.cause) ?? l.title, p: l.p })).filter((o) => fits(o, ""))],
    ...(groups ?? []).map((g) => [g.title, g.causes.filter((o) => fits(o, g.title))]),
    [other, [{ id: "", label: t("都不是 S4 的原因", "None of these") }]],
  ].filter(([, list]) => list.length);
  options = [];
  active = 0;
  box.replaceChildren(...all.map(([title, list], i) => el("div", { role: "group", "aria-labelledby": "causes-" + i },
    el("p", { id: "causes-" + i, class: "causes-title" }, title), ...list.map(option))));
  if (words.length && options.length === 1) box.prepend(el("p", { class: "help" }, t("没有找到，可以选“都不是”。", "Nothing found; “None of these” is there, too.")));
  mark();
}

// has finds a word, of Chinese also one whose characters stand apart: 过期 in 过有效期.
function has(text, word) {
  let at = -1;
  return text.includes(word) || (/^[\u3400-\u9fff]+$/.test(word) && [...word].every((c) => (at = text.indexOf(c, at + 1)) >= 0));
}

function option(o) {
  const i = options.length;
  const e = el("div", { role: "option", id: "cause-" + i, class: "cause", "data-cause": o.id, onclick: () => { active = i; pick(); } },
    said("span", "", o.label), o.p !== undefined && el("b", {}, percent(o.p)));
  options.push(e);
  return e;
}

function mark() {
  options.forEach((e, i) => {
    e.classList.toggle("active", i === active);
    e.setAttribute("aria-selected", e.dataset.cause === chosen);
  });
  search.setAttribute("aria-activedescendant", options[active]?.id ?? "");
  options[active]?.scrollIntoView({ block: "nearest" });
}

function choose(cause, label) {
  chosen = cause;
  yes.disabled = cause === null;
  yes.textContent = label ? t("结单：", "Close: ") + label : t("结单", "Close the case");
}

// pick takes the active cause and goes on to the button, so that Enter twice closes.
function pick() {
  const e = options[active];
  if (!e) return;
  choose(e.dataset.cause, $("span", e).textContent);
  mark();
  yes.focus();
}

search.addEventListener("input", draw);
search.addEventListener("keydown", (e) => {
  if (e.isComposing) return;
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[e.key];
  if (by) {
    e.preventDefault();
    active = Math.max(0, Math.min(options.length - 1, active + by));
    mark();
  }
  if (e.key === "Enter") e.preventDefault(), pick();
});
note.addEventListener("keydown", (e) => {
  if (e.key !== "Enter" || e.isComposing) return;
  e.preventDefault();
  if (!yes.disabled) dialog.close("close");
});
