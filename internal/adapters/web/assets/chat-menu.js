import { $ } from "./chat-dom.js";

// menu opens and closes the menu of commands; run(command) gets what is chosen.
export function menu(run) {
  const button = $("menu-button"), box = $("menu");
  const entries = [...box.querySelectorAll("[role=menuitem]")];
  const open = (yes, back) => {
    box.hidden = !yes;
    button.setAttribute("aria-expanded", String(yes));
    if (yes) entries[0].focus();
    else if (back) button.focus();
  };
  button.onclick = () => open(box.hidden, true);
  box.addEventListener("keydown", (e) => {
    const at = entries.indexOf(document.activeElement), last = entries.length - 1;
    const to = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, Home: 0, End: last }[e.key];
    if (e.key === "Tab") return open(false);
    if (to === undefined && e.key !== "Escape") return;
    e.preventDefault();
    if (e.key === "Escape") open(false, true);
    else entries[to].focus();
  });
  document.addEventListener("pointerdown", (e) => {
    if (!box.hidden && !box.contains(e.target) && !button.contains(e.target)) open(false);
  });
  for (const entry of entries) {
    entry.addEventListener("click", () => {
      open(false, true);
      if (entry.dataset.command) run(entry.dataset.command);
    });
  }
}
