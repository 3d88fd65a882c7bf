/**
 * Finds groups of two groupings that are nearly the same people, one or some of each: one less the
 * other leaves a few. `sums` does the same for more than two.
 */

import { components, lightest } from "./cuts.js";

/** Those who were asked and are in the same groups: in which of each grouping (-1 for what is
 * hidden of it), how many, and how many answered so that it counts.
 * @typedef {{at: number[], asked: number, n: number}} Block */

/** How often each group is in a sum, by grouping.
 * @typedef {Map<number, number>[]} Levels */

/** A grouping's groups as nodes from 0: which group each is, and which node each block is in.
 * @typedef {{groups: number[], of: Int32Array}} Way */

/** @param {Block[]} blocks @returns {Way[]} */
export function waysOf(blocks) {
  return (blocks[0]?.at ?? []).map((_, way) => {
    const groups = [...new Set(blocks.map(({ at }) => at[way] ?? 0))];
    const places = new Map(groups.map((group, place) => [group, place]));
    return { groups, of: Int32Array.from(blocks, ({ at }) => places.get(at[way] ?? 0) ?? 0) };
  });
}

/** All pairs of places in a list, the earlier first.
 * @param {number} length @returns {[number, number][]} */
export const pairs = (length) =>
  Array.from({ length }, (_, k) => k).flatMap((k) =>
    Array.from({ length: k }, (_, j) => /** @type {[number, number]} */ ([j, k])),
  );

/**
 * Of two groupings, the lightest of all sums is the lightest cut of the network of their groups.
 * @param {Block[]} blocks
 * @param {number} least
 * @returns {Levels | null}
 */
export function tiedPair(blocks, least) {
  const ways = waysOf(blocks);
  for (const [j, k] of pairs(ways.length)) {
    const [one, other] = [ways[j], ways[k]];
    if (!one || !other) continue;
    const size = one.groups.length + other.groups.length;
    const side = lightSide(blocks, one, other, size, least);
    if (!side) continue;
    return ways.map(({ groups }, way) => {
      if (way !== j && way !== k) return new Map();
      const skip = way === k ? one.groups.length : 0;
      return new Map(groups.map((group, node) => [group, side.has(node + skip) ? 1 : 0]));
    });
  }
  return null;
}

/**
 * @param {Block[]} blocks
 * @param {Way} one
 * @param {Way} other its nodes come after those of the one
 * @param {number} size
 * @param {number} least
 */
function lightSide(blocks, one, other, size, least) {
  const ends = blocks.map((_, at) => [one.of[at] ?? 0, one.groups.length + (other.of[at] ?? 0)]);
  const near = weights(size, ends, blocks, "n");
  for (const part of components(weights(size, ends, blocks, "asked"))) {
    const { weight, side } = lightest(part, near);
    if (weight < least) return new Set(side);
  }
  return null;
}

/**
 * @param {number} size
 * @param {number[][]} ends
 * @param {Block[]} blocks
 * @param {"asked" | "n"} by
 */
function weights(size, ends, blocks, by) {
  const found = Array.from({ length: size }, () => new Array(size).fill(0));
  for (const [at, [from = 0, to = 0]] of ends.entries()) {
    for (const [here, there] of [[from, to], [to, from]]) {
      const row = found[here ?? 0] ?? [];
      row[there ?? 0] += blocks[at]?.[by] ?? 0;
    }
  }
  return found;
}
