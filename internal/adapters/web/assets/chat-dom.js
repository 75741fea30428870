// Small tools to build the page. Text only ever enters it as text.

export const english = document.documentElement.lang.startsWith("en");
export const lang = english ? "en" : "zh";

// say gives the text of the page's language.
export const say = (zh, en) => (english ? en : zh);

export const $ = (id) => document.getElementById(id);

// el makes an element: props named like properties are set, others are attributes.
export function el(tag, props = {}, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (name in e && name !== "role") e[name] = value;
    else e.setAttribute(name, value);
  }
  e.append(...children);
  return e;
}

// icon shows a symbol of the page; it says nothing to screen readers.
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", "#i-" + name);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

// heard is text for screen readers alone.
export const heard = (text) => el("span", { className: "sr-only", textContent: text });

// touches says that fingers do the work here: the keyboard covers half of the screen,
// and Enter is the only way to a new line.
export const touches = () => matchMedia("(pointer: coarse) and (hover: none)").matches;
