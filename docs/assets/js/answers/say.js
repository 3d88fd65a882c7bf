/**
 * The one place where a figure becomes words: shares, numbers of answers, means, and what is said
 * where a figure is hidden. Page, pictures, Word, Excel and slides all say it through this, so
 * that the same figure is the same everywhere.
 */

import { uniform } from "./compared.js";

/** @typedef {import("./shapes.js").Survey} Survey */
/** @typedef {import("./shapes.js").Figure} Figure */
/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./shapes.js").Group} Group */
/** @typedef {Record<string, string>} Words the strings `answers.*` of a language, by key */
/**
 * An answer of a cell: how many gave it, its share of those that count, and that share in words.
 * @typedef {{code: string, label: string, count: number, share: number, said: string}} Part
 */
/** @typedef {"low" | "mid" | "high"} Side */
/** How an ordered answer parts: shares below, at and above the middle. @typedef {Record<Side, number>} Sides */
/**
 * A cell in words. Where it is hidden, `instead` says so and nothing else is there. Where all gave the
 * same answer, `instead` says what most of them answered, and there is no share, mean or median: it
 * would tell what each of them thinks.
 * @typedef {object} Reading
 * @property {string} instead what stands in the place of figures
 * @property {string} brief the same where there is little room
 * @property {string} most the answer that all gave
 * @property {number} count
 * @property {string} n
 * @property {string} short `n = 42`
 * @property {string} missing empty where nobody skipped the question
 * @property {Part[]} parts
 * @property {Part[]} aside what is no opinion; its `said` is a number
 * @property {Sides | null} sides null where there is no middle
 * @property {Record<Side, string>} said the same in words, empty without a middle
 * @property {number | null} value the mean
 * @property {string} mean
 * @property {string} median
 */

const SPACE = "\u00a0"; // that no line breaks at
const MINUS = "\u2212";

/**
 * A number as Norwegians write it: `1 250`, `3,4`, `−2`.
 * @param {number} value
 * @param {number} [decimals]
 */
export function number(value, decimals = 0) {
  const [whole = "0", part] = Math.abs(value).toFixed(decimals).split(".");
  const shown = whole.replace(/\B(?=(\d{3})+$)/g, SPACE) + (part ? `,${part}` : "");
  return value < 0 && /[1-9]/.test(shown) ? MINUS + shown : shown;
}

/** @type {Reading} */
const NOTHING = {
  ...{ instead: "", brief: "", most: "", count: 0, n: "", short: "", missing: "", parts: [], aside: [], mean: "", median: "" },
  ...{ sides: null, said: { low: "", mid: "", high: "" }, value: null },
};

export class Say {
  /** @param {Words} words @param {Survey} survey */
  constructor(words, survey) {
    this.texts = words;
    this.least = survey.minimum_group;
    this.survey = survey;
  }

  /**
   * What the strings say, with its names filled in; with `n` the words for one are used for 1.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  words(key, values = {}) {
    const text = (values["n"] === 1 && this.texts[`${key}.one`]) || this.texts[key] || this.texts[`${key}.many`];
    return (text ?? key).replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      return typeof value === "number" ? number(value) : (value ?? whole);
    });
  }

  /**
   * A share without decimals. What is there is never said to be nothing, nor what lacks to be all.
   * @param {number} share from 0 to 1
   */
  percent(share) {
    const whole = Math.round(share * 100);
    if (share > 0 && whole === 0) return this.words("say.under", { share: `1${SPACE}%` });
    if (share < 1 && whole === 100) return this.words("say.over", { share: `99${SPACE}%` });
    return `${number(whole)}${SPACE}%`;
  }

  /**
   * The share of those who were asked that answered; empty where it is not known, or cannot be.
   * @param {number} n @param {number} asked
   */
  response = (n, asked) => (n && asked >= n ? this.percent(n / asked) : "");

  /** Percentage points, with their sign. @param {number} change of a share */
  points(change) {
    const whole = Math.round(change * 100);
    return this.words("say.points", { n: whole, points: (whole > 0 ? "+" : "") + number(whole) });
  }

  /** @param {number} value */
  mean = (value) => number(value, 1);

  /** A median, which may lie between two answers. @param {number} value */
  median = (value) => number(value, Number.isInteger(value) ? 0 : 1);

  /** How many, as a bare number. @param {number} count */
  count = (count) => number(count);

  /** @param {number} count */
  n(count) {
    return count ? this.words("say.answers", { n: count }) : this.words("say.none");
  }

  /** Why a cell has no figures, empty where it has. @param {Cell} cell */
  hidden({ hidden }) {
    return hidden ? this.words(`say.hidden.${hidden}`, { least: this.least }) : "";
  }

  /** What a group is called. @param {Group} group */
  group({ code, label }) {
    return label || this.words(code ? "say.unsaid" : "say.all");
  }

  /**
   * A cell of a figure, in words.
   * @param {Figure} figure
   * @param {Cell} cell
   * @returns {Reading}
   */
  read(figure, cell) {
    if (cell.hidden) return { ...NOTHING, instead: this.hidden(cell), brief: this.words("say.not_shown") };
    if (uniform(this.survey, figure, cell)) return this.#most(figure, cell);
    const { n, missing, counts, low, mid = 0, high = 0, mean, median } = cell;
    const sides = low === undefined || !n ? null : { low, mid, high };
    // Answers as «5–9» have an order, but no step between them that a mean could be of.
    const measured = n > 0 && figure.type !== "single";
    return {
      ...{ instead: "", brief: "", most: "" },
      count: n,
      n: this.n(n),
      short: this.words("say.short", { n }),
      missing: missing ? this.words("say.missing", { n: missing }) : "",
      parts: figure.options.map(({ code, label }) => {
        const count = counts[code] ?? 0;
        const share = n ? count / n : 0;
        return { code, label, count, share, said: this.percent(share) };
      }),
      aside: besides(figure, cell),
      sides,
      said: sides ? { low: this.percent(sides.low), mid: this.percent(mid), high: this.percent(high) } : NOTHING.said,
      value: mean === undefined || !measured ? null : mean,
      mean: mean === undefined || !measured ? "" : this.mean(mean),
      median: median === undefined || !measured ? "" : this.median(median),
    };
  }

  /** @param {Figure} figure @param {import("./shapes.js").Shown} cell @returns {Reading} */
  #most(figure, cell) {
    const { n, missing } = cell;
    const most = figure.options.find(({ code }) => cell.counts[code])?.label ?? "";
    const told = { n: this.n(n), short: this.words("say.short", { n }), missing: missing ? this.words("say.missing", { n: missing }) : "" };
    const found = { ...NOTHING, ...told, count: n, most, aside: besides(figure, cell) };
    return { ...found, instead: this.words("say.most", { option: most, about: this.about(found) }), brief: this.words("say.most_brief", { option: most }) };
  }

  /** How many answered, and how many had no opinion: `120 svar · Vet ikke: 8`. @param {Reading} reading */
  about({ n, aside }) {
    return [n, ...aside.filter(({ count }) => count).map(({ label, said }) => `${label}: ${said}`)].join(" · ");
  }

  /**
   * The options of a side by name, as one says them: `Ganske godt eller svært godt`.
   * @param {Figure} figure
   * @param {Side} side
   */
  named(figure, side) {
    const { options } = figure;
    const half = Math.floor(options.length / 2);
    const parts = { low: options.slice(0, half), mid: options.slice(half, options.length - half), high: options.slice(-half) };
    const labels = parts[side].map(({ label }, at) => (at ? lower(label) : label));
    return labels.length < 2
      ? (labels[0] ?? "")
      : this.words("say.either", { first: labels.slice(0, -1).join(", "), last: labels.at(-1) ?? "" });
  }
}

/** What is no opinion, by answer. @param {Figure} figure @param {import("./shapes.js").Shown} cell @returns {Part[]} */
const besides = (figure, { aside }) =>
  figure.aside.map(({ code, label }) => {
    const count = aside[code] ?? 0;
    return { code, label, count, share: 0, said: number(count) };
  });

/** A label within a sentence; what begins with a figure or is short for something stays. @param {string} label */
const lower = (label) => (/^\p{Lu}(\p{Ll}|\s)/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label);
