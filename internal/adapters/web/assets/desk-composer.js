// Where an agent writes. Two modes that can't be taken for each other: to the merchant,
// or a note for colleagues. Each case keeps its own draft.
import { $, button, el, said, shelf, t, toast } from "./desk-page.js";
import { upload } from "./desk-files.js";
import { send } from "./desk-outbox.js";

const form = $("#composer"), text = $("#text"), drafts = shelf("drafts", {});
const touch = matchMedia("(pointer: coarse)");
const fresh = () => ({ text: "", mode: "", files: [], reply: null, edit: null });
let id = "", draft = fresh(), whose = "free", claim = () => {}, uploading = [];

export const onClaim = (f) => { claim = f; };

// use shows the draft of a case; whose says who has it.
export function use(caseID, standing) {
  const claimed = id === caseID && whose !== "mine" && standing === "mine";
  if (id !== caseID) {
    keep();
    [id, draft, uploading] = [caseID, { ...fresh(), ...drafts.get()[caseID] }, []];
    text.value = draft.text;
  }
  whose = standing;
  if (claimed) draft.mode = "reply";
  show();
  grow();
}

function keep() {
  if (!id) return;
  draft.text = text.value;
  const all = drafts.get();
  const { [id]: _, ...others } = all;
  drafts.set(draft.text || draft.files.length ? { ...others, [id]: draft } : others);
}

const mode = () => draft.edit ? (draft.edit.inside ? "note" : "reply") : draft.mode || (["others", "over"].includes(whose) ? "note" : "reply");

const claimable = () => whose === "free" || whose === "bot";

function show() {
  const m = mode(), note = m === "note", locked = !note && whose !== "mine" && !draft.edit;
  form.dataset.mode = m;
  for (const r of form.elements.mode) { r.checked = r.value === m; r.disabled = !!draft.edit; }
  $("#mode-help").textContent = note ? t("只有同事看得到", "Colleagues only") : "";
  $("#claim-first").hidden = !locked;
  $("#claim-first span").textContent = claimable() ? t("接手以后才能回复商户。", "Claim it first to write to the merchant.")
    : whose === "over" ? t("工单已结，不能再回复商户。", "The case is over; the merchant can’t be written to here.") : t("这是同事的工单，不能回复商户。", "A colleague has this case and writes to the merchant.");
  $("#claim-first button").hidden = !claimable();
  $(".write", form).hidden = locked;
  text.placeholder = note ? t("写备注…", "A note…") : t("回复商户…", "Write to the merchant…");
  text.setAttribute("aria-label", note ? t("内部备注", "Inside note") : t("回复商户", "To the merchant"));
  $("#send").textContent = draft.edit ? t("保存", "Save") : note ? t("记下", "Add") : t("发送", "Send");
  $("#attach").hidden = !!draft.edit;
  const about = draft.edit ?? draft.reply;
  $("#context").hidden = !about || locked;
  $("#context p").replaceChildren(el("b", {}, draft.edit ? t("修改：", "Editing: ") : t("回复：", "Replying to: ")), said("span", "", (about?.text || t("文件", "a file")).slice(0, 120)));
  chips();
}

function chips() {
  const box = $("#attached");
  box.hidden = !draft.files.length && !uploading.length || $(".write", form).hidden;
  box.replaceChildren(
    ...draft.files.map((f) => el("li", {}, said("span", "", f.title || t("文件", "File")), off(() => { draft.files = draft.files.filter((x) => x !== f); keep(); chips(); }))),
    ...uploading.map((u) => el("li", { class: u.why ? "bad" : "" }, said("span", "", u.why || t("上传中…", "Uploading…") + " " + (u.blob.name ?? "")),
      u.again && button(t("重试", "Try again"), "quiet small", () => take(u)), off(() => { uploading = uploading.filter((x) => x !== u); chips(); }))));
}

const off = (act) => el("button", { type: "button", class: "quiet small", "aria-label": t("去掉", "Remove"), onclick: act }, "✕");

function attach(blobs) {
  if (draft.edit || $(".write", form).hidden) return;
  for (const blob of blobs) {
    if (draft.files.length + uploading.length >= 10) return toast(t("一次最多 10 个文件。", "10 files at most at once."));
    const u = { blob, of: id };
    uploading.push(u);
    take(u);
  }
}

async function take(u) {
  Object.assign(u, { why: "", again: false });
  chips();
  try {
    const f = await upload(u.of, u.blob);
    if (u.of !== id || !uploading.includes(u)) return;
    uploading = uploading.filter((x) => x !== u);
    draft.files.push(f);
    keep();
  } catch (e) {
    if (e.again) Object.assign(u, { why: e.message, again: true });
    else uploading = uploading.filter((x) => x !== u);
    toast(e.message, "bad");
  }
  chips();
}

export function write(kind) {
  if (kind) setMode(kind);
  if ($(".write", form).hidden) $("#claim-first button").focus();
  else text.focus();
}

function setMode(m) {
  draft.mode = m;
  keep();
  show();
}

export function reply(m) {
  Object.assign(draft, { reply: { id: m.id, text: m.text }, edit: null, mode: "reply" });
  show();
  write();
}

export function edit(m) {
  draft.edit = { id: m.id, text: m.text, inside: !!m.inside };
  draft.before = text.value;
  text.value = m.text;
  show();
  grow();
  write();
}

function cancel() {
  if (draft.edit) text.value = draft.before ?? "";
  draft.edit = draft.reply = null;
  keep();
  show();
  grow();
  text.focus();
}

function submit() {
  const words = text.value.trim(), inside = mode() === "note", e = draft.edit;
  if (uploading.some((u) => !u.why)) return toast(t("文件还在上传，稍等一下。", "A file is still on its way. One moment."));
  if (!words && !draft.files.length || !inside && whose !== "mine" && !e) return;
  if (e) {
    if (words && words !== e.text) send({ case: id, id: e.id, kind: "say", change: "edit", text: words, inside: e.inside });
    return cancel();
  }
  send({ case: id, kind: "say", text: words, inside, files: draft.files, reply_to: inside ? undefined : draft.reply?.id });
  draft = { ...fresh(), mode: draft.mode };
  text.value = "";
  keep();
  show();
  grow();
  text.focus();
}

function grow() {
  text.style.height = "auto";
  text.style.height = Math.min(text.scrollHeight + 2, 180) + "px";
}

text.addEventListener("input", (e) => {
  if (!e.isComposing && !draft.edit && mode() === "reply" && /^([/／]{2}|、、)/.test(text.value)) {
    text.value = text.value.slice(2).trimStart();
    setMode("note");
  }
  grow();
  if (!draft.edit) keep();
});
text.addEventListener("keydown", (e) => {
  if (e.isComposing || e.keyCode === 229) return; // an input method is at work
  if (e.key === "Enter" && !e.shiftKey && !touch.matches) e.preventDefault(), submit();
  if (e.key === "Escape") (draft.edit || draft.reply) ? cancel() : text.blur();
});
text.addEventListener("paste", (e) => {
  if (e.clipboardData.files.length) e.preventDefault(), attach(e.clipboardData.files);
});
form.addEventListener("submit", (e) => { e.preventDefault(); submit(); });
form.addEventListener("change", (e) => {
  if (e.target.name === "mode") setMode(e.target.value);
});
$("#context button").addEventListener("click", cancel);
$("#claim-first button").addEventListener("click", () => claim());
$("#attach").addEventListener("click", () => $("#picker").click());
$("#picker").addEventListener("change", (e) => { attach(e.target.files); e.target.value = ""; });

const target = $("#case");
target.addEventListener("dragover", (e) => { if (e.dataTransfer.types.includes("Files")) e.preventDefault(), target.classList.add("drop"); });
target.addEventListener("dragleave", (e) => { if (!target.contains(e.relatedTarget)) target.classList.remove("drop"); });
target.addEventListener("drop", (e) => { e.preventDefault(); target.classList.remove("drop"); attach(e.dataTransfer.files); });
