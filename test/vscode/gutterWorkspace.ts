import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../tools/paths.mjs';

const FIXTURES = join(root, 'test/fixtures/profiles');
const LINE_PROFILER = join(FIXTURES, 'line_profiler');
const PY_SPY = join(FIXTURES, 'speedscope/pyspy.speedscope.json');
const PPROFILE = join(FIXTURES, 'pprofile/pprofile.callgrind.out');

const VIEWS = `"""Views of the shop."""

import functools
import time


def fib(number):
    return number if number < 2 else fib(number - 1) + fib(number - 2)


@functools.lru_cache(
    maxsize=None,
)
def slow(number):
    time.sleep(0.002)
    return fib(number)


def handle(request):
    return [slow(number) for number in range(8, 14)]
`;

/** Profiles `handle` of a file as if it stood elsewhere, and prints what pstats says of it. */
const PROFILE = `
import cProfile, json, pstats, sys
source, filename, out = sys.argv[1:]
scope = {'__name__': 'shop.views'}
exec(compile(open(source).read(), filename, 'exec'), scope)
profile = cProfile.Profile()
profile.runcall(scope['handle'], None)
profile.dump_stats(out)
stats = pstats.Stats(out)
functions = {
    name: {'calls': nc, 'primitive': cc, 'tottime': tt, 'cumtime': ct}
    for (file, line, name), (cc, nc, tt, ct, callers) in stats.stats.items()
    if file == filename
}
print(json.dumps({'total': stats.total_tt, 'functions': functions}))
`;

/** Numbers as pstats computes them, in seconds. */
export interface Pstats {
  readonly total: number;
  readonly functions: Readonly<
    Record<string, { calls: number; primitive: number; tottime: number; cumtime: number }>
  >;
}

/** What line_profiler measured at one line, seconds. */
export interface MeasuredLine {
  readonly line: number;
  readonly hits: number;
  readonly time: number;
  /** Of the function that the line is in. */
  readonly functionTime: number;
}

/** A line in py-spy's samples. */
export interface SampledLine {
  readonly line: number;
  /** Samples in which it ran, or something that it called. */
  readonly samples: number;
  /** Samples in which it ran itself. */
  readonly self: number;
}

/** A workspace with sources, and with profiles of them in `.hotline`. */
export interface GutterWorkspace {
  readonly folder: string;
  /** `.hotline/views.prof`, of `shop/views.py`. */
  readonly views: Pstats;
  /** `.hotline/container.prof`, of the same file as `C:\\srv\\shop\\views.py`. */
  readonly container: Pstats;
  /** `.hotline/lines.lprof`, of `lp_target.py`. */
  readonly lines: readonly MeasuredLine[];
  /** `.hotline/pyspy.json`, of `pyspy/spy_target.py`, a sample each ten milliseconds. */
  readonly samples: readonly SampledLine[];
  /** `.hotline/pprofile.out`, of `pprofile/work.py`: hits and microseconds of lines that call nothing. */
  readonly pprofile: ReadonlyMap<number, readonly [hits: number, microseconds: number]>;
  dispose(): Promise<void>;
}

/** Makes the workspace; its sources are an hour older than its profiles. */
export async function makeGutterWorkspace(): Promise<GutterWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), 'hotline-gutter-'));
  const views = join(folder, 'shop/views.py');
  const profiles = join(folder, '.hotline');
  for (const name of ['shop', '.hotline', 'pyspy', 'pprofile']) await mkdir(join(folder, name));
  await writeFile(views, VIEWS);
  const hourAgo = new Date(Date.now() - 3_600_000);
  await utimes(views, hourAgo, hourAgo);
  const source = (from: string, to: string): Promise<void> => copy(from, join(folder, to), hourAgo);
  await source(join(LINE_PROFILER, 'lp_target.py'), 'lp_target.py');
  await source(join(FIXTURES, 'pyspy/spy_target.py'), 'pyspy/spy_target.py');
  await source(join(FIXTURES, 'src/work.py'), 'pprofile/work.py');
  const now = new Date();
  await copy(join(LINE_PROFILER, 'lp-5.0.2-cp311.lprof'), join(profiles, 'lines.lprof'), now);
  await copy(PY_SPY, join(profiles, 'pyspy.json'), now);
  await copy(PPROFILE, join(profiles, 'pprofile.out'), now);
  return {
    folder,
    views: await profile(views, views, join(profiles, 'views.prof')),
    container: await profile(views, 'C:\\srv\\shop\\views.py', join(profiles, 'container.prof')),
    lines: await measuredLines(join(LINE_PROFILER, 'lp-5.0.2-cp311.lprof.json')),
    samples: sampledLines(await readFile(PY_SPY, 'utf8'), 'spy_target.py'),
    pprofile: linesWithoutCalls(await readFile(PPROFILE, 'utf8'), 'work.py'),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

async function copy(from: string, to: string, time: Date): Promise<void> {
  await cp(from, to);
  await utimes(to, time, time);
}

async function profile(source: string, filename: string, out: string): Promise<Pstats> {
  const { stdout } = await promisify(execFile)('python3', ['-c', PROFILE, source, filename, out]);
  return JSON.parse(stdout) as Pstats;
}

async function measuredLines(dump: string): Promise<MeasuredLine[]> {
  const { unit, functions } = JSON.parse(await readFile(dump, 'utf8')) as {
    unit: number;
    functions: { lines: [line: number, hits: number, time: number][] }[];
  };
  return functions.flatMap(({ lines }) => {
    const functionTime = lines.reduce((sum, [, , time]) => sum + time * unit, 0);
    return lines.map(([line, hits, time]) => ({ line, hits, time: time * unit, functionTime }));
  });
}

/** Counts the samples of a speedscope file by the lines of one source. */
function sampledLines(json: string, source: string): SampledLine[] {
  const { shared, profiles } = JSON.parse(json) as {
    shared: { frames: { file: string; line: number }[] };
    profiles: { samples: number[][] }[];
  };
  const lines = new Map<number, { line: number; samples: number; self: number }>();
  for (const stack of profiles.flatMap(({ samples }) => samples)) {
    const seen = new Set<number>();
    for (const [depth, frame] of stack.entries()) {
      const { file = '', line = 0 } = shared.frames[frame] ?? {};
      if (!file.endsWith(source)) continue;
      const counts = lines.get(line) ?? { line, samples: 0, self: 0 };
      lines.set(line, counts);
      if (!seen.has(line)) counts.samples += 1;
      if (depth === stack.length - 1) counts.self += 1;
      seen.add(line);
    }
  }
  return [...lines.values()];
}

/** Reads from pprofile's callgrind what lines of one source cost that call nothing and are of one function only. */
function linesWithoutCalls(callgrind: string, source: string): Map<number, [number, number]> {
  const found = new Map<number, [number, number]>();
  const ambiguous = new Set<number>();
  let isSource = false;
  let isCall = false;
  for (const text of callgrind.split('\n')) {
    if (text.startsWith('fl=')) isSource = text.endsWith(`/${source}`);
    const [line, hits, microseconds] = text.split(' ').map(Number);
    if (isSource && line !== undefined && hits !== undefined && microseconds !== undefined) {
      if (isCall || found.has(line)) ambiguous.add(line);
      found.set(line, [hits, microseconds]);
    }
    isCall = text.startsWith('calls=');
  }
  // Line 0 is where pprofile files what has no line.
  for (const line of [0, ...ambiguous]) found.delete(line);
  return found;
}
