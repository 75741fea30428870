// The panel beside the thread: the card, or the inside view, which is loaded when it is
// first looked at.
import { $, el, lang, t } from "./desk-page.js";

const tabs = [$("#tab-card"), $("#tab-inside")], panes = [$("#card"), $("#inside")];
let view, of = "", id = "", timer;

// inside shows the inside view of a case, if it is looked at, as it is by now.
export function inside(caseID) {
  id = caseID;
  if (panes[1].hidden) return;
  clearTimeout(timer);
  timer = setTimeout(refresh, of === id ? 400 : 0);
}

async function refresh() {
  if (of === id) return view?.refresh();
  leave();
  const now = (of = id);
  try {
    const { mountInside } = await import("/assets/inside.js");
    if (of !== now) return;
    view = mountInside(panes[1], { url: "/desk/inside?case=" + encodeURIComponent(now), lang });
    view.refresh();
  } catch {
    of = "";
    panes[1].replaceChildren(el("p", { class: "help" }, t("暂时看不了。", "It can’t be shown just now.")));
  }
}

function leave() {
  view?.destroy();
  view = undefined;
  of = "";
  panes[1].replaceChildren();
}

function show(i) {
  tabs.forEach((tab, j) => {
    tab.setAttribute("aria-selected", i === j);
    tab.tabIndex = i === j ? 0 : -1;
    panes[j].hidden = i !== j;
  });
  if (i === 0) leave();
  else inside(id);
}

tabs.forEach((tab, i) => {
  tab.addEventListener("click", () => show(i));
  tab.addEventListener("keydown", (e) => {
    if (e.key === "ArrowLeft" || e.key === "ArrowRight") show(1 - i), tabs[1 - i].focus();
  });
});
