// The way of files with answers through the site's own modules, for calls.mjs: read, matched, taken.
import { readFileSync } from "node:fs";
import { basename } from "node:path";

import { again, likeliest, match } from "../../docs/assets/js/answers/match.js";
import { read } from "../../docs/assets/js/answers/sheet.js";
import { take } from "../../docs/assets/js/answers/take.js";

/** The tables of files; what each one is called comes from its path. */
export async function sheets(paths) {
  const found = await Promise.all(paths.map((path) => read(new Uint8Array(readFileSync(path)), basename(path))));
  return found.flat();
}

/** All of it, and how long each part took; `byHand` are columns that the reader has changed, by index. */
export async function whole(paths, survey, twins = [], options = {}, byHand = {}) {
  const times = [performance.now()];
  const tables = await sheets(paths);
  times.push(performance.now());
  const matches = tables.map((table) => {
    const found = match(table, survey, twins);
    for (const [index, column] of Object.entries(byHand)) Object.assign(found.columns[index], column, { by: "hand" });
    return again(table, found, survey, twins);
  });
  times.push(performance.now());
  const set = take(tables, matches, survey, { ...options, twins });
  times.push(performance.now());
  return { sheets: tables, matches, set, times: times.slice(1).map((time, at) => time - times[at]) };
}

/** Which surveys the first table of a file looks like. */
export const surveys = async (path, all) => likeliest((await sheets([path]))[0], all);
