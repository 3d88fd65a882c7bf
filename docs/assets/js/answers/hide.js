/**
 * Which groups of one question must be hidden, so that nobody can work out what fewer than so many
 * answered. `protect` says the rule in words.
 */

import { components, lightest } from "./cuts.js";
import { sum } from "./tally.js";

/** @typedef {import("./groups.js").Grouping} Grouping */
/** @typedef {import("./shapes.js").Hidden} Hidden */

/** What is hidden of each grouping's groups.
 * @typedef {(Hidden | null)[][]} Pattern */

/** Those who were asked: in which group of each grouping, how many, and how many answered so that
 * it counts. @typedef {{at: number[], asked: number, n: number}} Block */

/**
 * @param {Block[]} blocks
 * @param {Grouping[]} groupings
 * @param {number} least
 * @param {Pattern | null} before what is hidden of the question that this one hangs on
 * @returns {Pattern}
 */
export function hide(blocks, groupings, least, before) {
  const pattern = groupings.map(({ groups }, j) =>
    groups.map((_, g) => {
      if (count(blocks, (at) => at[j] === g).n < least) return "small";
      return before?.[j]?.[g] ? /** @type {const} */ ("derived") : null;
    }),
  );
  for (const j of groupings.keys()) cover(blocks, groupings, pattern, j, least);
  for (let changed = true; changed; ) {
    changed = false;
    for (const k of groupings.keys()) {
      for (let j = 0; j < k; j += 1) {
        while (untie(blocks, groupings, pattern, [j, k], least)) changed = true;
      }
    }
  }
  return pattern;
}

/** @param {Block[]} blocks @param {(at: number[]) => boolean} where */
function count(blocks, where) {
  const found = blocks.filter(({ at }) => where(at));
  return { n: sum(found.map(({ n }) => n)), asked: sum(found.map(({ asked }) => asked)) };
}

/**
 * All less what is shown gives what is hidden: hide the smallest of the others until that is
 * enough people. The smallest is the one with fewest in it, whatever the question, so that it is the
 * same from question to question.
 * @param {Block[]} blocks
 * @param {Grouping[]} groupings
 * @param {Pattern} pattern
 * @param {number} j
 * @param {number} least
 */
function cover(blocks, groupings, pattern, j, least) {
  const own = pattern[j] ?? [];
  for (;;) {
    const { n, asked } = count(blocks, (at) => Boolean(own[at[j] ?? 0]));
    if (!asked || n >= least) return;
    const next = smallest(groupings[j], own, () => true);
    if (next < 0) return;
    own[next] = "derived";
  }
}

/**
 * The smallest group that is shown; the last of those that are as small. -1 where none is.
 * @param {Grouping | undefined} grouping
 * @param {(Hidden | null)[]} own
 * @param {(group: number) => boolean} may
 */
function smallest(grouping, own, may) {
  let found = -1;
  for (const [g, { n }] of (grouping?.groups ?? []).entries()) {
    if (!own[g] && may(g) && (found < 0 || n <= (grouping?.groups[found]?.n ?? 0))) found = g;
  }
  return found;
}

/**
 * Groups of two groupings, one or several of each, may be the same people but for a few. Then hide
 * a group of the latter grouping on each side, so that they are told as one; true when that was so.
 * @param {Block[]} blocks
 * @param {Grouping[]} groupings
 * @param {Pattern} pattern
 * @param {[number, number]} pair
 * @param {number} least
 */
function untie(blocks, groupings, pattern, [j, k], least) {
  const first = groupings[j]?.groups.length ?? 0;
  const last = first + 1 + (groupings[k]?.groups.length ?? 0);
  // A node is a group, and what is hidden of a grouping is one: `first`, and `last`.
  const one = (/** @type {number} */ g) => (pattern[j]?.[g] ? first : g);
  const other = (/** @type {number} */ g) => (pattern[k]?.[g] ? last : first + 1 + g);
  const lines = blocks.map(({ at, asked, n }) => ({ from: one(at[j] ?? 0), to: other(at[k] ?? 0), asked, n }));
  const near = weights(last + 1, lines, "n");
  for (const part of components(weights(last + 1, lines, "asked"))) {
    const { weight, side } = lightest(part, near);
    if (weight >= least) continue;
    const merged = [true, false].map((inside) => {
      const here = part.filter((node) => node > first && side.includes(node) === inside);
      if (here.includes(last)) return false;
      const chosen = smallest(groupings[k], pattern[k] ?? [], (g) => here.includes(first + 1 + g));
      if (chosen >= 0) /** @type {(Hidden | null)[]} */ (pattern[k])[chosen] = "derived";
      return chosen >= 0;
    });
    if (merged.some(Boolean)) return true;
  }
  return false;
}

/**
 * @param {number} size
 * @param {{from: number, to: number, asked: number, n: number}[]} lines
 * @param {"asked" | "n"} by
 */
function weights(size, lines, by) {
  const found = Array.from({ length: size }, () => new Array(size).fill(0));
  for (const line of lines) {
    for (const [from, to] of [
      [line.from, line.to],
      [line.to, line.from],
    ]) {
      const row = found[from ?? 0] ?? [];
      row[to ?? 0] += line[by];
    }
  }
  return found;
}
