// How long it takes to count and protect a set of answers, in seconds of the processor: the machine
// may do other things as well.
import { figuresOf } from "../../docs/assets/js/answers/protect.js";

export function seconds(survey, set) {
  const start = process.cpuUsage();
  figuresOf(survey, set);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
