/** The first step with a survey: the files with its answers, or made-up ones. */

import { el, part } from "../lib-dom.js";
import { intake } from "./intake.js";
import { mayBegin } from "./work.js";

/** @type {import("./page.js").View} */
export function filesView(stage, work, place) {
  intake(stage, work.survey, place, (read) => {
    const before = work.read;
    // Files are added to those that are there; made-up answers stand alone.
    const more = before && !before.madeUp && !read.madeUp;
    work.read = more ? { ...before, sheets: [...before.sheets, ...read.sheets] } : read;
    stage.go("funn");
  }, async ({ taken, asked }) => {
    if (!(await mayBegin(stage, work))) return;
    work.begin(taken);
    work.read = undefined;
    work.asked = asked;
    stage.go("tall");
  });
  if (!work.read) return;
  const names = [...new Set(work.read.sheets.map(({ file }) => file))].join(", ");
  const way = el("a", { href: `#${work.survey.id}/funn` }, stage.say("files_open", { files: names }));
  part(place, "heading").after(el("p", { class: "intake__open" }, way));
}
