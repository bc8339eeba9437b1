import type { Unit } from '../../model/profile';
import type { Dialect } from './dialect';

/** The event of a file that is shown. */
export interface ShownEvent {
  readonly name: string;
  readonly unit: Unit;
  /** Costs of the event in one `unit`. */
  readonly perUnit: number;
}

/** Names of events that are times, in lower case, and how many of them make a second. */
const perSecond = new Map([
  ['ns', 1e9],
  ['nanoseconds', 1e9],
  ['us', 1e6],
  ['usec', 1e6],
  ['microseconds', 1e6],
  ['ms', 1e3],
  ['msec', 1e3],
  ['milliseconds', 1e3],
  ['s', 1],
  ['sec', 1],
  ['seconds', 1],
]);

/** The first event that is a time, else the first one. */
export function chooseEvent(names: readonly string[], dialect: Dialect): ShownEvent | undefined {
  for (const name of names) {
    const perUnit = name === 'Ticks' ? dialect.ticksPerSecond : perSecond.get(name.toLowerCase());
    if (perUnit !== undefined) return { name, unit: 'seconds', perUnit };
  }
  const [first] = names;
  return first === undefined ? undefined : { name: first, unit: 'events', perUnit: 1 };
}
