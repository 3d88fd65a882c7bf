/**
 * Findings of interviews, out of a log that is filled in: a document saved in this browser, a file of
 * the site's own (Word, or a document as JSON), or the workbook. What comes out is what was found, by
 * theme, and in how many talks. The numbers of talks never do, nor who was talked with: what stands
 * in the list of names is taken out of the texts, and a role that would point at one person is left
 * out (`findings-who.js`).
 */

import { WrongFile } from "../lib-wrong.js";
import { fold } from "./label.js";
import { rolesOf, without } from "./findings-who.js";

/**
 * @typedef {import("./shapes.js").Sheet} Sheet
 * @typedef {import("./shapes.js").Note} Note
 * @typedef {import("../files/form.js").Answered} Answered
 * @typedef {import("../files/form.js").Row} Row
 */
/** A table of the log: its id, what it and its columns are called, and the lists of its columns.
 * @typedef {{table: string, title: string, labels: Record<string, string>,
 *   options: Record<string, [string, string][]>}} Table */
/** Which tables hold what: `data/svar/samtaler.json`, as `macros/writers/talks_data.py` writes it.
 * @typedef {{schema: number, template: string, language: string, title: string, address: string,
 *   form: string, fill: string, others: Record<string, string>,
 *   talks: Table & {number: string, role: string, place?: string},
 *   findings: Table & {text: string, theme: string, numbers: string, places?: string},
 *   names?: Table & {columns: string[]}}} About */
/** Words: what roles are called together, and what findings without a theme stand under.
 * @typedef {{others: string, none: string}} Words */
/** `talks` have said it; `roles` only where they point at nobody, `places` are municipalities.
 * @typedef {{text: string, talks: number, roles: {label: string, n: number}[], places?: number}} Finding */
/** @typedef {{themes: {title: string, rows: Finding[]}[], talks: number, notes: Note[]}} Findings */
/** @typedef {{talks: Row[], findings: Row[], names: Row[]}} Log the rows by the log's own ids */
/** @typedef {{number: string, role: string, place: string}} Talk */

const JSON_FILE = /^\s*\{/;
const TEXT = new TextDecoder("utf-8");

/**
 * The findings in a file. `abouts` are the log in the page's language, then in others. Raises
 * WrongFile: "Template" is another document of ours, "Findings" a log without any.
 * @param {Uint8Array} bytes
 * @param {string} name
 * @param {About[]} abouts
 * @param {Words} words
 * @returns {Promise<Findings>}
 */
export async function fromFile(bytes, name, abouts, words) {
  const start = TEXT.decode(bytes.subarray(0, 200)).replace(/^\ufeff/, "");
  if (JSON_FILE.test(start)) {
    const { read } = await import("../files/json.js");
    return fromDocument(read(TEXT.decode(bytes)), abouts, words);
  }
  // A workbook and a Word file are both packed: the Word file has its answers in a part of their own.
  if (holdsWord(bytes)) {
    const { read } = await import("../files/docx.js");
    return fromDocument(read(bytes), abouts, words);
  }
  const { read } = await import("./sheet.js");
  return fromSheets(await read(bytes, name), abouts, words);
}

/** Whether a packed file has a part of Word's, by the names at its end. @param {Uint8Array} bytes */
const holdsWord = (bytes) => new TextDecoder("windows-1252").decode(bytes.subarray(-65_536)).includes("word/document.xml");

/**
 * The findings of a document that is saved in this browser, or was read from a file.
 * @param {Answered} doc
 * @param {About[]} abouts
 * @param {Words} words
 * @returns {Findings}
 */
export function fromDocument(doc, abouts, words) {
  const about = abouts[0];
  if (!about || doc.template !== about.template) throw new WrongFile("Template", doc.name);
  /** @param {string | undefined} table @returns {Row[]} */
  const rows = (table) => {
    const value = table ? doc.values[table] : undefined;
    return Array.isArray(value) ? value.filter((row) => typeof row !== "string") : [];
  };
  const log = { talks: rows(about.talks.table), findings: rows(about.findings.table), names: rows(about.names?.table) };
  return findings(log, abouts, words);
}

/**
 * The findings of a workbook, whose tables are known by what their columns are called.
 * @param {Sheet[]} sheets
 * @param {About[]} abouts
 * @param {Words} words
 * @returns {Findings}
 */
export function fromSheets(sheets, abouts, words) {
  const about = abouts[0];
  /** @param {"talks" | "findings" | "names"} key @param {string[]} needed */
  const rows = (key, needed) => sheets.flatMap((sheet) => rowsOf(sheet, abouts.flatMap((one) => one[key] ?? []), needed));
  if (!about) throw new WrongFile("Foreign");
  const log = {
    talks: rows("talks", [about.talks.number, about.talks.role]),
    findings: rows("findings", [about.findings.text, about.findings.numbers]),
    names: rows("names", about.names?.columns ?? []),
  };
  if (!log.findings.length) throw new WrongFile("Findings");
  return findings(log, abouts, words);
}

/**
 * The rows of a sheet by the table's ids, in the language that has most of its headings; none where
 * it does not have all the columns that are needed.
 * @param {Sheet} sheet
 * @param {Table[]} tables the same in each language
 * @param {string[]} needed
 * @returns {Row[]}
 */
function rowsOf({ header, rows }, tables, needed) {
  const own = header.map(fold);
  const found = tables.map(({ labels }) => Object.entries(labels).map(([id, label]) => /** @type {const} */ ([id, own.indexOf(fold(label))])).filter(([, at]) => at >= 0));
  const best = found.filter((places) => needed.every((id) => places.some(([one]) => one === id))).sort((one, other) => other.length - one.length)[0];
  if (!best || !needed.length) return [];
  return rows.map((row) => Object.fromEntries(best.map(([id, at]) => [id, row[at] ?? ""])));
}

/** @param {Log} log @param {About[]} abouts @param {Words} words @returns {Findings} */
function findings(log, abouts, words) {
  const about = /** @type {About} */ (abouts[0]);
  const talks = talksOf(log.talks, abouts);
  const [person = "", ...others] = about.names?.columns ?? [];
  const clean = without(log.names.map((row) => row[person] ?? ""), log.names.flatMap((row) => others.map((id) => row[id] ?? "")), talks);
  /** @type {[string, string][]} */
  const options = [...(about.findings.options[about.findings.theme] ?? []), ["", words.none]];
  const themes = new Map(options.map(([code, title]) => [code, { title, rows: /** @type {Finding[]} */ ([]) }]));
  const odd = { unknown: 0, none: 0, taken: 0, one: 0 };
  for (const row of log.findings) {
    const { text, taken } = clean((row[about.findings.text] ?? "").trim());
    if (!text) continue;
    odd.taken += taken;
    const numbers = numbersOf(row[about.findings.numbers] ?? "");
    const said = talks.filter(({ number }) => numbers.has(number));
    odd.unknown += talks.length ? numbers.size - said.length : 0;
    odd.none += numbers.size ? 0 : 1;
    odd.one += numbers.size === 1 ? 1 : 0;
    const theme = themes.get(codeOf(row[about.findings.theme] ?? "", about.findings.theme, abouts.map((one) => one.findings)));
    (theme ?? themes.get(""))?.rows.push(finding(text, numbers.size, said, row[about.findings.places ?? ""] ?? "", about, words));
  }
  const found = [...themes.values()].filter(({ rows }) => rows.length);
  if (!found.length) throw new WrongFile("Findings");
  const most = Math.max(talks.length, new Set(log.findings.flatMap((row) => [...numbersOf(row[about.findings.numbers] ?? "")])).size);
  return { themes: found, talks: most, notes: notesOf(odd) };
}

/** @param {{unknown: number, none: number, taken: number, one: number}} odd @returns {Note[]} */
const notesOf = (odd) =>
  Object.entries(odd).filter(([, count]) => count).map(([key, count]) => ({ key: `talks_${key}`, count }));

/**
 * @param {string} text
 * @param {number} count how many talks have said it
 * @param {Talk[]} said those of them that stand in the log
 * @param {string} given how many municipalities, as it is written
 * @param {About} about
 * @param {Words} words
 * @returns {Finding}
 */
function finding(text, count, said, given, about, words) {
  const talks = Math.max(count, 1);
  // Of what one has said, no role and no place is told.
  if (talks < 2) return { text, talks, roles: [] };
  const labels = new Map(about.talks.options[about.talks.role]);
  const roles = said.length === talks ? rolesOf(said, (code) => labels.get(code) ?? words.others, words.others) : [];
  const places = new Set(said.map(({ place }) => fold(place)).filter(Boolean)).size;
  const written = /^\s*\d{1,3}\s*$/.test(given) ? Number(given) : 0;
  const told = written || places;
  return { text, talks, roles, ...(told ? { places: told } : {}) };
}

/** @param {Row[]} rows @param {About[]} abouts @returns {Talk[]} */
function talksOf(rows, abouts) {
  const { number, role, place } = /** @type {About} */ (abouts[0]).talks;
  const filled = rows.filter((row) => Object.values(row).some((text) => text.trim()));
  const numbered = filled.some((row) => numbersOf(row[number] ?? "").size);
  /** @type {Map<string, Talk>} */
  const found = new Map();
  filled.forEach((row, at) => {
    const own = [...numbersOf(row[number] ?? "")][0] ?? (numbered ? `row ${at}` : String(at + 1));
    // A number that is written but for what has happened is no talk.
    if (!(row[role] ?? "").trim() && numbered && !Object.entries(row).some(([id, text]) => id !== number && text.trim())) return;
    found.set(own, { number: own, role: codeOf(row[role] ?? "", role, abouts.map((one) => one.talks)), place: row[place ?? ""] ?? "" });
  });
  return [...found.values()];
}

/**
 * The code of what stands in a list, whether a file has the code, the word in any language, or as
 * older logs have it its place; "" where it is none of them.
 * @param {string} text
 * @param {string} column
 * @param {Table[]} tables
 */
function codeOf(text, column, tables) {
  const said = fold(text);
  const own = tables[0]?.options[column] ?? [];
  const known = tables.flatMap(({ options }) => options[column] ?? []).find((pair) => pair.some((one) => fold(one) === said));
  return known?.[0] ?? own[/^\d{1,2}([.,]0+)?$/.test(said) ? parseInt(said, 10) - 1 : -1]?.[0] ?? "";
}

/**
 * The numbers of talks in a cell: «1, 4 og 7», «2-5».
 * @param {string} text
 * @returns {Set<string>}
 */
export function numbersOf(text) {
  const found = new Set();
  for (const [, first = "", last = first] of text.replace(/(\d)[.,]0\b(?!\d)/g, "$1").matchAll(/(\d{1,4})(?:\s*[-\u2013\u2212]\s*(\d{1,4}))?/g)) {
    const [low, high] = [Number(first), Number(last)];
    for (let one = low; one <= (high > low && high - low < 60 ? high : low); one += 1) found.add(String(one));
    if (high < low) found.add(String(high));
  }
  return found;
}
