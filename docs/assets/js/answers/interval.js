/**
 * How sure one can be of a share, a mean and what they have changed by: 95 % intervals.
 *
 * Shares: Wilson's interval, and for the difference of two Newcombe's method 10 (R. G. Newcombe,
 * «Interval estimation for the difference between independent proportions», Statistics in Medicine
 * 17, 1998), without correction for continuity. Both hold for few answers and near 0 and 1.
 * Means: Student's t, and for the difference of two that of Welch (Biometrika 34, 1947).
 *
 * All take the answers as a sample, and two sets of answers as independent samples. Where the same
 * people answer twice the interval is in general wider than it need be: nobody is followed from one
 * time to the next, as those who answered were promised. Where nearly all answer, it is wider too.
 */

const Z = 1.959963984540054; // 97.5 % of the normal distribution is below it

/** @typedef {{low: number, high: number}} Interval */

/**
 * @param {number} some how many
 * @param {number} n of how many
 * @returns {Interval}
 */
export function ofShare(some, n) {
  const share = some / n;
  const middle = share + Z ** 2 / (2 * n);
  const reach = Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  const whole = 1 + Z ** 2 / n;
  // At 0 and 1 the ends are exact, whatever the last digit of the sum.
  const low = some === 0 ? 0 : (middle - reach) / whole;
  return { low, high: some === n ? 1 : (middle + reach) / whole };
}

/**
 * Of the second share less the first.
 * @param {{some: number, n: number}} before
 * @param {{some: number, n: number}} after
 * @returns {Interval & {change: number}}
 */
export function ofShares(before, after) {
  const [one, other] = [before.some / before.n, after.some / after.n];
  const [first, second] = [ofShare(before.some, before.n), ofShare(after.some, after.n)];
  const change = other - one;
  return {
    change,
    low: change - Math.hypot(other - second.low, first.high - one),
    high: change + Math.hypot(second.high - other, one - first.low),
  };
}

/**
 * What is below is 97.5 % of Student's t (Abramowitz and Stegun 26.7.5): to four decimals from nine
 * degrees of freedom, the fewest that ten answers have.
 * @param {number} degrees
 */
export function student(degrees) {
  const z = Z;
  return (
    z +
    (z ** 3 + z) / (4 * degrees) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3) +
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / (92160 * degrees ** 4)
  );
}

/** @typedef {{mean: number, sd: number, n: number}} Sample */

/** @param {Sample} sample @returns {Interval} */
export function ofMean({ mean, sd, n }) {
  const reach = student(n - 1) * (sd / Math.sqrt(n));
  return { low: mean - reach, high: mean + reach };
}

/**
 * Of the second mean less the first.
 * @param {Sample} before
 * @param {Sample} after
 * @returns {Interval & {change: number}}
 */
export function ofMeans(before, after) {
  const change = after.mean - before.mean;
  const [one, other] = [before, after].map(({ sd, n }) => sd ** 2 / n);
  const both = (one ?? 0) + (other ?? 0);
  if (!both) return { change, low: change, high: change };
  const degrees =
    both ** 2 / ((one ?? 0) ** 2 / (before.n - 1) + (other ?? 0) ** 2 / (after.n - 1));
  const reach = student(degrees) * Math.sqrt(both);
  return { change, low: change - reach, high: change + reach };
}
