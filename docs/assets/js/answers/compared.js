/** What is compared of a figure: a share or a mean, found in what may be shown and nowhere else. */

import { ofMean, ofShare } from "./interval.js";
import { hasMiddle } from "./tally.js";

/** @typedef {import("./shapes.js").Figure} Figure */
/** @typedef {import("./shapes.js").Row} Row */
/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./shapes.js").Shown} Shown */
/** @typedef {import("./shapes.js").Value} Value */
/** @typedef {import("./shapes.js").Measure} Measure */
/** @typedef {import("./shapes.js").Result} Result */

/** A group, as both its codes; none is all.
 * @typedef {{by: string, code: string}} Which */

/**
 * What is measured: of numbers the mean, of an odd number of answers in order the share above the
 * middle, else the share of each answer.
 * @param {Figure} figure
 * @returns {{measure: Measure, option: string}[]}
 */
export function measuresOf({ type, options, ordered }) {
  if (type === "number") return [{ measure: "mean", option: "" }];
  if (hasMiddle(options.length, ordered)) return [{ measure: "high", option: "" }];
  return options.map(({ code, label }) => ({ measure: code, option: label }));
}

/**
 * Whether all gave the same answer to what tells what they think: then no number is said, since it
 * would be what each of them thinks (the guides: write «most»). Who they are is no secret.
 * @param {import("./shapes.js").Survey} survey
 * @param {Figure} figure
 * @param {Cell} cell
 */
export const uniform = ({ place, groups }, { code }, cell) => !cell.hidden && cell.alike === true && code !== place && !groups.includes(code);

/**
 * How many of those who answered are in what is measured.
 * @param {Figure} figure
 * @param {Shown} cell
 * @param {Measure} measure
 */
export function some({ options }, { counts }, measure) {
  const codes = options.map(({ code }) => code);
  const held = measure === "high" ? codes.slice((codes.length + 1) / 2) : [measure];
  return held.reduce((all, code) => all + (counts[code] ?? 0), 0);
}

/**
 * @param {Figure} figure
 * @param {Shown} cell
 * @param {Measure} measure
 * @returns {Value}
 */
export function valueOf(figure, cell, measure) {
  const { n } = cell;
  if (measure === "mean" && figure.type === "number") {
    const { mean = 0, sd = 0 } = cell;
    return { value: mean, n, ...ofMean({ mean, sd, n }) };
  }
  const held = some(figure, cell, measure);
  return { value: held / n, n, ...ofShare(held, n) };
}

/**
 * The cell of a group: null where it is hidden or the figure does not have the group. A group of
 * open options («[kommune 1]») is found by its name, since another file may have another order.
 * @param {Figure} figure
 * @param {Row} row
 * @param {Which & {label?: string}} [which]
 * @returns {Cell | null}
 */
export function cellOf({ groups }, row, which = { by: "", code: "" }) {
  const own = groups.map((group, at) => ({ ...group, at })).filter(({ by }) => by === which.by);
  const named = which.label ? own.find(({ label }) => label === which.label) : undefined;
  const found = named ?? (which.label ? undefined : own.find(({ code }) => code === which.code));
  return (found && row.cells[found.at]) ?? null;
}

/**
 * Whether two figures are of the same answers: else why not.
 * @param {Figure} one
 * @param {Figure} other
 * @returns {"type" | "options" | null}
 */
export function differ(one, other) {
  if (one.type !== other.type) return "type";
  const said = [one, other].map(({ options, ordered }) => [ordered, ...options.map(({ code }) => code)].join());
  return said[0] === said[1] ? null : "options";
}
