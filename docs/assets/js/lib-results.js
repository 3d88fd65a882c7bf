/** What search shows below its field: what was found, what was perhaps meant, and ways on. */

/** @typedef {import("./lib-find.js").Answer} Answer */
/** @typedef {import("./lib-find.js").Finder} Finder */
/** @typedef {import("./lib-find.js").Hit} Hit */
/**
 * @typedef {{best: string, count: string, one: string, none: string, failed: string, loading: string, all: string,
 *   section: string, near: string, mentions: string, more: string, rest: string}} Said
 */

/** How many are shown in the head of a page, and on a page of its own before more are asked for. */
const MOST = 12, FIRST = 20;
/** How many pages that only have some of the words are shown. */
const MENTIONS = 5;

/**
 * @param {string} tag @param {string} name @param {...(Node | string)} inner
 * @returns {HTMLElement}
 */
function element(tag, name, ...inner) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...inner);
  return made;
}

export class Results {
  /** @param {HTMLElement} box @param {Said} said @param {string} root @param {boolean} full on a page of its own */
  constructor(box, said, root, full) {
    this.box = box;
    this.said = said;
    this.root = root;
    this.full = full;
  }

  /** @param {string} query @returns {string} the address of its results */
  address(query) {
    return `${this.root}sok/?q=${encodeURIComponent(query)}`;
  }

  /** @param {Finder} finder @param {Answer} answer @param {string} query @param {string} meant the query, mended */
  draw(finder, { hits, mentions }, query, meant) {
    const shown = hits.slice(0, this.full ? FIRST : MOST);
    const parts = [];
    if (meant) parts.push(this.link("near", "search__near", meant));
    /** @type {Map<string, Hit[]>} */
    const groups = new Map([[this.said.best, shown.slice(0, 3)], [this.said.mentions, mentions.slice(0, MENTIONS)]]);
    for (const hit of shown.slice(3)) {
      const name = finder.kinds[hit.kind] ?? hit.kind;
      groups.set(name, [...(groups.get(name) ?? []), hit]);
    }
    for (const [name, own] of groups) if (own.length) parts.push(this.group(finder, name, own));
    const rest = hits.slice(shown.length);
    if (rest.length) parts.push(this.full ? this.more(finder, rest) : this.all(hits.length, query));
    this.box.replaceChildren(...parts);
    this.box.hidden = !parts.length;
  }

  clear() {
    this.box.hidden = true;
    this.box.replaceChildren();
  }

  /** @param {"near"} key @param {string} name @param {string} query @returns {HTMLElement} a line with a link to a query */
  link(key, name, query) {
    const [before = "", after = ""] = this.said[key].split("{q}");
    const link = element("a", "search__meant", query);
    link.setAttribute("href", this.address(query));
    return element("p", name, before, link, after);
  }

  /** @param {number} count @param {string} query */
  all(count, query) {
    const all = element("a", "search__all", this.said.all.replace("{n}", String(count)));
    all.setAttribute("href", this.address(query));
    return all;
  }

  /** @param {Finder} finder @param {Hit[]} rest */
  more(finder, rest) {
    const button = element("button", "search__more", this.said.more.replace("{n}", String(rest.length)));
    button.setAttribute("type", "button");
    button.addEventListener("click", () => {
      const group = this.group(finder, this.said.rest, rest);
      button.replaceWith(group);
      group.querySelector("a")?.focus();
    });
    return button;
  }

  /** @param {Finder} finder @param {string} name @param {Hit[]} hits */
  group(finder, name, hits) {
    const list = element("ul", "search__hits", ...hits.map((hit) => this.line(finder, hit)));
    return element("section", "search__group", element("h2", "search__kind", name), list);
  }

  /** @param {Finder} finder @param {Hit} hit */
  line(finder, hit) {
    const link = element("a", "search__link", ...this.marked(finder, hit.title, hit.words));
    link.setAttribute("href", this.root + hit.url);
    const facts = [finder.kinds[`one.${hit.kind}`] ?? "", hit.phase, hit.time].filter(Boolean).join(" · ");
    const line = element("li", "search__hit", link);
    if (facts) line.append(element("p", "search__facts", facts));
    const text = hit.section ? this.said.section.replace("{title}", hit.section) : hit.summary;
    if (text) line.append(element("p", "search__text", ...this.marked(finder, text, hit.words)));
    return line;
  }

  /** @param {Finder} finder @param {string} text @param {string[]} found @returns {(Node | string)[]} */
  marked(finder, text, found) {
    return text.split(/([\p{L}\d]+)/u).map((piece, at) => (at % 2 && finder.matches(piece, found) ? element("mark", "", piece) : piece));
  }
}
