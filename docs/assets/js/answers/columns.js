/** The columns that a row of headings makes. */

import { ownColumn } from "./own.js";

/**
 * @typedef {import("./shapes.js").Column} Column
 * @typedef {import("./find.js").Finder} Finder
 * @typedef {import("./targets.js").Target} Target
 */

/**
 * The columns of a row of headings. What fits more than one question is the next in their order.
 * @param {string[]} row
 * @param {Finder} finder
 * @returns {Column[]}
 */
export function columnsOf(row, finder) {
  /** @type {Set<string>} */
  const used = new Set();
  let last = 0;
  return row.map((header, index) => {
    // A code is a code, whatever a part of it is called.
    const own = finder.coded(header)?.length ? "" : ownColumn(header);
    const tells = own === "id" || own === "time" ? own : "";
    const found = header && !own ? finder.find(header) : undefined;
    const free = found?.targets.filter((target) => !used.has(nameOf(target))) ?? [];
    const target = free.find(({ order }) => order > last) ?? free[0];
    if (!found || !target) return { index, header, key: "", by: "", tells };
    used.add(nameOf(target));
    last = target.order;
    return { index, header, key: target.key, by: found.by, ...(target.option && { option: target.option }), tells: "" };
  });
}

/** @param {Target} target */
const nameOf = ({ key, option }) => `${key}|${option}`;

/**
 * Whether a row says what its columns are once more.
 * @param {string[]} row
 * @param {Column[]} columns
 * @param {Finder} finder
 */
export function repeats(row, columns, finder) {
  const asked = columns.filter(({ key, index }) => key && row[index]);
  const same = asked.filter(({ key, option = "", index }) =>
    finder.find(row[index] ?? "", false)?.targets.some((target) => target.key === key && target.option === option),
  );
  return same.length >= Math.max(2, asked.length / 2);
}
