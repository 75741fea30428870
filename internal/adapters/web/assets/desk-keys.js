// Keys for those who work with the keyboard. They do nothing while somebody types.
import { $, ask } from "./desk-page.js";
import { step } from "./desk-list.js";
import { claim } from "./desk-actions.js";
import { write } from "./desk-composer.js";

const keys = {
  j: () => step(1), k: () => step(-1),
  "/": () => $("#search").focus(),
  "?": () => ask($("#help")),
  c: claim,
  r: () => inCase() && write("reply"),
  n: () => inCase() && write("note"),
};
const inCase = () => !$("#case").hidden;
const typing = (e) => e.isComposing || e.target.closest("input, textarea, select, [contenteditable]");

addEventListener("keydown", (e) => {
  if (typing(e) || e.ctrlKey || e.metaKey || e.altKey || document.querySelector("dialog[open]")) return;
  const inList = e.target === document.body || e.target.closest("#cases");
  const act = inList && e.key === "ArrowDown" ? keys.j : inList && e.key === "ArrowUp" ? keys.k : keys[e.key];
  if (!act) return;
  e.preventDefault();
  act();
});

for (const b of document.querySelectorAll("[data-open]")) b.addEventListener("click", () => ask($("#" + b.dataset.open)));
for (const b of document.querySelectorAll("[data-close]")) b.addEventListener("click", () => b.closest("dialog").close());
