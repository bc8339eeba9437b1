import { pprof } from '../../core/formats/pprof';
import type { Profile, Stacks } from '../../core/model/profile';
import { readProfile } from '../../core/formats/registry';
import type { CollectedStack, CollectedStacks } from '../stacks';
import { PullError, type Answer } from './answer';

/** Where Go's `net/http/pprof` serves CPU profiles. */
export const PPROF_PATH = '/debug/pprof/profile';

/** Costs are kept as whole numbers: of time that is not sampled, milliseconds. */
const MILLISECOND = 0.001;

/**
 * Reads what Go's `net/http/pprof` answers with (https://pkg.go.dev/net/http/pprof), a CPU profile
 * of some seconds.
 * @throws PullError where it is something else
 * @throws ProfileError where it is damaged
 */
export function readPprofAnswer(bytes: Buffer): Answer {
  const profile = readProfile({ bytes, name: '' });
  const { data, metrics, unit } = profile;
  if (profile.format !== pprof.id || data.kind !== 'stacks')
    throw new PullError('It answers, but not with a profile as Go serves them.');
  if (unit !== 'seconds' && unit !== 'samples')
    throw new PullError(
      `Its profile counts ${unit}: only profiles of time are collected, as ${PPROF_PATH} serves them.`,
    );
  const { durationMs = 0 } = profile.request;
  const samples = metrics?.all.find(({ unit: counted }) => counted === 'samples');
  const counted = samples
    ? readProfile({ bytes, name: '', choice: { metric: samples.id } })
    : profile;
  return {
    protocol: 'pprof',
    elapsed: durationMs / 1000,
    stacks: stacksOf(counted, granularityOf(counted, profile)),
  };
}

/** Seconds of a sample; `undefined` where the profile tells no time. */
function granularityOf(counted: Profile, timed: Profile): number | undefined {
  if (timed.unit !== 'seconds') return undefined;
  if (counted.unit === 'seconds') return MILLISECOND;
  // A period of whole microseconds, which a sum of rounded times only comes near to.
  return counted.total > 0 ? Math.round((timed.total / counted.total) * 1e6) / 1e6 : undefined;
}

function stacksOf(profile: Profile, granularity: number | undefined): CollectedStacks {
  const data = profile.data as Stacks;
  const perUnit = profile.unit === 'seconds' ? 1 / MILLISECOND : 1;
  const stacks = data.lanes.flatMap((lane) =>
    [...lane.samples].map((leaf, index): CollectedStack => ({
      frames: pathOf(data, leaf),
      running: Math.round((lane.weights[index] ?? 0) * perUnit),
      waiting: 0,
    })),
  );
  const frames = data.frames.map(({ func, line }) => {
    const known = profile.functions[func];
    return {
      name: known?.name ?? '',
      file: known?.file,
      definitionLine: known?.line,
      executingLine: line,
    };
  });
  return { frames, stacks: stacks.filter((stack) => stack.frames.length > 0), granularity };
}

/** The frames of a stack, the outermost first. */
function pathOf({ nodes: { parent, frame } }: Stacks, leaf: number): number[] {
  const path: number[] = [];
  for (let node = leaf; node >= 0; node = parent[node] ?? -1) path.push(frame[node] ?? 0);
  return path.reverse();
}
