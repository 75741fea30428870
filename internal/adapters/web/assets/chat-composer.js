import { $, el, icon, say, touches } from "./chat-dom.js";
import { prepare } from "./chat-photo.js";
import { drop, dropFile, fileOf, keepFile, newID, read, write } from "./chat-store.js";

const draftKey = "s4chat.draft";
const filesMost = 10;
const textMost = 10_000;

// Composer is where a message is written. What is in it stays until it is sent, also
// when the page is reloaded.
export class Composer {
  // send(body, files) takes a message; lastOwn() gives the one that can be edited.
  constructor(send, lastOwn) {
    this.hand = send;
    this.lastOwn = lastOwn;
    this.text = $("text");
    this.draft = { text: "", files: [], ...read(draftKey) };
    this.preparing = [];
    this.text.value = this.draft.text;
    this.text.setAttribute("enterkeyhint", touches() ? "enter" : "send");
    this.listen();
    this.draft.files.forEach((f) => this.preview(f));
    this.changed();
  }

  listen() {
    this.text.addEventListener("input", () => this.changed());
    this.text.addEventListener("keydown", (e) => this.key(e));
    $("composer").addEventListener("submit", (e) => {
      e.preventDefault();
      this.send();
    });
    $("attach").onclick = () => $("file").click();
    $("file").onchange = () => {
      this.attach($("file").files);
      $("file").value = "";
    };
    $("context-end").onclick = () => this.letGo();
    addEventListener("paste", (e) => {
      // A table is copied as text and as a picture; the text is meant.
      if (!e.clipboardData.files.length || e.clipboardData.getData("text/plain")) return;
      e.preventDefault();
      this.attach(e.clipboardData.files);
    });
    this.takeDrops();
  }

  takeDrops() {
    let depth = 0;
    const over = (e) => [...e.dataTransfer.types].includes("Files");
    const show = (by) => ($("drop").hidden = (depth = Math.max(0, depth + by)) === 0);
    addEventListener("dragenter", (e) => over(e) && show(1));
    addEventListener("dragleave", (e) => over(e) && show(-1));
    addEventListener("dragover", (e) => over(e) && e.preventDefault());
    addEventListener("drop", (e) => {
      if (!over(e)) return;
      e.preventDefault();
      show(-depth);
      this.attach(e.dataTransfer.files);
    });
  }

  key(e) {
    if (e.isComposing || e.keyCode === 229) return; // an input method is at work
    if (e.key === "Enter" && !e.shiftKey && !e.altKey && (!touches() || e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      this.send();
    } else if (e.key === "Escape" && (this.draft.edit || this.draft.reply)) {
      e.preventDefault();
      this.letGo();
    } else if (e.key === "ArrowUp" && this.text.value === "" && !this.draft.edit) {
      const last = this.lastOwn();
      if (last) {
        e.preventDefault();
        this.edit(last);
      }
    }
  }

  // changed keeps the draft and fits the page to it.
  changed() {
    const d = this.draft;
    d.text = this.text.value;
    if (d.text || d.files.length || d.reply || d.edit) write(draftKey, d);
    else drop(draftKey);
    this.text.style.height = "auto";
    this.text.style.height = Math.min(this.text.scrollHeight + 2, 148) + "px";
    const over = [...d.text].length > textMost;
    if (over) this.hint(say("太长了：一条消息最多 10,000 字，请分几次发。", "Too long: a message holds 10,000 characters. Please send it in parts."));
    else if (this.over) this.hint("");
    this.over = over;
    $("send").disabled = over || !(d.text.trim() || d.files.length || this.preparing.length);
    $("context").hidden = !(d.reply || d.edit);
    $("context-title").textContent = d.edit ? say("修改消息", "Edit your message") : say("回复", "Reply to");
    $("context-quote").textContent = d.edit ? d.edit.text : d.reply?.quote ?? "";
    $("attachments").hidden = !$("attachments").children.length;
  }

  hint(text) {
    $("hint").textContent = text;
    $("hint").hidden = !text;
  }

  empty() {
    return !this.text.value && !this.draft.files.length;
  }

  async send() {
    if ($("send").disabled) return;
    await Promise.all(this.preparing);
    const d = this.draft, text = d.text.trim();
    if (!text && !d.files.length) return;
    if (d.edit) {
      if (text && text !== d.edit.text) this.hand({ id: d.edit.id, text, edited: true }, []);
      this.letGo();
      return;
    }
    this.hand({ id: newID(), text, reply_to: d.reply?.to, quote: d.reply?.quote }, d.files);
    this.draft = { text: "", files: [] };
    this.text.value = "";
    $("attachments").replaceChildren();
    this.hint("");
    this.changed();
    if (!touches() || document.activeElement === $("send")) this.focus();
  }

  focus() {
    this.text.focus({ preventScroll: true });
  }

  reply(item) {
    if (this.draft.edit) this.letGo();
    this.draft.reply = { to: item.key, quote: [...item.text].slice(0, 200).join("") };
    this.changed();
    this.focus();
  }

  // edit puts a message in place of what was being written, which comes back.
  edit(item) {
    if (this.draft.edit) this.letGo();
    this.draft.edit = { id: item.key, text: item.text, before: this.text.value };
    this.text.value = item.text;
    this.changed();
    this.focus();
    this.text.setSelectionRange(item.text.length, item.text.length);
  }

  // letGo gives up the reply or the edit.
  letGo() {
    if (this.draft.edit) this.text.value = this.draft.edit.before;
    delete this.draft.edit;
    delete this.draft.reply;
    this.changed();
    this.focus();
  }

  attach(files) {
    this.hint("");
    if (this.draft.edit) this.letGo();
    for (const file of files) {
      if (this.draft.files.length + this.preparing.length >= filesMost) {
        this.hint(say("一次最多发 10 个文件。", "10 files at a time at most."));
        break;
      }
      const work = this.take(file).catch((problem) => this.hint(problem.message)).then(() => {
        this.preparing.splice(this.preparing.indexOf(work), 1);
        this.changed();
      });
      this.preparing.push(work);
    }
    this.changed();
    if (!touches()) this.focus();
  }

  async take(file) {
    const { blob, title, type } = await prepare(file);
    const kept = { key: await keepFile(blob), title, type };
    this.draft.files.push(kept);
    await this.preview(kept);
  }

  async preview(f) {
    const remove = el("button", { type: "button", className: "remove", "aria-label": say("移除 ", "Remove ") + f.title }, icon("close"));
    const li = el("li", {}, remove);
    $("attachments").append(li);
    remove.onclick = () => {
      this.draft.files = this.draft.files.filter((other) => other !== f);
      dropFile(f.key);
      li.remove();
      this.changed();
      this.focus();
    };
    const blob = await fileOf(f.key);
    if (!blob) return remove.onclick();
    if (f.type.startsWith("image/")) li.prepend(el("img", { src: URL.createObjectURL(blob), alt: f.title }));
    else li.prepend(el("span", { className: "file" }, icon("file"), el("bdi", { textContent: f.title })));
  }
}
