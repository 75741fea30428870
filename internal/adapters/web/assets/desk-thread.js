// The thread: the merchant's words, the agents', notes and notices, in order. Only what
// changed is drawn again, so that players play on and focus stays.
import { $, button, el, me, said, t } from "./desk-page.js";
import { at, day } from "./desk-time.js";
import { firstWords, folded } from "./desk-card.js";
import { showFile } from "./desk-files.js";
import { again, forget, send } from "./desk-outbox.js";

const list = $("#thread"), talk = $("#talk"), scroll = $("#scroll"), newest = $("#newest");
const wide = matchMedia("(min-width: 1100px)");
let drawn = new Map(), shown = null, pinned = true, leavingNow = 0;

const scroller = () => (wide.matches ? talk : scroll);
const atEnd = () => { const s = scroller(); return s.scrollHeight - s.scrollTop - s.clientHeight < 80; };
export const toEnd = () => { const s = scroller(); s.scrollTop = s.scrollHeight; pinned = true; };

// showThread shows a case; on its way are the agent's words that are not in the feed
// yet. do has what can be done with a message: reply, edit, remove.
export function showThread(c, onItsWay, acts) {
  const first = shown !== c; // also what was erased and begins anew
  if (first) [drawn, pinned, newest.hidden] = [new Map(), wide.matches || !!c.card?.agent?.id, true];
  if (onItsWay.length > leavingNow) pinned = true; // who writes wants to see it
  leavingNow = onItsWay.length;
  const next = new Map(), wanted = [];
  let last = c.card && day(c.items[0]?.at ?? Date.now());
  const keep = (key, rev, make) => {
    const was = drawn.get(key);
    const now = was?.rev === rev ? was : { rev, li: make() };
    next.set(key, now);
    wanted.push(now.li);
  };
  const words = firstWords(c.card);
  if (words.length) keep("first", words.join("\n"), () => begun(words));
  for (const m of [...c.items, ...onItsWay]) {
    const d = m.at ? day(m.at) : last;
    if (d !== last) keep("day " + d, 0, () => el("li", { class: "day" }, d));
    last = d;
    const key = m.key ?? "out " + m.id;
    keep(key, m.key ? m.rev : m.state + !!m.slow, () => (m.key ? item(c, m, acts) : leaving(c, m, acts)));
  }
  wanted.forEach((li, i) => { if (list.children[i] !== li) list.insertBefore(li, list.children[i] ?? null); });
  while (list.children.length > wanted.length) list.lastChild.remove();
  if (!first && !pinned && next.size > drawn.size) newest.hidden = false;
  drawn = next;
  shown = c.card ? c : null;
  if (pinned) toEnd();
  else if (first) scroller().scrollTop = 0;
}

// begun shows what the merchant told the bot before there was a case.
const begun = (words) => el("li", { class: "msg merchant begun" }, el("p", { class: "by" }, t("之前和机器人说的", "Told the bot before")), ...words.map((w) => el("div", { class: "bubble" }, folded(said("p", "text", w), w))));

function item(c, m, acts) {
  if (m.what === "event") return event(m);
  if (m.what === "notice") {
    return el("li", { class: "note-line" + (m.urgent ? " urgent" : ""), "data-only": m.only },
      m.only && el("small", {}, t("只有您看得到", "only you see this")), m.remind && !m.text?.includes("⏰") && "⏰ ", said("span", "", m.text ?? ""), files(c, m), m.at && at(m.at));
  }
  const own = m.from === "agent", mine = own && m.agent?.id === me.id;
  const kind = own ? (m.inside ? "note" : mine ? "mine" : "agent") : "merchant";
  return el("li", { class: "msg " + kind + (m.urgent ? " urgent" : ""), "data-id": m.id, tabindex: "-1" },
    el("p", { class: "by" }, m.inside && el("span", { class: "badge warn" }, t("仅内部", "Inside")), said("b", "", mine ? t("我", "Me") : own ? m.agent?.name || t("同事", "Colleague") : t("商户", "Merchant")), m.at && at(m.at), m.edited && el("small", {}, t("改过", "edited"))),
    el("div", { class: "bubble" }, quote(c, m, acts), m.deleted ? el("p", { class: "gone" }, t("已撤回", "Taken back")) : words(m.text), files(c, m)),
    el("div", { class: "foot" }, !m.deleted && deeds(m, own, mine, acts), own && m.mark && mark(c, m, mine)));
}

const words = (text) => text && folded(said("p", "text", text), text);
const files = (c, m) => m.files?.length && el("div", { class: "files" }, ...m.files.map((f) => showFile(c.id, f)));

function quote(c, m, acts) {
  const to = m.reply_to && c.byID.get(m.reply_to), text = m.quote || to?.text || (to?.files?.length && t("文件", "a file"));
  if (!text) return null;
  const short = text.length > 160 ? text.slice(0, 160) + "…" : text;
  return to ? el("button", { type: "button", class: "quote", dir: "auto", onclick: () => acts.goTo(m.reply_to) }, short) : said("blockquote", "quote", short);
}

// goTo shows a message and marks it for a moment.
export function goTo(id) {
  const li = list.querySelector(`[data-id="${CSS.escape(id)}"]`);
  li?.scrollIntoView({ block: "center" });
  li?.focus({ preventScroll: true });
}

function event(m) {
  const text = m.over || (m.bot && t("交回给机器人了", "It is with the bot again")) || (m.claimed ? t(`${m.claimed.name} 接手了`, `${m.claimed.name} has the case now`) : t(`${m.freed?.name ?? ""} 放手了，等人接手`, `${m.freed?.name ?? "The agent"} let go of it; it is free`));
  return el("li", { class: "note-line event" }, said("span", "", text), m.at && at(m.at));
}

const marks = { delivered: ["✓", t("已送达", "Delivered"), ""], failed: ["✗", t("没送到", "Failed"), "bad"], uncertain: ["?", t("不确定送到没有", "Uncertain"), "warn"] };

export const markWord = (m) => marks[m]?.[1] ?? m;

function mark(c, m, mine) {
  const [sign, word, tone] = marks[m.mark] ?? ["·", m.mark, ""];
  const resend = () => send({ case: c.id, kind: "say", text: m.text, files: m.files, reply_to: m.reply_to });
  return el("p", { class: "mark " + tone, "data-mark": m.mark }, el("span", {}, sign + " " + word), m.mark !== "delivered" && m.why && said("span", "why", m.why.replace(/^⚠️\s*/, "")),
    mine && m.mark !== "delivered" && !m.deleted && button(t("再发一次", "Send again"), "quiet small", resend));
}

function deeds(m, own, mine, acts) {
  if (own && !mine) return null;
  return el("span", { class: "deeds" }, ...(own
    ? [m.text && button(t("修改", "Edit"), "quiet small", () => acts.edit(m)), button(t("撤回", "Take back"), "quiet small", () => acts.remove(m))]
    : [button(t("回复", "Reply"), "quiet small", () => acts.reply(m))]));
}

// leaving shows what is on its way to the server.
function leaving(c, m, acts) {
  const state = m.state === "failed" ? said("span", "why", m.why ?? "") : el("span", {}, m.slow ? t("还没发出，会自动重试", "Not sent yet; it is tried again") : t("发送中…", "Sending…"));
  return el("li", { class: "msg leaving " + (m.inside ? "note" : "mine"), "data-id": m.id },
    el("p", { class: "by" }, m.inside && el("span", { class: "badge warn" }, t("仅内部", "Inside")), el("b", {}, t("我", "Me")), at(m.at)),
    el("div", { class: "bubble" }, quote(c, m, acts), words(m.text), files(c, m)),
    el("p", { class: "mark " + (m.state === "failed" ? "bad" : "") }, state,
      m.state === "failed" && button(t("重试", "Try again"), "quiet small", () => again(m.id)), m.state === "failed" && button(t("不发了", "Discard"), "quiet small", () => forget(m.id))));
}

newest.addEventListener("click", toEnd);
for (const s of [talk, scroll]) s.addEventListener("scroll", () => { if ((pinned = atEnd())) newest.hidden = true; }, { passive: true });
new ResizeObserver(() => { if (pinned) toEnd(); }).observe(list); // a picture has come
new ResizeObserver(() => { if (pinned) toEnd(); }).observe(talk);
