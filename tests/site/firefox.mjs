// Carries commands of WebDriver BiDi to a browser: each line in is {"method", "params"}, each line
// out its result, or {"error"}. Node has the socket, so no package is needed.
import { createInterface } from "node:readline";

const socket = new WebSocket(process.argv[2]);
const waiting = new Map();
let last = 0;
socket.addEventListener("message", ({ data }) => {
  const said = JSON.parse(data);
  waiting.get(said.id)?.(said.type === "error" ? { error: said.message } : said.result);
});
await new Promise((resolve) => socket.addEventListener("open", resolve));
for await (const line of createInterface({ input: process.stdin })) {
  const id = ++last;
  const answer = new Promise((resolve) => waiting.set(id, resolve));
  socket.send(JSON.stringify({ id, ...JSON.parse(line) }));
  process.stdout.write(`${JSON.stringify(await answer)}\n`);
}
process.exit(0);
