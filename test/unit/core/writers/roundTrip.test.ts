/** Every sample is exported to every format and read again: what is said to be held must be there. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Profile, Unit } from '../../../../src/core/model/profile';
import type { ExportSource } from '../../../../src/core/writers/exportSource';
import { writers } from '../../../../src/core/writers/registry';
import { ExportError, type Loss, type Writer } from '../../../../src/core/writers/writer';
import { samples } from '../formats/samples';
import { exportSource, figuresByKey, keyByName, keyWithLine, timesOfLines } from './exported';

const tolerance = 1e-6;

/** A format that exports are read again in. */
interface RoundTrip {
  /** Format of the written file. */
  readonly format: string;
  /** What one of the profile's unit is in the file that is read again; 1 where it is not said. */
  readonly scale?: Partial<Record<Unit, number>>;
  /** The least step of a written number, in the unit that is read again; 1 where it is not said. */
  readonly resolution?: Partial<Record<Unit, number>>;
  /** Whether functions are told apart by unique names in place of their lines. */
  readonly byName?: boolean;
}

const roundTrips: Readonly<Record<string, RoundTrip>> = {
  pstats: { format: 'pstats' },
  callgrind: { format: 'callgrind', resolution: { seconds: 1e-9 }, byName: true },
  speedscope: { format: 'speedscope' },
  cpuprofile: {
    format: 'cpuprofile',
    scale: { samples: 1e-6, bytes: 1e-6, events: 1e-6 },
    resolution: { seconds: 1e-6, samples: 1e-6, bytes: 1e-6, events: 1e-6 },
  },
  folded: { format: 'folded', scale: { seconds: 1e9 }, byName: true },
  pprof: { format: 'pprof', resolution: { seconds: 1e-9 } },
  'line-profiler': { format: 'lineProfilerText', resolution: { seconds: 1e-9 } },
};

for (const { path, bytes } of samples) {
  describe(path, () => {
    const profile = readProfile({ bytes, name: '' });
    const source = exportSource(profile, path);
    for (const writer of writers) {
      it(`is exported as ${writer.id}, and nothing is lost that is not said to be`, () => {
        const losses = lossesOf(writer, source);
        if (!losses) return;
        checkLosses(writer, profile, losses);
        const written = Buffer.from(writer.write(source));
        const roundTrip = roundTrips[writer.id];
        if (roundTrip) compare(profile, read(written, roundTrip), losses, roundTrip);
      });
    }
  });
}

/** `undefined` where the writer refuses, which it then does in writing, too. */
function lossesOf(writer: Writer, source: ExportSource): Loss[] | undefined {
  try {
    return writer.losses(source);
  } catch (error) {
    assert.ok(error instanceof ExportError, String((error as Error).stack));
    assert.match(error.message, /^[A-Z].*\.$/);
    assert.throws(() => writer.write(source), { message: error.message });
    const { data, total } = source.profile;
    const isHeld = data.kind === 'stacks' && total > 0 && !writer.id.includes('line');
    assert.ok(!isHeld, error.message);
    return undefined;
  }
}

/** Functions' costs are said to be lost only where no target can hold them. */
function checkLosses({ id }: Writer, { data }: Profile, losses: readonly Loss[]): void {
  for (const { sentence } of losses) assert.match(sentence, /^[A-Z].*\.$/);
  const lost = losses.filter(({ aspect }) => aspect === 'selfCosts' || aspect === 'totalCosts');
  if (data.kind === 'stacks' && id !== 'callgrind') assert.deepEqual(lost, []);
  if (data.kind === 'callGraph' && id === 'pstats') assert.deepEqual(lost, []);
}

function read(bytes: Buffer, { format }: RoundTrip): Profile {
  const profile = readProfile({ bytes, name: '' });
  assert.equal(profile.format, format);
  assert.deepEqual(checkIntegrity(profile), []);
  return profile;
}

function compare(
  before: Profile,
  after: Profile,
  losses: readonly Loss[],
  { scale = {}, resolution = {}, byName = false }: RoundTrip,
): void {
  const lost = new Set(losses.map(({ aspect }) => aspect));
  const factor = scale[before.unit] ?? 1;
  const step = resolution[before.unit] ?? 1;
  const rounding = lost.has('precision') ? step * roundedNumbers(before) : 0;
  const same = (was: number, is: number, what: string): void => {
    const expected = was * factor;
    const margin = rounding + tolerance * Math.max(Math.abs(expected), Math.abs(is));
    assert.ok(Math.abs(expected - is) <= margin, `${what}: was ${expected}, is ${is}`);
  };
  const was = figuresByKey(before, byName ? keyByName(before) : keyWithLine);
  const is = figuresByKey(after, byName ? keyByName(after) : keyWithLine);
  // Line timings count the functions that a line calls again.
  const isNested = before.data.kind === 'lineTimings' || after.data.kind === 'lineTimings';
  if (!isNested || after.data.kind === before.data.kind) same(before.total, after.total, 'total');
  for (const [key, { self, total, calls }] of was) {
    if (after.format === 'lineProfilerText' && before.data.kind !== 'lineTimings') break;
    const now = is.get(key);
    if (!now && self === 0 && (total === 0 || lost.has('totalCosts'))) continue;
    assert.ok(now, `${key} is missing`);
    if (!lost.has('selfCosts') && !isNested) same(self, now.self, `own cost of ${key}`);
    if (!lost.has('totalCosts')) same(total, now.total, `total cost of ${key}`);
    if (!lost.has('calls')) assert.equal(now.calls, calls, `calls of ${key}`);
  }
  if (lost.has('lines')) return;
  const lines = timesOfLines(after);
  for (const [line, time] of timesOfLines(before)) same(time, lines.get(line) ?? 0, line);
}

/** How many numbers may have been rounded before they were added up. */
function roundedNumbers({ data, lines, functions }: Profile): number {
  const samplesOf =
    data.kind === 'stacks' ? data.lanes.map(({ samples: { length } }) => length) : [];
  const edges = data.kind === 'callGraph' ? data.edges.length : 0;
  return samplesOf.reduce((sum, length) => sum + length, lines.length + functions.length + edges);
}
