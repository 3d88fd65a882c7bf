/**
 * Finds sums of groups of three groupings or more, added and subtracted, that cancel out all but a
 * few people: as `ties` does for two.
 */

import { pairs, waysOf } from "./ties.js";

/** @typedef {import("./ties.js").Block} Block */
/** @typedef {import("./ties.js").Levels} Levels */
/** @typedef {import("./ties.js").Way} Way */

const MOST = 5_000; // sums that are tried one by one

/**
 * There is no quick way to the lightest sum. Where the two smallest groupings have few groups (and
 * then the least people are needed for a tie), each of their sums is tried, none, one or minus one of
 * each group, and the others take what cancels most. Else begin with any two groups.
 * @param {Block[]} blocks
 * @param {number} least
 * @returns {Levels | null}
 */
export function tiedSeveral(blocks, least) {
  const ways = waysOf(blocks);
  if (ways.length < 3) return null;
  const search = new Search(blocks, ways);
  const [one = 0, other = 0] = [...ways.keys()].sort((a, b) => size(ways, a) - size(ways, b));
  const few = 3 ** (size(ways, one) + size(ways, other)) <= MOST;
  const found = few ? eachSum(search, [one, other], least) : eachPair(search, least);
  return found ? search.found() : null;
}

/** @param {Way[]} ways @param {number} way */
const size = (ways, way) => ways[way]?.groups.length ?? 0;

/** @param {Search} search @param {number[]} given @param {number} least */
function eachSum(search, given, least) {
  const places = given.flatMap((way) => [...Array(size(search.ways, way)).keys()].map((node) => ({ way, node })));
  for (let sum = 1; sum < 3 ** places.length; sum += 1) {
    const said = places.map(({ way, node }, at) => {
      const times = (Math.floor(sum / 3 ** at) % 3) - 1;
      return /** @type {[number, number, number]} */ ([way, node, times]);
    });
    if (search.from(given, least, ...said)) return true;
  }
  return false;
}

/** @param {Search} search @param {number} least */
function eachPair(search, least) {
  for (const [j, k] of pairs(search.ways.length)) {
    for (let one = 0; one < size(search.ways, j); one += 1) {
      for (let other = 0; other < size(search.ways, k); other += 1) {
        if (search.from([j, k], least, [j, one, 1], [k, other, 1])) return true;
        if (search.from([j, k], least, [j, one, 1], [k, other, -1])) return true;
      }
    }
  }
  return false;
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

  /** The groups of some groupings have been said: the others take what cancels, and so on in turn.
   * Where the others have nothing to cancel it is a sum of two groupings, and those are known.
   * @param {number[]} given
   * @param {number} least
   */
  settles(given, least) {
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

  /** @param {number[]} given @param {number} least
   * @param {[way: number, node: number, times: number][]} said */
  from(given, least, ...said) {
    for (const own of this.levels) own.fill(0);
    for (const [way, node, times] of said) /** @type {Int8Array} */ (this.levels[way])[node] = times;
    return this.settles(given, least);
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
