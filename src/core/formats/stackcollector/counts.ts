import { damaged } from '../failures';
import type { Entry } from './gdbm';

/** How often a stack was sampled in one process until one collection. */
export interface Count {
  /** `host:port`. */
  readonly process: string;
  /** When it was collected, milliseconds since the epoch. */
  readonly timeMs: number;
  readonly samples: number;
}

/** 15 digits are exact, and of seconds more than any date has. */
const digits = /^\d{1,15}$/;

/** The last date of JavaScript. */
const latestTime = 8.64e15;

/**
 * Reads the value of a stack: `host:port:unix time:samples ` for each collection. Hosts may have
 * colons themselves.
 * @throws ProfileError where it is none
 */
export function* countsOf({ value, offset }: Entry): Generator<Count> {
  const text = value.toString('utf8');
  for (let start = 0; start < text.length;) {
    const space = text.indexOf(' ', start);
    const end = space < 0 ? text.length : space;
    if (end > start) {
      const count = readCount(text.slice(start, end));
      if (!count) throw damaged('stackcollector', `the entry at byte ${offset} has no counts`);
      yield count;
    }
    start = end + 1;
  }
}

/** Whether the value begins like that of a stack. */
export function startsWithCount(value: Buffer): boolean {
  const head = value.toString('latin1', 0, 512);
  const space = head.indexOf(' ');
  return readCount(space < 0 ? head : head.slice(0, space)) !== undefined;
}

function readCount(text: string): Count | undefined {
  const beforeSamples = text.lastIndexOf(':');
  const beforeTime = text.lastIndexOf(':', beforeSamples - 1);
  const beforePort = text.lastIndexOf(':', beforeTime - 1);
  if (beforePort < 1 || beforeTime <= beforePort || beforeSamples <= beforeTime) return undefined;
  const samples = text.slice(beforeSamples + 1);
  const seconds = text.slice(beforeTime + 1, beforeSamples);
  const timeMs = Number(seconds) * 1000;
  if (!digits.test(samples) || !digits.test(seconds) || timeMs > latestTime) return undefined;
  return { process: text.slice(0, beforeTime), timeMs, samples: Number(samples) };
}
