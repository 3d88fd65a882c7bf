/**
 * The page where forms are filled in: the list of what one has and can begin on, or one document.
 * The address says which: `#template/budsjett` begins a new one, `#<id>` opens a saved one, and
 * a chapter may stand behind.
 */

import { all, get } from "../store/db.js";
import { put, speaker } from "../lib-dom.js";
import { makeGood } from "./draft.js";
import { Editor } from "./editor.js";
import { fresh } from "./model.js";
import { Shelf } from "./shelf.js";

/**
 * @typedef {import("./about.js").Given} Form
 * @typedef {import("./model.js").Doc} Doc
 */

for (const root of document.querySelectorAll('[data-module="fill/form"]')) {
  if (root instanceof HTMLElement) void start(root);
}

/** @param {HTMLElement} root */
async function start(root) {
  const say = speaker(root);
  const site = { say, root: new URL(root.dataset["root"] ?? "../", location.href) };
  const list = /** @type {HTMLElement} */ (root.querySelector("[data-view=list]"));
  const place = /** @type {HTMLElement} */ (root.querySelector("[data-view=doc]"));
  const title = document.title;
  const scheme = new Map(
    [...root.querySelectorAll("[data-form]")].map((one) => [one.getAttribute("data-form") ?? "", one.getAttribute("data-file") ?? ""]),
  );
  /** @type {Map<string, Form>} */
  const forms = new Map();
  /** @type {Editor | undefined} */
  let editor;

  /** @param {string} template @returns {Promise<Form | undefined>} */
  const formOf = async (template) => {
    const address = scheme.get(template);
    if (!address) return undefined;
    const known = forms.get(template);
    if (known) return known;
    const got = await fetch(new URL(address, site.root));
    if (!got.ok) throw new Error(`${address}: ${got.status}`);
    const form = /** @type {Form} */ (await got.json());
    forms.set(template, form);
    return form;
  };

  /** @param {string} name */
  const freeName = async (name) => {
    const docs = /** @type {Doc[]} */ (await all("documents").catch(() => []));
    const names = new Set(docs.map((doc) => doc.name));
    let [found, n] = [name, 2];
    while (names.has(found)) found = `${name} (${n++})`;
    return found;
  };

  /** @param {string} where */
  const found = async (where) => {
    const template = scheme.has(where) ? where : "";
    const doc = template ? undefined : /** @type {Doc | undefined} */ (await get("documents", where).catch(() => undefined));
    const form = await formOf(template || (doc?.template ?? ""));
    if (!form) return undefined;
    return { form, doc: doc ?? fresh(form, await freeName(form.title)), saved: Boolean(doc) };
  };

  /** @param {boolean} shown */
  const showList = (shown) => {
    list.hidden = !shown;
    place.hidden = shown;
  };

  /** @param {string} text */
  const tell = (text) => {
    put(list.querySelector("[data-part=told]"), text);
  };

  let asked = "";
  /** @param {boolean} focus */
  const route = async (focus) => {
    const [where, chapter] = parted(location.hash.slice(1));
    // On the way back stands the address from before it was begun.
    if (editor && [editor.base, editor.doc.template].includes(where)) {
      if (editor.base !== where) history.replaceState(null, "", `#${editor.base}/${chapter}`);
      editor.show(chapter, focus);
      return;
    }
    asked = where;
    await editor?.close();
    editor = undefined;
    place.replaceChildren();
    showList(true);
    await shelf.show();
    if (!where) {
      document.title = title;
      if (focus) list.querySelector("h1")?.scrollIntoView();
      return;
    }
    try {
      const it = await found(where);
      // The reader may have gone on while it was fetched.
      if (asked !== where) return;
      if (!it) tell(say("not_found"));
      else open(it, chapter);
    } catch {
      tell(say("not_fetched"));
    }
  };

  /** @param {{form: Form, doc: Doc, saved: boolean}} it @param {string} chapter */
  const open = ({ form, doc, saved }, chapter) => {
    editor = new Editor(site, form, doc, saved, (hash) => {
      // The reader may be on the way to another chapter, which the address has and the page not yet.
      const [, next] = parted(location.hash.slice(1));
      const [base, here] = parted(hash.slice(1));
      history.replaceState(null, "", `#${base}/${next || here}`);
    });
    editor.show(chapter, false);
    place.replaceChildren(editor.node);
    document.title = `${form.title} – ${title}`;
    showList(false);
    scrollTo(0, 0);
  };

  const shelf = new Shelf(root, say, formOf);
  for (const entry of root.querySelectorAll("[data-form]")) {
    const link = entry.querySelector("a");
    if (link) link.href = `#${entry.getAttribute("data-form")}`;
  }
  root.classList.add("is-ready");
  await makeGood();
  addEventListener("hashchange", () => void route(true));
  await route(false);
}

/** What is opened, and the chapter. @param {string} hash @returns {[string, string]} */
function parted(hash) {
  const parts = hash.split("/");
  const many = /^[a-z]+$/.test(parts[0] ?? "") && parts.length > 1 ? 2 : 1;
  return [parts.slice(0, many).join("/"), parts.slice(many).join("/")];
}

