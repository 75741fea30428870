// Times as people say them; those with data-since go on by themselves.
import { el, lang, t } from "./desk-page.js";

const clock = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "zh-CN", { hour: "2-digit", minute: "2-digit" });
const date = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "zh-CN", { month: "long", day: "numeric", weekday: "short" });
const full = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "zh-CN", { dateStyle: "medium", timeStyle: "medium" });

const hour = (at) => clock.format(at);

function span(ms) {
  const m = Math.floor(Math.max(0, ms) / 60000);
  if (m < 1) return "";
  if (m < 60) return t(`${m} 分钟`, `${m} min`);
  if (m < 48 * 60) return t(`${Math.floor(m / 60)} 小时`, `${Math.floor(m / 60)} h`);
  return t(`${Math.floor(m / 1440)} 天`, `${Math.floor(m / 1440)} d`);
}

// ways are how a span is said: "waits" of who waits, "owed" of an answer, else how long ago.
const ways = {
  waits: (s) => (s ? t(`等了 ${s}`, `waiting ${s}`) : t("刚到", "just came")),
  owed: (s) => (s ? t(`待回复 ${s}`, `unanswered ${s}`) : t("待回复", "unanswered")),
  ago: (s) => (s ? t(`${s}前`, `${s} ago`) : t("刚刚", "just now")),
};
const say = (way, since) => ways[way](span(Date.now() - since));

export const since = (at, way, name) =>
  el("time", { class: name, "data-since": at, "data-way": way, datetime: new Date(at).toISOString(), title: full.format(at) }, say(way, at));

export const at = (ms) => el("time", { datetime: new Date(ms).toISOString(), title: full.format(ms) }, hour(ms));

export function day(ms) {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(ms).setHours(0, 0, 0, 0)) / 864e5);
  return days === 0 ? t("今天", "Today") : days === 1 ? t("昨天", "Yesterday") : date.format(ms);
}

setInterval(() => {
  for (const e of document.querySelectorAll("time[data-since]")) e.textContent = say(e.dataset.way, +e.dataset.since);
}, 10000);
