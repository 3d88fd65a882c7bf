/** Findings of interviews beside the figures. */

/** @type {import("./page.js").View} */
export function talksView(stage, _work, place) {
  place.replaceChildren(...stage.copy("talks").childNodes);
}
