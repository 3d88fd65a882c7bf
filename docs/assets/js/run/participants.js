/**
 * What those who take part see, on a screen of their own: the task, how long is left, the sheet, and
 * the way to the guide's page. It follows the window that leads, which it asks again and again: an
 * answer comes also from a window in the background, and none from one that is closed.
 */

import { get } from "../store/db.js";
import { encode } from "../vendor/uqr.js";
import { countdown, leftInWords, timeOfDay } from "./clock.js";
import { awake, fills } from "./screen.js";
import { channelOf, guideOf, link, readable, saysOf } from "./session.js";
import { forecast } from "./state.js";
import { make, part, put } from "./words.js";

/** @typedef {import("./session.js").Run} Run */
/** @typedef {import("./session.js").Guide} Guide */
/** @typedef {import("./view.js").Stage} Stage */

const ASK = 2_000;
const GONE = 7_000;
const QUIET = 4; // squares around a QR code (ISO/IEC 18004)
const SVG = "http://www.w3.org/2000/svg";

/** @param {Stage} stage @param {string} id of the run @returns {() => void} */
export function participants({ root, say, show: open }, id) {
  const view = open("participants");
  /** @param {string} name */
  const at = (name) => part(view, name);
  const channel = channelOf(id);
  /** @type {Run | undefined} */
  let run;
  /** @type {Guide | undefined} */
  let guide;
  let heard = 0;
  let drawn = "";

  /** @param {any} found */
  async function take(found) {
    if (!readable(found)) return;
    run = found;
    if (!guide) {
      guide = await guideOf(run.kind, run.guide).catch(() => undefined);
      if (guide) showGuide(guide);
    }
    show();
  }

  /** @param {Guide} found */
  function showGuide(found) {
    const address = link(found.address);
    put(at("guide"), found.title);
    at("guide").lang = found.language;
    document.title = found.title;
    at("qr").replaceChildren(qrCode(address, say("qr", { title: found.title })));
    put(at("address"), address.replace(/^https?:\/\//, "").replace(/\/$/, ""));
  }

  function showStep() {
    if (!run || !guide) return;
    const key = `${run.at} ${run.state}`;
    if (key === drawn) return;
    drawn = key;
    root.classList.toggle("is-paused", run.state === "paused");
    const waits = run.state === "planned" || run.state === "ended";
    const step = waits ? undefined : run.steps[run.at];
    const told = step && saysOf(guide, run, run.at);
    const title = step?.title ?? say(run.state === "ended" ? "over_now" : "not_begun");
    put(at("title"), title);
    at("title").lang = step ? run.language : "";
    at("time").hidden = waits;
    at("task").replaceChildren(...(told?.task ?? []).map((text) => make("li", "", text)));
    at("task").hidden = !told?.task?.length;
    at("gives").hidden = Boolean(!told?.result || told?.task?.length);
    put(at("gives"), told?.result ? say("gives", { result: told.result }) : "");
    at("sheet").hidden = !told?.sheet;
    put(at("sheet"), told?.sheet ? say("sheet", { title: told.sheet.title }) : "");
    for (const name of ["task", "gives", "sheet"]) at(name).lang = guide.language;
    put(at("told"), title);
  }

  function show() {
    put(at("clock"), timeOfDay(Date.now()));
    const lost = Date.now() - heard > GONE;
    at("gone").hidden = !lost || run?.state === "ended";
    if (!run || !guide) return put(at("title"), say(lost ? "waiting_lost" : "waiting"));
    showStep();
    if (run.state === "planned" || run.state === "ended") return put(at("next"), "");
    const found = forecast(run, Date.now() + run.offset, guide.people?.[1]);
    put(at("digits"), run.state === "paused" ? say("paused") : countdown(Math.max(0, found.left)));
    put(at("left"), found.left > 0 ? leftInWords(found.left, say) : say("left_none"));
    root.classList.toggle("is-over", found.left <= 0);
    const [to] = found.coming;
    const pause = run.steps[run.at]?.pause;
    const time = to ? timeOfDay(to.from - run.offset) : "";
    const title = to ? (run.steps[to.at]?.title ?? "") : "";
    put(at("next"), !to ? say("ends_at", { time: timeOfDay(found.ends - run.offset) }) : say(pause ? "again_at" : "then", { time, title }));
  }

  channel?.addEventListener("message", ({ data }) => {
    if (data === "gone") heard = 0;
    else if (data?.run) {
      heard = Date.now();
      void take(data.run);
    }
    show();
  });
  const ask = () => channel?.postMessage("ask");
  const asking = setInterval(ask, ASK);
  const timer = setInterval(show, 250);
  heard = Date.now();
  ask();
  void get("runs", id)
    .then((found) => (run ? undefined : take(found)))
    .catch(() => undefined);
  fills(at("full"), root);
  awake(true);
  document.documentElement.classList.add("is-running");
  show();
  return () => {
    clearInterval(asking);
    clearInterval(timer);
    channel?.close();
    root.classList.remove("is-over", "is-paused");
  };
}

/** @param {string} text @param {string} name @returns {SVGElement} */
function qrCode(text, name) {
  const { data, size } = encode(text, { border: 0 });
  const whole = size + 2 * QUIET;
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: `0 0 ${whole} ${whole}`, role: "img", "aria-label": name, class: "qr" }))
    svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : []))).join(""));
  svg.append(path);
  return svg;
}
