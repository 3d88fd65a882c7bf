/**
 * How much of each phase's checklists is ticked, told in `[data-progress-phase]` where anything is.
 * Nothing is asked for before something is saved.
 */

import { HOME } from "./lib-home.js";
import { all, fill, onChange } from "./lib-store.js";

/** @typedef {{count: string, checklists: Record<string, {phase: string?, points: string[]}>}} Facts */

/** @type {Promise<Facts> | undefined} */
let facts;

async function show() {
  const saved = new Map(
    all()
      .filter((one) => one.kind === "checklist")
      .map((one) => [one.id, one.ticks]),
  );
  if (!saved.size && !facts) return;
  facts ??= fetch(new URL("data/fremdrift.json", HOME)).then((got) => got.json());
  const { count, checklists } = await facts;
  for (const place of document.querySelectorAll("[data-progress-phase]")) {
    if (!(place instanceof HTMLElement)) continue;
    let [done, points] = [0, 0];
    for (const [id, list] of Object.entries(checklists)) {
      if (list.phase !== place.dataset.progressPhase) continue;
      const ticks = new Set(saved.get(id));
      points += list.points.length;
      done += list.points.filter((point) => ticks.has(point)).length;
    }
    place.hidden = !done;
    place.textContent = done ? fill(count, { done, all: points }) : "";
  }
}

onChange(() => void show());
addEventListener("pageshow", () => void show());
