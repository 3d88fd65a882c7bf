/** A picture in words: what is said of it to whoever does not see it. */

/** @typedef {import("./shapes.js").Figure} Figure */
/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./say.js").Say} Say */

const FEW = 4; // rows of which all answers are said; of more, the two ends or the most common

/**
 * What a cell says in one sentence.
 * @param {Say} say
 * @param {Figure} figure
 * @param {Cell} cell
 * @param {boolean} [whole] every answer, not only the two ends or the most common
 */
export function sentence(say, figure, cell, whole = true) {
  const read = say.read(figure, cell);
  if (read.instead) return read.instead;
  if (!read.count) return say.about(read);
  /** @type {string[]} */
  let told = read.parts.map(({ label, said }) => `${label} ${said}`);
  if (figure.type === "number") told = [];
  else if (!whole && read.sides) {
    told = [`${say.named(figure, "low")} ${read.said.low}`, `${say.named(figure, "high")} ${read.said.high}`];
  } else if (!whole) {
    const most = [...read.parts].sort((a, b) => b.count - a.count)[0];
    told = most ? [`${most.label} ${most.said}`] : [];
  }
  if (read.mean) told.push(say.words("say.mean", { value: withUnit(figure, read.mean) }));
  if (read.median && (whole || figure.type === "number")) told.push(say.words("say.median", { value: withUnit(figure, read.median) }));
  return `${say.about(read)}. ${told.join(", ")}`;
}

/** @param {Figure} figure @param {string} value */
export const withUnit = ({ unit }, value) => (unit ? `${value} ${unit}` : value);

/**
 * All that a picture of a figure shows, in words. `at` are the places of the groups it shows.
 * @param {Say} say
 * @param {Figure} figure
 * @param {number[]} at
 */
export function alternative(say, figure, at) {
  const whole = figure.rows.length * at.length <= FEW;
  const told = figure.rows.flatMap((row) =>
    at.flatMap((place) => {
      const cell = row.cells[place];
      const group = figure.groups[place];
      if (!cell || !group) return [];
      const named = [figure.rows.length > 1 ? row.label : "", at.length > 1 ? say.group(group) : ""].filter(Boolean).join(", ");
      const said = sentence(say, figure, cell, whole);
      return [named ? `${named}: ${said}` : said];
    }),
  );
  return `${[figure.text.replace(/[.:]$/, ""), ...told].join(". ").replace(/([?!])\. /g, "$1 ")}.`;
}
