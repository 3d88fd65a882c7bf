/**
 * What a report says, field by field, as plain blocks: headings, texts, tables and pictures. Word
 * is written from these (`report-word.js`), and nothing here knows Word.
 */

import { changes, talks } from "./report-more.js";
import { responseHeader, responseOfAll, responses } from "./response.js";
import { scene } from "./scene.js";
import { Say } from "./say.js";
import { grouped, table } from "./tables.js";

/** @typedef {import("./shapes.js").Figure} Figure */
/** @typedef {import("./shapes.js").Result} Result */
/** @typedef {import("./shapes.js").Texts} Texts */
/** @typedef {import("./shapes.js").Change} Change */
/** @typedef {import("./shapes.js").Beside} Beside */
/** @typedef {import("./say.js").Words} Words */
/** @typedef {import("./tables.js").Table} Table */
/** @typedef {import("./drawn.js").Scene} Scene */
/**
 * @typedef {{kind: "heading", level: number, text: string}} Heading level 1 is right below a chapter
 * @typedef {{kind: "text", text: string, strong?: boolean}} Paragraph
 * @typedef {{kind: "list", items: string[]}} List
 * @typedef {{kind: "table", table: Table}} TableBlock
 * @typedef {{kind: "picture", caption: string, scene: Scene}} Picture
 * @typedef {Heading | Paragraph | List | TableBlock | Picture} Block
 */
/**
 * Findings of interviews, as `findings.js` gives them.
 * @typedef {{text: string, talks: number, roles: {label: string, n: number}[], places?: number}} Finding
 * @typedef {{themes: {title: string, rows: Finding[]}[], talks: number, notes?: import("./shapes.js").Note[]}} Findings
 */
/**
 * All that the files are made from. `headings` has texts sorted by the reader, by question; other
 * texts stay out, since nobody has judged them.
 * @typedef {object} Given
 * @property {Result[]} results
 * @property {{title: string, list: Change[]}[]} [changes]
 * @property {{title: string, sides: string[], list: Beside[]}[]} [beside] `sides` are their names
 * @property {Findings} [findings]
 * @property {{[code: string]: {heading: string, texts: string[]}[]}} [headings]
 * @property {Record<string, number>} [asked] how many got the survey of the first result, by place and in all ("")
 * @property {boolean} made_up
 */

const MOST = 12; // lines of a picture by group; of more, the table is enough
const SKIPPED = 0.25; // of those who were asked

/** @param {string} text @param {boolean} [strong] @returns {Paragraph} */
export const said = (text, strong = false) => ({ kind: "text", text, strong });

/**
 * Each field of the record with what goes into it. What there is nothing for is not there.
 * @param {Words} words
 * @param {Given} given
 * @returns {Partial<Record<"asked" | "answered" | "first" | "findings" | "changes" | "talks" | "unknown", Block[]>>}
 */
export function content(words, given) {
  const all = given.results.map((result) => ({ result, say: new Say(words, result.survey) }));
  const many = all.length > 1;
  /** @param {(say: Say, result: Result) => Block[]} make */
  const each = (make) =>
    all.flatMap(({ result, say }) => {
      const found = make(say, result);
      return many && found.length ? [said(named(result), true), ...found] : found;
    });
  const [first] = all;
  const say = first?.say;
  if (!say) return {};
  return {
    asked: [...(given.made_up ? [said(say.words("report.made_up_help"), true)] : []), ...each(asked)],
    answered: each((own, result) => answered(own, result, result === first.result ? given.asked : undefined)),
    first: each((own, result) => main(own, result)),
    findings: all.flatMap(({ result, say: own }) => findings(own, result, given, many)),
    changes: changes(say, given),
    ...(given.findings ? { talks: talks(say, given.findings) } : {}),
    unknown: each((own, result) => unknown(own, result, given).map((text) => said(text))),
  };
}

/** @param {Result} result */
const named = ({ survey, set }) => [survey.title, set].filter(Boolean).join(", ");

/** @param {Say} say @param {Result} result @returns {Block[]} */
function asked(say, { survey, set, n }) {
  const questions = survey.themes.flatMap((theme) => theme.questions).length;
  const told = say.words("report.method", { title: survey.title, questions, set: say.words("report.set", { set, n }) });
  return [
    said(told),
    { kind: "list", items: survey.themes.map(({ title }) => title) },
    said(say.words("report.least", { least: survey.minimum_group })),
    said(say.words("report.base")),
  ];
}

/** @param {Say} say @param {Result} result @param {Record<string, number>} [got] @returns {Block[]} */
function answered(say, result, got) {
  const { survey, set, n, places, figures } = result;
  const codes = new Set([survey.place, ...survey.groups]);
  const asked = figures.filter(({ code }) => codes.has(code));
  /** @type {Block[]} */
  const found = [said(say.words("report.set", { set, n })), ...responded(say, responses(say, result, got))];
  if (places.length && !asked.some(({ code }) => code === survey.place)) {
    const header = [say.words("report.group"), say.words("report.n")];
    const rows = places.map((group) => [say.group(group), say.count(group.n)]);
    found.push({ kind: "table", table: { caption: say.words("report.who"), header, rows, notes: [] } });
  }
  return [...found, ...asked.flatMap((figure) => whole(say, figure))];
}

/** How many of those who got it have answered. @param {Say} say @param {import("./response.js").Response[]} found @returns {Block[]} */
function responded(say, found) {
  const all = responseOfAll(say, found);
  const rows = found.map((one) => [one.label, say.count(one.asked), say.count(one.n), one.said]);
  const table = { caption: say.words("report.response"), header: responseHeader(say), rows, notes: [] };
  return [...(all ? [said(all)] : []), ...(found.some((one) => !one.all) ? [/** @type {Block} */ ({ kind: "table", table })] : [])];
}

/** A question for all. @param {Say} say @param {Figure} figure @returns {Block[]} */
const whole = (say, figure) => [
  { kind: "picture", caption: figure.text, scene: scene(figure, say) },
  { kind: "table", table: table(say, figure) },
];

/** A question by place. @param {Say} say @param {Result} result @param {Figure} figure @param {boolean} drawn @returns {Block[]} */
function byPlace(say, { survey, places }, figure, drawn) {
  const by = places[0]?.by ?? survey.place ?? "";
  const tables = grouped(say, figure, by);
  const caption = say.words("report.by", { text: figure.text, group: say.words("report.place") });
  const lines = figure.rows.length * (figure.groups.filter((group) => group.by === by).length + 1);
  /** @type {Block[]} */
  const picture = drawn && tables.length && figure.ordered && lines <= MOST ? [{ kind: "picture", caption, scene: scene(figure, say, { by }) }] : [];
  return [...picture, ...tables.map((one) => /** @type {Block} */ ({ kind: "table", table: { ...one, caption } }))];
}

/** The figures that the survey shows first. @param {Result} result @returns {Figure[]} */
export const mainFigures = ({ survey, figures }) =>
  survey.first.flatMap((code) => figures.filter((figure) => figure.code === code));

/** @param {Say} say @param {Result} result @returns {Block[]} */
function main(say, result) {
  const found = mainFigures(result);
  return (found.length ? found : result.figures.slice(-1)).flatMap((figure) => [
    { kind: "heading", level: 1, text: figure.text },
    ...whole(say, figure),
    ...byPlace(say, result, figure, true),
  ]);
}

/** @param {Say} say @param {Result} result @param {Given} given @param {boolean} many @returns {Block[]} */
function findings(say, result, given, many) {
  const { survey, figures, texts } = result;
  const told = new Set([survey.place, ...survey.groups]);
  const first = new Set(survey.first);
  const level = many ? 2 : 1;
  const found = survey.themes.flatMap(({ id, title }) => {
    const own = figures.filter(({ theme, code }) => theme === id && !told.has(code)).map((figure) => ({
      number: figure.number,
      blocks: /** @type {Block[]} */ ([
        { kind: "heading", level: level + 1, text: figure.text },
        ...whole(say, figure),
        ...(first.has(figure.code) ? [] : byPlace(say, result, figure, false)),
      ]),
    }));
    const words = texts.filter(({ theme }) => theme === id).map((one) => ({ number: one.number, blocks: sorted(say, one, given, level + 1) }));
    const blocks = [...own, ...words].sort((a, b) => a.number - b.number).flatMap((one) => one.blocks);
    return blocks.length ? [/** @type {Block} */ ({ kind: "heading", level, text: title }), ...blocks] : [];
  });
  return many && found.length ? [{ kind: "heading", level: 1, text: named(result) }, ...found] : found;
}

/** Texts under the reader's own headings. @param {Say} say @param {Texts} texts @param {Given} given @param {number} level @returns {Block[]} */
function sorted(say, { code, text, answers, hidden }, given, level) {
  const groups = (given.headings?.[code] ?? []).filter((group) => group.texts.length);
  if (!groups.length && !hidden) return [];
  /** @type {Block} */
  const head = { kind: "heading", level, text };
  if (hidden) return [head, said(say.hidden({ hidden }))];
  return [
    head,
    said(say.n(answers.length)),
    ...groups.flatMap(({ heading, texts: own }) => /** @type {Block[]} */ ([said(heading, true), { kind: "list", items: own }])),
  ];
}

/**
 * What the answers do not tell, by what it is.
 * @param {Say} say @param {Result} result @param {Given} given
 * @returns {{who: string, small?: string, derived?: string, skipped?: string, unsorted?: string}}
 */
export function gaps(say, { figures, hidden, texts }, given) {
  const skipped = figures.filter(({ rows }) =>
    rows.some(({ cells: [cell] }) => cell && !cell.hidden && cell.asked > 0 && cell.missing / cell.asked >= SKIPPED),
  ).length;
  const kept = texts.flatMap(({ code }) => given.headings?.[code] ?? []).reduce((sum, group) => sum + group.texts.length, 0);
  const left = texts.reduce((sum, { answers }) => sum + answers.length, 0) - kept;
  return {
    who: say.words("report.who_answered"),
    ...(hidden.small ? { small: say.words("report.hidden.small", { n: hidden.small }) } : {}),
    ...(hidden.derived ? { derived: say.words("report.hidden.derived", { n: hidden.derived }) } : {}),
    ...(skipped ? { skipped: say.words("report.skipped", { n: skipped }) } : {}),
    ...(left > 0 ? { unsorted: say.words("report.unsorted", { n: left }) } : {}),
  };
}

/** @param {Say} say @param {Result} result @param {Given} given @returns {string[]} */
export const unknown = (say, result, given) => Object.values(gaps(say, result, given));
