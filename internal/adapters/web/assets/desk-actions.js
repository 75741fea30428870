// What can be done with a case as it stands, and by whom.
import { $, ask, el, me, put, sure, t } from "./desk-page.js";
import { standing } from "./desk-fold.js";
import { closeCase } from "./desk-close.js";
import { onChange, send, waiting } from "./desk-outbox.js";

const box = $("#actions");
let now = null;

const busy = (kind) => waiting(now.id).some((d) => d.kind === kind);
const act = (kind, more) => send({ case: now.id, kind, ...more });

export function claim() {
  if (now?.card && ["free", "bot"].includes(standing(now.card, me)) && !busy("claim")) act("claim");
}

// deeds are the actions by name.
const deeds = {
  claim,
  async suggest() {
    const { id, card } = now;
    $("#fix-title").textContent = card.fix_title ?? "";
    $("#fix-text").textContent = card.fix_text ?? "";
    if (await ask($("#fix"))) send({ case: id, kind: "suggest", fix: card.fix });
  },
  close: () => closeCase(now),
  async release() {
    if (await sure(t("放手这个工单？", "Release this case?"), t("商户会知道换同事来接，工单回到“等人接手”。", "The merchant is told that a colleague takes over; the case is free again."), t("放手", "Release"))) act("release");
  },
  async give_back() {
    if (await sure(t("交回给机器人？", "Give it back to the bot?"), t("机器人会接着和商户聊。随时可以再接手。", "The bot goes on with the merchant. You can claim it again any time."), t("交回机器人", "Back to the bot"))) act("give_back");
  },
};
const labels = {
  claim: t("接手", "Claim"), suggest: t("发办法…", "Send fix…"), close: t("结单…", "Close…"), release: t("放手", "Release"), give_back: t("交回机器人", "Back to the bot"),
};
const shown = { free: ["claim", "close"], bot: ["claim"], mine: ["suggest", "close", "release", "give_back"], others: [], over: [] };

// showActions shows the buttons of a case.
export function showActions(c) {
  now = c;
  if (!c.card) return box.replaceChildren();
  const as = standing(c.card, me), had = box.contains(document.activeElement) && document.activeElement.dataset.act;
  const names = shown[as].filter((n) => n !== "suggest" || c.card.fix);
  box.hidden = !names.length;
  const first = names[0] === "suggest" || names[0] === "claim" ? names[0] : "";
  put(box, as === "mine" && c.card.fix && el("p", { class: "fix-line" }, t("可以发的办法：", "Fix to send: "), el("b", { class: "said", dir: "auto" }, c.card.fix_title || c.card.fix)),
    ...names.map((n) => el("button", { type: "button", "data-act": n, class: n === first ? "" : "plain", "aria-disabled": busy(n) && "true" }, labels[n])));
  if (had && !box.contains(document.activeElement)) (box.querySelector(`[data-act="${had}"]`) ?? $("#case-title")).focus();
}

box.addEventListener("click", (e) => {
  const name = e.target.closest("[data-act]")?.dataset.act;
  if (name && !busy(name)) deeds[name]();
});
onChange(() => now && showActions(now));
