// The list of cases: mine, free, others' and closed; urgent ones first, then those that
// came first.
import { $, announce, el, me, said, shelf, t } from "./desk-page.js";
import { since } from "./desk-time.js";
import { reason, standing } from "./desk-fold.js";
import { ring } from "./desk-alerts.js";

const cases = new Map(), rows = new Map();
const read = shelf("read", {}); // when the newest words of a case that were seen here were said
const overMost = 60;
let open = "", stream = null, known = false, drawn;

export const summary = (id) => cases.get(id);

// heard takes in a case of the stream's list; gone one that was erased. Between
// opened and ready the stream sends all there are.
export function heard(c) {
  const was = cases.get(c.id);
  cases.set(c.id, c);
  stream?.add(c.id);
  if (c.id === open) seen(c.id);
  if (known) tell(was, c);
  redraw();
}

export function gone(id) {
  cases.delete(id);
  redraw();
}

export const opened = () => { stream = new Set(); };

export function ready() {
  for (const id of cases.keys()) if (stream && !stream.has(id)) cases.delete(id);
  stream = null;
  known = true;
  redraw();
}

function tell(was, c) {
  if (c.over) return;
  const urgent = c.urgent && !was?.urgent;
  if (!was || urgent) {
    const text = (c.urgent ? t("加急工单：", "Urgent case: ") : t("新工单：", "New case: ")) + [c.who, reason(c.title)].filter(Boolean).join(" · ");
    announce(text);
    if (urgent) ring(text, c.id);
  } else if (c.said > was.said && c.id !== open && c.agent.id === me.id) {
    announce(t(`${c.who || "商户"}说：${c.last}`, `${c.who || "Merchant"} says: ${c.last}`));
  }
}

// seen notes that the newest words of a case were read.
function seen(id) {
  const c = cases.get(id), all = read.get();
  if (!c || document.hidden || all[id] >= c.said) return;
  for (const k of Object.keys(all)) if (known && !cases.has(k)) delete all[k];
  read.set({ ...all, [id]: c.said });
  redraw();
}

const isNew = (c) => !c.over && c.said > (read.get()[c.id] ?? 0);

// show marks the open case.
export function show(id) {
  open = id;
  seen(id);
  redraw();
}

function redraw() {
  clearTimeout(drawn);
  drawn = setTimeout(draw, 0);
}

function draw() {
  const words = $("#search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const all = [...cases.values()].filter((c) => matches(c, words)).sort(order);
  const focused = document.activeElement?.closest?.("#list a")?.dataset.case;
  for (const box of document.querySelectorAll("#list [data-group]")) {
    const group = all.filter((c) => standing(c, me) === box.dataset.group);
    box.hidden = !group.length;
    $(".n", box).textContent = group.length;
    if (box.tagName === "DETAILS" && (words.length || group.some((c) => c.id === open))) box.open = true;
    fill($("ul", box), group.slice(0, overMost).map(row));
  }
  for (const id of rows.keys()) if (!cases.has(id)) rows.delete(id);
  if (focused && !document.activeElement?.closest("#list")) rows.get(focused)?.firstChild.focus();
  $("#nothing").hidden = all.length > 0 || !words.length;
  $("#welcome-none").hidden = cases.size > 0;
  $("#welcome-some").hidden = cases.size === 0;
  $("#welcome-title").textContent = cases.size ? t("选一个工单", "Choose a case") : t("工单会自己出现在这里", "Cases appear here by themselves");
  const due = [...cases.values()].filter((c) => standing(c, me) === "free" || (standing(c, me) === "mine" && isNew(c))).length;
  document.title = (due ? `(${due}) ` : "") + t("工作台", "Desk") + " · s4bot";
}

const matches = (c, words) => {
  const text = [c.who, c.title, c.last, c.agent.name, c.over].join(" ").toLowerCase();
  return words.every((w) => text.includes(w));
};

function order(x, y) {
  if (x.over && y.over) return y.opened - x.opened;
  return Number(!!y.urgent) - Number(!!x.urgent) || x.opened - y.opened || (x.id < y.id ? -1 : 1);
}

// fill puts rows into a list and moves only those that stand elsewhere.
function fill(list, wanted) {
  wanted.forEach((li, i) => { if (list.children[i] !== li) list.insertBefore(li, list.children[i] ?? null); });
  while (list.children.length > wanted.length) list.lastChild.remove();
}

function row(c) {
  let li = rows.get(c.id);
  if (!li) rows.set(c.id, (li = el("li", {}, el("a", { href: "#" + c.id, "data-case": c.id }))));
  const a = li.firstChild, as = standing(c, me), fresh = isNew(c);
  a.className = "row" + (c.urgent && as !== "over" ? " urgent" : "") + (fresh ? " fresh" : "");
  if (c.id === open) a.setAttribute("aria-current", "true");
  else a.removeAttribute("aria-current");
  a.replaceChildren(
    el("span", { class: "row-line" }, said("b", "who", c.who || t("商户", "Merchant")), age(c, as)),
    el("span", { class: "row-line" },
      c.urgent && as !== "over" && el("span", { class: "badge bad" }, t("！加急", "! Urgent")),
      said("span", "reason", as === "over" ? c.over : reason(c.title)),
      c.remind && as === "free" && reminded(c.remind),
      as === "others" && said("span", "badge", c.agent.name || c.agent.id),
      fresh && el("span", { class: "dot" }, el("span", { class: "sr-only" }, t("有新消息", "new words")))),
    said("span", "last", c.last ?? ""));
  return li;
}

function reminded(times) {
  const text = t(`已提醒 ${times} 次`, `reminded ${times} times`);
  return el("span", { class: "badge warn", title: text }, el("span", { "aria-hidden": "true" }, `⏰ ${times}`), el("span", { class: "sr-only" }, text));
}

// age tells what matters most: how long somebody waits, else when it last moved.
function age(c, as) {
  if (as === "free") return since(c.opened, "waits", "age");
  if (as !== "over" && c.said > (c.told ?? 0)) return since(c.said, "owed", "age owed");
  return since(Math.max(c.said ?? 0, c.told ?? 0, c.opened), "ago", "age");
}

// step moves the focus to the next row, or the one before.
export function step(by) {
  const all = [...document.querySelectorAll("#list a")].filter((a) => a.offsetParent);
  const at = all.indexOf(document.activeElement.closest("#list a") ?? $("#list a[aria-current]"));
  all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))]?.focus();
}

$("#search").addEventListener("input", redraw);
$("#search").addEventListener("keydown", (e) => {
  if (e.isComposing) return;
  if (e.key === "ArrowDown") e.preventDefault(), step(0);
  if (e.key === "Enter") $("#list a")?.click();
  if (e.key === "Escape" && e.target.value) e.preventDefault(), (e.target.value = ""), redraw();
});
addEventListener("storage", redraw);
document.addEventListener("visibilitychange", () => seen(open));
