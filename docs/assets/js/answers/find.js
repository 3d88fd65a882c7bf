/** Which question a column's heading names: by its code, its text, or its number, in that order. */

import { bare, fold, likeness, pairsOf } from "./label.js";
import { formsOf, targetsOf } from "./targets.js";

/**
 * @typedef {import("./shapes.js").Survey} Survey
 * @typedef {import("./targets.js").Target} Target
 * @typedef {{targets: Target[], by: "code" | "text" | "number"}} Found
 */

const CODE = /(?:^|[^\p{L}\p{N}])([A-Za-z]{2,4}\d{2})(?![\p{L}\p{N}])/gu;
const NUMBER = /^(sp\u00f8rsm\u00e5l|sp\.?|q|nr\.?)?[ _]?(\d{1,3})(?:[._-](\d{1,2}))?(?=$|[.):\s_-])[.):\s_-]*(.*)$/is;
const CUT = /^(.{8,}?)\s?\.{2,}\s*(?:\[(.*)\])?$/s; // LimeSurvey's short headings: «Hvor for.. [Vei]»
const LONGEST = 1_000; // letters of a heading
const CLOSE = 0.86; // texts this alike are the same question, a little changed
const NUMBERED = 0.55; // it has the question's number, too

/** Finds targets for headings. */
export class Finder {
  /** @param {Survey[]} surveys the survey, and the same in other languages */
  constructor(surveys) {
    this.targets = targetsOf(surveys);
    this.codes = new Set(this.targets.map(({ question }) => question.code));
    /** @type {{target: Target, pairs: Set<string>}[]} */
    this.pairs = [];
    this.titles = surveys.flatMap(({ themes }) => themes.map(({ title }) => fold(title)));
  }

  /**
   * All that a heading may name; more than one where only their order tells. What is only `alike`
   * is left out where the text may as well be an answer.
   * @param {string} heading
   * @param {boolean} [alike]
   * @returns {Found | undefined}
   */
  find(heading, alike = true) {
    if (heading.length > LONGEST) return undefined;
    const coded = this.coded(heading);
    if (coded) return coded.length ? { targets: coded, by: "code" } : undefined;
    const text = fold(heading.includes(" ") ? heading : heading.replaceAll("_", " "));
    if (!text) return undefined;
    const said = this.said(text);
    if (said.length) return { targets: said, by: "text" };
    const cut = CUT.exec(heading.normalize("NFKC").trim());
    const short = cut ? this.short(fold(cut[1] ?? ""), cut[2] ?? "") : [];
    if (short.length) return { targets: short, by: "text" };
    return this.numbered(heading, alike) ?? (alike ? this.alike(text) : undefined);
  }

  /**
   * What a code in a heading names: groups may stand before it, a part after. Nothing where there is
   * no code; none where the code has a part that is not ours, such as a field for something else.
   * @param {string} heading
   * @returns {Target[] | undefined}
   */
  coded(heading) {
    const codes = [...heading.matchAll(CODE)].filter(([, code = ""]) => this.codes.has(code.toUpperCase()));
    const first = codes[0];
    if (!first || /\s/.test(heading.slice(0, first.index).replace(/^\s*\d+[.)]?\s*/, ""))) return undefined;
    const code = (first[1] ?? "").toUpperCase();
    // A group has its question's own code in ODK: «INF01/INF01_vei».
    const last = codes.filter((one) => one[1]?.toUpperCase() === code).findLast((one) => !/\s/.test(heading.slice(0, one.index).trim())) ?? first;
    const rest = heading.slice(last.index + last[0].length);
    const own = this.targets.filter(({ question }) => question.code === code);
    const whole = own.filter(({ part }) => !part);
    if (!rest.trim()) return whole;
    const part = /^\s?[[_/.:-]([\p{L}\p{N}_]+)\]?(?=$|[.:\s\]])(.*)$/su.exec(rest);
    const named = part && own.filter((one) => one.part && formsOf(one.part).includes(bare(part[1] ?? "")));
    if (named?.length) return named;
    // What comes after the code is the question's text, with its part at the end.
    const text = fold(rest.replace(/^[\s.:)\]-]+/, ""));
    const texts = this.said(text).filter(({ question }) => question.code === code);
    if (texts.length) return texts;
    return part && !part[2]?.trim() ? [] : /\s/.test(rest.trim()) ? whole : [];
  }

  /**
   * What a text names, whole or with a part after it; a part alone where no question is named.
   * @param {string} text folded
   * @returns {Target[]}
   */
  said(text) {
    const found = this.whole(text);
    if (found.length) return found;
    for (const title of this.titles) {
      const rest = text.startsWith(title) ? text.slice(title.length).replace(/^[\s/>:|-]+/, "") : "";
      const below = rest && rest !== text ? this.whole(rest) : [];
      if (below.length) return below;
    }
    const part = (/** @type {string} */ label) => this.targets.filter(({ labels, question }) => labels.includes(label) && question.type === "matrix");
    const rows = part(text);
    // Excel gives the second column of a name a number: «Vei2».
    return rows.length ? rows : part(text.replace(/(?<=\p{L})\d{1,2}$/u, ""));
  }

  /** @param {string} text folded @returns {Target[]} */
  whole(text) {
    return this.targets.filter(({ texts, blanks, labels, part }) =>
      blanks.some((blank) => (part ? labels.some((label) => endsIn(text, label, blank)) : blank.test(text))) ||
      texts.some((own) => {
        if (!part) return text === own;
        const rest = text.startsWith(own) ? text.slice(own.length) : text.endsWith(own) ? text.slice(0, -own.length) : "";
        return rest && labels.includes(fold(rest.replace(/^[\s?:.*[({/|>-]+|[\s\])}/|<:-]+$/g, "")));
      }),
    );
  }

  /**
   * What begins as a heading that was cut, and has its part, which may be cut, too.
   * @param {string} start folded
   * @param {string} heading of the part
   * @returns {Target[]}
   */
  short(start, heading) {
    const label = fold(heading);
    const fits = (/** @type {string} */ own) => own === label || (/\.\.\s*$/.test(heading) && own.startsWith(label));
    return this.targets.filter(({ texts, labels, part }) =>
      texts.some((own) => own.startsWith(start)) && (label ? labels.some(fits) : !part),
    );
  }

  /** @param {string} heading @param {boolean} alike @returns {Found | undefined} */
  numbered(heading, alike) {
    const [, word, number, sub, rest = ""] = NUMBER.exec(heading.trim().normalize("NFKC")) ?? [];
    if (!number) return undefined;
    const text = fold(rest);
    const own = this.targets.filter(({ question }) => question.number === Number(number));
    const placed = own.filter(({ place }) => place === Number(sub ?? 0));
    const said = text ? this.said(text) : [];
    const both = said.filter((one) => own.includes(one));
    if (said.length) return { targets: both.length ? both : said, by: "text" };
    // A number alone may be anything.
    if (!alike || (!text && !word)) return undefined;
    if (!text) return placed.length ? { targets: placed, by: "number" } : undefined;
    const pairs = pairsOf(text);
    const near = placed.filter((one) => [...one.texts, ...one.labels].some((other) => likeness(pairs, pairsOf(other)) > NUMBERED));
    return near.length ? { targets: near, by: "number" } : this.alike(text);
  }

  /** What is called nearly the same. @param {string} text folded @returns {Found | undefined} */
  alike(text) {
    if (text.length < 12) return undefined;
    const pairs = pairsOf(text);
    let best = CLOSE;
    /** @type {Target[]} */
    let targets = [];
    for (const { target, pairs: own } of this.known()) {
      const worth = Math.abs(own.size - pairs.size) > pairs.size / 4 ? 0 : likeness(pairs, own);
      if (worth > best) [best, targets] = [worth, [target]];
    }
    return targets.length ? { targets, by: "text" } : undefined;
  }

  /** The pairs of letters of what each target is called. */
  known() {
    if (!this.pairs.length) {
      this.pairs = this.targets.flatMap((target) =>
        target.texts
          .flatMap((own) => (target.part ? target.labels.map((label) => `${own} [${label}]`) : [own]))
          .map((text) => ({ target, pairs: pairsOf(text) })),
      );
    }
    return this.pairs;
  }
}

/**
 * Whether a text is a question whose blanks are filled in, and then its part.
 * @param {string} text folded
 * @param {string} label
 * @param {RegExp} blank
 */
function endsIn(text, label, blank) {
  const bared = text.replace(/[\s\])}]+$/, "");
  return bared.endsWith(label) && blank.test(bared.slice(0, -label.length).replace(/[\s?:.*[({/|>-]+$/, ""));
}
