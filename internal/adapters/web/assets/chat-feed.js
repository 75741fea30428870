// Feed puts the entries of a room together into what stands on the page.
export class Feed {
  constructor() {
    this.items = [];
    this.after = 0; // the number of the newest entry
    this.by = new Map(); // a merchant's messages by id, posts by the number of their entry
  }

  // take takes in an entry and gives the item that is new by it, if one is. An entry
  // that comes again changes nothing.
  take(number, entry) {
    if (number <= this.after) return null;
    this.after = number;
    const item = this.by.get(entry.id);
    switch (entry.what) {
      case "message":
        return this.add(number, entry);
      case "edit":
        if (item) Object.assign(item, { text: entry.text ?? "", strong: undefined, edited: true });
        break;
      case "delete":
        if (item) item.deleted = true;
        break;
      case "settle":
        if (item) Object.assign(item, { options: entry.options ?? [], settled: true });
    }
    return null;
  }

  add(number, entry) {
    const mine = entry.from === "merchant";
    const key = mine ? entry.id : String(number);
    if (this.by.has(key)) return null;
    const item = { ...entry, key, mine, post: entry.id };
    this.by.set(key, item);
    this.items.push(item);
    return item;
  }

  // last gives the newest item that somebody else than the merchant wrote.
  last() {
    for (let i = this.items.length - 1; i >= 0; i--) if (!this.items[i].mine) return this.items[i];
    return undefined;
  }
}
