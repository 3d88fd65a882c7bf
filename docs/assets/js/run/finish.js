/** When it is over: how the time went, what was written, and the minutes of it. */

import { asDocument, asWord, heldAt, heldFrom } from "./minutes.js";
import { notes, shown } from "./notes.js";
import { link } from "./session.js";
import { keptInWords } from "./setup.js";
import { back, MINUTE } from "./state.js";
import { make, part, put } from "./words.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./view.js").Stage} Stage */

/** @param {Stage} stage @param {Session} session @returns {() => void} */
export function finished(stage, session) {
  const { say } = stage;
  const view = stage.show("finish");
  /** @param {string} name */
  const at = (name) => part(view, name);
  const { run, guide } = session;
  const ended = run.past.at(-1)?.ended ?? run.begun;
  const took = Math.round((ended - run.begun) / MINUTE);
  const late = Math.round((ended - run.end) / MINUTE);
  put(at("title"), say("finished", { title: run.title }));
  const how = late > 0 ? say("was_late", { n: late }) : late < 0 ? say("was_early", { n: -late }) : say("was_kept");
  put(at("about"), `${say("took", { time: heldFrom(run), n: took })} ${how}`);
  const way = /** @type {HTMLAnchorElement} */ (at("guide"));
  way.href = link(guide.address);
  document.title = say("finished", { title: run.title });

  const show = () => {
    at("rows").replaceChildren(...session.run.steps.map((_, place) => row(place)));
    put(at("kept"), keptInWords(session, say));
  };
  /** @param {number} place */
  function row(place) {
    const made = stage.copy("was");
    const step = session.run.steps[place];
    const past = session.run.past.find((one) => one.at === place);
    put(part(made, "title"), step?.title ?? "");
    part(made, "title").lang = run.language;
    put(part(made, "clock"), heldAt(session.run, place));
    const was = past ? say("minutes_was", { n: Math.round((past.ended - past.began) / MINUTE), planned: step?.minutes ?? 0 }) : say("is_out");
    put(part(made, "minutes"), was);
    part(made, "notes").replaceChildren(...(step ? shown(step.notes, say) : []));
    return made;
  }

  const written = notes(stage, session, at("notes"));
  /** Show what is typed among the points as it stands. */
  const follow = () => show();
  session.listeners.add(follow);

  const tell = (/** @type {string} */ key) => put(at("told"), say(key));
  at("minutes").hidden = !guide.record;
  at("edit").hidden = !guide.record?.edit;
  at("word").addEventListener("click", async () => {
    written.save();
    tell("making");
    try {
      const file = await asWord(session, say);
      save(file);
      put(at("told"), say("made", { name: file.name }));
    } catch {
      tell("not_made");
    }
  });
  at("edit").addEventListener("click", async () => {
    written.save();
    try {
      location.assign(await asDocument(session, say));
    } catch {
      tell("not_made");
    }
  });
  at("back").addEventListener("click", () => session.act(back));
  show();
  at("title").focus();
  scrollTo(0, 0);
  return () => {
    written.close();
    session.listeners.delete(follow);
  };
}

/** @param {import("../files/index.js").Made} file */
function save({ bytes, name, type }) {
  const way = make("a");
  way.href = URL.createObjectURL(new Blob([bytes], { type }));
  way.download = name;
  way.click();
  setTimeout(() => URL.revokeObjectURL(way.href), 10_000);
}
