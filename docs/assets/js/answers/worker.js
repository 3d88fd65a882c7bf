/** Reads and counts beside the page: does what `ask.js` asks, one thing at a time, and answers. */

import { WrongFile } from "../lib-wrong.js";
import { Engine } from "./engine.js";

/** @typedef {{id: number, task: import("./ask.js").Task, given: any}} Asked */

const engine = new Engine();
const page = /** @type {{postMessage: (message: unknown) => void}} */ (/** @type {unknown} */ (self));

addEventListener("message", (event) => {
  void answer(/** @type {MessageEvent<Asked>} */ (event).data);
});
page.postMessage("ready");

/** @param {Asked} asked */
async function answer({ id, task, given }) {
  try {
    page.postMessage({ id, value: await engine[task](given) });
  } catch (error) {
    // An error of another kind is ours: it is told of as one, and its text goes to the console.
    if (!(error instanceof WrongFile)) console.error(error);
    const { key, where } = error instanceof WrongFile ? error : { key: "Failed", where: "" };
    page.postMessage({ id, wrong: { key, where } });
  }
}
