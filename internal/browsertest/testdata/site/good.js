const $ = (id) => document.getElementById(id);
$("lang").textContent = `${navigator.language} ${matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"} ${innerWidth}`;
const say = (text) => {
  const li = document.createElement("li");
  li.textContent = text;
  $("log").append(li);
};
$("form").addEventListener("submit", (e) => {
  e.preventDefault();
  setTimeout(say, 100, "heard: " + $("message").value);
  $("message").value = "";
});
$("send").addEventListener("touchstart", () => say("touched"), { passive: true });
$("message").addEventListener("keydown", (e) => {
  if (e.key === "Escape") say("escaped");
  if (e.key === "ArrowUp" && e.shiftKey) say("up");
});
$("message").addEventListener("compositionupdate", (e) => say("composing " + e.data));
const photos = (how, files) => ($("photos").textContent = how + " " + [...files].map((f) => `${f.name} ${f.type} ${f.size}`).join(", "));
document.addEventListener("paste", (e) => photos("pasted", e.clipboardData.files));
$("drop").addEventListener("dragover", (e) => e.preventDefault());
$("drop").addEventListener("drop", (e) => {
  e.preventDefault();
  photos("dropped", e.dataTransfer.files);
});
$("file").addEventListener("change", () => photos("chosen", $("file").files));
const events = new EventSource("/events");
events.onopen = () => ($("clock").textContent = "stream is open");
events.onerror = () => ($("clock").textContent = "stream is lost");
