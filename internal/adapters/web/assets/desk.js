// The agents' desk: the list of cases and, beside it, the open one. All that is shown
// comes from the server's stream; the address after # names the open case.
import { $, announce, me, put, said, signIn, sure, t, toast } from "./desk-page.js";
import { newCase, reason, standing, take } from "./desk-fold.js";
import * as list from "./desk-list.js";
import { forget, onChange, send, waiting } from "./desk-outbox.js";
import { showCard } from "./desk-card.js";
import { goTo, markWord, showThread, toEnd } from "./desk-thread.js";
import { claim, showActions } from "./desk-actions.js";
import * as composer from "./desk-composer.js";
import { inside } from "./desk-inside.js";
import "./desk-keys.js";
import "./desk-name.js";
import { Stream } from "./stream.js";

const known = new Map(); // the cases that were opened, as far as they were read
let open = null, live = false, cardShown, stream, drawn, typing;

const caseInAddress = () => (/^#[\w-]{16}$/.test(location.hash) ? location.hash.slice(1) : "");

// go opens the case that the address names.
function go() {
  const id = caseInAddress();
  if (id === (open?.id ?? "")) return;
  const from = open?.id;
  open = id ? known.get(id) ?? newCase(id) : null;
  if (open) known.set(id, open);
  live = false;
  $("#main").dataset.view = open ? "case" : "list";
  $("#case").hidden = !open;
  $("#welcome").hidden = !!open;
  list.show(id);
  stream?.open();
  if (!open) {
    composer.use("", "free");
    document.querySelector(`#list a[data-case="${from}"]`)?.focus();
    return;
  }
  show();
  if (stream) $("#case-title").focus();
}

const address = () => "/desk/events" + (open ? `?case=${open.id}&after=${open.after}` : "");

const hear = {
  case(c) {
    list.heard(c);
    if (c.id === open?.id && !open.card) redraw();
  },
  gone({ id }) {
    list.gone(id);
    known.delete(id);
    if (id === open?.id) lost();
  },
  reset() {
    if (!open) return;
    known.set(open.id, (open = newCase(open.id)));
    redraw();
  },
  entry(e, number) {
    const item = take(open, number, e);
    if (e.what === "message" && e.from === "agent") forget(e.id);
    if (live) tell(e, item);
    redraw();
  },
  ready() {
    live = true;
    list.ready();
    if (open && !open.card && !list.summary(open.id)) lost();
    redraw();
  },
  typing() {
    $("#typing").hidden = false;
    clearTimeout(typing);
    typing = setTimeout(() => { $("#typing").hidden = true; }, 4000);
  },
};

// ifSignedIn goes on, or to sign in: a stream does not say why it was refused, an
// ordinary request does.
function ifSignedIn() {
  fetch("/desk/causes", { method: "HEAD" }).then((r) => (r.status === 401 || r.redirected ? signIn() : stream.open()), () => stream.open());
}

function lost() {
  toast(t("这个工单已经不在了，可能资料已被删除。", "This case is no longer here; it may have been erased."));
  location.hash = "";
}

// tell tells those who listen what has come, and everybody what is for them alone.
function tell(e, item) {
  if (e.what === "notice" && e.only) toast(e.text);
  else if (e.what === "notice") announce(e.text);
  else if (e.what === "mark" && e.mark === "delivered") announce(markWord(e.mark));
  else if (e.what === "mark") toast(`${markWord(e.mark)} ${e.text ?? ""}`, "bad");
  else if (e.what === "message" && e.agent?.id !== me.id) announce(`${item?.agent?.name ?? t("商户", "Merchant")}: ${e.text || t("文件", "a file")}`);
}

function redraw() {
  clearTimeout(drawn);
  drawn = setTimeout(show, 0);
}

const standings = {
  free: () => t("还没人接手", "Nobody has it"),
  mine: () => t("我的工单", "Mine"),
  others: (c) => t("负责人：", "With ") + (c.agent.name || c.agent.id),
  bot: () => t("机器人在处理", "With the bot"),
  over: () => t("已结", "Closed"),
};

function show() {
  if (!open) return;
  const c = open, s = list.summary(c.id), x = c.card ?? s;
  if (!x) return;
  const as = standing(x, me);
  $("#case").dataset.standing = as;
  $("#case").classList.toggle("urgent", !!x.urgent && as !== "over");
  put($("#case-title"), s?.who || c.card?.rows?.[0]?.parts?.[0] || t("商户", "Merchant"));
  put($("#case-reason"), x.urgent && as !== "over" && said("span", "badge bad", t("！加急", "! Urgent")), said("span", "", reason(x.title)));
  put($("#standing"), said("span", "", standings[as](x)));
  $("#standing").className = "badge " + { free: "warn", mine: "good", others: "", bot: "", over: "" }[as];
  const claimed = c.as && c.as !== "mine" && as === "mine" && document.hasFocus() && !document.activeElement.closest("input, textarea");
  c.as = as;
  composer.use(c.id, as);
  showActions(c);
  if (c.card !== cardShown) showCard((cardShown = c.card));
  showThread(c, waiting(c.id).filter((d) => d.kind === "say" && !d.change && !c.byID.has(d.id)), acts);
  if (claimed) toEnd(), composer.write();
  inside(c.id);
}

const acts = {
  reply: composer.reply,
  edit: composer.edit,
  goTo,
  async remove(m) {
    const id = open.id;
    if (await sure(t("撤回这条消息？", "Take this message back?"), m.inside ? t("同事也看不到了。", "Colleagues won’t see it any more.") : t("商户那边也会撤回；有的平台过了时限就撤不回。", "It goes from the merchant’s chat, too, where the platform still allows it."), t("撤回", "Take back"), true))
      send({ case: id, id: m.id, kind: "say", change: "delete", inside: !!m.inside });
  },
};

composer.onClaim(claim);
onChange(redraw);
addEventListener("hashchange", go);
for (const link of document.querySelectorAll(".bar .lang")) link.addEventListener("click", () => { link.hash = location.hash; }); // the case stays open
go();
stream = new Stream(address, hear, { live: (yes) => { $("#offline").hidden = yes; }, opened: list.opened, again: ifSignedIn });
