import type { JsonObject } from '../encoding/json';
import { damaged } from '../failures';
import { array, label, number } from './values';

/** A sample: the node that ran, and for how many seconds. */
export interface TimedSample {
  readonly node: number;
  readonly seconds: number;
}

/** A sample: the node that ran, and since when, in microseconds. */
export interface StampedSample {
  readonly node: number;
  readonly time: number;
}

/** The samples in the order of time, `undefined` where the profile has none. */
export function readSamples(profile: JsonObject): StampedSample[] | undefined {
  if (profile['samples'] === undefined) return undefined;
  const nodes = array(profile['samples']).map(number);
  const times = timesOf(profile);
  if (times === undefined) return undefined;
  if (times.length !== nodes.length) throw damaged(label, 'samples and times differ in number');
  const samples = nodes.map((node, index) => ({ node, time: times[index] ?? 0 }));
  // V8 may deliver samples late, with a negative delta.
  return samples.sort((a, b) => a.time - b.time);
}

/** When samples were taken, in microseconds. */
function timesOf(profile: JsonObject): readonly number[] | undefined {
  if (profile['timestamps'] !== undefined) return array(profile['timestamps']).map(number);
  if (profile['timeDeltas'] === undefined) return undefined;
  let time = typeof profile['startTime'] === 'number' ? number(profile['startTime']) : 0;
  return array(profile['timeDeltas']).map((delta) => (time += number(delta)));
}

/**
 * Each sample lasts until the next one.
 * @param end when the last one ends, in microseconds
 */
export function timeSamples(samples: readonly StampedSample[], end: number): TimedSample[] {
  return samples.map(({ node, time }, index) => {
    const next = samples[index + 1]?.time ?? Math.max(end, time);
    return { node, seconds: (next - time) / 1e6 };
  });
}
