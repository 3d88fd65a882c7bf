/** How many of those who got the survey have answered, where the reader has said how many got it. */

/** @typedef {import("./say.js").Say} Say */
/** @typedef {import("./shapes.js").Result} Result */
/**
 * A place, or all: how many got the survey, how many answered, and the share of them.
 * @typedef {{all: boolean, label: string, asked: number, n: number, share: number, said: string}} Response
 */

/**
 * By place, and all of them last; only where it is known, and can be true.
 * @param {Say} say @param {Result} result @param {Record<string, number>} [asked] by the code of a place, "" is all
 * @returns {Response[]}
 */
export function responses(say, { places, n }, asked = {}) {
  const all = { code: "", label: say.words("say.all"), n };
  return [...places.map((group) => ({ code: group.code, label: say.group(group), n: group.n })), all].flatMap(({ code, ...one }) => {
    const many = asked[code] ?? 0;
    const said = say.response(one.n, many);
    return said ? [{ ...one, all: !code, asked: many, share: one.n / many, said }] : [];
  });
}

/** In all, in one sentence; empty where it is not known. @param {Say} say @param {Response[]} found */
export function responseOfAll(say, found) {
  const all = found.find((one) => one.all);
  return all ? say.words("report.responded", { share: all.said, n: all.n, asked: all.asked }) : "";
}

/** The columns of a table of them. @param {Say} say */
export const responseHeader = (say) => ["group", "invited", "n", "response"].map((key) => say.words(`report.${key}`));
