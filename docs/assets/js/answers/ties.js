/**
 * Finds groups of several groupings that are nearly the same people, one or some of each: those
 * sums of groups, added and subtracted, that leave a few and cancel out all others.
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
function waysOf(blocks) {
  return (blocks[0]?.at ?? []).map((_, way) => {
    const groups = [...new Set(blocks.map(({ at }) => at[way] ?? 0))];
    const places = new Map(groups.map((group, place) => [group, place]));
    return { groups, of: Int32Array.from(blocks, ({ at }) => places.get(at[way] ?? 0) ?? 0) };
  });
}

/** All pairs of places in a list, the earlier first.
 * @param {number} length @returns {[number, number][]} */
const pairs = (length) =>
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

/**
 * Of three groupings or more there is no quick way to the lightest sum. Begin with any two groups of
 * two groupings, added or subtracted, and let one grouping after another take what cancels most.
 * @param {Block[]} blocks
 * @param {number} least
 * @returns {Levels | null}
 */
export function tiedSeveral(blocks, least) {
  const ways = waysOf(blocks);
  if (ways.length < 3) return null;
  const search = new Search(blocks, ways);
  for (const [j, k] of pairs(ways.length)) {
    for (const one of ways[j]?.groups.keys() ?? []) {
      for (const other of ways[k]?.groups.keys() ?? []) {
        if (search.from([j, one, 1], [k, other, 1], least)) return search.found();
        if (search.from([j, one, 1], [k, other, -1], least)) return search.found();
      }
    }
  }
  return null;
}

const FAR = 8; // no group is more often in a sum, and it is added up within twice as much

/** One search after another, in the same memory. */
class Search {
  /** @param {Block[]} blocks @param {Way[]} ways */
  constructor(blocks, ways) {
    this.ways = ways;
    this.n = Float64Array.from(blocks, ({ n }) => n);
    // Who gave no answer that counts weighs too little to be one, but more than nobody.
    this.weight = Float64Array.from(blocks, ({ n, asked }) => n + asked / 1e6);
    this.levels = ways.map(({ groups }) => new Int8Array(groups.length));
    this.sums = new Int8Array(blocks.length);
    this.held = new Float64Array(Math.max(...ways.map(({ groups }) => groups.length)) * 4 * FAR);
  }

  found() {
    return this.ways.map(
      ({ groups }, way) => new Map(groups.map((group, node) => [group, this.levels[way]?.[node] ?? 0])),
    );
  }

  /**
   * Whether a sum that begins with two groups comes to leave a few. Where the other groupings have
   * nothing to cancel it is a sum of two, and those are known.
   * @param {[way: number, node: number, times: number]} one
   * @param {[way: number, node: number, times: number]} other
   * @param {number} least
   */
  from(one, other, least) {
    for (const own of this.levels) own.fill(0);
    for (const [way, node, times] of [one, other]) /** @type {Int8Array} */ (this.levels[way])[node] = times;
    const given = [one[0], other[0]];
    const others = [...this.ways.keys()].filter((way) => !given.includes(way));
    for (const way of others) this.cancel(way);
    if (others.every((way) => this.levels[way]?.every((times, _, all) => times === all[0]))) return false;
    for (const way of [...given, ...others, ...given]) {
      const { some, n } = this.left();
      if (!some || n < least) return some;
      this.cancel(way);
    }
    const { some, n } = this.left();
    return some && n < least;
  }

  /** Add up the groups of each block, but those of one grouping. @param {number} without */
  add(without) {
    this.sums.fill(0);
    for (const [way, { of }] of this.ways.entries()) {
      const own = this.levels[way];
      if (way === without || !own) continue;
      for (let at = 0; at < of.length; at += 1) {
        this.sums[at] = (this.sums[at] ?? 0) + (own[of[at] ?? 0] ?? 0);
      }
    }
  }

  left() {
    this.add(-1);
    let [some, n] = [false, 0];
    for (let at = 0; at < this.sums.length; at += 1) {
      if (this.sums[at] === 0) continue;
      some = true;
      n += this.n[at] ?? 0;
    }
    return { some, n };
  }

  /** Each group takes the number that cancels the sum for most of those in it. @param {number} way */
  cancel(way) {
    this.add(way);
    this.held.fill(0);
    const of = this.ways[way]?.of ?? new Int32Array();
    const own = this.levels[way] ?? new Int8Array();
    for (let at = 0; at < of.length; at += 1) {
      const place = ((of[at] ?? 0) * 4 + 2) * FAR + (this.sums[at] ?? 0);
      this.held[place] = (this.held[place] ?? 0) + (this.weight[at] ?? 0);
    }
    for (let node = 0; node < own.length; node += 1) {
      let best = 0;
      const start = (node * 4 + 2) * FAR;
      for (let times = -FAR; times <= FAR; times += 1) {
        if ((this.held[start + times] ?? 0) > (this.held[start + best] ?? 0)) best = times;
      }
      own[node] = best === 0 ? 0 : -best;
    }
  }
}
