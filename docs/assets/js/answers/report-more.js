/** What became of it since last time, and what interviews say: tables of the report. */

/** @typedef {import("./shapes.js").Change} Change */
/** @typedef {import("./shapes.js").Beside} Beside */
/** @typedef {import("./shapes.js").Value} Value */
/** @typedef {import("./say.js").Say} Say */
/** @typedef {import("./report-content.js").Block} Block */
/** @typedef {import("./report-content.js").Findings} Findings */

/** What is measured, in words. @param {Say} say @param {Change | Beside} change */
export function measured(say, { label, measure, option }) {
  if (measure === "mean") return say.words("report.mean_of", { label });
  return say.words("report.share_of", { label, option: option || say.words("report.high") });
}

/** @param {Say} say @param {Change | Beside} change @param {Value | null} value */
function valued(say, { measure }, value) {
  if (!value) return "";
  return say.words("report.value_of", { value: measure === "mean" ? say.mean(value.value) : say.percent(value.value), n: value.n });
}

/**
 * A change as cells: what, before, after, how much, between what, how sure.
 * @param {Say} say @param {Change} change
 * @returns {string[]}
 */
export function changeRow(say, change) {
  const mean = change.measure === "mean";
  /** @param {number | null} value */
  const moved = (value) => (value === null ? "" : mean ? (value > 0 ? "+" : "") + say.mean(value) : say.points(value));
  const what = measured(say, change);
  if (change.reason) return [what, say.words(`report.reason.${change.reason}`)];
  const { low, high } = change;
  return [
    what,
    valued(say, change, change.before),
    valued(say, change, change.after),
    moved(change.change),
    low === null || high === null ? "" : say.words("report.from_to", { low: moved(low), high: moved(high) }),
    change.sure ? say.words(`sure.${change.sure}`) : "",
  ];
}

/** @param {Say} say */
export const changeHeader = (say) =>
  ["what", "before", "after", "change", "interval", "sure"].map((key) => say.words(`report.${key}`));

/**
 * The same thing in several surveys or groups, as cells.
 * @param {Say} say @param {Beside} beside
 * @returns {string[]}
 */
export const besideRow = (say, beside) =>
  [measured(say, beside), ...beside.sides.map((value) => valued(say, beside, value) || say.words("say.not_shown"))];

/** @param {Say} say @param {import("./report-content.js").Given} given @returns {Block[]} */
export function changes(say, { changes: found = [], beside = [] }) {
  if (!found.length && !beside.length) return [{ kind: "text", text: say.words("report.no_changes") }];
  /** @param {string} caption @param {string[]} header @param {string[][]} rows @param {string[]} notes @returns {Block} */
  const table = (caption, header, rows, notes) => ({ kind: "table", table: { caption, header, rows, notes } });
  return [
    ...found.map(({ title, list }) =>
      table(title, changeHeader(say), list.map((one) => changeRow(say, one)), [say.words("report.interval_help")])),
    ...beside.map(({ title, sides, list }) =>
      table(title, [say.words("report.what"), ...sides], list.map((one) => besideRow(say, one)), [])),
  ];
}

/** @param {Say} say */
export const findingHeader = (say) => ["finding", "talks", "roles", "places"].map((key) => say.words(`report.${key}`));

/** A finding as cells. @param {Say} say @param {import("./report-content.js").Finding} finding @returns {string[]} */
export const findingRow = (say, { text, talks: count, roles, places }) => [
  text,
  say.count(count),
  roles.map(({ label, n }) => `${label} ${say.count(n)}`).join(", "),
  places === undefined ? "" : say.count(places),
];

/** @param {Say} say @param {Findings} found @returns {Block[]} */
export function talks(say, { themes, talks: count }) {
  return [
    { kind: "text", text: say.words("report.talk_count", { n: count }) },
    ...themes.map(({ title, rows }) =>
      /** @type {Block} */ ({
        kind: "table",
        table: { caption: title, header: findingHeader(say), rows: rows.map((row) => findingRow(say, row)), notes: [] },
      }),
    ),
  ];
}
