/**
 * Figures that anyone may see: what was counted, less what would tell of too few.
 *
 * Those who answered were promised that no figure is of fewer than the survey's limit (ten). The
 * rule, question by question and row by row of a matrix:
 *
 * 1. A group with fewer answers that count than the limit is hidden ("small"). Of what is hidden no
 *    number is left, not even how many were asked.
 * 2. All less the groups that are shown gives the hidden ones together. They must be as many as the
 *    limit, so else the smallest of the other groups is hidden as well («skjult for å verne en annen
 *    gruppe», "derived"): the one with fewest in it, so that it is the same from question to
 *    question.
 * 3. A question that only some are asked tells how many gave the answer that leads to it. What is
 *    hidden of the one question is therefore hidden of the other.
 * 4. Groups of two groupings may be nearly the same people (those who said neither trade nor size).
 *    Where groups added and subtracted leave fewer than the limit, one on each side is hidden, of the
 *    grouping that the survey names last. With two groupings no such sum is left (`tiedPair`); with
 *    more, none that is found by trying sums of few groups in turn (`tiedSeveral`).
 *
 * All of the survey's groupings are looked at, also those that are not shown now: what is hidden
 * must not depend on that, or two reports would tell what one does not. A grouping question is shown
 * for all only (`isParted`). How many are in each group is no secret; the survey's own guide asks
 * for it, so that it is seen who is missing. Files of one municipality each are read as one set with
 * the municipality as a grouping: counted file by file and together, they would tell of each other.
 */

import { count, MISSING, NOT_ASKED } from "./count.js";
import { hide } from "./hide.js";
import { settled } from "./questions.js";
import { textsOf } from "./texts.js";

/** @typedef {import("./shapes.js").Survey} Survey */
/** @typedef {import("./shapes.js").Set} AnswerSet */
/** @typedef {import("./shapes.js").Result} Result */
/** @typedef {import("./shapes.js").Figure} Figure */
/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./shapes.js").Group} Group */
/** @typedef {import("./count.js").Count} Count */
/** @typedef {import("./count.js").Line} Line */
/** @typedef {import("./count.js").Counted} Counted */
/** @typedef {import("./hide.js").Pattern} Pattern */
/** @typedef {import("./ties.js").Block} Block */

/**
 * The answers of a set as figures, protected.
 * @param {Survey} survey
 * @param {AnswerSet} set
 * @param {string[]} [shown] codes of the grouping questions that are shown, all unless said
 * @param {() => number} [random] for the order of what was written, from 0 up to 1
 * @returns {Result}
 */
export function figuresOf(survey, set, shown, random) {
  const one = settled(survey, set);
  return { ...protect(count(survey, one), shown), texts: textsOf(survey, one, random) };
}

/**
 * @param {Count} counted
 * @param {string[]} [shown]
 * @returns {Result} without texts
 */
export function protect({ survey, set, groupings, lines }, shown) {
  const least = survey.minimum_group;
  const kept = groupings.map(({ by }) => !shown || shown.includes(by));
  /** @type {Map<string, Pattern>} */
  const patterns = new Map();
  const figures = lines.map((line) => {
    const before = patterns.get(line.question.condition?.question ?? "") ?? null;
    const rows = line.rows.map((row) => {
      const blocks = blocksOf(row, line, groupings);
      const pattern = row.cells.length ? hide(blocks, groupings, least, before) : [];
      patterns.set(line.question.code, pattern);
      return { key: row.key, label: row.label, cells: cellsOf(row, pattern, kept, least) };
    });
    return { ...figureOf(line), rows, groups: groupsOf(line, set.n, groupings, kept) };
  });
  const hidden = figures.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.map((one) => one.hidden)));
  const place = groupings.find(({ by }) => by === survey.place);
  return {
    survey,
    set: set.label,
    n: set.n,
    places: place?.groups ?? [],
    figures,
    texts: [],
    notes: set.notes,
    hidden: {
      small: hidden.filter((one) => one === "small").length,
      derived: hidden.filter((one) => one === "derived").length,
    },
  };
}

/**
 * Those who were asked, by the groups that they are in: as many as there are ways to be in groups.
 * @param {Counted} row
 * @param {Line} line
 * @param {Count["groupings"]} groupings
 * @returns {Block[]}
 */
function blocksOf({ state }, { question, counting }, groupings) {
  /** @type {Map<number, Block>} */
  const found = new Map();
  for (const [person, now] of state.entries()) {
    if (now === NOT_ASKED) continue;
    let key = 0;
    for (const { groups, of } of groupings) key = key * groups.length + (of[person] ?? 0);
    const block = found.get(key) ?? { at: groupings.map(({ of }) => of[person] ?? 0), asked: 0, n: 0 };
    block.asked += 1;
    if (now !== MISSING && (question.type === "number" || counting[now])) block.n += 1;
    found.set(key, block);
  }
  return [...found.values()];
}

/**
 * @param {Counted} row
 * @param {Pattern} pattern
 * @param {boolean[]} kept
 * @param {number} least
 * @returns {Cell[]}
 */
function cellsOf(row, pattern, kept, least) {
  const cells = row.cells.flatMap((own, j) =>
    kept[j]
      ? own.map((cell, g) => {
          const hidden = pattern[j]?.[g];
          return hidden ? { hidden } : cell;
        })
      : [],
  );
  return [row.all.n < least ? { hidden: /** @type {const} */ ("small") } : row.all, ...cells];
}

/**
 * @param {Line} line
 * @param {number} n
 * @param {Count["groupings"]} groupings
 * @param {boolean[]} kept
 * @returns {Group[]}
 */
function groupsOf({ rows }, n, groupings, kept) {
  const parted = rows[0]?.cells.length ? groupings.filter((_, j) => kept[j]) : [];
  return [{ by: "", code: "", label: "", n }, ...parted.flatMap(({ groups }) => groups)];
}

/**
 * @param {Line} line
 * @returns {Omit<Figure, "rows" | "groups">}
 */
function figureOf({ question, theme, counting }) {
  const options = question.options.map(({ code, label }) => ({ code, label }));
  return {
    code: question.code,
    number: question.number,
    type: question.type,
    text: question.text,
    theme,
    ordered: question.ordered,
    ...(question.open ? { open: /** @type {const} */ (true) } : {}),
    options: options.filter((_, at) => counting[at]),
    aside: options.filter((_, at) => !counting[at]),
    ...(question.unit ? { unit: question.unit } : {}),
    ...(question.low ? { low: question.low } : {}),
    ...(question.high ? { high: question.high } : {}),
  };
}
