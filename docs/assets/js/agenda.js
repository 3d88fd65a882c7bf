/**
 * The clock times of an agenda, once the reader says when it begins. Minutes of the day, so a
 * change to or from summer time moves nothing; past midnight the clock begins again.
 */

import { fill, getStart, setStart } from "./lib-store.js";

const DAY = 24 * 60;

/** @param {number} minutes */
const clock = (minutes) =>
  [Math.floor((minutes % DAY) / 60), minutes % 60].map((n) => String(n).padStart(2, "0")).join(":");

/** @param {string} time @returns {number} minutes since midnight, NaN without a time */
function minutesOf(time) {
  const [hours = NaN, minutes = NaN] = time.split(":").map(Number);
  return time ? hours * 60 + minutes : NaN;
}

/** @param {HTMLElement} head */
function start(head) {
  const input = head.querySelector("input");
  const told = head.querySelector("[role=status]");
  const agenda = head.nextElementSibling;
  if (!input || !told || !agenda) return;
  const id = `${location.pathname}#${head.dataset.id}`;
  const rows = [...agenda.querySelectorAll("[data-start]")].flatMap((row) => {
    const place = row.querySelector(".agenda__clock");
    if (!(row instanceof HTMLElement) || !place) return [];
    const from = Number(row.dataset.start);
    return [{ place, from, to: from + Number(row.dataset.minutes), own: place.textContent }];
  });
  const length = Math.max(0, ...rows.map((row) => row.to));

  function show() {
    const begins = minutesOf(input?.value ?? "");
    const ends = begins + length;
    for (const { place, from, to, own } of rows) {
      place.textContent = Number.isNaN(begins)
        ? own
        : `${clock(begins + from)}–${clock(begins + to)}`;
    }
    if (!told) return;
    const { span, spanNext } = head.dataset;
    told.textContent = Number.isNaN(begins)
      ? ""
      : fill(ends >= DAY ? spanNext : span, { start: clock(begins), end: clock(ends) });
  }

  input.addEventListener("input", () => {
    setStart(id, input.value);
    show();
    if (!input.value) told.textContent = head.dataset.cleared ?? "";
  });
  input.value = getStart(id);
  show();
  head.classList.add("is-ready");
}

for (const head of document.querySelectorAll("[data-module=agenda]")) {
  if (head instanceof HTMLElement) start(head);
}
