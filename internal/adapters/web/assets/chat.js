// The merchant's chat: what the room has, and what the merchant has said that the bot
// does not have yet, make the picture; everything else stands in the modules.
import { $, el, lang, say, touches } from "./chat-dom.js";
import { Composer } from "./chat-composer.js";
import { Feed } from "./chat-feed.js";
import { Inside } from "./chat-inside.js";
import { Log } from "./chat-log.js";
import { menu } from "./chat-menu.js";
import { Outbox } from "./chat-outbox.js";
import { dropOldFiles, fileOf, newID } from "./chat-store.js";
import { commands } from "./chat-text.js";
import { Unread } from "./chat-unread.js";
import { Stream } from "./stream.js";

let feed = new Feed();
let ready = false; // the room's history is here
let goodbye; // what stays on the screen of a room that was erased
let accepted = []; // what the bot has and the feed does not show yet
let focusNext = false; // the next options get the focus
const pictures = new Map(); // addresses of files that are still in the browser

const unread = new Unread();
const outbox = new Outbox({
  changed: draw,
  accepted: (item) => {
    accepted.push(item);
    stream.expect();
    draw();
  },
  renewed: () => {
    feed = new Feed();
    accepted = [];
    stream.open();
  },
});
const composer = new Composer(send, lastOwn);
const log = new Log({ log: $("log"), scroll: $("scroll"), newest: $("newest"), earlier: $("earlier") }, {
  choose, look, address,
  reply: (item) => composer.reply(item),
  edit: (item) => composer.edit(item),
  retry: (item) => outbox.retry(item.waits),
  remove: (item) => outbox.remove(item.waits),
});
const inside = new Inside(() => command("/back"));
const stream = new Stream(() => "/chat/events?after=" + feed.after, { entry, ready: caughtUp, reset, typing: () => typing(6000) }, { live });

function entry(data, number) {
  const item = feed.take(number, data);
  if (replay) return replayed(150);
  if (item && !item.mine) {
    typing(0);
    if (ready) {
      log.heard();
      unread.heard();
      inside.refresh();
    }
  }
  if (item || data.what !== "message") draw();
}

function caughtUp() {
  ready = true;
  outbox.wake();
  draw();
}

// reset: what was shown no longer holds, and everything comes again. Until that is here
// the screen stays. If nothing comes the room was erased: the goodbye is what stays.
let replay, before;
function reset() {
  before = feed.last() ?? before;
  feed = new Feed();
  replayed(300);
}

function replayed(wait) {
  clearTimeout(replay);
  replay = setTimeout(() => {
    if (!feed.items.length) {
      accepted = [];
      if (before?.kind === "closing") goodbye = { ...before, key: "goodbye", options: [] };
    }
    replay = before = undefined;
    typing(0);
    inside.refresh();
    draw();
  }, wait);
}

function live(yes) {
  if (!yes && !ready && document.querySelector("main").dataset.embedded) homeless().catch(() => {});
  $("status").textContent = yes ? "" : say("连接中断，正在重连…", "Connection lost. Reconnecting…");
  document.body.classList.toggle("offline", !yes);
}

// homeless tells, where the stream does not open, that there is no room for want of a
// cookie: in somebody else's page browsers keep one over a safe connection alone.
async function homeless() {
  const { status } = await fetch("/chat/say", { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" });
  if (status !== 401) return;
  const text = say("浏览器不让对话留在这个页面里。在新窗口打开", "The browser can’t keep the chat in this page. Open it in a new window");
  $("hint").replaceChildren(el("a", { href: "/", target: "_blank", rel: "noopener", textContent: text }));
  $("hint").hidden = false;
}

function send(body, files) {
  log.atEnd = true;
  for (const f of files) if (f.key) fileOf(f.key).then((blob) => blob && pictures.set(f.key, URL.createObjectURL(blob))).then(draw);
  outbox.add({ ...body, lang: document.documentElement.lang }, files);
  if (stream.isOpen && !withPerson()) typing(8000);
}

function command(text) {
  send({ id: newID(), text }, []);
}

// withPerson says that an agent has the case, who types when they type.
function withPerson() {
  const last = feed.last();
  return last?.from === "agent" || last?.kind === "handoff";
}

function choose(item, option, event) {
  send({ id: newID(), choice: option.id, post: item.post, reply_to: item.key }, []);
  focusNext = event.detail === 0; // by the keyboard
  if (touches()) document.getElementById("m-" + item.key).querySelector(".bubble").focus({ preventScroll: true });
  else composer.focus();
}

// typing shows for a while that an answer is being written.
let typingEnds;
function typing(time) {
  clearTimeout(typingEnds);
  $("typing").classList.toggle("on", time > 0);
  if (time > 0) typingEnds = setTimeout(() => typing(0), time);
}

// draw shows the picture, once for all that has changed meanwhile.
let drawing = false;
function draw() {
  if (drawing) return;
  drawing = true;
  setTimeout(() => {
    drawing = false;
    if (ready && !replay) show();
  });
}

function show() {
  const items = picture();
  log.show(items);
  if (items.some((i) => i.trouble)) typing(0);
  $("empty").hidden = items.length > 0;
  if ($("log").getAttribute("aria-live") === "off") setTimeout(() => $("log").setAttribute("aria-live", "polite"), 500);
  if (focusNext && composer.empty() && document.activeElement === $("text")) {
    const next = $("log").lastElementChild?.querySelector(".option");
    if (!next) return;
    focusNext = false;
    next.focus({ preventScroll: true });
  }
}

// picture puts what waits over what the room has.
function picture() {
  accepted = accepted.filter((i) => !shows(i.body));
  const items = feed.items.map((i) => ({ ...i, state: "sent" }));
  if (goodbye) items.unshift(goodbye);
  const by = new Map(items.map((i) => [i.key, i]));
  for (const waits of [...accepted, ...outbox.items]) {
    const { body, failed } = waits;
    const state = failed ? "failed" : accepted.includes(waits) ? "sent" : "waiting";
    const under = by.get(body.choice ? body.reply_to : body.id);
    if (body.choice) {
      if (under) Object.assign(under, { chosen: failed ? "" : body.choice }, trouble(waits));
    } else if (under) {
      if (body.edited) Object.assign(under, { text: body.text, edited: true, state, waits }, trouble(waits));
    } else {
      const item = { key: body.id, mine: true, from: "merchant", at: waits.at, text: body.text, quote: body.quote, files: waits.files.map(sort), edited: body.edited, state, waits, ...trouble(waits) };
      by.set(item.key, item);
      items.push(item);
    }
  }
  const own = lastOwn(items);
  if (own) own.editable = true;
  return items;
}

const trouble = (waits) => (waits.failed ? { trouble: waits.failed, waits } : {});

// shows says that the feed shows what was accepted.
function shows(body) {
  if (body.choice) return feed.by.get(body.reply_to)?.settled;
  const item = feed.by.get(body.id);
  return item && (!body.edited || item.edited);
}

function sort(f) {
  return f.kind ? f : { ...f, kind: f.type.startsWith("image/") ? "photo" : "document" };
}

// address gives where a file is to be had.
function address(f) {
  const own = pictures.get(f.was ?? f.key);
  if (own && f.name) pictures.set(f.name, own); // seen once it need not be fetched
  return own ?? pictures.get(f.name) ?? (f.name ? "/chat/files/" + encodeURIComponent(f.name) : "");
}

// lastOwn gives the merchant's newest message, if it is one that can be edited.
function lastOwn(items = picture()) {
  for (let i = items.length - 1; i >= 0; i--) {
    if (items[i].mine) return items[i].text && !items[i].text.startsWith("/") && !items[i].files?.length && !items[i].trouble ? items[i] : undefined;
  }
  return undefined;
}

function look(img) {
  const sheet = $("look");
  sheet.querySelector("img").src = img.src;
  sheet.querySelector("img").alt = img.alt;
  sheet.onclick = () => sheet.close();
  sheet.showModal();
}

// switchLanguage goes to the page in the other language, and tells the bot if it knows
// the merchant already.
function switchLanguage(link) {
  link.addEventListener("click", () => {
    const to = "/language " + (lang === "en" ? "zh" : "en");
    if (feed.items.length || outbox.items.length) command(to);
  });
}

// begin sends what the link that opened the page brings, as a link to a bot does.
function begin() {
  const here = new URL(location.href), start = here.searchParams.get("start") ?? "";
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(start)) return;
  here.searchParams.delete("start");
  history.replaceState(null, "", here);
  command("/start " + start);
}

// On some phones the keyboard lies over the page instead of making it smaller.
function fitKeyboard() {
  const v = window.visualViewport;
  if (!v) return;
  const fit = () => {
    document.body.style.height = v.scale === 1 && v.height < innerHeight - 60 ? v.height + "px" : "";
    if (document.body.style.height) scrollTo(0, 0);
  };
  v.addEventListener("resize", fit);
}

menu((text) => commands[text] && command(text));
for (const chip of document.querySelectorAll("#empty button")) chip.onclick = () => (command(chip.textContent), touches() || composer.focus());
for (const link of document.querySelectorAll("a[hreflang]")) switchLanguage(link);
unread.shown = () => (touches() ? $("scroll") : $("text")).focus();
begin();
fitKeyboard();
outbox.wake();
dropOldFiles();
if (!touches() && !document.querySelector("main").dataset.embedded) composer.focus();
