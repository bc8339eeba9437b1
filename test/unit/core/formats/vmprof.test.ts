import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lineCosts } from '../../../../src/core/derive/lineCosts';
import { detectFormat, readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Profile, Stacks } from '../../../../src/core/model/profile';
import { readFixture, readJson, readSample, samples } from './samples';
import { integer, VmprofFile } from './vmprofFile';

function read(bytes: Buffer, metric?: string): Profile {
  const profile = readProfile({ bytes, name: '', choice: { metric } });
  assert.deepEqual(checkIntegrity(profile), []);
  return profile;
}

function stacksOf({ data }: Profile): Stacks {
  if (data.kind !== 'stacks') throw new Error('there are no stacks');
  return data;
}

/** `name:first line:file`, and ` @line` where the line that ran is known, from the outermost frame. */
function stackOf(profile: Profile, leaf: number): string {
  const { nodes, frames } = stacksOf(profile);
  const stack: string[] = [];
  for (let node = leaf; node >= 0; node = nodes.parent[node] ?? -1) {
    const { func = -1, line } = frames[nodes.frame[node] ?? -1] ?? {};
    const { name, file = '-', line: first = 0 } = profile.functions[func] ?? {};
    stack.push(`${name ?? '?'}:${first}:${file}${line === undefined ? '' : ` @${line}`}`);
  }
  return stack.reverse().join(';');
}

/** Number of samples by stack. */
function folded(profile: Profile): Map<string, number> {
  const stacks = new Map<string, number>();
  for (const lane of stacksOf(profile).lanes) {
    for (const leaf of lane.samples) {
      const stack = stackOf(profile, leaf);
      stacks.set(stack, (stacks.get(stack) ?? 0) + 1);
    }
  }
  return stacks;
}

/** What a summary beside a sample tells of it. */
interface Summary {
  readonly header_words: readonly number[];
  readonly start: number;
  readonly end: number;
  readonly traces: number;
  readonly mode: number;
  readonly threads: Readonly<Record<string, number>>;
  readonly mem_kb_first_last?: readonly [number, number];
  readonly folded: readonly (readonly [stack: string, count: number])[];
}

/** A summary writes kinds behind frames, and does not join compiled code with the frame that entered it. */
function asOurs(stack: string): string {
  const frames: string[] = [];
  let outer = '';
  for (const frame of stack.split(';')) {
    const [, symbol = '', kind] = /^(.*?)(?: <kind (\d)>)?$/.exec(frame) ?? [];
    if (kind === '6') continue;
    if (kind === '3' && symbol === outer) frames.pop();
    frames.push(ownFrame(symbol, kind));
    outer = symbol;
  }
  return frames.join(';');
}

function ownFrame(symbol: string, kind: string | undefined): string {
  const [, language, name = '', line, file = '', ran = ''] =
    /^(\w+):(.*?):(\d+):(.*?)( @\d+)?$/.exec(symbol) ?? [];
  const isMarkedNative = language === 'n' && !name.startsWith('<native symbol');
  const mark = kind === '3' ? ' [JIT]' : isMarkedNative ? ' [native]' : '';
  return `${name}${mark}:${line ?? '?'}:${file}${ran === ' @0' ? '' : ran}`;
}

describe('vmprof: every sample up to version 6 against its summary', () => {
  for (const { path } of samples.filter(({ format }) => format === 'vmprof')) {
    if (path.includes('cpython311')) continue;
    it(path, () => {
      const profile = readSample(path);
      const summary = readJson(`${path.replace(/\.gz$/, '')}.json`) as Summary;
      const expected = new Map<string, number>();
      for (const [stack, count] of summary.folded) {
        const own = asOurs(stack);
        expected.set(own, (expected.get(own) ?? 0) + count);
      }
      const actual = folded(profile);
      for (const [stack, count] of expected) assert.equal(actual.get(stack), count, stack);
      const { lanes } = stacksOf(profile);
      assert.deepEqual(
        lanes.map(({ samples }) => samples.length).sort(),
        Object.values(summary.threads).sort(),
      );
      const period = (summary.header_words[3] ?? NaN) / 1e6;
      assert.ok(Math.abs(profile.total - summary.traces * period) < 1e-9);
      assert.equal(profile.request.startedMs, Math.round(summary.start * 1e6) / 1e3);
      assert.equal(profile.request.endedMs, Math.round(summary.end * 1e6) / 1e3);
      assert.deepEqual(profile.warnings, []);
    });
  }
});

/** What vmprof 0.6.0 itself reads of a file. */
interface OwnReading {
  readonly samples: readonly {
    readonly stack: readonly (readonly [symbol: string | null, line: number])[];
    /** In periods. */
    readonly weight: number;
    readonly thread: string;
    /** KiB. */
    readonly memory: number;
  }[];
}

describe('vmprof: every sample of version 7 against what vmprof 0.6.0 reads of it', () => {
  for (const name of ['cpu', 'lines-memory', 'real-time']) {
    it(name, () => {
      const path = `vmprof/cpython311-${name}.vmprof`;
      const profile = readSample(path);
      const { samples: expected } = readJson(`${path}.json`) as OwnReading;
      for (const [index, lane] of stacksOf(profile).lanes.entries()) {
        const thread = /\(0x\w+\)/.exec(lane.name)?.[0].slice(1, -1) ?? expected[0]?.thread;
        const ofThread = expected.filter((sample) => sample.thread === thread);
        assert.equal(ofThread.length, lane.samples.length, `lane ${index}`);
        for (const [at, { stack, weight }] of ofThread.entries()) {
          const frames = stack.map(([symbol, line]) =>
            ownFrame(`${symbol ?? ''}${line > 0 ? ` @${line}` : ''}`, undefined),
          );
          assert.equal(stackOf(profile, lane.samples[at] ?? -1), frames.join(';'));
          assert.ok(Math.abs((lane.weights[at] ?? NaN) - weight * 0.005) < 1e-9);
        }
      }
    });
  }
});

describe('vmprof', () => {
  it('has the lines that ran where the file has them', () => {
    const costs = lineCosts(readSample('vmprof/cpython38-lines.vmprof'));
    const lines = costs.get('make_vmprof_cpython.py');
    assert.deepEqual([lines?.get(8)?.hits, lines?.get(9)?.hits], [1, 8]);
    assert.equal(lineCosts(readSample('vmprof/pypy39-cpu.vmprof')).size, 0);
  });

  it('reads a gzipped file as the one that it holds', () => {
    const zipped = readFixture('vmprof/cpython38-lines.vmprof.gz');
    assert.equal(detectFormat(zipped)?.id, 'vmprof');
    assert.deepEqual(
      readProfile({ bytes: zipped, name: '' }),
      readSample('vmprof/cpython38-lines.vmprof'),
    );
  });

  it('shows by how much memory grew where that is asked for', () => {
    const bytes = readFixture('vmprof/pypy39-memory.vmprof');
    const { mem_kb_first_last: [first, last] = [0, 0] } = readJson(
      'vmprof/pypy39-memory.vmprof.json',
    ) as Summary;
    const memory = read(bytes, 'memory');
    assert.equal(memory.unit, 'bytes');
    assert.equal(memory.total, (last - first) * 1024);
    assert.equal(memory.metrics?.shown, 'memory');
    const time = read(bytes);
    assert.ok(time.metrics);
    assert.equal(time.metrics.shown, 'time');
    assert.deepEqual(
      time.metrics.all.map(({ id }) => id),
      ['time', 'memory'],
    );
    assert.equal(read(readFixture('vmprof/pypy39-cpu.vmprof'), 'memory').unit, 'seconds');
  });

  it('marks compiled and native code, and joins compiled code with the frame that entered it', () => {
    const file = new VmprofFile()
      .header(6, 8, 'pypy')
      .trace([6, 999, 3, 16, 3, 8, 1, 8, 1, 8], integer(0, 8))
      .trace([7, 24, 2, 8], integer(0, 8))
      .symbol(8, 'py:outer:3:/a.py')
      .symbol(16, 'py:inner:9:C:\\a.py')
      .symbol(24, 'n:memcpy:0:-', 8)
      .trailer();
    assert.deepEqual(
      [...folded(read(file.bytes())).keys()],
      [
        'outer:3:/a.py;outer [JIT]:3:/a.py;inner [JIT]:9:C:\\a.py',
        'outer [blackhole]:3:/a.py;memcpy [native]:0:-',
      ],
    );
  });

  it('calls what has no symbol unknown', () => {
    const file = new VmprofFile().header(6, 4, 'cpython').trace([31, 16], integer(0, 8)).trailer();
    assert.deepEqual(
      [...folded(read(file.bytes())).keys()],
      ['<unknown code>:0:-;<unknown code> [native]:0:-'],
    );
  });

  it('reads words and addresses of other machines', () => {
    for (const layout of [{ wordSize: 4 }, { wordSize: 4, addressSize: 8 }] as const) {
      const file = new VmprofFile(layout);
      const bytes = file
        .header(6, 3, 'cpython')
        .trace([7, 0x1000], file.address(1), file.address(50))
        .symbol(0x1000, 'py:f:1:/a.py')
        .trailer()
        .bytes();
      assert.deepEqual([...folded(read(bytes))], [['f:1:/a.py @7', 1]]);
    }
  });

  it('reads every version', () => {
    const thread = integer(9, 8);
    const expected = new Map([['f:1:/a.py', 1]]);
    const versions: readonly [number, readonly number[], readonly Buffer[]][] = [
      [1, [8], [thread]],
      [2, [1, 8], [thread]],
      [3, [8], [thread, integer(50, 8)]],
      [4, [8], [thread]],
      [5, [8], [thread]],
      [7, [8], [thread, integer(1e9, 8)]],
    ];
    for (const [version, entries, rest] of versions) {
      const file = new VmprofFile()
        .header(version, version >= 4 ? 0 : undefined, 'cpython')
        .trace(entries, ...rest)
        .symbol(8, 'py:f:1:/a.py')
        .trailer();
      assert.deepEqual(folded(read(file.bytes())), expected, `version ${version}`);
    }
  });

  it('leaves C functions without symbols out of the oldest files, which end in a memory map', () => {
    const maps = Buffer.from('00400000-00401000 r-xp 00000000 08:01 1 /usr/bin/python\n');
    const file = new VmprofFile()
      .trace([77, 8, 78, 79])
      .trace([77])
      .symbol(8, 'py:f:1:/a.py')
      .trailer(maps);
    assert.deepEqual(
      [...folded(read(file.bytes())).keys()],
      ['f:1:/a.py', '<unknown code> [native]:0:-'],
    );
  });

  it('gives no sample more than a second, whatever the clock says', () => {
    const at = (nanoseconds: number): Buffer[] => [integer(9, 8), integer(nanoseconds, 8)];
    const file = new VmprofFile()
      .header(7, 0, 'cpython')
      .trace([8], ...at(1e9))
      .trace([8], ...at(1.02e9))
      .trace([8], ...at(3600e9))
      .trace([8], ...at(1e9))
      .trailer();
    const weights = [...(stacksOf(read(file.bytes())).lanes[0]?.weights ?? [])];
    assert.deepEqual(weights, [0.005, 0.02, 1, 0.005]);
  });

  it('opens a file of a killed process with what it holds and a warning', () => {
    const bytes = readFixture('vmprof/cpython38-lines.vmprof');
    const { total } = readSample('vmprof/cpython38-lines.vmprof');
    const firstTrace = bytes.indexOf('64', 0x70) + 2;
    for (let end = firstTrace + 200; end < bytes.length; end += 13) {
      const profile = read(bytes.subarray(0, end));
      assert.ok(profile.total > 0 && profile.total <= total);
      assert.match(profile.warnings.join(), /ends in the middle/);
    }
    assert.throws(() => read(bytes.subarray(0, firstTrace)), { reason: 'incomplete' });
  });

  it('tells where a damaged file stops making sense', () => {
    const file = new VmprofFile().header(6, 0, 'cpython');
    const end = file.bytes().length;
    assert.throws(() => read(Buffer.concat([file.bytes(), Buffer.from([9])])), {
      message: `The vmprof data is damaged: byte ${end} starts no record.`,
    });
    assert.throws(() => read(new VmprofFile().header(99, 0, 'cpython').bytes()), /version is 99/);
    assert.throws(
      () => read(new VmprofFile().header(6, 2, 'cpython').trace([1, 2, 3], integer(0, 8)).bytes()),
      /half a frame/,
    );
  });
});
