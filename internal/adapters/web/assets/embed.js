// Puts the chat into any page, by one line:
//   <script src="https://HOST/embed.js" async></script>
// A round button opens it in a frame. data-lang="zh" or "en" on the script chooses the
// language, else the browser's is taken. Styles of the two pages never meet.
(() => {
  const script = document.currentScript;
  if (!script || document.getElementById("s4bot-chat")) return;
  const home = new URL(script.src).origin;
  const english = !(script.dataset.lang || navigator.language || "").toLowerCase().startsWith("zh");
  const say = (zh, en) => (english ? en : zh);
  const remembered = "s4bot-chat-used";

  const css = `
:host { all: initial !important; display: contents !important; }
.box { position: fixed; right: max(20px, env(safe-area-inset-right)); bottom: max(20px, env(safe-area-inset-bottom)); z-index: 2147483000; }
button { all: unset; box-sizing: border-box; position: relative; display: grid; place-items: center; width: 60px; height: 60px; border-radius: 50%; background: #0b6e5f; color: #fff; cursor: pointer; box-shadow: 0 4px 18px rgb(0 0 0 / .28); }
button:hover { background: #095c50; }
button:focus-visible { outline: 3px solid #0b6e5f; outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
svg { width: 28px; height: 28px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.dot { position: absolute; top: 1px; right: 1px; min-width: 20px; height: 20px; padding: 0 5px; box-sizing: border-box; border-radius: 10px; border: 2px solid #fff; background: #b3261e; font: 700 11px/16px system-ui, sans-serif; text-align: center; }
.panel { position: absolute; right: 0; bottom: 76px; width: 360px; height: min(600px, 100vh - 116px); border-radius: 16px; overflow: hidden; background: #f4f6f5; box-shadow: 0 8px 40px rgb(0 0 0 / .3); }
iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: light dark; }
[hidden] { display: none !important; }
@media (max-width: 480px), (max-height: 440px) {
  .panel { position: fixed; inset: 0; width: auto; height: auto; border-radius: 0; }
  .open.ready > button { display: none; }
  .open > button { z-index: 1; }
}
@media (prefers-color-scheme: dark) { .panel { background: #0f1514; } }`;

  const host = document.createElement("div");
  host.id = "s4bot-chat";
  const root = host.attachShadow({ mode: "closed" });
  if (root.adoptedStyleSheets && window.CSSStyleSheet && CSSStyleSheet.prototype.replaceSync) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } else {
    root.append(make("style", { textContent: css }));
  }
  const panel = make("div", { className: "panel", hidden: true });
  const dot = make("span", { className: "dot", hidden: true });
  const open = make("button", { type: "button" });
  const box = make("div", { className: "box" }, panel, open);
  root.append(box);
  draw(false);
  let frame, loaded;

  open.onclick = () => show(panel.hidden);
  root.addEventListener("keydown", (e) => e.key === "Escape" && show(false));
  addEventListener("message", (e) => {
    if (!frame || e.origin !== home || e.source !== frame.contentWindow) return;
    if (e.data?.s4bot === "ready") box.classList.add("ready");
    if (e.data?.s4bot === "close") show(false);
    if (e.data?.s4bot === "unread") count(Number(e.data.count) || 0);
  });
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);

  function place() {
    document.body.append(host);
    // Whoever has talked here before hears of an answer without opening the chat.
    if (used()) setTimeout(load, 1500);
  }

  function load() {
    if (frame) return;
    const src = home + "/?embed=1" + (script.dataset.lang || english ? "&lang=" + say("zh", "en") : "");
    frame = make("iframe", { src, title: say("刷卡助手", "Card payment help"), allow: "camera; microphone" });
    frame.onload = () => {
      loaded = true;
      tell();
    };
    panel.append(frame);
  }

  function show(yes) {
    if (yes === !panel.hidden) return;
    panel.hidden = !yes;
    box.classList.toggle("open", yes);
    if (yes) load();
    if (yes) used(true);
    draw(yes);
    tell();
    if (yes) frame.focus();
    else open.focus();
  }

  // tell says whether the chat can be seen.
  function tell() {
    if (loaded) frame.contentWindow.postMessage({ s4bot: "shown", open: !panel.hidden }, home);
  }

  function count(n) {
    dot.hidden = n === 0;
    dot.textContent = n > 9 ? "9+" : String(n);
    draw(!panel.hidden, n);
  }

  function draw(isOpen, n = 0) {
    const news = n > 0 ? say(`，${n} 条新消息`, `, ${n} new`) : "";
    open.setAttribute("aria-label", isOpen ? say("关闭刷卡助手", "Close card payment help") : say("打开刷卡助手", "Open card payment help") + news);
    open.setAttribute("aria-expanded", String(isOpen));
    open.replaceChildren(picture(isOpen ? "m6 6 12 12M18 6 6 18" : "M4 5h16v11H10l-4 4v-4H4zM8 10.5h.01M12 10.5h.01M16 10.5h.01"), dot);
  }

  function picture(d) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", d);
    svg.append(path);
    return svg;
  }

  function make(tag, props, ...children) {
    const e = Object.assign(document.createElement(tag), props);
    e.append(...children);
    return e;
  }

  // used remembers, or says, that somebody has opened the chat in this site.
  function used(yes) {
    try {
      if (yes) localStorage.setItem(remembered, "1");
      return localStorage.getItem(remembered) === "1";
    } catch {
      return false;
    }
  }
})();
