// Follows the focus through a page. What it remembers is kept on the window
// between its calls.
(() => {
  const memory = (window[Symbol.for("browsertest.focus")] ??= { stops: [], expected: [], left: 0, outside: false });
  const composite = "[role=tab],[role=option],[role^=menuitem],[role=radio],[role=treeitem],[role=gridcell],[role=row]";
  const widgets = "[role=toolbar],[role=tablist],[role=listbox],[role=menu],[role=menubar],[role=radiogroup],[role=grid],[role=tree]";
  const native = "a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,[contenteditable=''],[contenteditable=true]," +
    "[role=button],[role=link],[role=checkbox],[role=switch],[role=textbox],[role=combobox],[role=slider]";
  const several = "iframe,audio,video,input[type=date],input[type=time],input[type=datetime-local],input[type=month],input[type=week]";

  function active() {
    let e = document.activeElement;
    while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
    return e === document.body || e === document.documentElement ? null : e;
  }
  function* everything(root) {
    for (const e of root.querySelectorAll("*")) {
      yield e;
      if (e.shadowRoot) yield* everything(e.shadowRoot);
    }
  }
  const up = (e) => e.parentElement ?? e.getRootNode().host ?? null;

  function selector(e) {
    const steps = [];
    for (; e && e !== document.body; e = up(e)) {
      if (e.id) {
        steps.unshift("#" + e.id);
        break;
      }
      const tag = e.tagName.toLowerCase();
      const same = [...(e.parentNode?.children ?? [])].filter((o) => o.tagName === e.tagName);
      steps.unshift(same.length > 1 ? `${tag}:nth-of-type(${same.indexOf(e) + 1})` : tag);
    }
    return steps.join(" > ");
  }

  const shown = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && e.getClientRects().length > 0;
  function usable(e) {
    if (!e.isConnected || !shown(e) || e.matches(":disabled") || e.ariaDisabled === "true" || e.closest("[inert]")) return false;
    const modal = [...document.querySelectorAll(":modal")].at(-1);
    return !modal || modal.contains(e);
  }
  function wanted(e) {
    if (!usable(e)) return false;
    if (e.matches(composite) || e.closest(widgets)) return e.tabIndex >= 0 && e.matches("[tabindex]," + native);
    return e.matches(native) || (e.matches("[tabindex]") && e.tabIndex >= 0);
  }

  // What marks the focus: of the element, of what is around and beside it, and
  // of what is drawn before and after them.
  function looks(e) {
    const around = [];
    for (let o = up(e); o && around.length < 6; o = up(o)) around.push(o);
    const beside = [...(e.labels ?? []), e.nextElementSibling, e.previousElementSibling].filter(Boolean);
    return [e, ...around, ...beside].map((o) => [null, "::before", "::after"].map((pseudo) => mark(getComputedStyle(o, pseudo))).join());
  }
  function mark(s) {
    const clear = /^rgba\(.*, 0\)$|\/ 0\)$|^transparent$/;
    const outline = s.outlineStyle === "none" || parseFloat(s.outlineWidth) === 0 || clear.test(s.outlineColor)
      ? "none" : `${s.outlineStyle} ${s.outlineWidth} ${s.outlineColor}`;
    return [outline, s.boxShadow, s.borderColor, s.borderWidth, s.backgroundColor, s.textDecorationLine, s.transform].join("; ");
  }
  const settle = () => {
    for (const a of document.getAnimations()) if (a instanceof CSSTransition) a.finish();
  };
  // Whether a mark on the element itself could be seen.
  function inSight(e) {
    const r = e.getBoundingClientRect();
    return shown(e) && r.width >= 3 && r.height >= 3 && r.bottom > 0 && r.right > 0 && r.top < innerHeight && r.left < innerWidth;
  }

  function describe(e) {
    return { selector: selector(e), name: e.computedName ?? "", role: e.computedRole ?? "" };
  }

  // Puts the focus before the first element.
  function begin() {
    active()?.blur();
    const had = document.body.getAttribute("tabindex");
    document.body.tabIndex = -1;
    document.body.focus({ preventScroll: true });
    document.body.blur();
    had === null ? document.body.removeAttribute("tabindex") : document.body.setAttribute("tabindex", had);
    Object.assign(memory, { stops: [], left: 0, outside: false });
    memory.expected = [...everything(document.body)].filter(wanted);
  }

  // Looks where the focus is after a Tab. It may leave the page once, when it
  // did not begin at the first element, as in a dialog.
  function step() {
    const e = active();
    const { stops } = memory;
    const last = stops.at(-1);
    if (!e) {
      memory.outside = true;
      return { done: ++memory.left > 1 };
    }
    if (e === stops[0]?.e && (stops.length > 1 || memory.outside)) return { done: true };
    if (last && e === last.e && e.matches(several) && ++last.inner < 30) return { same: true };
    if (stops.some((s) => s.e === e)) return { trap: describe(e) };
    settle();
    const stop = { e, inner: 0, looks: looks(e), inSight: inSight(e) };
    let jump = false;
    if (last && !memory.outside) {
      const from = last.e.getBoundingClientRect(), to = e.getBoundingClientRect();
      jump = last.e.isConnected && to.bottom <= from.top + 1 && to.left < from.right - 1;
    }
    stops.push(stop);
    memory.outside = false;
    return { stop: describe(e), jump };
  }

  // Takes the focus away and gives what was invisible and what was not reached.
  function end() {
    active()?.blur();
    settle();
    const invisible = memory.stops.filter((s) => {
      const now = looks(s.e);
      return s.e.isConnected && !s.looks.some((look, i) => look !== now[i] && (i > 0 || s.inSight));
    });
    const reached = new Set(memory.stops.map((s) => s.e));
    const group = (e) => e.matches("input[type=radio]") && [...reached].some((o) => o.type === "radio" && o.name === e.name && o.form === e.form);
    const missed = memory.expected.filter((e) => !reached.has(e) && wanted(e) && !group(e));
    delete window[Symbol.for("browsertest.focus")];
    return { invisible: invisible.map((s) => describe(s.e)), missed: missed.map(describe) };
  }

  return { begin, step, end };
})()
