import type { Profile } from '../core/model/profile';
import { StacksBuilder } from '../core/model/stacksBuilder';
import { add, at } from '../core/model/typedArrays';
import type { CollectedQuery } from './api';
import type { Database } from './storage/database';
import { StackReader } from './storage/stackReader';
import { sumStacks, type StackSums } from './storage/sums';
import { periodOf } from './storage/time';

/**
 * All stacks of a query as one profile, each stack once and the costliest first. It counts seconds
 * where it is known of every sample what time it stands for, and samples otherwise.
 */
export function collectedProfile(database: Database | undefined, query: CollectedQuery): Profile {
  const builder = new StacksBuilder();
  const sums = database && sumStacks(database, query);
  const unit = sums && hasSeconds(sums) ? 'seconds' : 'samples';
  const lane = builder.lane({ name: '', kind: 'sampled', unit, timeOrdered: false });
  const counts: number[] = [];
  if (database && sums) {
    const reader = new StackReader(database, builder);
    for (const { stack, samples, cost } of costliestFirst(sums)) {
      lane.add(reader.nodeOf(stack), cost);
      counts.push(samples);
    }
  }
  const { data, ...content } = builder.finish(unit);
  return {
    format: 'collected',
    ...content,
    data: withCounts(data, counts),
    lines: [],
    request: {},
    warnings: sums ? warningsOf(sums) : [],
  };
}

interface StackCost {
  readonly stack: number;
  readonly samples: number;
  readonly cost: number;
}

function hasSeconds({ samples }: StackSums): boolean {
  return samples.size > 0 && !samples.has(0);
}

function costliestFirst(sums: StackSums): StackCost[] {
  const size = Math.max(0, ...[...sums.samples.values()].map(({ length }) => length));
  const [samples, costs] = [new Float64Array(size), new Float64Array(size)];
  const countsSeconds = hasSeconds(sums);
  for (const [granularity, own] of sums.samples)
    for (const [stack, count] of own.entries()) {
      add(samples, stack, count);
      add(costs, stack, countsSeconds ? count * granularity : count);
    }
  const stacks: StackCost[] = [];
  for (const [stack, count] of samples.entries())
    if (count > 0) stacks.push({ stack, samples: count, cost: at(costs, stack) });
  return stacks.sort((one, other) => other.cost - one.cost);
}

function withCounts(data: Profile['data'], counts: readonly number[]): Profile['data'] {
  if (data.kind !== 'stacks') return data;
  const lanes = data.lanes.map((lane) => ({ ...lane, counts: Float64Array.from(counts) }));
  return { ...data, lanes };
}

function warningsOf({ minutes, leftOut }: StackSums): string[] {
  const { fromMs, untilMs } = periodOf(minutes);
  const warnings: string[] = [];
  if (minutes.isWidened)
    warnings.push(
      `Of so long ago only hours are kept: it is from ${localTime(fromMs)} until ${localTime(untilMs)}.`,
    );
  if (leftOut > 0)
    warnings.push(
      `${leftOut.toLocaleString('en')} samples of threads that waited for work are left out.`,
    );
  return warnings;
}

function localTime(ms: number): string {
  const date = new Date(ms);
  const digits = (part: number): string => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}-${digits(date.getMonth() + 1)}-${digits(date.getDate())}`;
  return `${day} ${digits(date.getHours())}:${digits(date.getMinutes())}`;
}
