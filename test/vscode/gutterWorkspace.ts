import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../tools/paths.mjs';

const LINE_PROFILER = join(root, 'test/fixtures/profiles/line_profiler');

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

/** A workspace with sources, and with profiles of them in `.hotline`. */
export interface GutterWorkspace {
  readonly folder: string;
  /** `.hotline/views.prof`, of `shop/views.py`. */
  readonly views: Pstats;
  /** `.hotline/container.prof`, of the same file as `C:\\srv\\shop\\views.py`. */
  readonly container: Pstats;
  /** `.hotline/lines.lprof`, of `lp_target.py`. */
  readonly lines: readonly MeasuredLine[];
  dispose(): Promise<void>;
}

/** Makes the workspace; its sources are an hour older than its profiles. */
export async function makeGutterWorkspace(): Promise<GutterWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), 'hotline-gutter-'));
  const views = join(folder, 'shop/views.py');
  const target = join(folder, 'lp_target.py');
  const profiles = join(folder, '.hotline');
  await mkdir(join(folder, 'shop'));
  await mkdir(profiles);
  await writeFile(views, VIEWS);
  await cp(join(LINE_PROFILER, 'lp_target.py'), target);
  const hourAgo = new Date(Date.now() - 3_600_000);
  for (const source of [views, target]) await utimes(source, hourAgo, hourAgo);
  const lprof = join(profiles, 'lines.lprof');
  await cp(join(LINE_PROFILER, 'lp-5.0.2-cp311.lprof'), lprof);
  await utimes(lprof, new Date(), new Date());
  return {
    folder,
    views: await profile(views, views, join(profiles, 'views.prof')),
    container: await profile(views, 'C:\\srv\\shop\\views.py', join(profiles, 'container.prof')),
    lines: await measuredLines(join(LINE_PROFILER, 'lp-5.0.2-cp311.lprof.json')),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
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
