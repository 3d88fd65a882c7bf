/**
 * What was found in the files, before anything is counted: what fits the survey and what does not,
 * what is odd, and what the municipalities are called.
 */

import { el, part, put } from "../lib-dom.js";
import { columnTable } from "./found-columns.js";
import { inLanguages } from "./intake.js";
import { nameOf, questionsOf } from "./naming.js";
import { Places } from "./found-places.js";
import { mayBegin } from "./work.js";

/**
 * @typedef {import("./page.js").Stage} Stage
 * @typedef {import("./intake.js").Read} Read
 * @typedef {import("./engine.js").FoundSheet} FoundSheet
 * @typedef {import("./work.js").Taken} Taken
 */

/** @type {import("./page.js").View} */
export function foundView(stage, work, place) {
  const { read } = work;
  if (!read) return stage.go("");
  new Found(stage, read, place, {
    done: async (taken) => {
      if (!(await mayBegin(stage, work))) return;
      work.begin(taken);
      stage.go("tall");
    },
    more: () => stage.go(""),
    other: async (survey) => {
      const moved = await fitted(stage, read, survey);
      work.read = undefined;
      stage.workOf(moved.survey).read = moved;
      stage.go("funn", survey);
    },
  });
}

/** Read what was read as another survey's answers. @param {Stage} stage @param {Read} read @param {string} id @returns {Promise<Read>} */
async function fitted(stage, read, id) {
  const known = await inLanguages(await stage.surveyOf(id));
  const sheets = await stage.ask.do("fit", { sheets: read.sheets.map((one) => one.id), ...known });
  return { ...read, survey: known.survey, sheets };
}

/**
 * @typedef {object} Ways
 * @property {(taken: Taken) => void | Promise<void>} done the reader goes on with what is found
 * @property {() => void} more more files are wanted
 * @property {(survey: string) => void | Promise<void>} [other] the files are another survey's
 */
export class Found {
  /** @param {Stage} stage @param {Read} read @param {HTMLElement} around @param {Ways} ways */
  constructor(stage, read, around, ways) {
    this.stage = stage;
    this.read = read;
    this.place = stage.show(around, "found");
    this.ways = ways;
    const { place } = this;
    part(place, "again").addEventListener("click", () => ways.more());
    part(place, "again").hidden = read.madeUp;
    part(place, "go").addEventListener("click", () => void this.#take());
    this.places = new Places(stage, read, place);
    void this.show();
    void this.#other();
  }

  /** Show it all, and what would be taken of it. */
  async show() {
    const { survey, sheets } = this.read;
    const all = questionsOf(survey).length;
    const known = new Set(sheets.flatMap(knownIn)).size;
    part(this.place, "files").replaceChildren(...sheets.map((sheet) => this.#sheet(sheet, sheets.length > 1, all)));
    const go = part(this.place, "go");
    go.toggleAttribute("disabled", !known);
    const { stage } = this;
    const ids = sheets.map(({ id }) => id);
    const { n, notes, places, used } = ids.length ? await stage.ask.do("preview", { sheets: ids, places: {} }) : NOTHING;
    const files = new Set(sheets.map(({ file }) => file)).size;
    const key = `found_sum.${files === 1 ? "one" : "many"}`;
    const sum = known ? stage.say(key, { n, files, known, all }) : stage.say("found_nothing");
    put(part(this.place, "sum"), sum);
    stage.told(sum);
    const odd = notes.filter((note) => note.key !== "unknown").map((note) => noteText(stage, survey, note));
    part(this.place, "notes").replaceChildren(...listed(stage, "found_notes", "h3", odd));
    this.places.show(places, used);
  }

  /** @param {FoundSheet} sheet @param {boolean} many @param {number} all */
  #sheet(sheet, many, all) {
    const { say } = this.stage;
    const { match } = sheet;
    const known = knownIn(sheet).length;
    const about = say(match.tool ? "found_about_tool" : "found_about", { n: sheet.rows, tool: match.tool ? say(`tool.${match.tool}`) : "", known, all });
    const name = sheet.name && sheet.name !== sheet.file ? say("found_sheet", { file: sheet.file, name: sheet.name }) : sheet.file;
    const remove = el("button", { type: "button", class: "answers__quiet", click: () => this.#remove(sheet) }, say("found_remove"), el("span", { class: "said" }, `: ${name}`));
    return el(
      "section",
      { class: "found__file" },
      el("h3", {}, name),
      el("p", {}, about, " ", many && remove),
      ...this.#odd(sheet),
      ...this.#columns(sheet),
    );
  }

  /** Answers and questions that are not there. @param {FoundSheet} sheet */
  #odd({ match }) {
    const { stage } = this;
    const { survey } = this.read;
    const unknown = match.unknown.map(({ key, value, count }) => stage.say("found_unknown_row", { value, question: nameOf(survey, key), n: count }));
    const missing = [...new Set(match.missing.map((key) => (lacks(match, key) ? key.split("/")[0] ?? key : key)))];
    return [
      ...listed(stage, "found_unknown", "h4", unknown),
      ...listed(stage, "found_missing", "h4", missing.map((key) => nameOf(survey, key))),
    ];
  }

  /** @param {FoundSheet} sheet */
  #columns(sheet) {
    const { say } = this.stage;
    const { columns } = sheet.match;
    const unknown = columns.filter(({ key, tells }) => !key && !tells);
    const rest = columns.filter((one) => !unknown.includes(one));
    /** @param {import("./shapes.js").Column[]} some */
    const table = (some) => columnTable(this.stage, this.read.survey, sheet, some, (column, key, option) => void this.#choose(sheet, column.index, key, option));
    const open = unknown.length ? [el("h4", {}, say("found_unmatched")), el("p", {}, say("found_unmatched_help")), table(unknown)] : [];
    const fold = el("details", { class: "answers__fold" }, el("summary", {}, say("found_matched", { n: rest.length })));
    fold.addEventListener("toggle", () => fold.open && fold.childElementCount === 1 && fold.append(table(rest)));
    return rest.length ? [...open, fold] : open;
  }

  /** @param {FoundSheet} sheet @param {number} column @param {string} key @param {string} option */
  async #choose(sheet, column, key, option) {
    const found = await this.stage.ask.do("hand", { sheet: sheet.id, hand: { column, key, option } });
    this.read.sheets.splice(this.read.sheets.indexOf(sheet), 1, found);
    await this.show();
    // What was chosen stands in another list now, and the reader is still there.
    const at = `[data-column="${found.id}/${column}"]`;
    if (!this.place.querySelector(at)) {
      for (const fold of this.place.querySelectorAll("details")) {
        fold.open = true;
        fold.dispatchEvent(new Event("toggle"));
      }
    }
    const select = this.place.querySelector(at);
    if (select instanceof HTMLElement) select.focus();
  }

  /** @param {FoundSheet} sheet */
  #remove(sheet) {
    this.read.sheets.splice(this.read.sheets.indexOf(sheet), 1);
    void this.show();
    this.stage.told(this.stage.say("found_removed", { file: sheet.file }));
    part(this.place, "heading").focus();
  }

  /** A file that fits another survey better is offered to it. */
  async #other() {
    const { read, stage, ways } = this;
    const score = Math.max(...read.sheets.map(({ match }) => match.score), 0);
    if (!ways.other || read.madeUp || score > SURE) return;
    const others = await Promise.all(stage.surveys.map(({ id }) => stage.surveyOf(id).catch(() => undefined)));
    const surveys = others.filter((one) => one !== undefined);
    const best = await stage.ask.do("other", { sheet: read.sheets[0]?.id ?? "", surveys });
    if (!best) return;
    const title = surveys.find(({ id }) => id === best)?.title ?? best;
    put(part(this.place, "other-text"), stage.say("found_other", { title }));
    const go = part(this.place, "other-go");
    put(go, stage.say("found_other_go", { title }));
    go.addEventListener("click", () => void ways.other?.(best));
    part(this.place, "other").hidden = false;
  }

  async #take() {
    const { stage, read } = this;
    const go = part(this.place, "go");
    go.toggleAttribute("disabled", true);
    stage.told(stage.say("counting"));
    try {
      const sheets = read.sheets.map(({ id }) => id);
      const label = read.madeUp ? stage.say("made_up") : [...new Set(read.sheets.map(({ file }) => file))].join(", ");
      const taken = await stage.ask.do("take", { ...this.places.said(), sheets, label, madeUp: read.madeUp });
      await this.ways.done(taken);
    } finally {
      go.toggleAttribute("disabled", false);
    }
  }
}

const NOTHING = { n: 0, notes: [], places: {}, used: [] };
/** Above this a file is this survey's, and no other is looked at. */
const SURE = 0.6;

/** The questions that a table has a column for. @param {FoundSheet} sheet */
const knownIn = ({ match }) => [...new Set(match.columns.filter(({ key }) => key).map(({ key }) => key.split("/")[0] ?? ""))];

/** Whether a table has nothing of a question with rows. @param {FoundSheet["match"]} match @param {string} key */
const lacks = ({ columns }, key) => !columns.some((one) => one.key.split("/")[0] === key.split("/")[0]);

/** @param {Stage} stage @param {string} key @param {"h3" | "h4"} heading @param {string[]} lines */
function listed({ say }, key, heading, lines) {
  if (!lines.length) return [];
  const help = say(`${key}_help`);
  return [
    el(heading, {}, say(key)),
    ...(help ? [el("p", {}, help)] : []),
    el("ul", { class: "found__list" }, ...lines.map((line) => el("li", {}, line))),
  ];
}

/** @param {Stage} stage @param {import("./shapes.js").Survey} survey @param {import("./shapes.js").Note} note */
export function noteText({ say }, survey, { key, where = "", count = 0 }) {
  return say(`note.${key}`, { where: nameOf(survey, where), n: count, count });
}
