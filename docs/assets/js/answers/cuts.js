/**
 * The lightest way to part a network in two. Here its nodes are groups of two groupings, and a line
 * between two of them weighs as many as are in both: a light cut is two unions of groups that are
 * nearly the same people, so that one less the other leaves a few.
 */

/** @typedef {number[][]} Weights symmetric, by node and node */

/**
 * The nodes that hang together, where a line is there.
 * @param {Weights} lines
 * @returns {number[][]}
 */
export function components(lines) {
  const seen = new Set();
  const found = [];
  for (const start of lines.keys()) {
    if (seen.has(start)) continue;
    const part = [start];
    seen.add(start);
    for (const node of part) {
      for (const [next, weight] of (lines[node] ?? []).entries()) {
        if (weight > 0 && !seen.has(next)) {
          seen.add(next);
          part.push(next);
        }
      }
    }
    found.push(part);
  }
  return found;
}

/**
 * The lightest cut (Stoer and Wagner 1997): what it weighs, and the nodes on one of its sides.
 * Nodes are merged, the two last in each round, and the last alone is a cut of that round.
 * @param {number[]} nodes with fewer than two there is no cut, and it weighs more than any
 * @param {Weights} weights
 * @returns {{weight: number, side: number[]}}
 */
export function lightest(nodes, weights) {
  const near = nodes.map((one) => nodes.map((other) => weights[one]?.[other] ?? 0));
  const merged = nodes.map((node) => [node]);
  let left = nodes.map((_, at) => at);
  let best = { weight: Number.POSITIVE_INFINITY, side: /** @type {number[]} */ ([]) };
  while (left.length > 1) {
    const { order, weight } = byNearness(left, near);
    const [before = 0, last = 0] = order.slice(-2);
    if (weight < best.weight) best = { weight, side: [...(merged[last] ?? [])] };
    merged[before]?.push(...(merged[last] ?? []));
    left = left.filter((node) => node !== last);
    for (const node of left) {
      const both = (near[before]?.[node] ?? 0) + (near[last]?.[node] ?? 0);
      if (node === before) continue;
      /** @type {number[]} */ (near[before])[node] = both;
      /** @type {number[]} */ (near[node])[before] = both;
    }
  }
  return best;
}

/**
 * The nodes in order, each the nearest to all before it, and how near the last is.
 * @param {number[]} nodes
 * @param {Weights} near
 */
function byNearness(nodes, near) {
  const pull = new Map(nodes.map((node) => [node, 0]));
  const order = [];
  let weight = 0;
  while (pull.size) {
    let chosen = -1;
    for (const [node, now] of pull) {
      if (chosen < 0 || now > weight) [chosen, weight] = [node, now];
    }
    pull.delete(chosen);
    order.push(chosen);
    for (const [node, now] of pull) pull.set(node, now + (near[chosen]?.[node] ?? 0));
  }
  return { order, weight };
}
