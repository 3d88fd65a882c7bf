/** Answers that are in the files more than once: the same file, the same id, or all alike to the second. */

/**
 * @typedef {import("./shapes.js").Sheet} Sheet
 * @typedef {import("./shapes.js").Column} Column
 * @typedef {import("./match.js").Match} Match
 */

const UNIQUE = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i;
const MANY = 8; // answers that two people hardly give alike
const APART = { id: 0.8, time: 0.5 }; // shares of a column's cells that differ, where it tells answers apart

/** Knows the answers that have been there, in all tables that it has been shown. */
export class Twice {
  constructor() {
    /** @type {Set<string>} */
    this.seen = new Set();
  }

  /**
   * What tells whether a row of a table has been there. The number of a tool that counts from 1 says
   * something within its own table alone: two municipalities both have an answer 17. «Anonym» in
   * each row tells nobody apart, nor does a day. Without an id or a time, two people may have answered
   * alike, so both are kept.
   * @param {Sheet} sheet
   * @param {Match} match
   * @param {number} number of the table
   * @param {string[]} named questions that are answered by a name here and a number there
   * @param {() => void} alike told of an answer that nothing but its likeness says is there twice
   * @returns {(row: string[], answers: Map<string, unknown>) => boolean}
   */
  within(sheet, { columns, skip }, number, named, alike) {
    const rows = sheet.rows.slice(skip);
    const telling = (/** @type {"id" | "time"} */ kind) =>
      columns.filter((column) => column.tells === kind && differs(rows, column, APART[kind]));
    const [ids, times] = [telling("id"), telling("time")];
    /** @type {Set<string>} */
    const rowsSeen = new Set();
    return (row, answers) => {
      if (!ids.length && !times.length && answers.size >= MANY) {
        const all = JSON.stringify([...answers]);
        if (rowsSeen.has(all)) alike();
        rowsSeen.add(all);
      }
      const own = cells(row, ids);
      const unique = own.find((id) => UNIQUE.test(id));
      const known = [...own, ...cells(row, times)];
      const names = [];
      if (unique) names.push(`id ${unique.toLowerCase()}`);
      else if (own.length) names.push(`table ${number} ${own[0]}`);
      // By what they mean: the same answers may be there as codes and as texts.
      if (known.length) names.push(`all ${JSON.stringify([known, [...answers].filter(([key]) => !named.includes(key))])}`);
      const been = names.some((name) => this.seen.has(name));
      for (const name of names) this.seen.add(name);
      return been;
    };
  }
}

/** @param {string[]} row @param {Column[]} columns */
const cells = (row, columns) => columns.map(({ index }) => row[index] ?? "").filter(Boolean);

/**
 * Whether the cells of a column differ enough to tell rows apart.
 * @param {string[][]} rows
 * @param {Column} column
 * @param {number} share
 */
function differs(rows, { index }, share) {
  const filled = rows.map((row) => row[index] ?? "").filter(Boolean);
  return filled.length > 0 && new Set(filled).size >= filled.length * share;
}

/**
 * Whether two tables are the same one, whatever their files are called.
 * @param {Sheet} one
 * @param {Sheet} other
 */
export function sameTable(one, other) {
  if (one.rows.length !== other.rows.length || one.rows.length < 2) return false;
  const [first, second] = [[one.header, ...one.rows], [other.header, ...other.rows]];
  return first.every((row, at) => row.length === second[at]?.length && row.every((cell, where) => cell === second[at]?.[where]));
}
