/**
 * A form in chapters, of which one is on the page at a time; a short form is one page.
 */

import { fieldsOf, isFilled, startRows } from "./model.js";

/**
 * @typedef {import("./about.js").Given} Form
 * @typedef {import("./model.js").Section} Section
 * @typedef {import("./model.js").Doc} Doc
 * @typedef {{id: string, title: string, cover: boolean, sections: Section[]}} Chapter
 */

export const COVER = "forside";
const SHORT = 60; // controls that one page takes

/** What there is to write in. @param {Form} form */
const size = (form) =>
  fieldsOf(form).reduce(
    (sum, field) => sum + (field.kind === "table" ? startRows(field).length * (field.columns?.length ?? 1) : 1),
    form.cover.length,
  );

/** @param {Section} section */
export const titleOf = ({ number, title }) => (number ? `${number} ${title}` : title);

/**
 * @param {Form} form
 * @param {import("../lib-dom.js").Say} say
 * @returns {Chapter[]}
 */
export function chaptersOf(form, say) {
  const cover = form.cover.length > 0;
  if (size(form) <= SHORT) {
    return [{ id: COVER, title: form.title, cover, sections: form.sections }];
  }
  /** @type {Chapter[]} */
  const found = cover ? [{ id: COVER, title: say("cover"), cover: true, sections: [] }] : [];
  // A form that is all one chapter, such as the sheets of a workshop, is parted one level down.
  const [top] = form.sections;
  const only = top && !top.fields.length && form.sections.filter(({ level }) => level === 1).length === 1;
  for (const section of only ? form.sections.slice(1) : form.sections) {
    const last = found.at(-1);
    const begins = section.level <= (only ? 2 : 1);
    if (begins || !last) found.push({ id: section.id, title: titleOf(section), cover: false, sections: [section] });
    else last.sections.push(section);
  }
  return found;
}

/** The required fields of a chapter that are empty. @param {Chapter} chapter @param {Doc} doc */
export const lackingIn = (chapter, doc) =>
  chapter.sections.flatMap(({ fields }) => fields).filter((field) => field.required && !isFilled(doc, field));
