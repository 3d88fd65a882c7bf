/**
 * What the modules of this room hand to each other. Only types stand here.
 *
 * A key names what has one answer of each: a question ("BED01") or a row of a matrix ("INF01/vei").
 * Words for readers are never here: a note, a reason and a warning are keys of the page's words.
 */

/** An answer or a row: its code, and what it is called at length, in brief and without markup.
 * @typedef {{code: string, label: string, short: string, plain: string}} Option */

/** @typedef {"single" | "multiple" | "scale" | "matrix" | "number" | "text"} Type */

/** `open`: the options are blanks that each region fills in («[kommune 1]»).
 * @typedef {{code: string, number: number, type: Type, text: string, required: boolean,
 *   ordered: boolean, open: boolean, condition: {question: string, answers: string[]} | null,
 *   options: Option[], rows: Option[], low?: string, high?: string, min?: number | null,
 *   max?: number | null, unit?: string | null, max_answers?: number}} Question */

/** @typedef {{id: string, title: string, questions: Question[]}} Theme */

/**
 * A survey's data file, as `macros/writers/answers_data.py` writes it. `aside` are the answers that
 * are no opinion. `grouped`, where it is there, are the types of question that may be shown by
 * group at all; `sample` is the address of made-up answers, `sample_before` of those of the time
 * before, where a survey is compared with itself. `small_groups` is rich text.
 * @typedef {{schema: number, id: string, version: string, language: string, title: string,
 *   address: string, minimum_group: number, aside: string[], place: string | null,
 *   groups: string[], first: string[], before: string[], beside: string[], themes: Theme[],
 *   reading: {text: string, about: string[]}[], small_groups: any,
 *   others: {[language: string]: string}, grouped?: Type[], sample?: string,
 *   sample_before?: string}} Survey
 */

/** What was found odd: `answers.note.<key>` are the words.
 * @typedef {{key: string, where?: string, count?: number}} Note */

/** One table of one file; cells as text, dates as ISO, numbers with a point. `separator` is what parted
 * the cells of a text; a row with too many is longer than the header.
 * @typedef {{file: string, name: string, header: string[], rows: string[][], notes: Note[],
 *   separator?: string}} Sheet */

/**
 * What a column holds: "" is nothing of ours. `option` where it is one option of a question with
 * several answers; `tells` where it says who or when.
 * @typedef {{index: number, header: string, key: string,
 *   by: "code" | "text" | "number" | "hand" | "", option?: string, tells?: "id" | "time" | ""}} Column
 */

/**
 * How a sheet fits a survey. `missing` are keys without a column, `unknown` answers that the survey
 * does not have; `score` is 0 to 1.
 * @typedef {{survey: string, columns: Column[], missing: string[],
 *   unknown: {key: string, value: string, count: number}[], tool: string, language: string,
 *   score: number}} Match
 */

/** An option's code, several of them, a number or a text; null where nobody answered.
 * @typedef {string | string[] | number | null} Answer */

/**
 * The answers of one survey. All columns are `n` long. `places` are the names of open options, by
 * code; options of the same name are one.
 * @typedef {{survey: string, version: string, label: string, n: number,
 *   columns: {[key: string]: Answer[]}, places: {[code: string]: string}, notes: Note[]}} Set
 */

/**
 * A group of those who answered: `by` is the question ("" for all), `code` its answer ("" for all,
 * "-" for who did not say: no answer, or one that is no opinion). `label` is "" for all and for "-":
 * the page has the words. `n` is how many they are, which is no secret: what they answered is.
 * @typedef {{by: string, code: string, label: string, n: number}} Group
 */

/** "small": too few answered. "derived": others are too few, and this could be used to work them out.
 * @typedef {"small" | "derived"} Hidden */

/**
 * What a group answered. `asked` are those whom the condition lets in: n + missing + aside. `n` are
 * the answers that count; of a question with several answers, those who chose at least one that
 * does. `counts` has every option that counts, also those nobody chose; numbers have none. `mean`,
 * `median` and `sd` (sample, n − 1) are of what is ordered, by place from 1, and of numbers. `low`,
 * `mid` and `high` are shares of n below, at and above the middle of an odd number of options.
 * `alike`: all gave the same answer, so a figure tells what each of them thinks.
 * @typedef {{n: number, asked: number, missing: number, aside: {[code: string]: number},
 *   counts: {[code: string]: number}, mean?: number, median?: number, sd?: number, low?: number,
 *   mid?: number, high?: number, alike?: true, hidden?: undefined}} Shown
 */

/** What a reader may not see holds no number at all.
 * @typedef {Shown | {hidden: Hidden}} Cell */

/** @typedef {{key: string, label: string, cells: Cell[]}} Row */

/**
 * A question as figures. `options` are those that count; `aside` those that do not. `cells[i]` of
 * each row belongs to `groups[i]`, and `groups[0]` is all. A grouping question and a number are
 * shown for all and no group.
 * @typedef {{code: string, number: number, type: Type, text: string, theme: string,
 *   ordered: boolean, open?: true, options: {code: string, label: string}[],
 *   aside: {code: string, label: string}[], unit?: string, low?: string, high?: string,
 *   rows: Row[], groups: Group[]}} Figure
 */

/** @typedef {"name" | "number" | "address" | "email"} Warning */

/**
 * What was answered in own words, shuffled, with nothing that leads to who wrote it. Hidden, and
 * empty, where too few were asked.
 * @typedef {{code: string, number: number, text: string, theme: string,
 *   answers: {text: string, warns: Warning[]}[], hidden?: "small"}} Texts
 */

/**
 * The answers as figures, protected. `places` are the groups of the survey's `place`,
 * `hidden` how many cells are hidden.
 * @typedef {{survey: Survey, set: string, n: number, places: Group[], figures: Figure[],
 *   texts: Texts[], notes: Note[], hidden: {small: number, derived: number}}} Result
 */

/** A share (0 to 1), or a mean, of n answers, with its 95 % interval.
 * @typedef {{value: number, n: number, low: number, high: number}} Value */

/** "high": the share above the middle. "mean": of numbers. Else the share of one option.
 * @typedef {"high" | "mean" | string} Measure */

/** @typedef {"up" | "down" | "unsure" | "few"} Sure */

/**
 * What became of one thing from one time to another. `change` is after less before, `low` to `high`
 * its 95 % interval, in the same unit. `reason` says why there is nothing to compare: "type",
 * "options" or "rows" have changed, or the figure is "hidden" or "empty" at one of the times, or all
 * gave the same answer then ("alike").
 * @typedef {{code: string, key: string, label: string, measure: Measure, option: string,
 *   before: Value | null, after: Value | null, change: number | null, low: number | null,
 *   high: number | null, sure: Sure | null,
 *   reason?: "type" | "options" | "rows" | "hidden" | "empty" | "alike"}} Change
 */

/**
 * The same thing in several surveys, or several groups; null where there is nothing to show.
 * `option` is the label of the option that is measured.
 * @typedef {{code: string, key: string, label: string, measure: Measure, option: string,
 *   sides: (Value | null)[]}} Beside
 */

export {};
