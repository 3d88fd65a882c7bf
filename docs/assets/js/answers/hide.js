/**
 * Which groups of one question must be hidden, so that nobody can work out what fewer than so many
 * answered. `protect` says the rule in words.
 */

import { tiedSeveral } from "./sums.js";
import { sum } from "./tally.js";
import { tiedPair } from "./ties.js";

/** @typedef {import("./groups.js").Grouping} Grouping */
/** @typedef {import("./shapes.js").Hidden} Hidden */
/** @typedef {import("./ties.js").Levels} Levels */
/** @typedef {import("./ties.js").Block} Block */

/** What is hidden of each grouping's groups.
 * @typedef {(Hidden | null)[][]} Pattern */

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
  for (;;) {
    const nodes = nodesOf(blocks, pattern);
    const levels = tiedPair(nodes, least) ?? tiedSeveral(nodes, least);
    if (!levels || !merge(groupings, pattern, levels)) return pattern;
  }
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
 * The blocks as an attacker has them: what is hidden of a grouping is one node, -1.
 * @param {Block[]} blocks
 * @param {Pattern} pattern
 * @returns {Block[]}
 */
const nodesOf = (blocks, pattern) =>
  blocks.map(({ at, asked, n }) => ({ at: at.map((g, j) => (pattern[j]?.[g] ? -1 : g)), asked, n }));

/**
 * Sums of groups leave too few. Hide groups of the last grouping in them, so that those which are
 * summed differently are told as one; false where there is nothing to hide.
 * @param {Grouping[]} groupings
 * @param {Pattern} pattern
 * @param {Levels} levels how often each node is in the sum, by grouping
 */
function merge(groupings, pattern, levels) {
  const j = levels.findLastIndex((own) => new Set(own.values()).size > 1);
  const own = pattern[j];
  const times = levels[j];
  if (!own || !times) return false;
  const first = times.has(-1) ? -1 : smallest(groupings[j], own, (g) => times.has(g));
  const next = smallest(groupings[j], own, (g) => times.has(g) && times.get(g) !== times.get(first));
  for (const g of [first, next]) if (g >= 0) own[g] = "derived";
  return next >= 0;
}
