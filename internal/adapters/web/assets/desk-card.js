// The card: all that is known of a case, to be read in twenty seconds.
import { $, el, said, t } from "./desk-page.js";

// kinds say how a row is shown, by what its label begins with.
const kinds = [
  [/^(商户|Merchant)/, "who"], [/^(扣款|Charge)/, "money"], [/^(原话|Their words)/, "words"], [/^(已知|Known)/, "chips"],
  [/^(已排除|Ruled out)/, "out"], [/^(试过|Tried)/, "tried"], [/^(下一步|Next)/, "next"],
];
const kind = (row) => kinds.find(([form]) => form.test(row.label ?? ""))?.[1] ?? "plain";
const below = ["out", "tried", "next"];

// showCard shows a card; null: it is not there yet.
export function showCard(card) {
  const rows = (card?.rows ?? []).map((r) => [kind(r), r]).filter(([k]) => k !== "who");
  const first = rows.findIndex(([k]) => below.includes(k));
  const parts = rows.map(([k, r]) => line(k, r));
  if (card?.top?.length) parts.splice(first < 0 ? parts.length : first, 0, likeliest(card.top));
  if (card?.over) parts.unshift(line("over", { parts: [card.over] }));
  $("#card").replaceChildren(...parts);
}

function line(k, r) {
  const label = (r.label ?? "").replace(/[：:]\s*$/, "");
  return el("section", { class: "fact " + k }, label && said("h3", "", label), body(k, r.parts ?? []));
}

function body(k, parts) {
  switch (k) {
    case "words":
      return el("div", {}, ...parts.map((p) => folded(said("blockquote", "", unquoted(p)), p, 300)));
    case "chips":
      return el("ul", { class: "chips" }, ...parts.map((p) => said("li", "", p)));
    case "money":
      return said("p", /^(可能已扣|probably)/.test(parts[0]) ? "bad" : /^(没有扣|not charged)/.test(parts[0]) ? "good" : "", parts[0]);
    case "out": case "tried":
      return el("ul", {}, ...parts.map((p) => said("li", "", p)));
  }
  return said("p", "", parts.join(" · "));
}

const unquoted = (p) => p.replace(/^「([\s\S]*)」$/, "$1");

// firstWords are what the merchant told the bot.
export const firstWords = (card) => (card?.rows ?? []).filter((r) => kind(r) === "words").flatMap((r) => r.parts).map(unquoted);

function likeliest(top) {
  return el("section", { class: "fact top" }, el("h3", {}, t("最可能", "Likeliest")), el("ol", {}, ...top.map((l) => {
    const bar = el("i", { "aria-hidden": "true" });
    bar.style.width = Math.max(1, Math.min(100, l.p * 100)) + "%";
    return el("li", {}, el("span", { class: "top-line" }, said("span", "", l.title || l.cause), el("b", {}, percent(l.p))), el("span", { class: "track" }, bar));
  })));
}

// percent is never that sure.
export const percent = (p) => Math.min(99, Math.max(1, Math.round(p * 100))) + "%";

// folded hides most of a very long text until it is asked for.
export function folded(element, text, most = 900) {
  if (text.length < most && text.split("\n").length < 20) return element;
  element.classList.add("long");
  const more = el("button", { type: "button", class: "quiet more", "aria-expanded": "false", onclick() {
    const open = element.classList.toggle("long");
    more.textContent = open ? t("展开全部", "Show all") : t("收起", "Show less");
    more.setAttribute("aria-expanded", !open);
  } }, t("展开全部", "Show all"));
  return el("div", {}, element, more);
}
