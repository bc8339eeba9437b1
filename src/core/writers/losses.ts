import { functionTable, type FunctionRow } from '../derive/functionTable';
import { lineDataOf } from '../derive/lineCosts';
import type { Profile } from '../model/profile';
import type { ExportSource } from './exportSource';
import type { Loss, LostAspect } from './writer';

/** Relative difference that summing in another order may make. */
const tolerance = 1e-6;

/** What any target but a file of the same kind loses. */
export function commonLosses({ profile }: ExportSource): Loss[] {
  const { metrics, record } = profile;
  const shown = metrics?.all.find(({ id }) => id === metrics.shown)?.label ?? '';
  return [
    ...lossIf(
      (metrics?.all.length ?? 1) > 1,
      'metrics',
      `Of what was measured only ${shown} is exported.`,
    ),
    ...lossIf(
      record !== undefined,
      'record',
      'What was recorded of the request itself (queries, templates, memory) is left out.',
    ),
  ];
}

/** What a target without lines loses. */
export function lineLosses({ profile }: ExportSource): Loss[] {
  return lossIf(
    lineDataOf(profile) !== 'none',
    'lines',
    'Costs of lines are left out: the target holds those of functions only.',
  );
}

/** What a target loses that adds up all threads and forgets when they ran. */
export function laneLosses({ profile }: ExportSource): Loss[] {
  return [...unshownLanes(profile), ...mergedLanes(profile), ...forgottenOrder(profile)];
}

/** What a target loses that holds threads but not the order of their samples. */
export function orderLosses({ profile }: ExportSource): Loss[] {
  return [...unshownLanes(profile), ...forgottenOrder(profile)];
}

/** The lanes that measure something else than the profile's unit. */
export function unshownLanes({ data, unit }: Profile): Loss[] {
  const isLost = data.kind === 'stacks' && data.lanes.some((lane) => lane.unit !== unit);
  return lossIf(isLost, 'lanes', `Only the threads that are measured in ${unit} are exported.`);
}

function mergedLanes({ data, unit }: Profile): Loss[] {
  const count = data.kind === 'stacks' ? data.lanes.filter((lane) => lane.unit === unit).length : 0;
  return lossIf(count > 1, 'lanes', `The ${count} threads are added up.`);
}

function forgottenOrder({ data }: Profile): Loss[] {
  const isKnown = data.kind === 'stacks' && data.lanes.some(({ timeOrdered }) => timeOrdered);
  return lossIf(isKnown, 'order', 'When something ran is left out.');
}

/** What a target of stacks loses of a profile that has none. */
export function stackLosses(source: ExportSource): Loss[] {
  const { profile, stacks } = source;
  switch (profile.data.kind) {
    case 'callGraph': {
      const sentence =
        'The profile holds no stacks: they are estimated from who called whom, as the flamegraph shows them.';
      return [
        { aspect: 'callers', sentence },
        { aspect: 'calls', sentence: 'Counts of calls are left out.' },
        ...functionLosses(functionTable(profile).rows, functionTable(stacks).rows, 'the estimate'),
      ];
    }
    case 'stacks': {
      const isTraced = profile.data.lanes.some(({ kind }) => kind === 'evented');
      return lossIf(isTraced, 'calls', 'Counts of calls are left out.');
    }
    case 'lineTimings':
      return [
        {
          aspect: 'callers',
          sentence:
            'The profile holds no stacks: each line stands as one, with all that it called.',
        },
        { aspect: 'calls', sentence: 'Hits of lines are left out.' },
      ];
    case 'timeline':
      return [];
  }
}

/**
 * Which functions' costs differ in the target.
 * @param held what the target tells of the functions, parallel to `known`
 * @param cause what makes them differ, as the sentence's subject
 */
export function functionLosses(
  known: readonly Pick<FunctionRow, 'self' | 'total'>[],
  held: readonly Pick<FunctionRow, 'self' | 'total'>[],
  cause: string,
): Loss[] {
  const differ = (key: 'self' | 'total'): number =>
    known.filter((row, func) => !isClose(row[key] ?? 0, held[func]?.[key] ?? 0)).length;
  const [self, total] = [differ('self'), differ('total')];
  const subject = cause.charAt(0).toUpperCase() + cause.slice(1);
  return [
    ...lossIf(self > 0, 'selfCosts', `${subject} changes the own cost of ${functions(self)}.`),
    ...lossIf(total > 0, 'totalCosts', `${subject} changes the total cost of ${functions(total)}.`),
  ];
}

/** Whether two costs are the same but for rounding. */
export function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}

/** One loss, or none. */
export function lossIf(isLost: boolean, aspect: LostAspect, sentence: string): Loss[] {
  return isLost ? [{ aspect, sentence }] : [];
}

function functions(count: number): string {
  return count === 1 ? 'one function' : `${count} functions`;
}
