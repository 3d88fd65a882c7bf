/** The screen while something is run: kept awake where the browser can, and filled when asked. */

/** @type {WakeLockSentinel | undefined} */
let lock;
let wanted = false;
let asking = false;

async function hold() {
  if (!wanted || asking || document.visibilityState !== "visible" || !navigator.wakeLock) return;
  if (lock && !lock.released) return;
  asking = true;
  // Refused to save the battery, or since the page was hidden meanwhile: nothing to trouble one with.
  lock = await navigator.wakeLock.request("screen").catch(() => undefined);
  asking = false;
  if (!wanted) void lock?.release().catch(() => undefined);
}

document.addEventListener("visibilitychange", () => void hold());

/** Keep the screen on, or let it sleep as it likes. @param {boolean} on */
export function awake(on) {
  if (on === wanted) return;
  wanted = on;
  if (on) void hold();
  else void lock?.release().catch(() => undefined);
}

/**
 * A button that has an element fill the screen, and lets it go; there only where the browser can.
 * @param {HTMLElement} button with the words for both in `data-on` and `data-off`
 * @param {HTMLElement} element
 */
export function fills(button, element) {
  button.hidden = !document.fullscreenEnabled;
  const show = () => {
    const { on, off } = button.dataset;
    button.textContent = (document.fullscreenElement ? off : on) ?? "";
  };
  button.addEventListener("click", () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void element.requestFullscreen().catch(() => undefined);
  });
  document.addEventListener("fullscreenchange", show);
  show();
}
