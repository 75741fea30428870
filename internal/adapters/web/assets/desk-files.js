// Files: how they are shown in the thread, and how an agent's reach the server.
import { $, ask, el, said, signIn, t } from "./desk-page.js";

const names = {
  photo: t("照片", "Photo"), video: t("视频", "Video"), voice: t("语音", "Voice message"), audio: t("录音", "Recording"), document: t("文件", "Document"),
  sticker: t("贴纸", "Sticker"), place: t("位置", "Place"), contact: t("联系人", "Contact"),
};
const most = 10 << 20;

const size = (n) => (n > 1 << 20 ? (n / (1 << 20)).toFixed(1) + " MB" : Math.ceil(n / 1024) + " kB");
const called = (f) => f.title || names[f.kind] || t("文件", "File");

// showFile shows a file of a case; one without a name could not be fetched.
export function showFile(id, f) {
  const type = f.type ?? "", src = `/desk/files/${encodeURIComponent(id)}/${encodeURIComponent(f.name ?? "")}`;
  if (!f.name) {
    const lost = !["place", "contact"].includes(f.kind);
    return el("span", { class: "file lost" }, icon(f.kind), said("span", "", called(f)), lost && el("small", {}, t("取不到", "could not be fetched")));
  }
  if (type.startsWith("image/")) {
    const alt = `${names.photo} ${f.title ?? ""}`.trim();
    const img = el("img", { src, alt, loading: "lazy", onerror: () => b.replaceWith(el("span", { class: "file lost" }, icon("photo"), alt + t("：打不开", ": can’t be opened"))) });
    const b = el("button", { type: "button", class: "shot", "aria-label": t("放大", "Enlarge: ") + alt, onclick: () => enlarge(src, alt) }, img);
    return b;
  }
  if (type.startsWith("video/")) return el("video", { src, controls: true, preload: "metadata", "aria-label": called(f) });
  if (type.startsWith("audio/") || type === "application/ogg") return el("audio", { src, controls: true, preload: "metadata", "aria-label": called(f) });
  return el("a", { class: "file", href: src, download: f.title || true }, icon(f.kind), said("span", "", called(f)), el("small", {}, f.size ? size(f.size) : ""));
}

const icon = (kind) => el("span", { "aria-hidden": "true" }, { photo: "🖼", video: "🎬", voice: "🎤", audio: "🎤", place: "📍", contact: "👤" }[kind] ?? "📄");

function enlarge(src, alt) {
  const img = $("#photo img");
  img.src = src;
  img.alt = alt;
  ask($("#photo")).then(() => img.removeAttribute("src"));
}
$("#photo").addEventListener("click", (e) => { if (e.target.tagName !== "BUTTON") $("#photo").close(); });

// upload keeps a file at the server and gives what a message names it by. The error
// says why not; its again says that it may work later.
export async function upload(id, blob) {
  const fail = (text, again) => { throw Object.assign(new Error(text), { again }); };
  if (blob.size > most) fail(t("文件太大了，最大 10 MB。", "This file is too large: 10 MB at most."));
  let r;
  try {
    r = await fetch(`/desk/files?case=${encodeURIComponent(id)}&name=${encodeURIComponent(blob.name ?? "")}`, { method: "POST", body: blob });
  } catch {
    fail(t("没有传上去。", "It was not uploaded."), true);
  }
  if (r.status === 401) signIn();
  if (!r.ok) fail((await r.text()).trim(), r.status >= 500);
  return r.json();
}
