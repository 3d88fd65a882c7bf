/**
 * One chapter on the page: its help, its fields, and the way on.
 */

import { COVER, titleOf } from "./chapters.js";
import { button, el } from "../lib-dom.js";
import { coverLine, fieldBlock } from "./field.js";

/**
 * @typedef {import("./about.js").Context} Context
 * @typedef {import("./chapters.js").Chapter} Chapter
 * @typedef {import("./field.js").Block} Block
 */

const LONG = 220; // letters of help that stand open

/**
 * @param {Context} context
 * @param {Chapter[]} chapters
 * @param {Chapter} chapter
 * @param {(chapter: Chapter) => void} go
 * @returns {{node: HTMLElement, blocks: Block[], heading: HTMLElement}}
 */
export function chapterView(context, chapters, chapter, go) {
  const { say, form } = context;
  const whole = chapters.length === 1;
  const heading = el("h2", { class: "fill__title", id: "kapittel", tabindex: -1 }, chapter.title);
  if (whole) heading.classList.add("said");
  const node = el("section", { class: "fill__chapter", "aria-labelledby": "kapittel" }, heading);
  /** @type {Block[]} */
  const blocks = [];
  if (chapter.cover) {
    if (whole) node.append(el("h3", { class: "fill__part-title" }, say("cover")));
    else node.append(el("p", { class: "fill__about" }, say("cover_help")));
    blocks.push(...form.cover.map((line) => coverLine(context, line)));
    node.append(...blocks.map((block) => block.node));
  }
  for (const section of chapter.sections) {
    const own = section.id === chapter.id && chapter.id !== COVER;
    if (!own) node.append(el("h3", { class: "fill__part-title" }, titleOf(section)));
    if (section.help.length) node.append(guidance(context, section.help));
    for (const field of section.fields) {
      const block = fieldBlock(context, field);
      blocks.push(block);
      node.append(block.node);
    }
  }
  node.append(ways(say, chapters, chapter, go));
  return { node, blocks, heading };
}

/** @param {Context} context @param {string[]} lines */
function guidance({ say }, lines) {
  const inner = lines.map((line) => el("p", {}, line));
  if (lines.join("").length <= LONG) return el("div", { class: "fill__guide" }, ...inner);
  const [first = "", ...rest] = split(lines[0] ?? "");
  return el(
    "div",
    { class: "fill__guide" },
    el("p", {}, first),
    el(
      "details",
      { class: "fill__fold" },
      el("summary", {}, say("more_help")),
      rest.length ? el("p", {}, rest.join(" ")) : "",
      ...inner.slice(1),
    ),
  );
}

/** A text in its first sentences and the rest. @param {string} text @returns {string[]} */
function split(text) {
  const found = text.match(/^.{60,}?[.?!](?=\s|$)/s)?.[0] ?? text;
  const rest = text.slice(found.length).trim();
  return rest ? [found, rest] : [found];
}

/**
 * @param {import("../lib-dom.js").Say} say
 * @param {Chapter[]} chapters
 * @param {Chapter} chapter
 * @param {(chapter: Chapter) => void} go
 */
function ways(say, chapters, chapter, go) {
  const at = chapters.indexOf(chapter);
  const [before, after] = [chapters[at - 1], chapters[at + 1]];
  return el(
    "p",
    { class: "fill__ways" },
    after && button(say("next", { title: after.title }), "work__button work__button--main", () => go(after)),
    before && button(say("before", { title: before.title }), "fill__quiet", () => go(before)),
  );
}
