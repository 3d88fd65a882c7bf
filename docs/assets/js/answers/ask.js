/**
 * Asks the side that reads and counts: a worker, so that the page is never stuck, or the page itself
 * where the browser has none or the worker does not come.
 */

import { scriptAddress } from "../lib-trusted.js";
import { WrongFile } from "../lib-wrong.js";

/**
 * @typedef {import("./engine.js").Engine} Engine
 * @typedef {{[K in keyof Engine]: Engine[K] extends (...given: any[]) => any ? K : never}[keyof Engine]} Task
 * @typedef {{id: number, value?: unknown, wrong?: {key: string, where: string | number}}} Answer
 * @typedef {{resolve: (value: any) => void, reject: (error: unknown) => void}} Waiting
 */

/** Longer than this a worker does not take to come, even on a slow phone. */
const PATIENCE = 15_000;

export class Ask {
  /** @type {Promise<Worker | undefined> | undefined} */
  #worker;
  /** @type {Promise<Engine> | undefined} */
  #engine;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #last = 0;

  /**
   * Have something done there.
   * @template {Task} T
   * @param {T} task
   * @param {Parameters<Engine[T]>[0]} given
   * @param {Transferable[]} [handed] what is given away
   * @returns {Promise<Awaited<ReturnType<Engine[T]>>>}
   */
  async do(task, given, handed = []) {
    const worker = await (this.#worker ??= this.#begin());
    if (!worker) {
      const engine = await (this.#engine ??= import("./engine.js").then((found) => new found.Engine()));
      return /** @type {any} */ (engine[task])(given);
    }
    const id = ++this.#last;
    return /** @type {Promise<any>} */ (new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, task, given }, handed);
    }));
  }

  /** @returns {Promise<Worker | undefined>} none where it does not come */
  #begin() {
    return new Promise((resolve) => {
      const worker = made();
      if (!worker) return resolve(undefined);
      let come = false;
      const stop = () => {
        worker.terminate();
        clearTimeout(late);
        if (come) this.#drop();
        else resolve(undefined);
      };
      const late = setTimeout(stop, PATIENCE);
      worker.addEventListener("error", stop);
      worker.addEventListener("message", ({ data }) => {
        if (data !== "ready") return this.#heard(data);
        clearTimeout(late);
        come = true;
        resolve(worker);
      });
    });
  }

  /** @param {Answer} answer */
  #heard({ id, value, wrong }) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (wrong) waiting?.reject(new WrongFile(wrong.key, wrong.where));
    else waiting?.resolve(value);
  }

  /** The worker has stopped: what it kept is gone, and another begins when it is needed. */
  #drop() {
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(new WrongFile("Stopped"));
    this.#waiting.clear();
  }
}

/** @returns {Worker | undefined} */
function made() {
  try {
    return new Worker(scriptAddress(new URL("./worker.js", import.meta.url).href), { type: "module" });
  } catch {
    return undefined;
  }
}
