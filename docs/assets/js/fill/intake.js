/**
 * The ways in: a file that was saved here, or a Word file that was filled in. Either all of it is
 * taken, or nothing; what the form has no place for is kept and shown.
 */

import { change, get } from "../store/db.js";
import { ask, day, el } from "../lib-dom.js";
import { fresh } from "./model.js";

/**
 * @typedef {import("../lib-dom.js").Say} Say
 * @typedef {import("./model.js").Doc} Doc
 * @typedef {import("../files/form.js").Answered} Answered
 */

const LARGEST = 40_000_000; // bytes

/** What is told where a file is not taken. */
class NotTaken extends Error {}

/**
 * Read a file that was chosen, and save it as a document; gives its id, nothing where the reader
 * thinks better of it.
 * @param {Say} say
 * @param {File} file
 * @param {(template: string) => Promise<import("./about.js").Given | undefined>} formOf
 * @returns {Promise<Doc | undefined>}
 */
export async function takeIn(say, file, formOf) {
  const found = await read(say, file);
  const form = await formOf(found.template);
  if (!form) throw new NotTaken(say("wrong_template", { name: found.template }));
  const made = whole(found, form, file.name);
  const before = /** @type {Doc | undefined} */ (await get("documents", made.id));
  if (before) {
    const how = await again(say, before, made);
    if (!how) return undefined;
    if (how === "both") made.id = crypto.randomUUID();
  }
  await change("documents", made.id, () => ({ ...made, changed: new Date().toISOString() }));
  return made;
}

/** What is said of a file that was not taken. @param {Say} say @param {unknown} error */
export function reason(say, error) {
  if (error instanceof NotTaken) return error.message;
  const { key, where } = /** @type {{key?: string, where?: string}} */ (error ?? {});
  const known = ["Foreign", "Damaged", "Newer", "Large", "Wrong", "Unbound", "Full", "Blocked"].includes(key ?? "");
  return known ? say(`wrong_${key?.toLowerCase()}`, { where: where ?? "" }) : say("wrong_damaged");
}

/** @param {Say} say @param {File} file @returns {Promise<Answered>} */
async function read(say, file) {
  if (file.size > LARGEST) throw new NotTaken(say("wrong_large"));
  const { taken } = await import("../files/index.js");
  return taken(new Uint8Array(await file.arrayBuffer()));
}

/**
 * A document of ours from what a file holds. A Word file has no name or id of its own.
 * @param {Answered & Partial<Doc>} found
 * @param {import("./about.js").Given} form
 * @param {string} file
 * @returns {Doc}
 */
function whole(found, form, file) {
  const base = fresh(form, found.name.trim() || file.replace(/\.[a-z]+$/i, ""));
  const { version, language, cover, values } = found;
  const own = { version, language, cover: { ...base.cover, ...cover }, values };
  return { ...base, ...own, id: found.id ?? base.id, created: found.created ?? base.created };
}

/** @param {Say} say @param {Doc} before @param {Doc} made */
const again = (say, before, made) =>
  ask(
    say("again_title"),
    [el("p", {}, say("again_text", { name: before.name, here: day(before.changed), there: day(made.changed) }))],
    [
      { value: "both", text: say("again_both"), main: true },
      { value: "replace", text: say("again_replace") },
      { value: "", text: say("cancel") },
    ],
  );
