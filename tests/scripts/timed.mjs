// How long it takes to count and protect a set of answers, in seconds.
import { figuresOf } from "../../docs/assets/js/answers/protect.js";

export function seconds(survey, set) {
  const start = performance.now();
  figuresOf(survey, set);
  return (performance.now() - start) / 1000;
}
