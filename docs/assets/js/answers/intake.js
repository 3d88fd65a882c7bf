/**
 * The way in for answers: files that are chosen or dropped, or made-up answers. What is in them is
 * read on the other side, and told by file; what is not taken is told with what to do.
 */

import { el, part, put } from "../lib-dom.js";
import { ROOT } from "../lib-store.js";
import { WrongFile } from "../lib-wrong.js";
import { takeFigures } from "./kept.js";
import { figuresIn } from "./kept-figures.js";
import { LARGEST } from "./kind.js";
import { titleOf } from "./naming.js";

/**
 * @typedef {import("./page.js").Stage} Stage
 * @typedef {import("./shapes.js").Survey} Survey
 * @typedef {import("./engine.js").FoundFile} FoundFile
 * @typedef {import("./engine.js").FoundSheet} FoundSheet
 * @typedef {import("./work.js").Taken} Taken
 */
/** What is read and not yet counted. @typedef {{survey: Survey, sheets: FoundSheet[], madeUp: boolean}} Read */


/**
 * Show the way in for a survey.
 * @param {Stage} stage
 * @param {Survey} survey
 * @param {HTMLElement} around
 * @param {(read: Read) => void} done what comes with what was found
 * @param {(found: {taken: Taken, asked: Record<string, number>}) => void | Promise<void>} counted what comes with
 *   figures that were saved without the answers
 * @param {string} [sample] made-up answers, where they are others than the survey's own
 */
export function intake(stage, survey, around, done, counted, sample = survey.sample ?? "") {
  const place = stage.show(around, "files");
  const input = /** @type {HTMLInputElement} */ (part(place, "input"));
  const take = new Intake(stage, survey, place, done, counted);
  part(place, "choose").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    input.value = "";
    void take.files(files);
  });
  part(place, "sample-part").hidden = !sample;
  part(place, "sample").addEventListener("click", () => void take.sample(sample));
  drops(part(place, "drop"), (files) => void take.files(files));
}

class Intake {
  /**
   * @param {Stage} stage @param {Survey} survey @param {HTMLElement} place @param {(read: Read) => void} done
   * @param {(found: {taken: Taken, asked: Record<string, number>}) => void | Promise<void>} counted
   */
  constructor(stage, survey, place, done, counted) {
    this.stage = stage;
    this.survey = survey;
    this.place = place;
    this.done = done;
    this.counted = counted;
    this.busy = false;
  }

  /** @param {File[]} files */
  async files(files) {
    const { say } = this.stage;
    const large = files.filter(({ size }) => size > LARGEST);
    const given = files.filter(({ size }) => size <= LARGEST);
    const wrong = large.map(({ name, size }) => say("wrong.Size", { file: name, where: name, size: Math.ceil(size / 1_000_000) }));
    this.tell(wrong);
    if (!given.length) return;
    const [first] = given;
    if (first && given.length === 1 && (await this.figures(first))) return;
    await this.read(() => Promise.all(given.map(async (file) => ({ name: file.name, bytes: await file.arrayBuffer() }))), false, wrong);
  }

  /** Figures that were saved alone are no answers to be read. @param {File} file @returns {Promise<boolean>} whether it has them */
  async figures(file) {
    const { stage, survey } = this;
    const found = await figuresIn(file);
    if (!found) return false;
    try {
      await this.counted(await takeFigures(stage, found, survey));
    } catch (error) {
      if (!(error instanceof WrongFile)) throw error;
      const where = error.key === "Other" ? titleOf(stage.surveys, String(error.where)) : error.where;
      this.tell([`${file.name}: ${stage.say(`open_wrong.${error.key.toLowerCase()}`, { where, title: survey.title })}`]);
    }
    return true;
  }

  /** @param {string} file */
  async sample(file) {
    const { root } = this.stage;
    this.tell([]);
    await this.read(async () => {
      const address = new URL(file, root);
      const got = await fetch(address);
      if (!got.ok) throw new Error(`${address}: ${got.status}`);
      return [{ name: address.pathname.replace(/^.*\//, ""), bytes: await got.arrayBuffer() }];
    }, true, []);
  }

  /** @param {() => Promise<{name: string, bytes: ArrayBuffer}[]>} get @param {boolean} madeUp @param {string[]} wrong */
  async read(get, madeUp, wrong) {
    if (this.busy) return;
    const { say, ask } = this.stage;
    const state = part(this.place, "state");
    this.busy = true;
    put(state, say("reading"));
    try {
      const files = await get();
      const found = await ask.do("read", { files, ...(await inLanguages(this.survey)) }, files.map(({ bytes }) => bytes));
      const bad = found.flatMap(({ file, wrong: why }) => (why ? [wrongText(say, file, why)] : []));
      const sheets = found.flatMap((one) => one.sheets);
      put(state, "");
      this.tell([...wrong, ...bad]);
      if (sheets.length) this.done({ survey: this.survey, sheets, madeUp });
    } catch (error) {
      console.error(error);
      put(state, madeUp ? say("sample_not_fetched") : say("wrong.Failed", { file: "", where: "" }));
      state.focus();
    } finally {
      this.busy = false;
    }
  }

  /** @param {string[]} wrong */
  tell(wrong) {
    const list = part(this.place, "wrong");
    list.replaceChildren(...wrong.map((text) => el("li", {}, text)));
    if (!wrong.length) return;
    list.tabIndex = -1;
    list.focus();
  }
}

/**
 * A survey with itself in the other languages: its texts may stand in a file in any of them.
 * @param {Survey} survey
 */
export async function inLanguages(survey) {
  const twins = await Promise.all(Object.values(survey.others).map(twin));
  return { survey, twins: twins.filter((one) => one !== undefined) };
}

/** @param {string} address from the site's root @returns {Promise<Survey | undefined>} */
async function twin(address) {
  try {
    const got = await fetch(new URL(ROOT + address, location.href));
    return got.ok ? await got.json() : undefined;
  } catch {
    return undefined;
  }
}

/** @param {import("../lib-dom.js").Say} say @param {string} file @param {{key: string, where: string | number}} wrong */
export const wrongText = (say, file, { key, where }) => say(`wrong.${key}`, { file, where });

/** Files may be dropped on a place. @param {HTMLElement} place @param {(files: File[]) => void} take */
function drops(place, take) {
  /** @param {boolean} over */
  const mark = (over) => place.classList.toggle("is-over", over);
  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  place.addEventListener("dragleave", () => mark(false));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    take([...(event.dataTransfer?.files ?? [])]);
  });
}
