/**
 * How the minutes of a plan are spread. Nothing here knows the clock or the page: whole minutes in,
 * whole minutes out, and the same answer each time.
 */

/**
 * What must be known of a step: its minutes, the least that still works, whether it can be left out.
 * @typedef {{minutes: number, least: number, skip?: boolean}} Timed
 */
/** @typedef {{fixed?: number, per_person?: number, per_group?: number, group_of?: number}} Pace */

/** @param {number[]} numbers */
export const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

/**
 * The minutes that a step takes with so many people, rounded up: what `Pace.needed` gives in Python.
 * @param {Pace} pace
 * @param {number} people
 */
export function needed(pace, people) {
  const groups = pace.group_of ? Math.ceil(people / pace.group_of) : 0;
  const turns = (pace.per_person ?? 0) * people + (pace.per_group ?? 0) * groups;
  return (pace.fixed ?? 0) + Math.ceil(Number(turns.toFixed(6)));
}

/**
 * The fewest minutes of a step: what so many people need where the guide says how time grows.
 * @param {{minutes: number, least: number, pace?: Pace | undefined}} step
 * @param {number} people
 */
export const leastOf = (step, people) =>
  Math.min(step.minutes, step.pace ? needed(step.pace, people) : step.least);

/**
 * Spread what time there is over steps. With too little, a minute at a time is taken where most is
 * left of what was planned, so all give in proportion and none less than its least; and with one
 * minute less, no step gets more. With too much, each step gets what was planned.
 * @param {Timed[]} steps
 * @param {number} available minutes until the end
 * @returns {number[]} the minutes of each step
 */
export function spread(steps, available) {
  const minutes = steps.map((step) => step.minutes);
  let over = sum(minutes) - Math.max(0, Math.floor(available));
  while (over > 0) {
    let chosen = -1;
    let most = -1;
    for (const [at, step] of steps.entries()) {
      const now = minutes[at] ?? 0;
      // As seats are shared (Sainte-Laguë), but taken back: the next minute goes where it weighs least.
      const left = (now - 0.5) / step.minutes;
      if (now > Math.min(step.least, step.minutes) && left >= most) [chosen, most] = [at, left];
    }
    if (chosen < 0) break;
    minutes[chosen] = (minutes[chosen] ?? 0) - 1;
    over -= 1;
  }
  return minutes;
}

/**
 * How many minutes the steps go past the end when none can give more.
 * @param {Timed[]} steps
 * @param {number} available
 */
export const beyond = (steps, available) =>
  Math.max(0, sum(spread(steps, available)) - Math.max(0, Math.floor(available)));

/**
 * The steps to leave out so that the end is kept: one if one is enough, the shortest such, else the
 * longest of them and so on. None where even all that may be left out would not do.
 * @param {Timed[]} steps
 * @param {number} available
 * @returns {number[]} their places, in order
 */
export function cuts(steps, available) {
  if (!beyond(steps, available)) return [];
  const out = new Set();
  /** @param {number[]} places */
  const enough = (places) =>
    !beyond(
      steps.filter((_, at) => !out.has(at) && !places.includes(at)),
      available,
    );
  const may = steps
    .map((step, at) => ({ at, ...step }))
    .filter((step) => step.skip)
    .sort((one, other) => one.minutes - other.minutes || other.at - one.at);
  while (may.length) {
    const found = may.find(({ at }) => enough([at])) ?? may.at(-1);
    if (!found) break;
    out.add(found.at);
    may.splice(may.indexOf(found), 1);
    if (enough([])) return [...out].sort((one, other) => one - other);
  }
  return [];
}
