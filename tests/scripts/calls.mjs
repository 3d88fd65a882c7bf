// Runs calls of the site's own modules, in one process: JSON in on stdin, JSON out on stdout.
// A call is [module, name, ...arguments]; {"file": path} is read as bytes, and {"to": path} before
// the module writes what comes out there. What a call raises comes out as {"error": its message}.
import { readFileSync, writeFileSync } from "node:fs";

const root = new URL("../../docs/assets/js/", import.meta.url);
const calls = JSON.parse(readFileSync(0, "utf8"));
const results = [];
for (const call of calls) {
  const to = call[0]?.to === undefined ? undefined : call.shift().to;
  const [module, name, ...given] = call;
  const values = given.map((one) => (one?.file ? new Uint8Array(readFileSync(one.file)) : one));
  try {
    const found = await (await import(new URL(module, root)))[name](...values);
    if (to !== undefined) writeFileSync(to, found);
    // What was given by reference, such as a list to be filled, comes back with it.
    results.push(to === undefined ? (found ?? null) : values.at(-1));
  } catch (error) {
    results.push({ error: error.name === "Error" ? error.message : String(error.stack) });
  }
}
process.stdout.write(JSON.stringify(results));
