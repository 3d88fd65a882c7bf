/** Columns that a tool adds of its own: who answered, when, and what a survey has no use for. */

import { bare } from "./label.js";

// In Norwegian and English, as the tools write them; compared without case, spaces and signs.
const IDS = ["id", "$submission_id", "response id", "responseid", "svar id", "svar-id", "respons-id", "respondent id", "respondent", "respondentid", "_id", "_uuid", "key", "instanceid", "meta/instanceID", "meta-instanceID", "instanceName"];
const TIMES = ["submitdate", "date submitted", "dato innsendt", "innsendt", "completion time", "fullf\u00f8ringstidspunkt", "start time", "starttidspunkt", "last modified time", "tidspunkt for siste endring", "sist endret", "submissiondate", "_submission_time", "startdate", "date started", "datestamp", "date last action", "start", "end", "today", "timestamp", "tidsstempel", "tidsmerke", "happenedat", "happendat", "createdat", "svartidspunkt", "levert", "besvart", "svart", "svart dato", "end date", "start date", "started", "ended", "$created"];
const PERSONS = ["email", "e-mail", "e-post", "epost", "e-postadresse", "epostadresse", "email address", "name", "navn", "namn", "first name", "last name", "fornavn", "etternavn", "ip address", "ipaddr", "ip-adresse", "token", "username", "_submitted_by", "submitterid", "submittername", "submitter name", "phone", "telefon", "mobil", "phonenumber", "deviceid"];
const OTHERS = ["lastpage", "last page", "siste side", "startlanguage", "start language", "startspr\u00e5k", "seed", "refurl", "__version__", "_version_", "formhub/uuid", "_validation_status", "_notes", "_status", "_tags", "_index", "_attachments", "_xform_id_string", "rootuuid", "_id", "attachmentspresent", "attachmentsexpected", "status", "reviewstate", "devicetype", "edits", "formversion", "intro", "locale", "collector id", "$answer_time_ms", "spr\u00e5k", "language", "custom data 1", "total points", "quiz feedback", "hostname", "time"];

/** @param {string[]} names */
const bared = (names) => new Set(names.map(bare));
const KINDS = { id: bared(IDS), time: bared(TIMES), person: bared(PERSONS), other: bared(OTHERS) };
// What XLSForm's tables and notes come out as.
const HELPER = /(^|[/.-])(intro|tema_\d+_intro|generated_table_list_label_\d+|reserved_name_for_field_list_labels_\d+)$/i;

/**
 * What a tool's own column is: "id" and "time" tell answers apart, a "person" is not read.
 * @param {string} heading
 * @returns {"id" | "time" | "person" | "other" | ""}
 */
export function ownColumn(heading) {
  const last = heading.split("/").at(-1) ?? heading;
  // LimeSurvey's codes and texts in one: «id. Response ID».
  const code = /^\w+(?=\. )/.exec(heading)?.[0] ?? heading;
  const names = [heading, last, code].map(bare);
  const kind = Object.entries(KINDS).find(([, known]) => names.some((name) => known.has(name)))?.[0];
  if (kind) return /** @type {"id"} */ (kind);
  return HELPER.test(heading) || /_URL$/.test(heading) ? "other" : "";
}

const DONE = bared(["submitdate", "date submitted", "dato innsendt", "dato innsend", "innsendt"]);

/** Whether a column says when an answer was handed in; it is empty where somebody stopped. @param {string} heading */
export const isDone = (heading) => DONE.has(bare(heading));

/** Signs of each tool in the names of its columns; the first with all of them is it. @type {[string, RegExp[]][]} */
const TOOLS = [
  ["limesurvey", [/^(lastpage|last page|siste side|startlanguage|start language|submitdate|date submitted)\b|^seed$/im]],
  ["odk", [/^SubmissionDate$/m, /^KEY$/m]],
  ["kobo", [/^_uuid$/m, /^_submission_time$/m]],
  ["forms", [/^(start time|starttidspunkt)$/im, /^(completion time|fullf\u00f8ringstidspunkt)$/im]],
  ["surveyjs", [/^happen(d|ed)?At$|^[A-Z]{2,4}\d{2}\/\w+$/im]],
  ["questback", [/^respondent ?id$/im]],
];

/**
 * Which tool has written a table, as far as its headings tell.
 * @param {string[]} header
 * @param {boolean} coded whether its columns are named by our codes
 */
export function toolOf(header, coded) {
  const names = header.map((one) => one.normalize("NFKC").trim()).join("\n");
  const found = TOOLS.find(([, signs]) => signs.every((sign) => sign.test(names)))?.[0];
  if (found) return found;
  if (/\b[A-Z]{2,4}\d{2}\[\w+\]/.test(names)) return "limesurvey";
  if (/\/[A-Z]{2,4}\d{2}\b|tema_\d+-[A-Z]/.test(names)) return "kobo";
  return coded ? "codes" : "";
}
