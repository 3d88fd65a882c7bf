/** Tones as the colours of a file: given ones, mixed with its paper. */

/** @typedef {import("./drawn.js").Tone} Tone */
/**
 * The colours of files, as `#rrggbb`, and the name of the font of texts where the region has one.
 * @typedef {{ink: string, muted: string, accent: string, line: string, paper: string, font?: string}} Palette
 */

/** @param {string} hex @returns {[number, number, number]} */
function parts(hex) {
  const found = Number.parseInt(hex.replace("#", ""), 16);
  return [(found >> 16) & 255, (found >> 8) & 255, found & 255];
}

/**
 * @param {Tone} tone
 * @param {Palette} palette
 */
export function colour({ role, share }, palette) {
  const [from, to] = [parts(palette.paper), parts(palette[role])];
  const mixed = from.map((value, at) => Math.round(value + ((to[at] ?? 0) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
