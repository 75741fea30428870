// Finds what a locator names: a CSS selector, text=… , or a selector and a text.
(() => {
  const visible = (e) =>
    e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && e.getClientRects().length > 0;
  const squeeze = (s) => (s ?? "").replace(/\s+/g, " ").trim();
  const said = (e) => [e.innerText, e.getAttribute("aria-label"), e.matches("input[type=submit],input[type=button]") ? e.value : ""].map(squeeze);

  function* roots(root) {
    yield root;
    for (const e of root.querySelectorAll("*")) if (e.shadowRoot) yield* roots(e.shadowRoot);
  }

  function parse(locator) {
    const at = locator.indexOf("text=");
    if (at < 0) return { css: locator };
    const text = squeeze(locator.slice(at + 5));
    const exact = /^"(.*)"$/.exec(text);
    return { css: locator.slice(0, at).trim(), text: exact ? exact[1] : text, exact: !!exact };
  }

  function all(locator) {
    const { css, text, exact } = parse(locator);
    let found = [...roots(document)].flatMap((r) => [...r.querySelectorAll(css || "body, body *, :host *")]);
    if (text === undefined) return found;
    const has = (s) => (exact ? s === text : s.includes(text));
    found = found.filter((e) => said(e).some(has));
    return css ? found : found.filter((e) => !found.some((other) => other !== e && e.contains(other)));
  }

  const seen = (locator) => all(locator).filter(visible);

  // The element at a point, through open shadow roots.
  function at(x, y) {
    let e = document.elementFromPoint(x, y);
    while (e?.shadowRoot) {
      const inner = e.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === e) break;
      e = inner;
    }
    return e;
  }
  const within = (e, outer) => {
    for (; e; e = e.parentNode ?? e.host) if (e === outer) return true;
    return false;
  };
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const name = (e) => (e ? e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") : "nothing");

  // Where to click, once the element is still, enabled and not covered.
  async function point(locator) {
    const e = seen(locator)[0];
    if (!e) return { why: "it is not there or cannot be seen" };
    if (e.matches(":disabled")) return { why: "it is disabled" };
    e.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const before = e.getClientRects()[0];
    await frame();
    await frame();
    const now = e.getClientRects()[0];
    if (!before || !now || before.x !== now.x || before.y !== now.y) return { why: "it moves" };
    const x = now.x + now.width / 2, y = now.y + now.height / 2;
    const hit = at(x, y);
    if (!within(hit, e) && !within(e, hit?.closest("label"))) return { why: "it is covered by " + name(hit) };
    return { x, y };
  }

  function focus(locator) {
    const e = seen(locator)[0];
    if (!e) return "it is not there or cannot be seen";
    if (e.matches(":disabled")) return "it is disabled";
    e.focus();
    return e.getRootNode().activeElement === e ? "" : "it does not take the focus";
  }

  return { all, seen, point, focus };
})()
