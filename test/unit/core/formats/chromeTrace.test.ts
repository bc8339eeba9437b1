import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { functionTable } from '../../../../src/core/derive/functionTable';
import { detectFormat, readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Profile } from '../../../../src/core/model/profile';
import { labelOf, readFixture, readJson, readSample } from './samples';
import { assertClose, costsBy, namedSamples, stackSamples, stacksOf } from './stackSamples';

interface Event {
  readonly ph: string;
  readonly name: string;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly args: { readonly filename: string; readonly line: number };
}

function read(document: unknown): Profile {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return readProfile({ bytes: Buffer.from(text), name: '' });
}

const event = (ph: string, name: string, ts: number, more: object = {}): object => ({
  ph,
  name,
  ts,
  pid: 1,
  tid: 1,
  ...more,
});
const span = (name: string, ts: number, dur: number): object => event('X', name, ts, { dur });

/** Stacks with whole microseconds. */
function micros(profile: Profile, lane?: number): [names: string, micros: number][] {
  return namedSamples(profile, lane).map(([names, weight]) => [names, Math.round(weight * 1e6)]);
}

function lanes(profile: Profile): string[] {
  return stacksOf(profile).lanes.map(({ name }) => name);
}

describe("Chrome traces: py-spy's", () => {
  const path = 'pyspy/pyspy-chrometrace.out';
  const events = readJson(path) as Event[];
  const profile = readSample(path);
  const keyOf = ({ name, args }: Event): string => `${name} ${args.filename} ${args.line}`;

  it('have the time of every function and line, as begin and end tell it', () => {
    const samples: { stack: string[]; weight: number }[] = [];
    for (const thread of new Set(events.map(({ tid }) => tid))) {
      const open: string[] = [];
      let now = 0;
      for (const each of events.filter(({ tid }) => tid === thread)) {
        samples.push({ stack: [...open], weight: (each.ts - now) / 1e6 });
        now = each.ts;
        if (each.ph === 'B') open.push(keyOf(each));
        else assert.equal(open.pop(), keyOf(each));
      }
    }
    const expected = costsBy(samples, (key) => key);
    const found = costsBy(
      stackSamples(profile),
      ({ name, file, line }) => `${name} ${file} ${line}`,
    );
    assertClose(found.self, expected.self, 1e-9);
    assertClose(found.total, expected.total, 1e-9);
    assert.deepEqual(profile.warnings, []);
  });

  it('count no calls: frames are samples that py-spy merged', () => {
    assert.ok(stacksOf(profile).lanes.every(({ kind }) => kind === 'sampled'));
    assert.ok(functionTable(profile).rows.every(({ calls }) => calls === undefined));
  });

  it('open with the events that are complete where the file ends in the middle', () => {
    const bytes = readFixture(path);
    for (const share of [0.2, 0.5, 0.77]) {
      const cut = readProfile({ bytes: bytes.subarray(0, bytes.length * share), name: '' });
      assert.deepEqual(checkIntegrity(cut), []);
      assert.match(cut.warnings[0] ?? '', /ends in the middle/);
      assert.ok(cut.functions.length > 5);
    }
  });
});

describe("Chrome traces: VizTracer's", () => {
  const path = 'viztracer/viztracer.json';
  const { traceEvents } = readJson(path) as { traceEvents: Event[] };
  const spans = traceEvents.filter(({ ph }) => ph === 'X');
  const profile = readSample(path);

  it('count the calls, and have the time, of every function', () => {
    const expected = new Map<string, { calls: number; longest: number }>();
    for (const { name, dur } of spans) {
      const known = expected.get(name) ?? { calls: 0, longest: 0 };
      expected.set(name, { calls: known.calls + 1, longest: known.longest + dur });
    }
    const { rows } = functionTable(profile);
    assert.equal(rows.length, expected.size);
    for (const { func, calls, total } of rows) {
      const { name, file, line } = profile.functions[func] ?? { name: '' };
      const key = file === undefined ? name : `${name} (${file}:${line})`;
      assert.equal(calls, expected.get(key)?.calls, key);
      // Of a recursion only the outermost calls count here.
      const isRecursive = name === 'fib';
      const whole = (expected.get(key)?.longest ?? NaN) / 1e6;
      assert.ok(isRecursive ? total < whole : Math.abs(total - whole) < 1e-8, key);
    }
    assert.deepEqual(profile.warnings, []);
  });

  it('name threads, and have the lines of definitions', () => {
    assert.deepEqual(lanes(profile), ['MainThread', 'worker']);
    const fib = profile.functions.findIndex(({ name }) => name === 'fib');
    assert.match(labelOf(profile, fib), /make_viztracer\.py:17 fib$/);
    assert.ok(stacksOf(profile).frames.every(({ line }) => line === undefined));
  });
});

describe('Chrome traces: CPU profiles of V8 in them', () => {
  const path = 'cpuprofile/node20-trace-events.json';
  const profile = readSample(path);

  interface Chunk {
    readonly name: string;
    readonly args: {
      readonly data: {
        readonly cpuProfile: {
          readonly nodes: { id: number; callFrame: { functionName: string } }[];
          readonly samples: number[];
        };
        readonly timeDeltas: number[];
        readonly lines: number[];
      };
    };
  }

  const chunks = (readJson(path) as { traceEvents: Chunk[] }).traceEvents
    .filter(({ name }) => name === 'ProfileChunk')
    .map(({ args }) => args.data);
  const samples = chunks.flatMap(({ cpuProfile }) => cpuProfile.samples);

  it('have the samples of all chunks, by the names of the nodes', () => {
    const nodes = chunks.flatMap(({ cpuProfile }) => cpuProfile.nodes);
    const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName]));
    const deltas = chunks.flatMap(({ timeDeltas }) => timeDeltas);
    assert.deepEqual(
      micros(profile).map(([stack, micros]) => [stack.split(' ').at(-1), micros]),
      samples.map((id, index) => {
        const name = names.get(id) || '(anonymous)';
        return [/idle|root/.test(name) ? '' : name, deltas[index + 1] ?? 0];
      }),
    );
    assert.deepEqual(lanes(profile), ['JavaScriptMainThread']);
  });

  it('have the lines that were sampled', () => {
    const lines = chunks.flatMap(({ lines }) => lines);
    const known = lines.filter((line) => line > 0);
    assert.equal(
      profile.lines.reduce((sum, { hits = 0 }) => sum + hits, 0),
      known.length,
    );
    const inTarget = profile.lines.filter(
      ({ file, line }) => file.endsWith('trace_target.js') && line === 5,
    );
    // Where V8 inlined a function, its line is one of the function around it.
    assert.equal(inTarget.length, 2);
    assert.equal(
      inTarget.reduce((sum, { hits = 0 }) => sum + hits, 0),
      lines.filter((line) => line === 5).length,
    );
  });

  it('may be whole in one event', () => {
    const nodes = [{ id: 1, callFrame: { functionName: 'f', url: '' } }];
    const cpuProfile = { nodes, samples: [1], timeDeltas: [0], startTime: 0, endTime: 5 };
    const whole = read([
      event('I', 'CpuProfile', 0, { args: { data: { cpuProfile } } }),
      span('task', 0, 9),
    ]);
    assert.deepEqual(micros(whole), [['f', 5]]);
  });
});

describe('Chrome traces', () => {
  it('nest events that begin and end with those that span a time', () => {
    const profile = read([
      event('B', 'a', 0),
      span('b', 1, 4),
      event('B', 'c', 2),
      event('E', 'c', 3),
      event('E', 'a', 9),
    ]);
    assert.deepEqual(micros(profile), [
      ['a', 1],
      ['a b', 1],
      ['a b c', 1],
      ['a b', 2],
      ['a', 4],
    ]);
  });

  it('put the longer of spans that begin at once outside', () => {
    const inside = [span('b', 0, 2), span('a', 0, 5)];
    assert.deepEqual(micros(read(inside)), [
      ['a b', 2],
      ['a', 3],
    ]);
    assert.deepEqual(micros(read([span('b', 0, 2), span('a', 0, 2)])), [['a b', 2]]);
  });

  it('take the rounding of times for what it is', () => {
    const epoch = 1.7e15;
    const profile = read([
      span('a', epoch, 4),
      span('b', epoch + 3.75, 4.25),
      span('c', epoch + 5, 3.25),
    ]);
    assert.deepEqual(
      stackSamples(profile).map(({ stack }) => stack.map(({ name }) => name).join(' ')),
      ['a', 'b', 'b c'],
    );
    assert.deepEqual(profile.warnings, []);
  });

  it('cut what outlasts the event that it began in, and say so', () => {
    const profile = read([span('a', 0, 5), span('b', 3, 9), span('c', 20, 1)]);
    assert.deepEqual(micros(profile), [
      ['a', 3],
      ['a b', 2],
      ['', 15],
      ['c', 1],
    ]);
    assert.match(profile.warnings.join(), /1 begin or end/);
  });

  it('stand events that begin or end alone', () => {
    const profile = read([
      event('E', 'x', 0),
      event('B', 'a', 1),
      event('B', 'b', 2),
      event('E', 'a', 4),
      event('B', 'c', 5),
      event('I', 'mark', 7),
    ]);
    assert.deepEqual(micros(profile), [
      ['', 1],
      ['a', 1],
      ['a b', 2],
      ['', 1],
    ]);
    assert.match(profile.warnings.join(), /3 begin or end/);
  });

  it('end the innermost event by an end without a name', () => {
    const profile = read([
      event('B', 'a', 0),
      event('B', 'b', 1),
      { ph: 'E', ts: 2, pid: 1, tid: 1 },
      event('E', 'a', 4),
    ]);
    assert.deepEqual(micros(profile), [
      ['a', 1],
      ['a b', 1],
      ['a', 2],
    ]);
  });

  it('keep threads of processes apart, the costliest shown first', () => {
    const more = { pid: 2, tid: 'main' };
    const profile = read({
      traceEvents: [
        { ph: 'M', name: 'process_name', pid: 2, args: { name: 'worker' } },
        { ph: 'M', name: 'thread_name', pid: 2, tid: 'main', args: { name: 'MainThread' } },
        span('a', 0, 1),
        { ...span('b', 0, 5), ...more },
      ],
    });
    assert.deepEqual(lanes(profile), ['Process 1: Thread 1', 'worker 2: MainThread']);
    assert.equal(stacksOf(profile).activeLane, 1);
    assert.deepEqual(micros(profile, 1), [['b', 5]]);
  });

  it('may lack the end of the list, or have a comma before it', () => {
    const events = '{"ph":"X","name":"a}\\"","ts":0,"dur":2,"pid":1}';
    for (const text of [
      `[${events}`,
      `[${events},\n`,
      `[${events},]`,
      `{"traceEvents": [${events}, {"ph":"X","na`,
    ]) {
      assert.deepEqual(micros(read(text)), [['a}"', 2]], text);
    }
    assert.throws(() => read('[{"ph":"X","ts":1,"nam'), { reason: 'incomplete' });
  });

  it('of events that do not last open as an empty profile', () => {
    const profile = read([event('I', 'mark', 7)]);
    assert.deepEqual(checkIntegrity(profile), []);
    assert.match(profile.warnings.join(), /empty/);
  });

  it('are refused where an event has no time, or one that ends before it begins', () => {
    assert.throws(() => read([event('B', 'a', 0), { ph: 'E', pid: 1 }]), {
      message: /number is missing/,
    });
    assert.throws(() => read([span('a', 5, -1)]), { message: /ends before it begins/ });
  });

  it('take a time for each event that does not grow with those that are open', () => {
    const count = 100_000;
    const opened = Array.from({ length: count }, (_, ts) => event('B', 'a', ts));
    const unmatched = Array.from({ length: count }, (_, ts) => event('E', 'b', count + ts));
    const profile = read([...opened, ...unmatched]);
    assert.equal(stacksOf(profile).nodes.parent.length, count);
  });

  it('are refused where no process has as many threads', () => {
    const events = Array.from({ length: 20_000 }, (_, tid) => ({ ...span('a', 0, 1), tid }));
    assert.throws(() => read(events), { reason: 'tooLarge', message: /threads/ });
  });

  it('are told from other lists', () => {
    for (const text of [
      '[]',
      '[1, {"ph": 1, "ts": 2}]',
      '[{"ph": 7.1}]',
      '{"trace": {"traceEvents": []}}',
    ]) {
      assert.equal(detectFormat(Buffer.from(text)), undefined, text);
    }
  });
});
