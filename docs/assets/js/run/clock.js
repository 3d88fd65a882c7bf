/**
 * The clock of a run. Time is what the machine's clock says, never a count of ticks; ticks only
 * have it looked at. A second clock, which nobody can set, tells when the first was set back, and a
 * long time without a tick tells that the machine or the tab has slept.
 */

import { MINUTE } from "./state.js";

/** @typedef {import("./words.js").Say} Say */

// A tab in the background gets a tick a minute: twice that is no longer a slow tick.
const ASLEEP = 2 * MINUTE;
const SET_BACK = 5_000;
const TICK = 250;

/** @param {number} time @returns {string} such as 09:05 */
export const timeOfDay = (time) => {
  const day = new Date(time);
  return [day.getHours(), day.getMinutes()].map((n) => String(n).padStart(2, "0")).join(":");
};

/** @param {number} time @returns {string} such as 2026-01-31 */
export const dateOf = (time) => {
  const day = new Date(time);
  const parts = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
  return parts.map((n) => String(n).padStart(2, "0")).join("-");
};

/** @param {number} time @param {string} language @returns {string} such as 31. januar 2026 */
export const dayInWords = (time, language) =>
  // Chromium knows no Nynorsk, whose months are called the same.
  new Date(time).toLocaleDateString([`${language}-NO`, "nb-NO"], { dateStyle: "long" });

/** What is left, counted down: 07:24, or −01:10 when it is over. @param {number} left */
export function countdown(left) {
  // The second that is running counts, so that five minutes are 05:00 and not 04:59.
  const seconds = Math.ceil(left / 1000);
  const parts = [Math.floor(Math.abs(seconds) / 60), Math.abs(seconds) % 60];
  return (seconds < 0 ? "−" : "") + parts.map((n) => String(n).padStart(2, "0")).join(":");
}

/**
 * What is left, in words.
 * @param {number} left
 * @param {Say} say
 */
export function leftInWords(left, say) {
  const minutes = Math.ceil(left / MINUTE);
  if (left > 0) return left < MINUTE ? say("left_last") : say("left", { n: minutes });
  const over = Math.floor(-left / MINUTE);
  return over ? say("over", { n: over }) : say("left_none");
}

/**
 * What `forecast` comes to, in words: when it ends, and whether that is as planned.
 * @param {import("./state.js").Forecast} found
 * @param {number} offset
 * @param {Say} say
 */
export function endInWords({ ends, late, taken }, offset, say) {
  const time = timeOfDay(ends - offset);
  if (late > 0) return say("ends_late", { time, n: late });
  if (late < 0) return say("ends_early", { time, n: -late });
  return taken ? `${say("ends_kept", { time })} ${say("taken", { n: taken })}` : say("ends_kept", { time });
}

/** @typedef {{wall: number, steady: number}} Reading */

/** @returns {Reading} */
const reading = () => ({ wall: Date.now(), steady: performance.now() });

/**
 * What happened between two readings: how long nobody looked, and how far the clock was set back.
 * @param {Reading} before
 * @param {Reading} after
 */
export function between(before, after) {
  const wall = after.wall - before.wall;
  const steady = after.steady - before.steady;
  const back = steady - wall;
  if (back > SET_BACK) return { slept: 0, back };
  return { slept: wall > ASLEEP ? wall : 0, back: 0 };
}

/**
 * Look at the clock until told to stop.
 * @param {object} told
 * @param {() => void} told.tick
 * @param {(time: number) => void} told.slept
 * @param {(time: number) => void} told.back
 * @returns {() => void} to stop
 */
export function watch({ tick, slept, back }) {
  let before = reading();
  const look = () => {
    const now = reading();
    const found = between(before, now);
    before = now;
    if (found.back) back(found.back);
    else if (found.slept) slept(found.slept);
    tick();
  };
  const timer = setInterval(look, TICK);
  document.addEventListener("visibilitychange", look);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
  };
}
