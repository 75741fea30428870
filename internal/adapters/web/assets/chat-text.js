import { el } from "./chat-dom.js";

// A link ends before what closes a sentence, and holds no character that hides or turns
// text around.
const link = /https:\/\/[^\s<>"'()（）「」，。；！？\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/g;
const step = /^\s*(?:\d{1,2}[.、．)]|[-•·])\s*\S/;

// lines builds a text line by line: steps hang behind their number, and of its UTF-16
// units those from strong[0] up to strong[1] stand out. With links, addresses can be
// followed; they show as they are written.
export function lines(text, strong, links) {
  let at = 0;
  return text.split("\n").map((line) => {
    const div = el("div", { className: step.test(line) ? "line step" : "line" });
    if (line === "") div.append(el("br"));
    const [from, to] = strong ? strong.map((n) => Math.min(Math.max(n - at, 0), line.length)) : [0, 0];
    div.append(...spans(line.slice(0, from), links));
    if (to > from) div.append(el("strong", { textContent: line.slice(from, to) }));
    div.append(...spans(line.slice(to > from ? to : from), links));
    at += line.length + 1;
    return div;
  });
}

function spans(text, links) {
  if (!links) return text ? [text] : [];
  const out = [];
  let at = 0;
  for (const hit of text.matchAll(link)) {
    out.push(text.slice(at, hit.index));
    out.push(el("a", { href: hit[0], textContent: hit[0], target: "_blank", rel: "noopener noreferrer nofollow" }));
    at = hit.index + hit[0].length;
  }
  return [...out, text.slice(at)];
}

// commands are the words that the menu sends, and what people read instead.
export const commands = {
  "/human": ["人工客服", "A person, please"],
  "/why": ["为什么这么问？", "Why do you ask?"],
  "/back": ["退回上一步", "One step back"],
  "/restart": ["重新开始", "Start again"],
  "/forget": ["删除我的记录", "Forget me"],
  "/language en": ["English, please", "English, please"],
  "/language zh": ["请说中文", "请说中文"],
};
