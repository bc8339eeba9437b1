import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { functionTable } from '../../../../src/core/derive/functionTable';
import { detectFormat, readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Profile } from '../../../../src/core/model/profile';
import { readJson, readSample } from './samples';
import { namedSamples, stackSamples, stacksOf } from './stackSamples';

interface NodeOfList {
  readonly id: number;
  readonly callFrame: { functionName: string; url: string; lineNumber: number };
  readonly children?: readonly number[];
  readonly hitCount: number;
  readonly positionTicks?: readonly { line: number; ticks: number }[];
}

interface Document {
  readonly nodes: readonly NodeOfList[];
  readonly startTime: number;
  readonly endTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

function read(document: object): Profile {
  return readProfile({ bytes: Buffer.from(JSON.stringify(document)), name: '' });
}

const node = (id: number, functionName: string, more: object = {}): object => ({
  id,
  callFrame: { functionName, url: functionName ? '/a.js' : '', lineNumber: 2, columnNumber: 0 },
  hitCount: 0,
  ...more,
});

const nodes = [
  node(1, '(root)', { children: [2, 3] }),
  node(2, 'a', { children: [4] }),
  node(3, '(idle)'),
  node(4, 'b'),
];

describe('V8 CPU profiles: node --cpu-prof', () => {
  const document = readJson('cpuprofile/node20.cpuprofile') as Document;
  const profile = readSample('cpuprofile/node20.cpuprofile');
  const nameOf = ({ callFrame }: NodeOfList): string => callFrame.functionName || '(anonymous)';

  it('give every node the time until the sample after each of its own', () => {
    const expected = new Map<string, number>();
    let time = document.startTime;
    const times = document.timeDeltas.map((delta) => (time += delta));
    for (const [index, id] of document.samples.entries()) {
      const sampled = document.nodes.find((each) => each.id === id);
      assert.ok(sampled);
      const micros = (times[index + 1] ?? document.endTime) - (times[index] ?? NaN);
      expected.set(nameOf(sampled), (expected.get(nameOf(sampled)) ?? 0) + micros);
    }
    const { rows } = functionTable(profile);
    for (const { func, self } of rows) {
      const name = profile.functions[func]?.name ?? '';
      assert.ok(Math.abs((self ?? NaN) - (expected.get(name) ?? 0) / 1e6) < 1e-9, name);
    }
    const first = document.timeDeltas[0] ?? NaN;
    const whole = (document.endTime - document.startTime - first) / 1e6;
    assert.ok(Math.abs(profile.total - whole) < 1e-9);
  });

  it('have the ticks of each line as its hits, which share the time of their node', () => {
    const expected = document.nodes.flatMap((each) =>
      (each.positionTicks ?? []).map(({ line, ticks }) => [nameOf(each), line, ticks]),
    );
    assert.deepEqual(
      profile.lines.map(({ func, line, hits }) => [profile.functions[func]?.name, line, hits]),
      expected,
    );
    const busy = profile.functions.findIndex(({ name }) => name === 'busy');
    const inBusy = profile.lines.filter(({ func }) => func === busy);
    const self = inBusy.reduce((sum, { total }) => sum + total, 0);
    assert.ok(Math.abs(self - (functionTable(profile).rows[busy]?.self ?? NaN)) < 1e-9);
  });

  it('have paths, and lines of definitions from 1', () => {
    const leaf = profile.functions.find(({ name }) => name === 'leaf');
    assert.deepEqual(leaf, {
      name: 'leaf',
      file: '/srv/research/samples/cpuprofile/node_target.js',
      line: 1,
    });
    assert.equal(profile.functions.find(({ name }) => name === '(program)')?.line, undefined);
    assert.equal(
      profile.functions.some(({ name }) => name === '(root)'),
      false,
    );
  });
});

describe('V8 CPU profiles', () => {
  it('put late samples in the order of time, and leave idle time empty', () => {
    const profile = read({
      nodes,
      startTime: 100,
      endTime: 200,
      samples: [2, 4, 3],
      timeDeltas: [0, 60, -30],
    });
    assert.deepEqual(namedSamples(profile), [
      ['a', 30e-6],
      ['', 30e-6],
      ['a b', 40e-6],
    ]);
    assert.ok(Math.abs(profile.total - 70e-6) < 1e-12);
  });

  it('may name parents in place of children', () => {
    const byParent = [node(4, 'b', { parent: 2 }), node(2, 'a', { parent: 1 }), node(1, '(root)')];
    const profile = read({
      nodes: byParent,
      startTime: 0,
      endTime: 10,
      samples: [4],
      timeDeltas: [0],
    });
    assert.deepEqual(namedSamples(profile), [['a b', 10e-6]]);
  });

  it('count hits where there are no samples', () => {
    const hit = [node(1, '(root)', { children: [2] }), node(2, 'a', { hitCount: 3 })];
    assert.deepEqual(namedSamples(read({ nodes: hit, startTime: 0, endTime: 6e6 })), [['a', 6]]);
    const untimed = read({ nodes: hit });
    assert.deepEqual([untimed.unit, untimed.total], ['samples', 3]);
  });

  it('are found in the answer of an inspector', () => {
    const profile = { nodes, startTime: 0, endTime: 10, samples: [2], timeDeltas: [0] };
    for (const wrapped of [{ profile }, { cpuProfile: profile }, { id: 3, result: { profile } }]) {
      assert.deepEqual(namedSamples(read(wrapped)), [['a', 10e-6]]);
    }
  });

  it('have paths where their URLs are of files', () => {
    const fileOf = (url: string): string | undefined => {
      const root = { ...node(1, 'f'), callFrame: { functionName: 'f', url, lineNumber: 0 } };
      return read({ nodes: [root], samples: [1], timeDeltas: [0] }).functions[0]?.file;
    };
    assert.equal(fileOf('file:///srv/my%20app/a.js'), '/srv/my app/a.js');
    assert.equal(fileOf('file:///C:/a.js'), 'C:/a.js');
    assert.equal(fileOf('file:///a%zz.js'), '/a%zz.js');
    assert.equal(fileOf('https://example.com/a.js'), 'https://example.com/a.js');
    assert.equal(fileOf(''), undefined);
  });

  it('are refused where they contradict themselves', () => {
    const ring = [node(1, 'a', { children: [2] }), node(2, 'b', { children: [1] })];
    for (const [document, reason] of [
      [{ nodes: ring, samples: [1], timeDeltas: [0] }, /circle/],
      [{ nodes: [...nodes, node(4, 'c')], samples: [], timeDeltas: [] }, /same id/],
      [{ nodes: [node(1, 'a', { parent: 9 })], samples: [], timeDeltas: [] }, /a node is missing/],
      [{ nodes, samples: [9], timeDeltas: [0] }, /a sample is of no node/],
      [{ nodes, samples: [2, 2], timeDeltas: [0] }, /differ in number/],
      [
        {
          nodes: [node(1, 'a', { positionTicks: [{ line: 0, ticks: 1 }] })],
          samples: [1],
          timeDeltas: [0],
        },
        /tick/,
      ],
    ] as const) {
      assert.throws(() => read(document), { message: reason });
    }
  });

  it('may be a chain that is deeper than the stack of this process', () => {
    const depth = 50_000;
    const chain = Array.from({ length: depth }, (_, id) =>
      node(id, `f${id}`, { children: id < depth - 1 ? [id + 1] : [] }),
    );
    const profile = read({
      nodes: chain,
      samples: [depth - 1],
      timeDeltas: [0],
      startTime: 0,
      endTime: 1,
    });
    assert.equal(stacksOf(profile).nodes.parent.length, depth);
  });
});

describe('V8 CPU profiles: the old form', () => {
  it("has py2devtools' times between its time stamps, and says that they are approximate", () => {
    const profile = readSample('cpuprofile/py2devtools.cpuprofile');
    const { timestamps, endTime } = readJson('cpuprofile/py2devtools.cpuprofile') as {
      timestamps: number[];
      endTime: number;
    };
    const found = stackSamples(profile);
    assert.deepEqual(
      found.map(({ stack }) => stack.length),
      [1, 2, 5, 8, 8],
    );
    for (const [index, { weight }] of found.entries()) {
      const end = timestamps[index + 1] ?? endTime * 1e6;
      assert.ok(Math.abs(weight - (end - (timestamps[index] ?? NaN)) / 1e6) < 1e-9);
    }
    assert.deepEqual(profile.functions[0], {
      name: '<module>(__main__)',
      file: undefined,
      line: undefined,
    });
    assert.match(profile.warnings.join(), /approximate/);
  });

  it('opens where py2devtools took no sample', () => {
    const profile = readSample('cpuprofile/py2devtools-empty.cpuprofile');
    assert.equal(profile.format, 'cpuprofile');
    assert.deepEqual(checkIntegrity(profile), []);
    assert.match(profile.warnings.join(), /empty/);
  });

  it("has V8's lines from 1", () => {
    const call = (id: number, functionName: string, children: object[]): object => ({
      functionName,
      scriptId: '1',
      url: functionName === '(root)' ? '' : '/a.js',
      lineNumber: 7,
      columnNumber: 1,
      hitCount: 0,
      callUID: id,
      id,
      children,
    });
    const head = call(1, '(root)', [call(2, 'a', [])]);
    const profile = read({ head, startTime: 1, endTime: 3, samples: [2], timestamps: [1_500_000] });
    assert.deepEqual(profile.functions, [{ name: 'a', file: '/a.js', line: 7 }]);
    assert.equal(profile.total, 1.5);
    assert.deepEqual(profile.warnings, []);
  });
});

describe("V8 CPU profiles: pyflame's", () => {
  it('last from one sample to the next, with executing lines', () => {
    const profile = readSample('cpuprofile/pyflame-flame-chart-json.cpuprofile');
    assert.deepEqual(
      stackSamples(profile).map(({ stack, weight }) => [
        stack.map(({ name, file, line }) => `${file} ${name} ${line}`),
        Math.round(weight * 1e6),
      ]),
      [
        [
          [
            './tests/dijkstra.py <module> 52',
            './tests/dijkstra.py main 40',
            './tests/dijkstra.py dijkstra 20',
          ],
          10120,
        ],
        [[], 10130],
        [
          [
            './tests/dijkstra.py <module> 52',
            './tests/dijkstra.py main 40',
            './tests/dijkstra.py dijkstra 21',
          ],
          1000,
        ],
      ],
    );
  });
});

describe('V8 CPU profiles: detection', () => {
  it('leaves other JSON alone', () => {
    for (const text of [
      '{"a": {}}',
      '[]',
      '{"nodes": [1]}',
      '{"head": {"callFrame": {"functionName": ""}, "selfSize": 0}}',
    ]) {
      assert.equal(detectFormat(Buffer.from(text)), undefined, text);
    }
  });
});
