/**
 * The ways to fetch what another document says already, beside a field that is empty.
 */

import { button, day, el } from "../lib-dom.js";

/**
 * @typedef {import("./about.js").Context} Context
 * @typedef {import("./about.js").Asked} Asked
 * @typedef {import("./model.js").Row} Row
 */

const MOST = 3;
const LONGEST = 90; // letters of a value that are shown

/**
 * Offers for a field; `take` is called with the value that was chosen.
 * @param {Context} context
 * @param {Asked} field
 * @param {{get: () => string}} place
 * @param {(value: string) => void} take
 */
export function offers(context, field, place, take) {
  const node = el("div", { class: "fill__offers", hidden: true });
  const { fact } = field;
  let shown = "";
  const refresh = () => {
    if (!fact) return;
    const found = place.get().trim() ? [] : fitting(context, field, fact);
    const key = JSON.stringify(found);
    if (key === shown) return;
    shown = key;
    node.hidden = !found.length;
    node.replaceChildren(
      ...found.map(({ from, value, said }) =>
        button(context.say("fetch", { from, value: short(said) }), "fill__offer", () => take(value)),
      ),
    );
  };
  refresh();
  return { node, refresh };
}

/** @param {Context} context @param {Asked} field @param {string} fact */
function fitting({ say, sources }, field, fact) {
  const seen = new Set();
  const found = sources.values(fact, field.id).flatMap(({ from, value }) => {
    const text = Array.isArray(value) ? listed(value, say("and")) : value;
    const option = (field.options ?? []).find(([code]) => code === text);
    if (field.kind === "choice" && !option) return [];
    if (field.kind === "date" && !/^\d{4}-\d\d-\d\d$/.test(text)) return [];
    if (seen.has(text)) return [];
    seen.add(text);
    const said = option?.[1] ?? (field.kind === "date" ? day(text) : text);
    return [{ from, value: text, said }];
  });
  return found.slice(0, MOST);
}

/** @param {string[]} names @param {string} and */
const listed = (names, and) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${and} ${names.at(-1)}`;

/** @param {string} text */
export const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST).trimEnd()} …` : text);

/**
 * Offers for the rows of a table, where nothing stands in the columns that they would fill.
 * @param {Context} context
 * @param {Asked} field
 * @param {() => Row[]} rows what stands in the table
 * @param {(rows: Row[]) => void} take
 */
export function rowOffers({ say, sources }, field, rows, take) {
  const node = el("div", { class: "fill__offers", hidden: true });
  const columns = /** @type {{id: string, fact?: string}[]} */ (field.columns ?? []);
  const facts = columns.filter((column) => column.fact);
  // Where the first column is given, rows from elsewhere have no place.
  const asking = facts.length > 0 && !(field.labels?.length && facts[0] === columns[0]);
  const names = (/** @type {Row[]} */ found) => found.map((row) => Object.values(row)[0] ?? "").join(", ");
  let shown = "";
  const refresh = () => {
    const open = asking && rows().every((row) => facts.every(({ id }) => !row[id]?.trim()));
    const found = open ? sources.rows(field) : [];
    const key = JSON.stringify(found);
    if (key === shown) return;
    shown = key;
    node.hidden = !found.length;
    node.replaceChildren(
      ...found.map(({ from, rows: offered }) =>
        button(say("fetch", { from, value: short(names(offered)) }), "fill__offer", () => take(offered)),
      ),
    );
  };
  return { node, refresh };
}
