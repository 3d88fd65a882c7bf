/**
 * What the reader's other documents, this one and the region know already, by the fact that a
 * field holds. It is offered where another field asks for the same, and never filled in unasked.
 */

import { all } from "../store/db.js";
import { fieldsOf, isRows } from "./model.js";

/**
 * @typedef {import("./model.js").Doc} Doc
 * @typedef {import("./model.js").Field} Field
 * @typedef {import("./model.js").Row} Row
 * @typedef {{fields?: Record<string, string>, tables?: Record<string, Record<string, string>>}} Held
 * @typedef {{from: string, value: string | string[]}} Offer
 * @typedef {{id: string, fact?: string, columns?: {id: string, fact?: string}[]}} Asking
 */

const MOST = 3; // offers of one field

/** What names stand in a text: «Alver, Austrheim og Gulen». @param {string} text */
const names = (text) =>
  text.split(/,|;|\n| og | & /).map((one) => one.trim()).filter(Boolean);

export class Sources {
  /** @type {Doc[]} */
  #docs = [];
  /** @type {Record<string, Held>} */
  #facts = {};

  /**
   * @param {import("./about.js").Given} form
   * @param {Doc} doc
   * @param {URL} root the language's root
   * @param {import("../lib-dom.js").Say} say
   */
  constructor(form, doc, root, say) {
    this.form = form;
    this.doc = doc;
    this.root = root;
    this.say = say;
  }

  /** Read the reader's documents; without them, and without a net, there is less to offer. */
  async load() {
    const found = /** @type {Doc[]} */ (await all("documents").catch(() => []));
    this.#docs = found
      .filter(({ id }) => id !== this.doc.id)
      .sort((one, other) => other.changed.localeCompare(one.changed));
    if (!this.#docs.length || Object.keys(this.#facts).length) return;
    this.#facts = await fetch(new URL("data/skjema/opplysninger.json", this.root))
      .then((got) => (got.ok ? got.json() : {}))
      .catch(() => ({}));
  }

  /** What a fact is said to be. @param {string} fact @param {string} own the field that asks */
  values(fact, own) {
    /** @type {Offer[]} */
    const found = [];
    const known = this.form.known[fact];
    if (known) found.push({ from: this.say("from_region"), value: known });
    for (const { from, doc, held } of this.#sources(own)) {
      const text = doc.cover[fact] || doc.values[held.fields?.[fact] ?? ""];
      if (typeof text === "string" && text.trim()) found.push({ from, value: text });
      for (const rows of this.#rows(doc, held, [fact])) {
        const list = [...new Set(rows.map((row) => row[fact] ?? "").filter(Boolean))];
        if (list.length) found.push({ from, value: list });
      }
    }
    return distinct(found);
  }

  /** Rows for a table whose columns hold facts. @param {Asking} table @returns {{from: string, rows: Row[]}[]} */
  rows(table) {
    const asked = (table.columns ?? []).filter((column) => column.fact);
    const facts = asked.map((column) => column.fact ?? "");
    /** @param {Row} row */
    const placed = (row) =>
      Object.fromEntries(asked.flatMap(({ id, fact = "" }) => (row[fact] ? [[id, row[fact] ?? ""]] : [])));
    const found = this.#sources(table.id).flatMap(({ from, doc, held }) =>
      this.#rows(doc, held, facts).map((rows) => ({ from, rows: rows.map(placed) })),
    );
    const [first] = asked;
    if (first?.fact) {
      for (const { from, value } of this.values(first.fact, table.id)) {
        const list = Array.isArray(value) ? value : names(value);
        found.push({ from, rows: list.map((one) => ({ [first.id]: one })) });
      }
    }
    const kept = found.filter(({ rows }) => rows.length);
    // What fills most of a row comes first, and the same rows once.
    kept.sort((one, other) => width(other.rows) - width(one.rows));
    const seen = new Set();
    return kept
      .filter(({ rows }) => !seen.has(JSON.stringify(rows)) && seen.add(JSON.stringify(rows)))
      .slice(0, MOST);
  }

  /** @param {string} own */
  #sources(own) {
    const others = this.#docs.map((doc) => ({ from: doc.name, doc, held: this.#facts[doc.template] ?? {} }));
    /** @type {Held} */
    const mine = { fields: {}, tables: {} };
    for (const field of /** @type {(Field & Asking)[]} */ (fieldsOf(this.form))) {
      if (field.id === own) continue;
      if (field.fact) Object.assign(mine.fields ?? {}, { [field.fact]: field.id });
      const columns = (field.columns ?? []).filter((column) => "fact" in column);
      const facts = columns.map((column) => [Reflect.get(column, "fact"), column.id]);
      if (facts.length) Object.assign(mine.tables ?? {}, { [field.id]: Object.fromEntries(facts) });
    }
    return [{ from: this.say("from_here"), doc: this.#body(), held: mine }, ...others];
  }

  /** This document without its cover, which is no source for itself. @returns {Doc} */
  #body() {
    return { ...this.doc, cover: {} };
  }

  /** The rows of each table that holds some of the facts, by fact. @param {Doc} doc @param {Held} held @param {string[]} facts */
  #rows(doc, held, facts) {
    return Object.entries(held.tables ?? {}).flatMap(([id, columns]) => {
      const value = doc.values[id];
      const shared = facts.filter((fact) => columns[fact]);
      if (!shared.length || !isRows(value)) return [];
      const rows = value.map((row) =>
        Object.fromEntries(shared.map((fact) => [fact, row[columns[fact] ?? ""]?.trim() ?? ""])),
      );
      return [rows.filter((row) => Object.values(row).some(Boolean))];
    });
  }
}

/** @param {Row[]} rows */
const width = (rows) => new Set(rows.flatMap((row) => Object.keys(row))).size;

/** @param {Offer[]} offers */
function distinct(offers) {
  const seen = new Set();
  return offers.filter(({ value }) => {
    const key = String(value);
    return !seen.has(key) && seen.add(key);
  });
}
