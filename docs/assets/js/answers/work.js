/**
 * What one works on in this tab: the answers that are read, and what the reader has said of them.
 * It is in memory alone: what is not saved as a file is gone with the tab.
 */

import { ask as dialog, el } from "../lib-dom.js";

/**
 * @typedef {import("./shapes.js").Survey} Survey
 * @typedef {import("./shapes.js").Note} Note
 * @typedef {import("./shapes.js").Result} Result
 * @typedef {import("./report-content.js").Findings} Findings
 */
/**
 * A set of answers that the reading side keeps, by its `id`.
 * @typedef {object} Taken
 * @property {string} id
 * @property {string} survey
 * @property {string} label what the reader calls it
 * @property {number} n
 * @property {boolean} madeUp
 * @property {Note[]} notes
 * @property {true} [figures] there are figures alone: the answers are not here
 */
/** @typedef {"before" | "after" | "beside"} Role what another set is to the one that is shown */
/** @typedef {{taken: Taken, survey: Survey, role: Role}} Other */
/** @typedef {{heading: string, texts: string[]}} Heading */

export class Work {
  /** @param {Survey} survey */
  constructor(survey) {
    this.survey = survey;
    /** What is read and not counted. @type {import("./intake.js").Read | undefined} */
    this.read = undefined;
    /** @type {Taken | undefined} */
    this.main = undefined;
    /** @type {Other[]} */
    this.others = [];
    /** @type {Findings | undefined} */
    this.findings = undefined;
    /** Texts under headings of the reader's own, by question. @type {Record<string, Heading[]>} */
    this.headings = {};
    /** Texts that are kept out of the report, by question. @type {Record<string, string[]>} */
    this.hidden = {};
    /** How many were asked, by municipality and in all (`""`). @type {Record<string, number>} */
    this.asked = {};
    /** The question that figures are shown by. */
    this.by = "";
    /** Whether there is something of the reader's own that is in no file. */
    this.unsaved = false;
    /** The element that shows the figures. @type {Element | null} */
    this.shown = null;
    /** The figures, once they are counted. @type {Promise<Result> | undefined} */
    this.counted = undefined;
  }

  get madeUp() {
    return [this.main ?? this.read, ...this.others.map(({ taken }) => taken)].some((one) => one?.madeUp);
  }

  /** Other answers than before: nothing that was said of those holds. @param {Taken} taken */
  begin(taken) {
    this.main = taken;
    this.others = [];
    this.headings = {};
    this.hidden = {};
    this.asked = {};
    this.by = "";
    this.unsaved = false;
    this.counted = undefined;
  }

  /** The reader has said something that is worth keeping. */
  touch() {
    this.unsaved = true;
  }
}

/**
 * Whether what was sorted may be lost: other answers make other figures.
 * @param {import("./page.js").Stage} stage
 * @param {Work} work
 */
export async function mayBegin({ say }, work) {
  if (!work.unsaved) return true;
  const ways = [
    { value: "yes", text: say("leave_yes"), main: true },
    { value: "", text: say("cancel") },
  ];
  return (await dialog(say("leave_title"), [el("p", {}, say("leave_text"))], ways)) === "yes";
}
