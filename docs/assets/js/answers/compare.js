/**
 * What has changed from one time to another, and the same things side by side. All is made of
 * figures that may be shown: what is hidden at one of the times, or of one side, is not compared.
 */

import { ofMeans, ofShares } from "./interval.js";
import { cellOf, differ, measuresOf, some, uniform, valueOf } from "./compared.js";

/** @typedef {import("./shapes.js").Result} Result */
/** @typedef {import("./shapes.js").Figure} Figure */
/** @typedef {import("./shapes.js").Survey} Survey */
/** @typedef {import("./shapes.js").Row} Row */
/** @typedef {import("./shapes.js").Shown} Shown */
/** @typedef {import("./shapes.js").Change} Change */
/** @typedef {import("./shapes.js").Beside} Beside */
/** @typedef {import("./shapes.js").Sure} Sure */
/** @typedef {import("./compared.js").Which} Which */

/**
 * With fewer answers than this at one of the times nothing is said of a change. One person is then
 * more than five percentage points, and the surveys' own advice is to show numbers and no per cent.
 * Above it an interval without 0 always takes more than two people who answer otherwise, which is
 * the least that the survey of trust calls a change; with 100 answers each time it takes about
 * fifteen percentage points, as that of effects says.
 */
export const FEW = 20;

/** @type {Pick<Change, "before" | "after" | "change" | "low" | "high" | "sure">} */
const NOTHING = { before: null, after: null, change: null, low: null, high: null, sure: null };

/**
 * @param {Result} before
 * @param {Result} after
 * @param {Which} [which] a group of both, all unless said
 * @returns {Change[]} in the order of the first, of the questions that both have
 */
export function changes(before, after, which) {
  const later = new Map(after.figures.map((figure) => [figure.code, figure]));
  return before.figures.flatMap((figure) => {
    const other = later.get(figure.code);
    if (!other || (which?.by && figure.groups.length === 1)) return [];
    const reason = differ(figure, other) ?? (namesDiffer(figure, other) ? "options" : null);
    if (reason) return [{ ...about(figure, figure.rows[0]), measure: "", option: "", ...NOTHING, reason }];
    return figure.rows.flatMap((row) => ofRow([figure, row], other, named(before, which), [before.survey, after.survey]));
  });
}

/** Places of one's own must be the same at both times. @param {Figure} one @param {Figure} other */
const namesDiffer = (one, other) =>
  Boolean(one.open || other.open) &&
  one.options.some(({ label }, at) => label !== other.options[at]?.label);

/**
 * A group of open options by its name.
 * @param {Result} result
 * @param {Which} [which]
 */
function named(result, which) {
  const open = which && result.figures.some(({ code, open: own }) => own && code === which.by);
  if (!open) return which;
  const groups = result.figures.flatMap((figure) => figure.groups);
  const label = groups.find(({ by, code }) => by === which?.by && code === which?.code)?.label;
  return which && label ? { ...which, label } : which;
}

/** @param {Figure} figure @param {Row | undefined} row */
const about = (figure, row) => ({
  code: figure.code,
  key: figure.type === "matrix" && row ? row.key : figure.code,
  label: figure.type === "matrix" && row ? row.label : figure.text,
});

/**
 * @param {[Figure, Row]} first
 * @param {Figure} other
 * @param {(Which & {label?: string}) | undefined} which
 * @param {[Survey, Survey]} surveys
 * @returns {Change[]}
 */
function ofRow([figure, row], other, which, surveys) {
  const later = other.rows.find(({ key }) => key === row.key);
  const one = cellOf(figure, row, which);
  const two = later ? cellOf(other, later, which) : null;
  return measuresOf(figure).map(({ measure, option }) => {
    const whole = { ...about(figure, row), measure, option };
    if (!later) return { ...whole, ...NOTHING, reason: /** @type {const} */ ("rows") };
    if (one?.hidden || two?.hidden) return { ...whole, ...NOTHING, reason: /** @type {const} */ ("hidden") };
    if (!one || !two) return { ...whole, ...NOTHING, reason: /** @type {const} */ ("empty") };
    if (uniform(surveys[0], figure, one) || uniform(surveys[1], figure, two)) return { ...whole, ...NOTHING, reason: /** @type {const} */ ("alike") };
    const found = difference(figure, one, two, measure);
    const before = valueOf(figure, one, measure);
    const after = valueOf(figure, two, measure);
    return { ...whole, before, after, ...found, sure: sureOf(found, Math.min(one.n, two.n)) };
  });
}

/**
 * @param {Figure} figure
 * @param {Shown} one
 * @param {Shown} two
 * @param {string} measure
 */
function difference(figure, one, two, measure) {
  if (figure.type === "number") {
    const [first, second] = [one, two].map(({ mean = 0, sd = 0, n }) => ({ mean, sd, n }));
    if (first && second) return ofMeans(first, second);
  }
  const [first, second] = [one, two].map((cell) => ({ some: some(figure, cell, measure), n: cell.n }));
  return ofShares(first ?? { some: 0, n: 1 }, second ?? { some: 0, n: 1 });
}

/**
 * @param {{low: number, high: number}} interval
 * @param {number} n of the side that has fewest
 * @returns {Sure}
 */
function sureOf({ low, high }, n) {
  if (n < FEW) return "few";
  if (low > 0) return "up";
  return high < 0 ? "down" : "unsure";
}

/**
 * The questions that two sides or more have, each side a survey's answers or a group of them: those
 * of businesses, employees and politicians, or the municipalities of one survey.
 * @param {{result: Result, which?: Which}[]} sides
 * @returns {Beside[]}
 */
export function beside(sides) {
  const codes = [...new Set(sides.flatMap(({ result }) => result.figures.map(({ code }) => code)))];
  return codes.flatMap((code) => {
    const figures = sides.map(({ result }) => result.figures.find((one) => one.code === code));
    const first = figures.find(Boolean);
    const shared = figures.map((one) => (one && first && !differ(first, one) ? one : null));
    if (!first || shared.filter(Boolean).length < 2 || first.open) return [];
    if (sides.every(({ which }) => which?.by) && first.groups.length === 1) return [];
    return first.rows.flatMap((row) =>
      measuresOf(first).map(({ measure, option }) => ({
        ...about(first, row),
        measure,
        option,
        sides: shared.map((figure, at) => side(figure, row.key, measure, sides[at])),
      })),
    );
  });
}

/**
 * @param {Figure | null} figure
 * @param {string} key
 * @param {string} measure
 * @param {{result: Result, which?: Which} | undefined} one
 */
function side(figure, key, measure, one) {
  const row = figure?.rows.find((one) => one.key === key);
  const cell = figure && row ? cellOf(figure, row, one?.which) : null;
  if (one && figure && cell && uniform(one.result.survey, figure, cell)) return null;
  return figure && cell && !cell.hidden ? valueOf(figure, cell, measure) : null;
}
