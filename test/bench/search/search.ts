/**
 * How fast a function is found in many profiles: asked of the index, and by reading all of them.
 *
 * `npm run bench -- search` takes 10,000 profiles of each kind, with `--quick` 1,000, and prints
 * what it measured.
 */
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { root } from '../../../tools/paths.mjs';
import { searchIndexes, type FunctionQuery } from '../../../src/profiles/functionIndex';
import { INDEX_NAME } from '../../../src/profiles/functionIndexFile';
import { ProfileReader } from '../../../src/profiles/profileReader';

/** Profiles of one kind, and a function that all of them have. */
interface Kind {
  readonly id: 'pstats' | 'hotline';
  readonly sample: string;
  readonly query: FunctionQuery;
  readonly contender: string;
}

interface Answer {
  readonly profiles: number;
  readonly seconds: number;
}

interface Timed<Result> {
  readonly result: Result;
  readonly tookSeconds: number;
}

const SAMPLES = join(root, 'test/fixtures/profiles');
const READ_ALL = join(root, 'test/bench/search/read_all.py');

const KINDS: readonly Kind[] = [
  {
    id: 'pstats',
    sample: join(SAMPLES, 'pstats/runprofileserver/shop.items.5.000010ms.1795175664.prof'),
    query: { fileName: 'views.py', name: 'items', line: { line: 22, offset: 2 } },
    contender: 'pstats.Stats of every file',
  },
  {
    id: 'hotline',
    sample: join(SAMPLES, 'hotline/orders.lines.speedscope.json'),
    query: { fileName: 'views.py', name: 'orders', line: { line: 11, offset: 2 } },
    contender: 'json.load of every file',
  },
];

/** The share of the profiles' seconds that rounding in the index may change. */
const ROUNDING = 1e-3;

function main(): void {
  const { values } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false } },
  });
  const count = values.quick ? 1_000 : 10_000;
  for (const kind of KINDS) measure(kind, count);
}

function measure(kind: Kind, count: number): void {
  const directory = mkdtempSync(join(tmpdir(), 'hotline-search-'));
  try {
    for (let number = 0; number < count; number++) {
      copyFileSync(kind.sample, join(directory, `${number}.${basename(kind.sample)}`));
    }
    const index = join(directory, INDEX_NAME);
    const built = timed(() => {
      build(directory, index, kind, count);
    });
    const ours = fastest(() => askIndex(index, kind.query));
    const grep = fastest(() => askGrep(directory, kind.query.name));
    const theirs = timed(() => askPython(directory, kind));
    assertSame(ours.result, theirs.result);
    report(kind, count, { index, built, ours, grep, theirs });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Indexes every profile, as the extension does when profiles arrive. */
function build(directory: string, index: string, { sample }: Kind, count: number): void {
  const reader = new ProfileReader(1);
  for (let number = 0; number < count; number++) {
    reader.indexProfile(index, join(directory, `${number}.${basename(sample)}`));
  }
}

function askIndex(index: string, query: FunctionQuery): Answer {
  const { hits } = searchIndexes([index], query);
  const totals = [...hits.values()].flat().map(({ total }) => total);
  return { profiles: hits.size, seconds: totals.reduce((sum, total) => sum + total, 0) };
}

function askPython(directory: string, { id, query }: Kind): Answer {
  const { fileName, name } = query;
  return JSON.parse(output('python3', [READ_ALL, id, directory, fileName, name])) as Answer;
}

/** Which files have the name at all: no times, and any function of that name. */
function askGrep(directory: string, name: string): number {
  return output('grep', ['-rlF', '--exclude=.*', name, directory]).trim().split('\n').length;
}

function output(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  return stdout;
}

function timed<Result>(run: () => Result): Timed<Result> {
  const start = performance.now();
  const result = run();
  return { result, tookSeconds: (performance.now() - start) / 1000 };
}

function fastest<Result>(run: () => Result): Timed<Result> {
  const rounds = [timed(run), timed(run), timed(run)];
  return rounds.reduce((best, each) => (each.tookSeconds < best.tookSeconds ? each : best));
}

function assertSame(ours: Answer, theirs: Answer): void {
  const difference = Math.abs(ours.seconds - theirs.seconds);
  if (ours.profiles === theirs.profiles && difference <= ROUNDING * theirs.seconds) return;
  throw new Error(`The answers differ: ${JSON.stringify(ours)} and ${JSON.stringify(theirs)}`);
}

interface Measured {
  readonly index: string;
  readonly built: Timed<unknown>;
  readonly ours: Timed<Answer>;
  readonly grep: Timed<number>;
  readonly theirs: Timed<Answer>;
}

function report(kind: Kind, count: number, { index, built, ours, grep, theirs }: Measured): void {
  const size = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  const profiles = size(count * statSync(kind.sample).size);
  const each = ((1000 * built.tookSeconds) / count).toFixed(1);
  const row = (what: string, { tookSeconds }: Timed<unknown>): string =>
    `${what.padEnd(34)} ${tookSeconds.toFixed(2).padStart(8)} s ` +
    `${(tookSeconds / ours.tookSeconds).toFixed(1).padStart(8)} ×`;
  const lines = [
    `${count} profiles (${kind.id}), ${profiles}; an index of ${size(statSync(index).size)}, ${each} ms a profile`,
    row('the index', ours),
    row('grep -rlF, names only', grep),
    row(kind.contender, theirs),
  ];
  console.log(`${lines.join('\n')}\n`);
}

main();
