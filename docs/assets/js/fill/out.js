/**
 * The ways out: the site's own files with the answers in place, a file to move or share, paper.
 */

import { button, el, handOver, put } from "../lib-dom.js";

/**
 * @typedef {import("./about.js").Context} Context
 * @typedef {import("./model.js").Doc} Doc
 */

/** @typedef {import("../files/index.js").Format} Format */
/** @type {Format[]} */
const FORMATS = ["docx", "odt", "xlsx", "fillable"];

/** Hand over a document as the file that can be read in again. @param {Doc} doc */
export async function asFile(doc) {
  const { make } = await import("../files/index.js");
  const form = /** @type {import("../files/form.js").Form} */ ({ title: doc.template });
  const { name, type, bytes } = await make("json", "", form, doc);
  handOver(name, bytes, type);
}

/**
 * @param {{root: URL}} site
 * @param {Context} context
 * @param {import("./draft.js").Draft} draft
 * @param {{print: () => void}} paper
 */
export function ways(site, context, draft, paper) {
  const { say, form, doc } = context;
  const told = el("div", { class: "fill__told", role: "status" });
  /** @param {Format} format */
  const save = async (format) => {
    put(told, say("making"));
    try {
      await draft.flush();
      const { make } = await import("../files/index.js");
      const { name, type, bytes, left } = await make(format, site.root.href, form, doc);
      handOver(name, bytes, type);
      told.replaceChildren(el("p", {}, say("made", { name })), ...leftOut(say, left));
    } catch (error) {
      console.error(error);
      put(told, say("not_made"));
    }
  };
  const formats = FORMATS.filter((format) => format in form.files);
  const [first, ...others] = formats;
  const more = [
    ...others.map((format) => button(say(`out_${format}`), "fill__quiet", () => void save(format))),
    button(say("out_print"), "fill__quiet", () => paper.print()),
    button(say("out_json"), "fill__quiet", () => void asFile(doc)),
  ];
  return el(
    "section",
    { class: "fill__out", "aria-labelledby": "ta-med" },
    el("h2", { id: "ta-med", tabindex: -1 }, say("out")),
    first && el("p", {}, button(say(`out_${first}`), "work__button work__button--main", () => void save(first))),
    el("ul", { class: "fill__more" }, ...more.map((one) => el("li", {}, one))),
    told,
    el("p", { class: "fill__aside" }, say("out_help")),
  );
}

/**
 * What the file has no room for, or cannot hold, told by the field.
 * @param {import("../lib-dom.js").Say} say
 * @param {import("../files/form.js").Left[]} left
 */
function leftOut(say, left) {
  if (!left.length) return [];
  const rows = left.map(({ why, label, count = 0, text = "" }) =>
    el("li", {}, say(`left_${why.toLowerCase()}`, { label, n: count, text })),
  );
  return [el("p", {}, say("left_out")), el("ul", {}, ...rows)];
}
