import { el, english, heard, icon, say } from "./chat-dom.js";
import { commands, lines } from "./chat-text.js";

const long = 1500; // UTF-16 units of a text; more is folded away
const clock = new Intl.DateTimeFormat(english ? "en-GB" : "zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

// row makes the place of an item in the log. act has the functions choose(item, option),
// reply(item), edit(item), retry(item), remove(item), look(photo) and address(file).
export function row(item, act) {
  const node = el("div", { className: "row " + (item.mine ? "mine" : item.from), id: "m-" + item.key });
  if (!item.mine) node.append(el("span", { className: "avatar" }, icon(item.from === "agent" ? "person" : "bot")));
  node.append(el("div", { className: "stack" }));
  node.parts = {};
  paint(node, item, act);
  return node;
}

// paint brings a row up to date. What has not changed stays, for whoever is reading it.
export function paint(node, item, act) {
  node.dataset.kind = item.kind ?? "";
  const stack = node.querySelector(".stack");
  const part = (name, seen, build) => {
    const signature = JSON.stringify(seen);
    const old = node.parts[name];
    if (old?.signature === signature) return;
    const fresh = build() ?? document.createComment(name);
    if (old) old.node.replaceWith(fresh);
    else stack.append(fresh);
    node.parts[name] = { signature, node: fresh };
  };
  part("bubble", [item.text, item.deleted, item.edited, item.files, item.files?.map(act.address), item.quote, item.state, item.editable], () => bubble(item, act));
  part("options", [item.options, item.settled, item.chosen], () => options(item, act));
  part("trouble", item.trouble, () => item.trouble && trouble(item, act));
}

function who(item) {
  if (item.mine) return heard(say("您：", "You: "));
  if (item.from === "agent") return el("span", { className: "who", textContent: say("客服", "Support") });
  return heard(say("助手：", "Assistant: "));
}

function bubble(item, act) {
  const box = el("div", { className: "bubble", tabIndex: -1 }, who(item));
  if (item.deleted) {
    box.classList.add("gone");
    box.append(say("这条消息已撤回", "This message was taken back"));
    return el("div", { className: "said" }, box);
  }
  if (item.quote) box.append(el("blockquote", { dir: "auto", textContent: item.quote }));
  for (const f of item.files ?? []) box.append(file(f, act));
  const text = plain(item);
  const all = lines(text, item.strong, item.from === "agent");
  if (text === "") all.splice(0, 1, el("div", { className: "line" }));
  all[all.length - 1].append(meta(item));
  const body = el("div", { className: "text", dir: "auto" }, ...all);
  box.append(body);
  if (text.length > long) fold(box, body);
  return el("div", { className: "said" }, box, ...tools(item, act));
}

// plain gives the text as people read it: of a command its meaning.
function plain(item) {
  const text = item.text ?? "";
  if (!item.mine || !text.startsWith("/")) return text;
  const meaning = commands[text];
  if (meaning) return say(...meaning);
  return text.replace(/^\/start(?= |$)/, say("开始", "Start"));
}

function fold(box, body) {
  body.classList.add("folded");
  const more = el("button", { type: "button", className: "more", textContent: say("显示全部", "Show all") });
  more.onclick = () => {
    body.classList.remove("folded");
    more.remove();
    box.focus({ preventScroll: true });
  };
  box.append(more);
}

const marks = { waiting: ["clock", "发送中", "Sending"], sent: ["check", "已送达", "Delivered"], failed: ["alert", "没有发出", "Not sent"] };

function meta(item) {
  const m = el("span", { className: "meta", dir: "ltr" });
  if (item.edited) m.append(el("span", { textContent: say("已编辑", "edited") }), " ");
  m.append(el("time", { dateTime: new Date(item.at).toISOString(), textContent: clock.format(item.at) }));
  if (item.mine) {
    const [name, zh, en] = marks[item.state ?? "sent"];
    m.append(el("span", { className: "mark " + name, title: say(zh, en) }, icon(name), heard(say(zh, en))));
  }
  return m;
}

function tools(item, act) {
  if (item.mine) return item.editable ? [tool("pencil", say("修改这条消息", "Edit this message"), () => act.edit(item))] : [];
  return item.text && item.key !== "goodbye" ? [tool("reply", say("引用这条消息", "Reply to this message"), () => act.reply(item))] : [];
}

function tool(name, title, onclick) {
  return el("button", { type: "button", className: "tool " + name, title, "aria-label": title, onclick }, icon(name));
}

function options(item, act) {
  if (!item.options?.length) return null;
  const box = el("div", { className: "options", role: "group", "aria-label": say("选项", "Options") });
  const chosen = item.settled ? item.options : item.options.filter((o) => o.id === item.chosen);
  if (item.settled || item.chosen) {
    for (const o of chosen) box.append(el("span", { className: "chosen", dir: "auto" }, icon("check"), heard(say("已选：", "Chosen: ")), o.label));
    return box;
  }
  for (const o of item.options) {
    box.append(el("button", { type: "button", className: "option plain", dir: "auto", textContent: o.label, onclick: (e) => act.choose(item, o, e) }));
  }
  return box;
}

function trouble(item, act) {
  return el("div", { className: "trouble", role: "alert" }, el("span", { textContent: item.trouble }),
    el("button", { type: "button", className: "retry", textContent: say("再试一次", "Try again"), onclick: () => act.retry(item) }),
    el("button", { type: "button", className: "remove", textContent: say("删除", "Remove"), onclick: () => act.remove(item) }));
}

const nouns = {
  photo: ["照片", "Photo"], video: ["视频", "Video"], voice: ["语音", "Voice message"], audio: ["录音", "Recording"], document: ["文件", "File"],
  sticker: ["表情", "Sticker"], place: ["位置", "Place"], contact: ["名片", "Contact"], other: ["文件", "File"],
};

// file shows a file. One without an address could not be fetched: it leaves its name.
function file(f, act) {
  const noun = say(...(nouns[f.kind] ?? nouns.other)), name = f.title || noun;
  const href = act.address(f);
  const type = (f.type ?? "").split("/")[0];
  if (!href) return el("div", { className: "file" }, icon("file"), el("bdi", { textContent: f.title ? noun + " · " + f.title : noun }));
  if (type === "image") {
    const show = el("button", { type: "button", className: "photo", "aria-label": say("放大：", "Enlarge: ") + name });
    const img = el("img", { src: href, alt: name, decoding: "async" });
    img.onerror = () => show.replaceWith(el("div", { className: "file" }, icon("file"), el("bdi", { textContent: name })));
    show.onclick = () => act.look(img);
    show.append(img);
    return show;
  }
  if (type === "audio" || f.kind === "voice") return el("audio", { controls: true, preload: "metadata", src: href, "aria-label": name });
  if (type === "video") return el("video", { controls: true, preload: "metadata", src: href, "aria-label": name });
  const size = f.size ? " · " + Math.max(1, Math.round(f.size / 1024)).toLocaleString() + " kB" : "";
  return el("a", { className: "file", href, download: name }, icon("file"), el("bdi", { textContent: name }), size);
}
