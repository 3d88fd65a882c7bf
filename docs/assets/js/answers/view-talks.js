/** Findings of interviews beside the figures: from the log, saved in this browser or in a file. */

import { button, el, part, put } from "../lib-dom.js";
import { all } from "../store/db.js";
import { shown } from "./figure-table.js";
import { findingHeader, findingRow } from "./report-more.js";
import { Say } from "./say.js";

/**
 * @typedef {import("./page.js").Stage} Stage
 * @typedef {import("./work.js").Work} Work
 */
