/** What a list of answers comes to: counts, a middle and a spread. Plain numbers in and out. */

/** @typedef {import("./shapes.js").Shown} Shown */
/** @typedef {import("./shapes.js").Question} Question */

/** @param {number[]} numbers */
export const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

/**
 * The mean, median and standard deviation (of a sample: n − 1) of values, each so many times.
 * @param {[value: number, times: number][]} values
 * @returns {{mean?: number, median?: number, sd?: number}}
 */
export function moments(values) {
  const sorted = values.filter(([, times]) => times > 0).sort(([one], [other]) => one - other);
  const n = sum(sorted.map(([, times]) => times));
  if (!n) return {};
  const mean = sum(sorted.map(([value, times]) => value * times)) / n;
  const median = (at(sorted, Math.floor((n - 1) / 2)) + at(sorted, Math.floor(n / 2))) / 2;
  if (n < 2) return { mean, median };
  const spread = sum(sorted.map(([value, times]) => times * (value - mean) ** 2));
  return { mean, median, sd: Math.sqrt(spread / (n - 1)) };
}

/**
 * The value at a place of sorted values that each come several times.
 * @param {[value: number, times: number][]} sorted
 * @param {number} place from 0
 */
function at(sorted, place) {
  let passed = 0;
  for (const [value, times] of sorted) {
    passed += times;
    if (place < passed) return value;
  }
  return Number.NaN;
}

/**
 * The shares below, at and above the middle of an odd number of answers in order.
 * @param {number[]} counts
 * @returns {{low?: number, mid?: number, high?: number}}
 */
export function thirds(counts) {
  const n = sum(counts);
  const middle = (counts.length - 1) / 2;
  if (!n || counts.length < 3 || !Number.isInteger(middle)) return {};
  const low = sum(counts.slice(0, middle)) / n;
  const high = sum(counts.slice(middle + 1)) / n;
  return { low, mid: (counts[middle] ?? 0) / n, high };
}

/**
 * What follows from how many gave each answer that counts.
 * @param {Pick<Question, "type" | "ordered">} question
 * @param {number[]} held
 * @returns {Pick<Shown, "alike" | "mean" | "median" | "sd" | "low" | "mid" | "high">}
 */
export function toldBy({ type, ordered }, held) {
  const n = sum(held);
  return {
    ...(type !== "multiple" && n > 0 && Math.max(...held) === n && { alike: /** @type {const} */ (true) }),
    ...(ordered && { ...moments(held.map((times, at) => [at + 1, times])), ...thirds(held) }),
  };
}

/** Whether the answers to a question are shown as low, middle and high.
 * @param {number} options how many count
 * @param {boolean} ordered */
export const hasMiddle = (options, ordered) => ordered && options >= 3 && options % 2 === 1;
