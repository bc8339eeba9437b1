/** Exports in the tools that they are for, where those are installed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { walkDepthFirst } from '../../../../src/core/model/depthFirstWalk';
import { groupBy } from '../../../../src/core/model/groups';
import type { CallEdge, CallGraph, Profile } from '../../../../src/core/model/profile';
import { firstIndexes } from '../../../../src/core/model/typedArrays';
import { callGraphOf } from '../../../../src/core/derive/callGraph';
import { fileText, uniqueNames } from '../../../../src/core/writers/functionNames';
import { callgrind } from '../../../../src/core/writers/callgrind';
import { pprof } from '../../../../src/core/writers/pprof';
import type { Writer } from '../../../../src/core/writers/writer';
import { readSample } from '../formats/samples';
import { exportSource } from './exported';

const directory = mkdtempSync(join(tmpdir(), 'hotline-writers-'));

after(() => {
  rmSync(directory, { recursive: true });
});

/** Functions and stacks, with recursion, namesakes, built-ins and lines that ran. */
const paths = [
  'pstats/cprofile-cp311.prof',
  'pstats/runprofileserver/root.000025ms.1795175664.prof',
  'callgrind/valgrind-callgrind.out',
  'pyspy/pyspy-raw.out',
];

function exported(writer: Writer, path: string): string {
  const file = join(directory, `${path.replaceAll('/', '-')}${writer.extension}`);
  writeFileSync(file, writer.write(exportSource(readSample(path))));
  return file;
}

function run(command: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  assert.equal(status, 0, `${command}: ${error?.message ?? stderr}`);
  return stdout;
}

function missing(command: string, ...args: string[]): string | false {
  return spawnSync(command, args).error !== undefined && `${command} is not installed`;
}

/** What callgrind_annotate reports, by `file:function`, in the file's event. */
function annotated(file: string, inclusive: boolean): Map<string, number> {
  const text = run(
    'callgrind_annotate',
    '--threshold=100',
    '--auto=no',
    '--show-percs=no',
    `--inclusive=${inclusive ? 'yes' : 'no'}`,
    file,
  );
  const costs = new Map<string, number>();
  for (const [, cost = '', name = ''] of text.matchAll(/^ *([\d,]+) {2}(.+?)(?: \[\])?$/gm)) {
    costs.set(name, Number(cost.replaceAll(',', '')));
  }
  return costs;
}

describe('callgrind_annotate', { skip: missing('callgrind_annotate', '--version') }, () => {
  for (const path of paths) {
    it(`tells the costs of ${path}`, () => {
      const profile = readSample(path);
      const graph = callGraphOf(profile);
      const perUnit = profile.unit === 'seconds' ? 1e9 : 1;
      const file = exported(callgrind, path);
      const names = uniqueNames(profile);
      const keyOf = (func: number): string =>
        `${fileText(profile.functions[func] ?? { file: undefined })}:${names[func]}`;
      const own = annotated(file, false);
      for (const [key, cost] of ownCosts(profile, graph, keyOf)) {
        if (cost > 0) assert.equal(own.get(key), Math.round(cost * perUnit), key);
      }
      // What functions of a cycle cost is counted again for each of their calls.
      const inCycle = functionsInCycles(graph);
      const inclusive = annotated(file, true);
      const compared = graph.stats
        .map(({ total }, func) => ({ func, total, is: inclusive.get(keyOf(func)) ?? 0 }))
        .filter(({ func, total, is }) => total > 0 && is > 0 && !inCycle.has(func));
      assert.ok(compared.length > 3);
      for (const { func, total, is } of compared) {
        assert.ok(Math.abs(is / perUnit / total - 1) < 1e-3, `${keyOf(func)}: ${is}`);
      }
    });
  }
});

/** Own costs by `file:function`; the file of a cost is that of its line, which inlining makes another. */
function ownCosts(
  { lines, functions }: Profile,
  { stats }: CallGraph,
  keyOf: (func: number) => string,
): Map<string, number> {
  const costs = new Map(stats.map(({ self }, func) => [keyOf(func), self]));
  for (const { func, file, self = 0 } of lines) {
    const ofFunction = functions[func]?.file;
    if (file === ofFunction || ofFunction === undefined) continue;
    const key = keyOf(func);
    const inlined = `${file}${key.slice(ofFunction.length)}`;
    costs.set(key, (costs.get(key) ?? 0) - self);
    costs.set(inlined, (costs.get(inlined) ?? 0) + self);
  }
  return costs;
}

function functionsInCycles({ stats, edges }: CallGraph): Set<number> {
  const groups = groupBy(
    firstIndexes(edges.length),
    Int32Array.from(edges, ({ caller }) => caller),
    stats.length,
  );
  const target = groups.items.map((edge) => edges[edge]?.callee ?? 0);
  const { component } = walkDepthFirst({ start: groups.start, target }, firstIndexes(stats.length));
  const isCycle = ({ caller, callee }: CallEdge): boolean =>
    component[caller] === component[callee];
  return new Set(edges.filter(isCycle).flatMap(({ caller, callee }) => [caller, callee]));
}

describe('go tool pprof', { skip: missing('go', 'version') }, () => {
  for (const path of paths) {
    it(`tells the costs of ${path}`, () => {
      const profile = readSample(path);
      const source = exportSource(profile);
      const text = run(
        ...(['go', 'tool', 'pprof', '-top', '-nodecount=100000', '-nodefraction=0'] as const),
        ...(profile.unit === 'seconds' ? ['-unit=ns'] : []),
        exported(pprof, path),
      );
      const own = new Map<string, number>();
      for (const [, cost = '', name = ''] of text.matchAll(
        /^ *([\d.]+)(?:ns)? +[\d.]+% +[\d.]+% +[\d.]+(?:ns)? +[\d.]+% {2}(.+)$/gm,
      )) {
        own.set(name, (own.get(name) ?? 0) + Number(cost));
      }
      const perUnit = profile.unit === 'seconds' ? 1e9 : 1;
      const expected = new Map<string, number>();
      for (const [func, { self }] of callGraphOf(source.stacks).stats.entries()) {
        const { name = '' } = source.stacks.functions[func] ?? {};
        expected.set(name, (expected.get(name) ?? 0) + self * perUnit);
      }
      assert.ok(own.size > 3);
      for (const [name, cost] of own) {
        assert.ok(Math.abs(cost - (expected.get(name) ?? NaN)) <= 50, `${name}: ${cost}`);
      }
    });
  }
});
