import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Profile } from '../../../../src/core/model/profile';
import { event, mojoEvents, mojoHeader } from './mojoBytes';
import { readFixture, readSample } from './samples';
import { fileFunctionLine, samplesOf, stacksOf } from './stackTexts';

const modes = ['', '-f', '-m', '-s', '-fgC'];

function read(...events: readonly Buffer[]): Profile {
  const profile = readProfile({ bytes: Buffer.concat(events), name: '' });
  assert.deepEqual(checkIntegrity(profile), []);
  return profile;
}

/** `stack microseconds` of all samples. */
function linesOf(profile: Profile): string[] {
  return stacksOf(profile).lanes.flatMap((lane) =>
    samplesOf(profile, lane, fileFunctionLine).map(
      ({ stack, weight }) => `${stack} ${Math.round(weight * 1e6)}`,
    ),
  );
}

/** The samples of a file, as its events have them: what ran and the numbers. */
function expectedSamples(bytes: Buffer): { stack: string; time: number; memory: number }[] {
  const strings = new Map<unknown, unknown>([[1n, '<unknown>']]);
  const frames = new Map<unknown, string>();
  const samples: { stack: string[]; time: number; memory: number }[] = [];
  let pid: unknown;
  for (const { code, values } of mojoEvents(bytes)) {
    const [first, second, third, fourth] = values;
    const current = samples.at(-1);
    const known = (key: unknown): string => `${String(pid)} ${String(key)}`;
    if (code === 2) samples.push({ stack: [], time: 0, memory: 0 });
    if (code === 2) pid = first;
    if (code === 11) strings.set(known(first), second);
    if (code === 3) {
      const [file, name] = [second, third].map(
        (key) => strings.get(known(key)) ?? strings.get(key),
      );
      frames.set(known(first), `${String(file)}:${String(name)}:${String(fourth)}`);
    }
    if (code === 4) current?.stack.push(':INVALID:');
    if (code === 5) current?.stack.push(frames.get(known(first)) ?? '?');
    if (code === 7) current?.stack.push(':GC:');
    if (code === 9 && current) current.time = Number(first);
    if (code === 10 && current) current.memory = Number(first);
  }
  return samples.map(({ stack, ...numbers }) => ({ stack: stack.join(';'), ...numbers }));
}

describe('austin, binary: samples', () => {
  for (const mode of modes) {
    it(`of austin-3.7.0${mode}.mojo are those of its events`, () => {
      const path = `austin/austin-3.7.0${mode}.mojo`;
      const isMemory = mode === '-m';
      const lines = expectedSamples(readFixture(path))
        .filter(({ memory }) => !isMemory || memory > 0)
        .map(({ stack, time, memory }) => `${stack} ${isMemory ? memory * 1e6 : time}`);
      assert.ok(lines.length > 2);
      assert.deepEqual(linesOf(readSample(path)).sort(), lines.sort());
    });
  }
});

describe('austin, binary and text of one mode', () => {
  /** The functions, from the root, in which each lane spent most. */
  const costliest = (profile: Profile): string[] =>
    stacksOf(profile).lanes.map((lane) => {
      const costs = new Map<string, number>();
      for (const { stack, weight } of samplesOf(profile, lane, fileFunctionLine)) {
        const functions = stack.replaceAll(/:\d+/g, '');
        costs.set(functions, (costs.get(functions) ?? 0) + weight);
      }
      return [...costs].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
    });

  for (const mode of ['', '-f', '-s']) {
    it(`have the same structure: austin-3.7.0${mode}`, () => {
      const [binary, text] = ['mojo', 'austin'].map((kind) =>
        readSample(`austin/austin-3.7.0${mode}.${kind}`),
      ) as [Profile, Profile];
      assert.equal(binary.unit, text.unit);
      assert.deepEqual(binary.metrics, text.metrics);
      assert.match(costliest(text)[0] ?? '', /:main;[^;]*:busy;[^;]*:leaf$/);
      assert.deepEqual(costliest(binary), costliest(text));
      const kinds = ({ data }: Profile): string[] =>
        data.kind === 'stacks' ? data.lanes.map(({ name }) => name.replace(/\d+/, '')) : [];
      assert.deepEqual(kinds(binary), kinds(text));
      assert.ok(Math.abs(binary.total - text.total) < 0.1 * text.total);
    });
  }
});

describe('austin, binary: versions', () => {
  const names = [event(11, 100, 'a.py'), event(11, 101, 'f')];
  const place = [0, 0, 0];

  it('1 has no columns, and no interpreters until 3', () => {
    const samples = [
      event(2, 7, '7'),
      ...names,
      event(3, 5, 100, 101, 3),
      event(5, 5),
      event(9, 50),
    ];
    assert.deepEqual(linesOf(read(mojoHeader(1), ...samples)), ['a.py:f:3 50']);
    const frame = event(3, 5, 100, 101, 3, ...place);
    const second = [event(2, 7, '7'), ...names, frame, event(5, 5), event(9, 50)];
    assert.deepEqual(linesOf(read(mojoHeader(2), ...second)), ['a.py:f:3 50']);
  });

  it('4 repeats the last stack of the thread without its native end', () => {
    const profile = read(
      mojoHeader(4),
      event(2, 7, 0, '7'),
      ...names,
      event(11, 102, 'libc.so'),
      event(11, 103, 'read'),
      event(3, 5, 100, 101, 3, ...place),
      event(3, 6, 102, 103, 0, ...place),
      ...[event(5, 5), event(5, 6), event(6, 'do_read'), event(9, 10)],
      ...[event(2, 7, 0, '8'), event(5, 6), event(9, 1)],
      ...[event(2, 7, 0, '7'), event(13), event(9, 20)],
      ...[event(2, 7, 0, '7'), event(13), event(5, 6), event(9, 30)],
      ...[event(2, 7, 0, '8'), event(13), event(9, 2)],
    );
    assert.deepEqual(linesOf(profile), [
      'a.py:f:3;libc.so:read;do_read [kernel] 10',
      'a.py:f:3 20',
      'a.py:f:3;libc.so:read 30',
      'libc.so:read 1',
      ' 2',
    ]);
  });

  it('beyond those known are refused', () => {
    const bytes = Buffer.concat([mojoHeader(5), event(2, 7, 0, '7')]);
    assert.throws(() => readProfile({ bytes, name: '' }), /version 5 is none that is known/);
  });

  it('tell frames apart by keys of 64 bits', () => {
    const key = 2n ** 63n + 1n;
    const profile = read(
      mojoHeader(3),
      event(2, 7, 0, '7'),
      ...names,
      event(3, key, 100, 101, 3, ...place),
      event(3, key + 1n, 100, 101, 4, ...place),
      ...[event(5, key), event(5, key + 1n), event(9, 10)],
    );
    assert.deepEqual(linesOf(profile), ['a.py:f:3;a.py:f:4 10']);
  });

  it('know what was defined before the first sample of a process', () => {
    const profile = read(
      mojoHeader(3),
      ...names,
      event(3, 5, 100, 101, 3, ...place),
      ...[event(2, 7, 0, '7'), event(5, 5), event(9, 10)],
      event(11, 104, 'g'),
      event(3, 9, 1, 104, 8, ...place),
      ...[event(2, 8, 0, '8'), event(5, 9), event(9, 20)],
    );
    assert.deepEqual(linesOf(profile).sort(), ['<unknown>:g:8 20', 'a.py:f:3 10']);
  });

  it('keep processes apart that use the same keys', () => {
    const profile = read(
      mojoHeader(3),
      ...[event(2, 7, 0, '7'), ...names, event(3, 5, 100, 101, 3, ...place), event(5, 5)],
      event(9, 10),
      ...[event(2, 8, 0, '8'), event(11, 100, 'b.py'), event(11, 101, 'g')],
      ...[event(3, 5, 100, 101, 4, ...place), event(5, 5), event(9, 20)],
      ...[event(2, 7, 0, '7'), event(5, 5), event(9, 30)],
    );
    assert.deepEqual(linesOf(profile), ['a.py:f:3 10', 'a.py:f:3 30', 'b.py:g:4 20']);
  });
});

describe('austin, binary: broken recordings', () => {
  it('cut at any byte open with the samples that are whole', () => {
    const bytes = readFixture('austin/austin-3.7.0-m.mojo');
    let total = 0;
    for (let length = 5; length < bytes.length; length++) {
      const profile = read(bytes.subarray(0, length));
      assert.ok(profile.total >= total, `cut at ${length}`);
      if (length < bytes.length - 20) assert.notDeepEqual(profile.warnings, [], `cut at ${length}`);
      total = profile.total;
    }
    assert.equal(total, readSample('austin/austin-3.7.0-m.mojo').total);
  });

  for (const [what, bytes] of [
    ['an unknown event', event(99)],
    ['a frame that is not defined', event(5, 1234)],
    ['a frame without a name', event(3, 5, 100, 101, 3, 0, 0, 0)],
    ['a time below 0', event(9, -5)],
    ['an endless integer', Buffer.of(9, ...Array<number>(12).fill(0xff))],
  ] as const) {
    it(`with ${what} are refused with the byte`, () => {
      const start = Buffer.concat([mojoHeader(3), event(2, 7, 0, '7')]);
      assert.throws(
        () => read(start, bytes),
        ({ message }: Error) => /^The MOJO data is damaged: .*byte \d+/.test(message),
      );
    });
  }
});
