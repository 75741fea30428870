// A case as its feed tells it: entries come one by one and are folded into the card and
// what stands in the thread. Each item has a revision, so that only what changed is
// drawn again.

export function newCase(id) {
  return { id, after: 0, card: null, items: [], byID: new Map() };
}

// take takes in an entry and says what it was about: the item, or null.
export function take(c, number, e) {
  if (number && number <= c.after) return null;
  c.after = number || c.after;
  return (takers[e.what] ?? (() => null))(c, e, number);
}

const takers = {
  card(c, e, number) {
    const was = c.card;
    c.card = e.card;
    const from = was?.agent?.id ?? "", to = e.card.agent?.id ?? "";
    if (e.card.over && !was?.over) return add(c, number, { what: "event", over: e.card.over, at: e.at });
    if (from !== to) return add(c, number, { what: "event", claimed: to && e.card.agent, freed: !to && was?.agent, bot: e.card.bot, at: e.at });
    return null;
  },
  message: (c, e, number) => add(c, number, { ...e, what: "message" }),
  edit: (c, e) => change(c, e, (m) => ({ text: e.text, edited: true, inside: m.inside || e.inside })),
  delete: (c, e) => change(c, e, () => ({ text: "", files: [], deleted: true })),
  mark: (c, e, number) => change(c, { ...e, from: "agent", agent: null }, () => ({ mark: e.mark, why: e.text })) ?? (e.text ? add(c, number, { ...e, what: "notice" }) : null),
  notice: (c, e, number) => add(c, number, { ...e, what: "notice" }),
};

function add(c, number, item) {
  item.key = String(number);
  item.rev = 0;
  c.items.push(item);
  if (item.what === "message" && item.id) c.byID.set(item.id, item);
  return item;
}

// change changes a message. Nobody changes what somebody else wrote.
function change(c, e, how) {
  const m = c.byID.get(e.id);
  if (!m || (e.from === "agent") !== (m.from === "agent") || (e.agent && e.agent.id !== m.agent?.id)) return null;
  Object.assign(m, how(m));
  m.rev++;
  return m;
}

// standing says whose a case is: over, free, mine, others', or the bot's again. It reads a card or a
// summary alike.
export function standing(x, me) {
  if (x.over) return "over";
  if (!x.agent?.id) return x.bot ? "bot" : "free";
  return x.agent.id === me.id ? "mine" : "others";
}

// reason is a title without what every title begins with.
export function reason(title) {
  const [, ...rest] = title.replace(/^🔴\s*/, "").split(" · ");
  return rest.join(" · ") || title;
}
