/**
 * The workbook: what to read first, the main figures, each part of the survey on a sheet of its own,
 * and what was said, found and changed. A row is one answer to one question, by one group, so that
 * a table can be filtered, sorted and put together anew.
 */

import { unpacked } from "../files/zip.js";
import { mainFigures, unknown } from "./report-content.js";
import { besideRow, changeHeader, changeRow, findingHeader, findingRow } from "./report-more.js";
import { responseHeader, responses } from "./response.js";
import { Say } from "./say.js";
import { sheetNames, workbook } from "./xlsx-write.js";

/** @typedef {import("./shapes.js").Figure} Figure */
/** @typedef {import("./shapes.js").Result} Result */
/** @typedef {import("./report-content.js").Given} Given */
/** @typedef {import("./say.js").Words} Words */
/** @typedef {import("./out.js").Files} Files */
/** @typedef {import("./xlsx-write.js").Cell} Cell */
/** @typedef {import("./xlsx-write.js").Sheet} Sheet */

const WIDTHS = [9, 60, 34, 24, 34, 10, 10, 12, 13, 14, 10, 44];
const THEME = "word/theme.xml"; // the region's colours and fonts, as all our Office files have them
const KEYS = ["code", "question", "row", "group", "option", "count", "share", "n", "missing", "mean", "median", "note"];

/**
 * @param {Files} files
 * @param {Words} words
 * @param {Given} given
 * @returns {Uint8Array}
 */
export function book({ about, docx }, words, given) {
  const [first] = given.results;
  if (!first) throw new Error("results");
  const say = new Say(words, first.survey);
  const many = given.results.length > 1;
  const sheets = responded(say, first, given);
  sheets.push(...given.results.flatMap((result) => ofResult(new Say(words, result.survey), result, given, many)));
  const more = [...texts(say, given), ...changes(say, given), ...beside(say, given), ...findings(say, given)];
  const title = say.words("report.title", { title: [...new Set(given.results.map(({ survey }) => survey.title))].join(", ") });
  const named = given.made_up ? say.words("report.made_up_caption", { text: title }) : title;
  const all = [...sheets, ...more];
  return workbook({
    title: named,
    language: about.language,
    accent: about.palette.accent,
    theme: unpacked(docx)[THEME] ?? new Uint8Array(),
    sheets: [start(say, words, given, named, all), ...all],
  });
}

/** @param {string} text @returns {Cell} */
const text = (text) => ({ text });

/** @param {Say} say @param {Words} words @param {Given} given @param {string} title @param {Sheet[]} sheets @returns {Sheet} */
function start(say, words, given, title, sheets) {
  const told = [
    ...(given.made_up ? [say.words("report.made_up_help")] : []),
    ...given.results.map(({ survey, set, n }) => say.words("report.source", { title: survey.title, version: survey.version, set, n })),
    say.words("report.start_sheets"),
    say.words("report.start_share"),
    say.words("report.start_hidden", { column: say.words("report.note") }),
    say.words("report.least", { least: say.least }),
    ...given.results.flatMap((result) => unknown(new Say(words, result.survey), result, given)),
  ];
  const name = say.words("report.start");
  const [, ...names] = sheetNames([name, ...sheets.map((sheet) => sheet.name)]);
  return {
    name,
    widths: [110],
    above: [[{ text: title, look: "title" }], ...told.map((line) => [text(line)]), []],
    header: [say.words("report.contents")],
    rows: names.map((one) => [text(one)]),
  };
}

/** Who answered, of those who got the survey. @param {Say} say @param {Result} result @param {Given} given @returns {Sheet[]} */
function responded(say, result, { asked, made_up: madeUp }) {
  const found = responses(say, result, asked);
  const name = say.words("report.who");
  const title = madeUp ? say.words("report.made_up_caption", { text: name }) : name;
  const rows = found.map((one) => [
    text(one.label),
    /** @type {Cell} */ ({ number: one.asked, as: "count" }),
    /** @type {Cell} */ ({ number: one.n, as: "count" }),
    share(one.share, one.said),
  ]);
  return found.length ? [{ name, widths: [34, 14, 14, 14], above: [[{ text: title, look: "title" }]], header: responseHeader(say), rows }] : [];
}

/** A share, with its words where these are no mere number. @param {number} number @param {string} said @returns {Cell} */
const share = (number, said) => ({ number, as: "share", ...(/^\d/.test(said) ? {} : { shown: said }) });

/** @param {Say} say @param {Result} result @param {Given} given @param {boolean} many @returns {Sheet[]} */
function ofResult(say, result, given, many) {
  const { survey, set, figures } = result;
  const header = KEYS.map((key) => say.words(`report.${key}`));
  /** @param {string} name @param {Figure[]} own @returns {Sheet} */
  const sheet = (name, own) => {
    const named = many ? `${name}, ${set || survey.title}` : name;
    const head = given.made_up ? say.words("report.made_up_caption", { text: named }) : named;
    return { name: named, widths: WIDTHS, above: [[{ text: head, look: "title" }]], header, rows: own.flatMap((figure) => rows(say, figure)) };
  };
  const main = mainFigures(result);
  return [
    ...(main.length ? [sheet(say.words("report.first"), main)] : []),
    ...survey.themes.flatMap(({ id, title }) => {
      const own = figures.filter(({ theme }) => theme === id);
      return own.length ? [sheet(title, own)] : [];
    }),
  ];
}

/**
 * The rows of a figure. What is hidden has one row that says why.
 * @param {Say} say @param {Figure} figure
 * @returns {Cell[][]}
 */
function rows(say, figure) {
  return figure.rows.flatMap((row) =>
    row.cells.flatMap((cell, at) => {
      const group = figure.groups[at];
      if (!group) return [];
      const read = say.read(figure, cell);
      const line = figure.rows.length > 1 ? row.label : "";
      const named = [text(figure.code), text(figure.text), text(line), text(say.group(group))];
      if (cell.hidden || read.instead) return [[...named, null, null, null, null, null, null, null, text(read.instead)]];
      /** @type {Cell[]} */
      const end = [
        { number: cell.n, as: "count" },
        { number: cell.missing, as: "count" },
        read.value === null ? null : { number: read.value, as: "mean" },
        cell.median === undefined || !read.median ? null : { number: cell.median, as: "mean", ...shownAs(read.median) },
      ];
      const parts = read.parts.map(({ label, count, share: part, said }) => [
        ...named,
        text(label),
        /** @type {Cell} */ ({ number: count, as: "count" }),
        read.count ? share(part, said) : null,
        ...end,
        null,
      ]);
      const aside = read.aside.map(({ label, count }) => [
        ...named,
        text(label),
        /** @type {Cell} */ ({ number: count, as: "count" }),
        null,
        ...end,
        text(say.words("report.aside")),
      ]);
      return parts.length + aside.length ? [...parts, ...aside] : [[...named, null, null, null, ...end, text(figure.unit ?? "")]];
    }),
  );
}

/** A median without decimals, where it has none. @param {string} said */
const shownAs = (said) => (said.includes(",") ? {} : { as: /** @type {const} */ ("count") });

/** @param {Say} say @param {Given} given @returns {Sheet[]} */
function texts(say, given) {
  const found = given.results.flatMap(({ texts: all }) =>
    all.flatMap(({ code, text: asked, hidden }) =>
      hidden ? [] : (given.headings?.[code] ?? []).flatMap(({ heading, texts: own }) => own.map((one) => [code, asked, heading, one].map(text))),
    ),
  );
  const header = ["code", "question", "heading", "text"].map((key) => say.words(`report.${key}`));
  return found.length ? [{ name: say.words("report.text"), widths: [9, 44, 30, 90], above: [], header, rows: found }] : [];
}

/** @param {Say} say @param {Given} given @returns {Sheet[]} */
function changes(say, given) {
  const found = (given.changes ?? []).flatMap(({ title, list }) =>
    list.map((change) => {
      const cells = changeRow(say, change);
      const whole = change.reason ? [cells[0] ?? "", "", "", "", "", "", cells[1] ?? ""] : [...cells, ""];
      return [title, ...whole].map(text);
    }),
  );
  const header = [say.words("report.theme"), ...changeHeader(say), say.words("report.note")];
  return found.length ? [{ name: say.words("report.changes"), widths: [30, 50, 20, 20, 20, 30, 20, 40], above: [], header, rows: found }] : [];
}

/** @param {Say} say @param {Given} given @returns {Sheet[]} */
const beside = (say, given) =>
  (given.beside ?? []).map(({ title, sides, list }) => ({
    name: title,
    widths: [60, ...sides.map(() => 24)],
    above: [],
    header: distinct([say.words("report.what"), ...sides]),
    rows: list.map((one) => besideRow(say, one).map(text)),
  }));

/** Names of columns, of which Excel takes none twice. @param {string[]} names */
const distinct = (names) => names.map((name, at) => (names.indexOf(name) === at ? name : `${name} (${at})`));

/** @param {Say} say @param {Given} given @returns {Sheet[]} */
function findings(say, given) {
  const found = (given.findings?.themes ?? []).flatMap(({ title, rows: own }) => own.map((row) => [title, ...findingRow(say, row)].map(text)));
  const header = [say.words("report.theme"), ...findingHeader(say)];
  return found.length ? [{ name: say.words("report.findings"), widths: [30, 70, 12, 40, 12], above: [], header, rows: found }] : [];
}
