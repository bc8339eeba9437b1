import type { NodeIndex, Unit } from '../../model/profile';
import type { LaneBuilder } from '../../model/stacksBuilder';
import { noNode } from '../../model/stackTree';
import { jsonChecks, type JsonObject } from '../encoding/json';
import { damaged } from '../failures';

const { array, number } = jsonChecks('Firefox Profiler');

/** What the weights of samples are, and how many of them make one unit. */
export interface WeightUnit {
  readonly unit: Unit;
  readonly perUnit: number;
}

/**
 * What a thread's samples count: time where they say so or where the interval is known.
 * @param interval milliseconds
 */
export function weightUnitOf({ weightType }: JsonObject, interval: unknown): WeightUnit {
  if (weightType === 'bytes') return { unit: 'bytes', perUnit: 1 };
  if (weightType === 'tracing-ms') return { unit: 'seconds', perUnit: 1e3 };
  const isKnown = typeof interval === 'number' && interval > 1e-6 && interval < 1e9;
  return isKnown ? { unit: 'seconds', perUnit: 1e3 / interval } : { unit: 'samples', perUnit: 1 };
}

/** Adds the samples of a thread, of which one without a stack was idle. */
export function addSamples(
  samples: JsonObject,
  nodes: Int32Array,
  lane: LaneBuilder,
  { perUnit }: WeightUnit,
): void {
  const weights = samples['weight'];
  for (const [index, stack] of array(samples['stack']).entries()) {
    const weight = Array.isArray(weights) ? number(weights[index]) : 1;
    if (weight < 0) throw damaged('Firefox Profiler', 'a weight is negative');
    lane.add(nodeOf(stack, nodes), weight / perUnit);
  }
}

function nodeOf(stack: unknown, nodes: Int32Array): NodeIndex {
  if (stack === null) return noNode;
  const node = typeof stack === 'number' ? nodes[stack] : undefined;
  if (node === undefined) throw damaged('Firefox Profiler', 'a stack is missing');
  return node;
}
