import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Lane, Profile, Stacks } from '../../../../src/core/model/profile';
import { readJson, readSample, samples } from './samples';

interface Event {
  readonly type: 'O' | 'C';
  readonly frame: number;
  readonly at: number;
}

interface Document {
  readonly exporter?: string;
  readonly shared: { readonly frames: readonly { readonly name: string }[] };
  readonly profiles: readonly (
    | { readonly type: 'sampled'; readonly samples: number[][]; readonly weights: number[] }
    | {
        readonly type: 'evented';
        readonly unit: string;
        readonly events: readonly Event[];
      }
  )[];
}

const schema = 'https://www.speedscope.app/file-format-schema.json';

function read(document: object): Profile {
  const bytes = Buffer.from(JSON.stringify({ $schema: schema, ...document }));
  return readProfile({ bytes, name: '' });
}

function stacksOf(profile: Profile): Stacks {
  assert.ok(profile.data.kind === 'stacks');
  return profile.data;
}

/** Frames of a node, from root to leaf. */
function stackOf({ nodes }: Stacks, leaf: number): number[] {
  const stack: number[] = [];
  for (let node = leaf; node >= 0; node = nodes.parent[node] ?? -1) {
    stack.unshift(nodes.frame[node] ?? -1);
  }
  return stack;
}

/** Stacks of a lane as names, with their weights. */
function namedSamples(profile: Profile, lane: Lane | undefined): [names: string, weight: number][] {
  const stacks = stacksOf(profile);
  return [...(lane?.samples ?? [])].map((leaf, index) => [
    stackOf(stacks, leaf)
      .map((frame) => profile.functions[stacks.frames[frame]?.func ?? -1]?.name)
      .join(' '),
    lane?.weights[index] ?? NaN,
  ]);
}

/** What passed while a frame was the innermost one, to the nanosecond. */
function secondsByFrame({ nodes }: Stacks, { samples, weights }: Lane): Map<number, number> {
  return sums([...samples].map((node, index) => [nodes.frame[node] ?? -1, weights[index] ?? NaN]));
}

function secondsByOpenFrame(events: readonly Event[]): Map<number, number> {
  const open: number[] = [];
  return sums(
    events.map(({ type, frame, at }, index) => {
      const passed = at - (events[index - 1]?.at ?? at);
      const innermost = open.at(-1) ?? -1;
      if (type === 'O') open.push(frame);
      else open.pop();
      return [innermost, passed];
    }),
  );
}

function sums(costs: readonly (readonly [key: number, cost: number])[]): Map<number, number> {
  const byKey = new Map<number, number>();
  for (const [key, cost] of costs) byKey.set(key, (byKey.get(key) ?? 0) + cost);
  const rounded = [...byKey].map(([key, cost]): [number, number] => [key, Math.round(cost * 1e9)]);
  return new Map(rounded.filter(([, cost]) => cost > 0).sort(([a], [b]) => a - b));
}

const frames = ['a', 'b', 'c'].map((name) => ({ name, file: '/a.py', line: 1 }));
const sampled = (samples: unknown, weights: unknown, unit: unknown = 'seconds'): object => ({
  shared: { frames },
  profiles: [{ type: 'sampled', name: 't', unit, startValue: 0, endValue: 1, samples, weights }],
});
const evented = (events: unknown, endValue: unknown = 10): object => ({
  shared: { frames },
  profiles: [{ type: 'evented', name: 't', unit: 'seconds', startValue: 0, endValue, events }],
});
const event = (type: string, frame: number, at: number): object => ({ type, frame, at });

describe('speedscope: every sample', () => {
  for (const { path } of samples.filter(({ format }) => format === 'speedscope')) {
    it(path, () => {
      const document = readJson(path) as Document;
      const profile = readSample(path);
      const stacks = stacksOf(profile);
      assert.equal(stacks.frames.length, document.shared.frames.length);
      for (const [index, expected] of document.profiles.entries()) {
        const lane = stacks.lanes[index];
        assert.ok(lane);
        if (expected.type === 'sampled') {
          assert.deepEqual(
            [...lane.samples].map((leaf) => stackOf(stacks, leaf)),
            expected.samples,
          );
          assert.deepEqual([...lane.weights], expected.weights);
        } else if (document.exporter === 'pyinstrument') {
          assert.equal(lane.kind, 'sampled');
          assert.deepEqual(secondsByFrame(stacks, lane), secondsByOpenFrame(expected.events));
        } else {
          assert.equal(lane.kind, 'evented');
          const opened = expected.events.filter(({ type }) => type === 'O');
          assert.deepEqual(
            [...stacks.nodes.frame],
            opened.map(({ frame }) => frame),
          );
        }
      }
    });
  }
});

describe('speedscope', () => {
  it("takes py-spy's lines for those that ran", () => {
    const profile = readSample('speedscope/pyspy.speedscope.json');
    assert.ok(profile.functions.every(({ line }) => line === undefined));
    assert.ok(stacksOf(profile).frames.some(({ line }) => line !== undefined));
  });

  it("takes pyinstrument's and pyspeedscope's lines for first lines", () => {
    for (const tool of ['pyinstrument', 'pyspeedscope-shape']) {
      const profile = readSample(`speedscope/${tool}.speedscope.json`);
      assert.ok(profile.functions.some(({ line }) => line !== undefined));
      assert.ok(stacksOf(profile).frames.every(({ line }) => line === undefined));
    }
  });

  it('decides by the frames when the exporter is unknown', () => {
    const once = read({ ...sampled([[0]], [1]), exporter: 'hotline' });
    assert.equal(once.functions[0]?.line, 1);
    const twice = read({
      ...sampled([[0, 1]], [1]),
      shared: { frames: [frames[0], { ...frames[0], line: 2 }] },
    });
    assert.equal(twice.functions.length, 1);
    assert.deepEqual(
      stacksOf(twice).frames.map(({ line }) => line),
      [1, 2],
    );
  });

  it('shares the nodes of samples, and gives each call of events its own', () => {
    const shared = read(sampled([[0, 1], [0, 1], [0, 2], []], [1, 2, 3, 4]));
    assert.equal(stacksOf(shared).nodes.parent.length, 3);
    assert.deepEqual(namedSamples(shared, stacksOf(shared).lanes[0]), [
      ['a b', 1],
      ['a b', 2],
      ['a c', 3],
      ['', 4],
    ]);
    assert.equal(shared.total, 6);

    const calls = read(
      evented([event('O', 0, 1), event('C', 0, 2), event('O', 0, 4), event('C', 0, 7)]),
    );
    assert.deepEqual([...stacksOf(calls).nodes.parent], [-1, -1]);
    assert.deepEqual(namedSamples(calls, stacksOf(calls).lanes[0]), [
      ['', 1],
      ['a', 1],
      ['', 2],
      ['a', 3],
    ]);
    assert.equal(calls.total, 4);
  });

  it('closes frames that were left open', () => {
    const profile = read(evented([event('O', 0, 0), event('O', 1, 2), event('C', 0, 5)], 5));
    assert.deepEqual(namedSamples(profile, stacksOf(profile).lanes[0]), [
      ['a', 2],
      ['a b', 3],
    ]);
    const open = read(evented([event('O', 0, 1)], 10));
    assert.equal(open.total, 9);
  });

  for (const [unit, expectedUnit, expected] of [
    ['nanoseconds', 'seconds', 3e-9],
    ['microseconds', 'seconds', 3e-6],
    ['milliseconds', 'seconds', 3e-3],
    ['seconds', 'seconds', 3],
    ['bytes', 'bytes', 3],
    ['none', 'samples', 3],
  ] as const) {
    it(`converts ${unit}`, () => {
      const profile = read(sampled([[0]], [3], unit));
      assert.equal(profile.unit, expectedUnit);
      assert.equal(profile.total, expected);
    });
  }

  it('adds up the lanes in the unit of the active one', () => {
    const { profiles } = sampled([[0]], [3]) as { profiles: object[] };
    const other = (sampled([[0]], [5], 'bytes') as { profiles: object[] }).profiles;
    const profile = read({
      shared: { frames },
      profiles: [...profiles, ...other, ...profiles],
      activeProfileIndex: 2,
    });
    assert.equal(stacksOf(profile).activeLane, 2);
    assert.equal(profile.unit, 'seconds');
    assert.equal(profile.total, 6);
    assert.deepEqual(checkIntegrity(profile), []);
  });

  for (const [what, document] of [
    ['no profiles', { shared: { frames }, profiles: [] }],
    ['no frames', { profiles: [] }],
    ['a frame without a name', { shared: { frames: [{ file: 'a' }] }, profiles: [] }],
    ['a frame out of range', sampled([[3]], [1])],
    ['a frame between two', sampled([[0.5]], [1])],
    ['a frame below zero', sampled([[-1]], [1])],
    ['fewer weights than samples', sampled([[0], [1]], [1])],
    ['a weight that is no number', sampled([[0]], ['1'])],
    ['a negative weight', sampled([[0]], [-1])],
    ['an unknown unit', sampled([[0]], [1], 'fortnights')],
    ['a unit from the prototype', sampled([[0]], [1], 'constructor')],
    ['time running backwards', evented([event('O', 0, 5), event('C', 0, 1)])],
    ['a close without its open', evented([event('C', 0, 1)])],
    ['events of a third kind', evented([event('X', 0, 1)])],
    ['no end', evented([event('O', 0, 1)], null)],
    ['a stack that is none', sampled([7], [1])],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => read(document), { name: 'ProfileError', reason: 'broken' });
    });
  }

  it('refuses numbers beyond any double', () => {
    const text = JSON.stringify({ $schema: schema, ...sampled([[0]], [12345]) });
    const bytes = Buffer.from(text.replace('12345', '1e999'));
    assert.throws(() => readProfile({ bytes, name: '' }), { reason: 'broken' });
  });

  it('calls a document that ends early incomplete', () => {
    const text = JSON.stringify({ $schema: schema, ...sampled([[0]], [1]) });
    const bytes = Buffer.from(text.slice(0, -20));
    assert.throws(() => readProfile({ bytes, name: '' }), { reason: 'incomplete' });
  });
});
