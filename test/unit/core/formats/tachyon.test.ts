import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as zlib from 'node:zlib';
import { DEFAULT_LIMITS } from '../../../../src/core/derive/callTree';
import { functionTable } from '../../../../src/core/derive/functionTable';
import { lineCosts } from '../../../../src/core/derive/lineCosts';
import { toSpeedscope } from '../../../../src/core/derive/speedscopeDocument';
import { readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Profile } from '../../../../src/core/model/profile';
import { fixtureExists, labelOf, readFixture, readSample } from './samples';
import { samplesOf, stacksOf } from './stackTexts';
import { functionFileLine, weightsByStack } from './stackWeights';
import { samplesByStack, tachyonSamples } from './tachyonSamples';

/** The samples' interval in all files that tell it. */
const interval = 0.001;

const recording = readSample('tachyon/tachyon-none.bin');

function read(bytes: Buffer): Profile {
  const profile = readProfile({ bytes, name: '' });
  assert.deepEqual(checkIntegrity(profile), []);
  return profile;
}

/** Rounded, because a sum of times is not exactly a multiple of the interval. */
function inSamples(cost: number | undefined, perSample = interval): number | undefined {
  return cost === undefined ? undefined : Math.round(cost / perSample);
}

/** By `file:line`: samples in which the line was innermost, and in which it was on the stack. */
function linesOf(profile: Profile, perSample = interval): Map<string, unknown> {
  const lines = [...lineCosts(profile)].flatMap(([file, costs]) =>
    [...costs].map(([line, { self, time }]): [string, unknown] => [
      `${file}:${line}`,
      [inSamples(self, perSample), inSamples(time, perSample)],
    ]),
  );
  return new Map(lines.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function functionsOf(profile: Profile): Map<string, unknown> {
  const rows = functionTable(profile).rows.map(({ func, self, total }): [string, unknown] => [
    labelOf(profile, func),
    [inSamples(self), inSamples(total)],
  ]);
  return new Map(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('Tachyon binary', () => {
  it('has the samples that its own reader gives back, in their order', () => {
    const { lanes } = stacksOf(recording);
    const names = new Map([
      ['0 140000000000001', 'Thread 140000000000001 (main)'],
      ['0 140000000000002', 'Thread 140000000000002'],
      ['1 140000000000001', 'Thread 140000000000001, interpreter 1'],
    ]);
    assert.deepEqual(
      lanes.map(({ name }) => name),
      [...names.values()],
    );
    for (const [key, name] of names) {
      const lane = lanes.find((each) => each.name === name);
      assert.ok(lane?.timeOrdered);
      const read = samplesOf(recording, lane, functionFileLine);
      const expected = tachyonSamples
        .filter(({ interpreter, thread }) => `${interpreter} ${thread}` === key)
        .map(({ stack }) => ({ stack, weight: interval }));
      assert.deepEqual(read, expected);
    }
  });

  it('takes its betas, whose header is shorter by four bytes', () => {
    const bytes = Buffer.from(readFixture('tachyon/tachyon-none.bin'));
    bytes.copy(bytes, 32, 36, 56);
    assert.deepEqual(read(bytes), recording);
  });

  it('takes the byte order of other machines', () => {
    assert.deepEqual(read(bigEndian(readFixture('tachyon/tachyon-none.bin'))), recording);
  });

  it('reads zstd, or says that this Node cannot', () => {
    const { zstdCompressSync } = zlib as { zstdCompressSync?: (data: Buffer) => Buffer };
    const plain = readFixture('tachyon/tachyon-none.bin');
    const stringsAt = Number(plain.readBigUInt64LE(40));
    const samples = plain.subarray(64, stringsAt);
    const packed = zstdCompressSync?.(samples) ?? samples;
    const bytes = Buffer.concat([plain.subarray(0, 64), packed, plain.subarray(stringsAt)]);
    const shift = BigInt(packed.length - samples.length);
    for (const offset of [40, 48, bytes.length - 24]) {
      bytes.writeBigUInt64LE(bytes.readBigUInt64LE(offset) + shift, offset);
    }
    bytes.writeUInt32LE(1, 56);
    if (zstdCompressSync) assert.deepEqual(read(bytes), recording);
    else assert.throws(() => read(bytes), /zstd, which Node .* cannot read/);
  });

  it('says that a recording did not finish', () => {
    const whole = readFixture('tachyon/tachyon-none.bin');
    const unfinished = Buffer.from(whole.subarray(0, 300)).fill(0, 40, 56);
    for (const bytes of [unfinished, whole.subarray(0, 400), whole.subarray(0, 50)]) {
      assert.throws(() => read(bytes), { name: 'ProfileError', reason: 'incomplete' });
    }
  });
});

/** The recording as a machine writes it whose numbers begin with their highest byte. */
function bigEndian(bytes: Buffer): Buffer {
  const swapped = Buffer.from(bytes);
  const swap = (at: number, length: number): void => {
    swapped.subarray(at, at + length).reverse();
  };
  for (const [at, length] of [
    [0, 4],
    [4, 4],
    [12, 8],
    [20, 8],
    [28, 8],
    [36, 4],
    [40, 8],
    [48, 8],
    [56, 4],
    [60, 4],
    [bytes.length - 32, 4],
    [bytes.length - 28, 4],
    [bytes.length - 24, 8],
  ] as const) {
    swap(at, length);
  }
  // The ids of threads and interpreters are the only fixed numbers among the samples.
  const id = Buffer.from('c0444a547f0000', 'hex');
  for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id, at + 1)) {
    swap(at - 1, 8);
    swap(at + 7, 4);
  }
  return swapped;
}

describe('Tachyon flame graph', () => {
  it('has the stacks of all threads', () => {
    const profile = readSample('tachyon/tachyon-flamegraph.html');
    assert.equal(profile.unit, 'seconds');
    const samples = [...weightsByStack(profile)].map(([stack, weight]): [string, unknown] => [
      stack,
      inSamples(weight),
    ]);
    assert.deepEqual(new Map(samples.sort()), new Map([...samplesByStack].sort()));
    assert.deepEqual(profile.warnings, []);
  });

  it('has its one root among the frames, and says what was left out', () => {
    const profile = page({
      ...{ name: 'Program Root: main (a.py:1)', value: 1000, self: 0, strings: [] },
      ...{ filename: 'a.py', lineno: 1, funcname: 'main', threads: [7] },
      children: [{ value: 998, self: 998, filename: 'a.py', lineno: 4, funcname: 'leaf' }],
    });
    assert.deepEqual([...weightsByStack(profile)].sort(), [
      ['main a.py:1;(left out) :', 2],
      ['main a.py:1;leaf a.py:4', 998],
    ]);
    assert.equal(stacksOf(profile).lanes[0]?.name, 'Thread 7');
    assert.match(profile.warnings[0] ?? '', /2 samples .*left out/);
  });

  it('refuses a call with more samples than its caller', () => {
    const child = { value: 9, filename: 'a.py', lineno: 4, funcname: 'leaf' };
    assert.throws(() => page({ value: 5, children: [child] }), { reason: 'broken' });
  });
});

function page(data: unknown): Profile {
  const text = `<!doctype html>\n<script>\nconst EMBEDDED_DATA = ${JSON.stringify(data)};\n</script>`;
  return read(Buffer.from(text));
}

describe('Tachyon heatmap', () => {
  it('has the samples of every line of its file', () => {
    const profile = readSample('tachyon/tachyon-heatmap-file_0000.html');
    assert.equal(profile.unit, 'samples');
    const expected = [...linesOf(recording)].filter(([line]) => line.includes('/work.py:'));
    assert.equal(expected.length, 6);
    assert.deepEqual([...linesOf(profile, 1)], expected);
  });

  it('says of its index that the pages of files hold the lines', () => {
    assert.ok(fixtureExists('tachyon/tachyon-heatmap-index.html'));
    assert.throws(() => readSample('tachyon/tachyon-heatmap-index.html'), /file_0000\.html/);
  });

  it('takes names and numbers out of the HTML', () => {
    const row = 'class="line-samples-self" id="line-7" title="Self: 1,234, Total: 5,678"';
    const title = '<title>/srv/a &amp; b/&lt;x&gt;.py - Heatmap</title>';
    const profile = read(Buffer.from(`<!doctype html>\n${title}<div ${row}></div></html>`));
    assert.deepEqual([...linesOf(profile, 1)], [['/srv/a & b/<x>.py:7', [1234, 5678]]]);
  });
});

describe('Tachyon JSON Lines', () => {
  const path = 'tachyon/tachyon-synthetic.jsonl';
  const work = '/samples/src/work.py';
  const recursion = `${work}:14`;

  it('has the samples of every line and function', () => {
    const profile = readSample(path);
    // It counts each column of a line: the two of a recursion in one sample twice.
    assert.deepEqual(linesOf(profile), linesOf(recording).set(recursion, [1, 2]));
    assert.deepEqual(functionsOf(profile), functionsOf(recording).set(`${work}: fib`, [1, 2]));
    assert.equal(inSamples(profile.total), 13);
  });

  it('shows as a flamegraph what its functions cost themselves', () => {
    const { document } = toSpeedscope(readSample(path), { title: '', limits: DEFAULT_LIMITS });
    const [shown] = document.profiles;
    assert.ok(shown?.type === 'evented');
    assert.equal(inSamples(shown.endValue), 13);
  });

  it('takes the names that later versions have for its records', () => {
    const renamed = readFixture(path)
      .toString()
      .replace('string_table', 'str_def')
      .replace('"strings"', '"defs"')
      .replace('frame_table', 'frame_def')
      .replace('"frames"', '"defs"');
    assert.deepEqual(read(Buffer.from(renamed)), readSample(path));
  });

  it('opens with what a killed process left, and says so', () => {
    const text = readFixture(path).toString();
    const cut = read(Buffer.from(text.slice(0, text.indexOf('{"type":"end"') + 8)));
    assert.deepEqual(linesOf(cut), linesOf(readSample(path)));
    assert.equal(cut.warnings.length, 2);
    const early = Buffer.from(text.slice(0, text.indexOf('{"type":"agg"')));
    assert.throws(() => read(early), { reason: 'incomplete' });
  });
});
