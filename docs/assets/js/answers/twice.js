/** Answers that are in the files more than once: the same file, the same id, or all alike to the second. */

/**
 * @typedef {import("./shapes.js").Sheet} Sheet
 * @typedef {import("./match.js").Match} Match
 */

const UNIQUE = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i;

/**
 * Tells whether a row has been there. An id of a tool that counts from 1 says something within its
 * own file alone: two municipalities both have an answer 17. Without an id or a time, two people may
 * have answered alike, so both are kept.
 * @returns {(sheet: number, row: string[], match: Match) => boolean}
 */
export function beenThere() {
  /** @type {Set<string>} */
  const seen = new Set();
  return (sheet, row, { columns }) => {
    const ids = columns.filter(({ tells }) => tells === "id").map(({ index }) => row[index] ?? "").filter(Boolean);
    const times = columns.filter(({ tells }) => tells === "time").map(({ index }) => row[index] ?? "").filter(Boolean);
    const unique = ids.find((id) => UNIQUE.test(id));
    const answers = columns.filter(({ key }) => key).map(({ key, option = "", index }) => [key, option, row[index] ?? ""]);
    const names = [
      ...(unique ? [`id ${unique.toLowerCase()}`] : []),
      ...(ids.length && !unique ? [`sheet ${sheet} ${ids[0]}`] : []),
      ...(ids.length || times.length ? [`all ${JSON.stringify([ids, times, answers])}`] : []),
    ];
    const known = names.some((name) => seen.has(name));
    for (const name of names) seen.add(name);
    return known;
  };
}

/**
 * Whether two tables are the same one, whatever their files are called.
 * @param {Sheet} one
 * @param {Sheet} other
 */
export function sameTable(one, other) {
  if (one.rows.length !== other.rows.length || one.rows.length < 2) return false;
  return JSON.stringify([one.header, one.rows]) === JSON.stringify([other.header, other.rows]);
}
