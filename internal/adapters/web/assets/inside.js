// The inside view: what the bot believes, what moved it, why it asks what it asks.
// mountInside(element, {url, lang, onUndo}) draws into an element and gives
// {refresh(), destroy()}: refresh fetches url, which answers chat.Inside as JSON,
// with lang= added; onUndo is called when the newest step is to be taken back.

const SHOWN = 6;

const WORDS = {
  zh: {
    title: "机器人在想什么", belief: "现在最像哪种原因", legend: "浅色：最近一步之前", usual: "还没有线索，先按平时有多常见。商户说一句，条就会动。",
    ifs: (a) => `如果答「${a}」`, rest: (n, p) => `另外 ${n} 种 · 共 ${p}`, up: "升", down: "降",
    ask: "为什么问这一句", fix: "为什么试这个办法", with: "这样做", without: "不这样做", unasked: "什么都不再问", left: "预计还要的时间",
    apart: "分清", or: "和", what: "如果这样回答", hint: "指一下或点一下，看上面怎么变", repeats: "客人要再付一次",
    path: "一路怎么走来的", bits: "右边的 bit 是这一步说明了多少：1 bit 排除一半可能", undo: "退回这一步", still: "没有改变判断", read: "从话里读到", twice: "确认过",
    others: "没问、没试的", dearer: "比选中的多花", person: "已转人工：", todo: "要做的：", failed: "暂时看不到，稍后再试。",
    words: "话", answer: "答", unsure: "不清楚", auto: "自动", kind: {question: "问", fix: "办法", person: "人工"},
  },
  en: {
    title: "What the bot thinks", belief: "Likeliest causes now", legend: "Pale: before the newest step", usual: "Nothing known yet, so this is what is usual. What the merchant says moves the bars.",
    ifs: (a) => `If the answer is “${a}”`, rest: (n, p) => `${n} others · ${p}`, up: "up", down: "down",
    ask: "Why this question", fix: "Why this fix", with: "This way", without: "Without it", unasked: "Asking nothing more", left: "Expected time left",
    apart: "Tells", or: "from", what: "What if the answer is", hint: "Point at one and watch the bars", repeats: "The customer pays again",
    path: "The path so far", bits: "Bits say how much a step tells: 1 bit rules out half of what is possible", undo: "Undo this step", still: "moved nothing", read: "from the text", twice: "confirmed",
    others: "Not asked, not tried", dearer: "How much dearer than the choice", person: "A person has the case: ", todo: "To do: ", failed: "Can't look inside right now.",
    words: "said", answer: "answer", unsure: "not sure", auto: "auto", kind: {question: "ask", fix: "fix", person: "person"},
  },
};

export function mountInside(element, {url, lang = "zh", onUndo} = {}) {
  const w = WORDS[lang] || WORDS.zh;
  const head = make("h2", "", w.title), phase = make("span", "in-phase"), fault = make("p", "in-hint", w.failed);
  const bars = beliefBars(w), now = make("div", "in-now"), path = make("section", "in-card"), others = make("section", "in-card");
  const body = make("div", "in-body", make("div", "in-now", bars.element, now), make("div", "in-now", path, others));
  const root = make("div", "inside", make("header", "in-line", head, phase), fault, body);
  head.tabIndex = -1;
  fault.hidden = body.hidden = true;
  root.lang = lang;
  root.ariaLive = "off";
  element.replaceChildren(root);
  let running;

  async function refresh() {
    running?.abort();
    const {signal} = running = new AbortController();
    try {
      const at = new URL(url, location.href);
      at.searchParams.set("lang", lang);
      const answer = await fetch(at, {cache: "no-store", signal});
      if (!answer.ok) throw answer.status;
      draw(await answer.json());
      fault.hidden = true;
      body.hidden = false;
    } catch {
      fault.hidden = signal.aborted;
    }
  }

  function draw(inside) {
    const focus = root.contains(document.activeElement) && document.activeElement.dataset.key;
    phase.textContent = inside.phase_text;
    bars.set(inside);
    now.replaceChildren(...present(notes(inside.notes), handoff(w, inside.handoff), act(w, inside, bars)));
    path.hidden = !inside.path.length;
    path.replaceChildren(...timeline(w, inside, onUndo));
    others.hidden = !inside.others.length;
    others.replaceChildren(...ranked(w, inside.others));
    if (focus) (root.querySelector(`[data-key="${CSS.escape(focus)}"]`) || head).focus();
  }

  return {
    refresh,
    destroy() {
      running?.abort();
      element.replaceChildren();
    },
  };
}

// make makes an element of a class; what follows are its texts and children.
function make(tag, name, ...inner) {
  const e = document.createElement(tag);
  if (name) e.className = name;
  e.append(...present(...inner));
  return e;
}

const present = (...all) => all.filter((x) => x);
const list = (tag, name, items, draw) => make(tag, name, ...items.map(draw));

// button makes a button that keeps its focus when it is drawn anew.
function button(name, key, click, ...inner) {
  const b = make("button", name, ...inner);
  b.type = "button";
  b.dataset.key = key;
  b.addEventListener("click", click);
  return b;
}

// heard is for those who hear the page, seen for those who see it.
const heard = (text) => make("span", "in-heard", text);
function seen(e) {
  e.ariaHidden = "true";
  return e;
}

const percent = (p) => (p < .005 ? "<1" : p > .995 ? ">99" : Math.round(p * 100)) + "%";
// between tells a change, with as many places as it takes to see one.
function between(was, p) {
  const [a, b] = [was, p].map((x) => (percent(was) === percent(p) ? `${(x * 100).toFixed(1)}%` : percent(x)));
  return `${a} → ${b}`;
}
const shifted = (p) => `translateX(${(p - 1) * 100}%)`;

// glide moves an element from one transform to another.
function glide(e, from, to) {
  e.style.transform = to;
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) e.animate({transform: [from, to]}, {duration: 500, easing: "cubic-bezier(.2,.8,.2,1)"});
}

// beliefBars are the likeliest causes as bars, and the rest folded. set shows what
// is believed, preview what would be; without arguments it goes back.
function beliefBars(w) {
  const legend = make("p", "in-hint"), top = make("ol", "in-bars"), sum = make("summary"), rest = make("ol");
  const rows = new Map();
  let causes = [], normal = "";
  sum.dataset.key = "rest";

  function rowOf(cause) {
    if (!rows.has(cause.id)) {
      const r = {name: make("span", "in-name", cause.title), delta: seen(make("span")), said: heard(), figure: make("b"), ghost: make("i", "in-ghost"), fill: make("i", "in-fill"), tick: make("i", "in-tick")};
      r.element = make("li", "", make("div", "in-line", r.name, make("small", "in-group", cause.group)),
        make("div", "in-line", seen(make("div", "in-track", r.ghost, r.fill, r.tick)), r.delta, r.figure, r.said));
      r.fill.style.transform = r.ghost.style.transform = shifted(0);
      rows.set(cause.id, r);
    }
    return rows.get(cause.id);
  }

  function show(now, was) {
    const order = causes.map((_, i) => i).sort((a, b) => now[b] - now[a] || a - b);
    const shown = order.slice(0, SHOWN).map((i) => [rowOf(causes[i]), now[i], was[i]]), left = order.slice(SHOWN);
    const before = shown.map(([r]) => r.element.isConnected && [r.element.getBoundingClientRect().top, getComputedStyle(r.fill).transform, getComputedStyle(r.ghost).transform]);
    if (shown.some(([r], i) => r.element !== top.children[i])) top.replaceChildren(...shown.map(([r]) => r.element));
    shown.forEach(([r, p, q], i) => {
      const points = Math.round(p * 100) - Math.round(q * 100), up = points > 0, [y, fill, ghost] = before[i] || [null, shifted(0), shifted(q)];
      r.figure.textContent = percent(p);
      r.delta.textContent = points ? (up ? "▲" : "▼") + Math.abs(points) : "";
      r.delta.className = up ? "in-up" : "in-down";
      r.said.textContent = points ? `, ${up ? w.up : w.down} ${Math.abs(points)}%` : "";
      r.tick.style.left = `${q * 100}%`;
      r.tick.hidden = Math.abs(p - q) < .005;
      glide(r.fill, fill, shifted(p));
      glide(r.ghost, ghost, shifted(q));
      if (y !== null) glide(r.element, `translateY(${y - r.element.getBoundingClientRect().top}px)`, "none");
    });
    sum.textContent = w.rest(left.length, percent(left.reduce((all, i) => all + now[i], 0)));
    rest.replaceChildren(...left.map((i) => make("li", "in-line", make("span", "in-name", causes[i].title), now[i] < .0005 ? "<0.1%" : `${(now[i] * 100).toFixed(1)}%`)));
  }

  function preview(answer, after) {
    const now = causes.map((c) => c.p);
    legend.textContent = after ? w.ifs(answer) : normal;
    legend.classList.toggle("in-if", Boolean(after));
    show(after || now, after ? now : causes.map((c) => c.was));
  }

  return {
    element: make("section", "in-card", make("h3", "", w.belief), legend, top, make("details", "in-hint", sum, rest)),
    preview,
    set(inside) {
      causes = inside.causes;
      normal = inside.path.length ? w.legend : w.usual;
      preview();
    },
  };
}

const notes = (all) => all.length && list("ul", "in-notes", all, (n) => make("li", "", n));

const handoff = (w, h) => h && make("section", "in-card", make("h3", "", w.person + h.text), h.fix && make("p", "", w.todo + h.fix));

// act is the pending question or fix: why, at what cost, and what if.
function act(w, inside, bars) {
  const it = inside.question || inside.fix;
  return it && make("section", "in-card", make("h3", "", inside.question ? w.ask : w.fix), make("p", "in-quote", it.text || it.title), make("p", "", it.because),
    it.repeats_payment && make("p", "in-hint", w.repeats), it.savings && compare(w, it.savings),
    it.tells?.length && make("p", "in-hint", `${w.apart} `, make("b", "", it.tells[0].title), ` ${w.or} `, make("b", "", it.tells[1].title)),
    ...(it.options.length ? whatIf(w, it.options, bars) : []));
}

// compare draws expected costs from zero; what is dearer than the choice stands out.
function compare(w, s) {
  const rows = [[w.with, s.with], [w.without, s.without]];
  if (s.unasked.units > s.without.units) rows.push([w.unasked, s.unasked]);
  const share = (units) => `${Math.max(units, 0) / Math.max(...rows.map(([, c]) => c.units)) * 100}%`;
  return make("figure", "", make("figcaption", "in-hint", w.left), list("ul", "", rows, ([name, c]) => {
    const base = make("i", "in-base"), extra = make("i", "in-extra");
    base.style.width = share(s.with.units);
    extra.style.width = share(c.units - s.with.units);
    return make("li", "", make("div", "in-line", make("span", "in-name", name), make("b", "", c.text)), seen(make("div", "in-track", base, extra)));
  }));
}

// whatIf lists the possible answers: pointing at one, or choosing it, shows what
// would be believed, and done, then.
function whatIf(w, options, bars) {
  const then = make("p", "in-hint in-then", w.hint);
  let held;
  const show = (o) => {
    bars.preview(o?.label, o?.after);
    then.textContent = o ? tell(o) : w.hint;
  };
  const chips = options.map((o) => {
    const chance = make("i", "in-chance");
    const chip = button("in-chip", `if-${o.id}`, () => {
      held = held === o ? undefined : o;
      chips.forEach((c, i) => { c.ariaPressed = String(options[i] === held); });
      show(held);
    }, seen(chance), make("span", "", o.label, make("small", "", o.p > 0 && ` ${percent(o.p)}`)), heard(tell(o)));
    chance.style.transform = shifted(o.p);
    chip.ariaPressed = "false";
    chip.addEventListener("pointerenter", (e) => e.pointerType === "mouse" && show(o));
    chip.addEventListener("focus", () => chip.matches(":focus-visible") && show(o));
    for (const end of ["pointerleave", "blur"]) chip.addEventListener(end, () => show(held));
    return chip;
  });
  return [make("h4", "", w.what), list("ul", "in-chips", chips, (c) => make("li", "", c)), then];
}

const tell = (o) => ` → ${present(`${o.top.title} ${percent(o.top.p)}`, o.then).join(" · ")}`;

// timeline is what became known, the newest last and marked.
function timeline(w, inside, onUndo) {
  const head = make("h3", "", w.path), last = inside.path.findLastIndex((s) => s.newest);
  return [head, make("p", "in-hint", w.bits), list("ol", "in-steps", inside.path, (s, i) => make("li", s.newest ? "in-newest" : "",
    make("div", "in-line", make("span", "in-tag", w.kind[s.kind] || w[s.kind]), make("b", "in-name", s.detail), s.bits >= .05 && make("small", "in-more", `${s.bits.toFixed(1)} bit`)),
    s.kind !== "words" && make("p", "in-hint", present(s.title, s.read && w.read, s.confirmed && w.twice).join(" · ")),
    s.movers.length ? list("ul", "in-movers", s.movers, mover) : make("p", "in-hint", w.still),
    i === last && inside.undo && onUndo && button("in-undo", "undo", () => onUndo(), `↶ ${w.undo}`)))];
}

function mover(m) {
  const up = m.p > m.was;
  return make("li", up ? "in-line in-up" : "in-line in-down", seen(make("span", "", up ? "▲" : "▼")), make("span", "in-name", m.title), between(m.was, m.p));
}

// ranked are the other acts, cheapest first.
const ranked = (w, others) => [make("h3", "", w.others), make("p", "in-hint", w.dearer), list("ol", "in-others", others, (o) => {
  const s = Math.round(o.dearer.seconds);
  return make("li", "", make("div", "in-line", make("span", "in-tag", w.kind[o.kind]), make("span", "in-name", o.title), make("span", "in-more", s ? (s > 0 ? "+" : "−") + o.dearer.text : "±0")), make("p", "in-hint", o.reason));
})];
