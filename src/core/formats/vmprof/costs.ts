import type { Log, Trace } from './log';

/** What a file can show. */
export type Measure = 'time' | 'memory';

/** The longest time that one sample may stand for, in nanoseconds: a process may be suspended for hours. */
const longestGap = 1e9;

/**
 * What the samples of a file cost, asked in its order.
 *
 * Time is the period; where samples have times of their own (since version 7), it is the time since
 * the sample before, as in vmprof 0.6.0: of the same thread where each has its own timer, at least
 * the period and at most a second. Memory is by how many bytes the process has grown since then.
 */
export class Costs {
  readonly #log: Log;
  readonly #measure: Measure;
  /** By timer. */
  readonly #lastTimes = new Map<number, number>();
  #lastMemory: number | undefined;

  constructor(log: Log, measure: Measure) {
    this.#log = log;
    this.#measure = measure;
  }

  /** Seconds or bytes. */
  of(trace: Trace): number {
    return this.#measure === 'time' ? this.#seconds(trace) : this.#growth(trace);
  }

  #seconds({ thread, time }: Trace): number {
    const { period, isRealTime } = this.#log;
    if (time === undefined) return period;
    const timer = isRealTime ? thread : 0;
    const last = this.#lastTimes.get(timer);
    if (last === undefined || time > last) this.#lastTimes.set(timer, time);
    if (last === undefined) return period;
    return Math.max(Math.min(time - last, longestGap) / 1e9, period);
  }

  #growth({ memory = 0 }: Trace): number {
    const last = this.#lastMemory ?? memory;
    this.#lastMemory = memory;
    return Math.max(0, memory - last) * 1024;
  }
}
