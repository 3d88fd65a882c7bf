/** Pictures of figures as files: a title and where they are from stand in them, on light paper. */

import { png } from "./png.js";
import { Say } from "./say.js";
import { scene } from "./scene.js";
import { svg } from "./svg.js";

/**
 * @typedef {import("./page.js").Stage} Stage
 * @typedef {import("./work.js").Work} Work
 * @typedef {import("./shapes.js").Result} Result
 * @typedef {import("./shapes.js").Figure} Figure
 * @typedef {import("./tone.js").Palette} Palette
 */

const WIDTH = 720;

/**
 * @param {Stage} stage @param {Work} work @param {Result} result @param {Figure} figure
 * @param {"png" | "svg"} format @param {string} by
 * @returns {Promise<{name: string, type: string, bytes: Uint8Array<ArrayBuffer>}>}
 */
export async function picture(stage, work, result, figure, format, by) {
  const say = new Say(stage.words, work.survey);
  const { survey, madeUp } = work;
  const title = `${madeUp ? `${stage.say("made_up")}: ` : ""}${figure.text}`;
  const source = say.words("report.source", { title: survey.title, version: survey.version, set: result.set, n: result.n });
  const drawn = scene(figure, say, { width: WIDTH, by, title, source });
  const name = `${survey.id}-${figure.code.toLowerCase()}.${format}`;
  if (format === "svg") return { name, type: "image/svg+xml", bytes: new TextEncoder().encode(svg(drawn, palette(), survey.language)) };
  return { name, type: "image/png", bytes: (await png(drawn, palette())).bytes };
}

/** The region's colours on light paper, whatever the page is shown in. @returns {Palette} */
export function palette() {
  const probe = document.createElement("div");
  probe.dataset["mdColorScheme"] = "default";
  probe.hidden = true;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  /** @param {string} name */
  const colour = (name) => style.getPropertyValue(`--nvr-${name}`).trim();
  const found = { ink: colour("ink"), muted: colour("muted"), accent: colour("accent"), line: colour("line"), paper: colour("paper") };
  probe.remove();
  return found;
}
