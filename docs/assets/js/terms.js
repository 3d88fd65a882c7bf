/**
 * A word of the glossary tells what it means where it stands. Without this script, or in a
 * browser without popovers, the word is a link to the glossary.
 *
 * A tap, Enter or Space opens the note and moves there; a mouse that rests on the word opens it
 * without moving. Esc, a tap elsewhere, or leaving it closes it (WCAG 2.2, 1.4.13).
 */

const OPENS_AFTER = 300;
const CLOSES_AFTER = 300;
const GAP = 6;
const EDGE = 16;

const template = /** @type {HTMLTemplateElement | null} */ (
  document.querySelector("template[data-module=terms]")
);

/** @type {{word: HTMLElement, note: HTMLElement} | null} */
let shown = null;
let timer = 0;

/**
 * Put the note below the line of the word, or above it where there is more room.
 * @param {HTMLElement} word
 * @param {HTMLElement} note
 */
function place(word, note) {
  const lines = word.getClientRects();
  const first = lines[0];
  const last = lines[lines.length - 1];
  if (!first || !last) {
    return;
  }
  const width = document.documentElement.clientWidth;
  const left = Math.max(EDGE, Math.min(last.left, width - note.offsetWidth - EDGE));
  const below = last.bottom + GAP;
  const above = first.top - GAP - note.offsetHeight;
  const fits = below + note.offsetHeight <= innerHeight || above < 0;
  note.style.setProperty("left", `${left + scrollX}px`);
  note.style.setProperty("top", `${(fits ? below : above) + scrollY}px`);
}

/** Close the note that is open; the focus goes back to the word if it was in the note. */
function close() {
  clearTimeout(timer);
  if (!shown) {
    return;
  }
  const { word, note } = shown;
  shown = null;
  const focused = note.contains(document.activeElement);
  word.setAttribute("aria-expanded", "false");
  note.hidePopover();
  if (focused) {
    word.focus({ preventScroll: true });
  }
}

/**
 * @param {HTMLElement} word
 * @param {HTMLElement} note
 */
function open(word, note) {
  clearTimeout(timer);
  if (shown?.note === note) {
    return;
  }
  close();
  note.showPopover();
  place(word, note);
  word.setAttribute("aria-expanded", "true");
  shown = { word, note };
}

/** @param {() => void} act @param {number} after */
function soon(act, after) {
  clearTimeout(timer);
  timer = setTimeout(act, after);
}

/**
 * Open on a resting mouse, and stay while it is on the word or on the note.
 * @param {HTMLElement} word
 * @param {HTMLElement} note
 */
function hover(word, note) {
  for (const part of [word, note]) {
    part.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") {
        soon(() => open(word, note), OPENS_AFTER);
      }
    });
    part.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && !note.contains(document.activeElement)) {
        soon(close, CLOSES_AFTER);
      }
    });
  }
}

/**
 * @param {HTMLElement} word
 * @param {HTMLElement} note
 */
function prepare(word, note) {
  word.setAttribute("role", "button");
  word.setAttribute("aria-expanded", "false");
  // Beside the word, so that Tab goes from the word into the note and on.
  word.after(note);
  const act = () => {
    if (shown?.note === note && note.contains(document.activeElement)) {
      close();
      return;
    }
    open(word, note);
    note.focus({ preventScroll: true });
  };
  word.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      act();
    }
  });
  word.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      act();
    }
  });
  note.addEventListener("focusout", (event) => {
    const to = /** @type {Node | null} */ (event.relatedTarget);
    if (to && !note.contains(to)) {
      close();
    }
  });
  note.querySelector(".term-note__close")?.addEventListener("click", close);
  hover(word, note);
}

if (template && "showPopover" in HTMLElement.prototype) {
  /** @type {Set<string>} */
  const done = new Set();
  for (const word of /** @type {NodeListOf<HTMLAnchorElement>} */ (
    document.querySelectorAll("a.term")
  )) {
    const id = word.hash.slice(1);
    const note = template.content.querySelector(`[data-term="${CSS.escape(id)}"]`);
    if (note && !done.has(id)) {
      done.add(id);
      prepare(word, /** @type {HTMLElement} */ (note.cloneNode(true)));
    }
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    const to = /** @type {Node} */ (event.target);
    if (shown && !shown.note.contains(to) && !shown.word.contains(to)) {
      close();
    }
  });
  addEventListener("resize", () => shown && place(shown.word, shown.note));
}
