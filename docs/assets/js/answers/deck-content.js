/** What the four slides say: the few figures that a room takes in. */

import { alternative, withUnit } from "./alt.js";
import { gaps, mainFigures } from "./report-content.js";
import { responseOfAll, responses } from "./response.js";
import { places } from "./scene.js";
import { Say } from "./say.js";

/** @typedef {import("./shapes.js").Figure} Figure */
/** @typedef {import("./shapes.js").Result} Result */
/** @typedef {import("./report-content.js").Given} Given */
/** @typedef {import("./say.js").Words} Words */
/** @typedef {{figure: Figure, say: Say, by: string, text: string, desc: string}} Lead */
/** @typedef {{label: string, share: number, said: string}} Mark */

const MOST = 4; // main figures
const LINES = 9; // of the picture: more would be too small to read from a chair

/** Several things in a row, as one says them. @param {Say} say @param {string[]} found */
function listed(say, found) {
  const [last, ...others] = [...found].reverse();
  if (!last) return "";
  return others.length ? say.words("report.and", { first: others.reverse().join(", "), last }) : last;
}

/** @param {Figure} figure @param {Say} say @returns {string} */
function point(figure, say) {
  const [row] = figure.rows;
  const cell = row?.cells[0];
  if (!row || !cell) return "";
  const read = say.read(figure, cell);
  if (read.instead || !read.count) return `${figure.text} ${read.instead || read.n}.`;
  if (figure.type === "number") return `${figure.text} ${say.words("say.mean", { value: withUnit(figure, read.mean) })} (${read.n}).`;
  if (figure.rows.length > 1) {
    const [top, bottom] = gap(figure, say) ?? [];
    if (top && bottom) return `${figure.text} ${say.words("report.slide_range", { high: top.label, high_share: top.said, low: bottom.label, low_share: bottom.said, side: say.named(figure, "high") })}`;
  }
  if (read.sides) return `${figure.text} ${say.named(figure, "high")}: ${read.said.high} (${read.n}).`;
  const most = [...read.parts].sort((a, b) => b.count - a.count)[0];
  return most ? `${figure.text} ${most.label}: ${most.said} (${read.n}).` : "";
}

/** The rows of a matrix with the most and the least on the high side. @param {Figure} figure @param {Say} say @returns {[Mark, Mark] | undefined} */
function gap(figure, say) {
  const marks = figure.rows.flatMap(({ label, cells: [cell] }) => {
    const read = cell && say.read(figure, cell);
    return read?.sides ? [{ label, share: read.sides.high, said: read.said.high }] : [];
  });
  const sorted = marks.sort((a, b) => b.share - a.share);
  const [top, bottom] = [sorted[0], sorted.at(-1)];
  return top && bottom && top !== bottom ? [top, bottom] : undefined;
}

export const mainPoints = {
  /** @param {Words} words @param {Result[]} results @param {Record<string, number>} [asked] how many got the first survey */
  asked: (words, results, asked) =>
    results.flatMap((result, at) => {
      const say = new Say(words, result.survey);
      const { survey, set, n, places: found } = result;
      const got = at ? [] : responses(say, result, asked);
      const all = responseOfAll(say, got);
      /** @param {import("./shapes.js").Group} group */
      const many = (group) => {
        const one = got.find((other) => !other.all && other.label === say.group(group));
        return one ? say.words("report.of", { n: one.n, asked: one.asked }) : say.count(group.n);
      };
      const questions = survey.themes.flatMap((theme) => theme.questions).length;
      const themes = survey.themes.map(({ title }) => title).join(" \u00b7 ");
      return [
        `${survey.title}. ${say.words("report.set", { set, n })}.${all ? ` ${all}` : ""}`,
        `${say.words("report.slide_questions", { n: questions, themes })}.`,
        ...(found.length ? [`${say.words("report.slide_places", { places: listed(say, found.map((group) => `${say.group(group)} (${many(group)})`)) })}.`] : []),
      ];
    }),
  /** @param {Words} words @param {Result[]} results */
  first: (words, results) =>
    results.flatMap((result) => {
      const say = new Say(words, result.survey);
      const main = mainFigures(result);
      return (main.length ? main : result.figures.slice(0, MOST)).slice(0, MOST).map((figure) => point(figure, say)).filter(Boolean);
    }),
};

/**
 * What stands out: the question whose rows differ most, else the first main figure by place.
 * @param {Words} words @param {Result[]} results
 * @returns {Lead | undefined}
 */
export function lead(words, results) {
  const found = results.flatMap((result) => {
    const say = new Say(words, result.survey);
    return result.figures.filter(({ rows }) => rows.length > 1 && rows.length <= LINES).flatMap((figure) => {
      const marks = gap(figure, say);
      return marks ? [{ figure, say, marks, apart: marks[0].share - marks[1].share }] : [];
    });
  });
  const [most] = found.sort((a, b) => b.apart - a.apart);
  if (most) {
    const { figure, say, marks: [high, low] } = most;
    const text = say.words("report.slide_gap", { high: high.label, high_share: high.said, low: low.label, low_share: low.said });
    return { figure, say, by: "", text, desc: alternative(say, figure, [0]) };
  }
  const [result] = results;
  const figure = result && (mainFigures(result)[0] ?? result.figures.find(({ type }) => type !== "number"));
  if (!result || !figure) return undefined;
  const say = new Say(words, result.survey);
  const by = figure.ordered && figure.rows.length === 1 ? (result.places[0]?.by ?? "") : "";
  return { figure, say, by, text: figure.text, desc: alternative(say, figure, places(figure, by)) };
}

/**
 * What is not known, and what to do.
 * @param {Words} words @param {Given} given
 */
export function next(words, given) {
  const found = given.results.flatMap((result) => {
    const say = new Say(words, result.survey);
    const { who, small, skipped } = gaps(say, result, given);
    return [who, small && say.words("report.least", { least: say.least }), skipped].filter((text) => text !== undefined);
  });
  const [first] = given.results;
  if (!first) return [];
  const say = new Say(words, first.survey);
  return [...new Set(found), ...["hold", "talk", "tell"].map((key) => say.words(`report.slide_${key}`))];
}
