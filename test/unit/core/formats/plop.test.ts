import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lineCosts } from '../../../../src/core/derive/lineCosts';
import { detectFormat, readProfile } from '../../../../src/core/formats/registry';
import { checkIntegrity } from '../../../../src/core/model/integrity';
import type { Profile, Stacks } from '../../../../src/core/model/profile';
import { readFixture, readJson, readSample, samples } from './samples';

function read(text: string): Profile {
  const profile = readProfile({ bytes: Buffer.from(text), name: '' });
  assert.deepEqual(checkIntegrity(profile), []);
  return profile;
}

function stacksOf({ data }: Profile): Stacks {
  if (data.kind !== 'stacks') throw new Error('there are no stacks');
  return data;
}

type Frame = readonly [file: string, line: number, name: string];

/** What plop itself makes of a file: frames with the samples that they were innermost in, and callers. */
interface Report {
  readonly nodes: readonly (readonly [frame: Frame, samples: number])[];
  readonly edges: readonly (readonly [parent: Frame, child: Frame, samples: number])[];
}

function labelOf([file, line, name]: Frame): string {
  return `${file}:${line} ${name}`;
}

/** Samples of each frame, and of each call, a recursion's as often as it is on the stack. */
function countsOf(profile: Profile): { nodes: Map<string, number>; edges: Map<string, number> } {
  const { frames, nodes, lanes } = stacksOf(profile);
  const own = new Map<string, number>();
  const edges = new Map<string, number>();
  const labels = [...nodes.frame].map((frame) => {
    const { func = -1, line = NaN } = frames[frame] ?? {};
    const { name = '?', file = '?' } = profile.functions[func] ?? {};
    return labelOf([file, line, name]);
  });
  for (const label of labels) own.set(label, 0);
  const [lane] = lanes;
  for (const [index, leaf] of (lane?.samples ?? new Int32Array()).entries()) {
    const count = lane?.weights[index] ?? NaN;
    own.set(labels[leaf] ?? '', (own.get(labels[leaf] ?? '') ?? 0) + count);
    for (let node = leaf; (nodes.parent[node] ?? -1) >= 0; node = nodes.parent[node] ?? -1) {
      const edge = `${labels[nodes.parent[node] ?? -1] ?? ''} -> ${labels[node] ?? ''}`;
      edges.set(edge, (edges.get(edge) ?? 0) + count);
    }
  }
  return { nodes: own, edges };
}

describe('plop: every sample against what plop itself makes of it', () => {
  for (const { path } of samples.filter(({ format }) => format === 'plop')) {
    it(path, () => {
      const report = readJson(`${path}.json`) as Report;
      const { nodes, edges } = countsOf(readSample(path));
      assert.deepEqual(
        nodes,
        new Map(report.nodes.map(([frame, count]) => [labelOf(frame), count])),
      );
      assert.deepEqual(
        edges,
        new Map(
          report.edges.map(([parent, child, count]) => [
            `${labelOf(parent)} -> ${labelOf(child)}`,
            count,
          ]),
        ),
      );
    });
  }
});

describe('plop', () => {
  it('tells the lines that ran', () => {
    const costs = lineCosts(readSample('plop/plop_target.plop'));
    const lines = costs.get('/srv/research/samples/src/work.py');
    assert.deepEqual([lines?.get(6)?.self, lines?.get(7)?.self, lines?.get(14)?.time], [5, 16, 2]);
  });

  it('reads what Python 2 and 3 write of names', () => {
    const { functions } = read(
      `{(("it's \\"here\\".py", 1, u'\\u0394\\xe9'), ('caf\\xc3\\xa9.py', 2L, 'f')): 3L, (('C:\\\\a.py', None, '<lambda>'),): 1, (('\\u0394\\xe9.py', 1, 'Δ'),): 1}`,
    );
    assert.deepEqual(
      functions.map(({ name, file }) => [name, file]),
      [
        ['Δé', `it's "here".py`],
        ['f', 'café.py'],
        ['<lambda>', 'C:\\a.py'],
        ['Δ', 'Δé.py'],
      ],
    );
  });

  it('says that rarer stacks are missing where plop has kept no more than it does', () => {
    const stacks = Array.from({ length: 50 }, (_, line) => `(('a.py', ${line + 1}, 'f'),): 1`);
    assert.match(read(`{${stacks.join(', ')}}`).warnings.join(), /50 stacks/);
    assert.deepEqual(read(`{${stacks.slice(1).join(', ')}}`).warnings, []);
  });

  it('is told from other literals and from programs', () => {
    for (const text of [
      '{}',
      "{('a.py', 1, 'f'): 1}",
      "{(('a.py', 1), ('b.py', 2)): 1}",
      "{(('a.py', 'f', 1),): 1}",
      "stacks = {(('a.py', 1, 'f'),): 1}",
    ]) {
      assert.notEqual(detectFormat(Buffer.from(text))?.id, 'plop', text);
    }
  });

  it('is incomplete wherever it is cut, and names no other place where it is damaged', () => {
    const text = readFixture('plop/plop_target.plop').toString('utf8');
    const whole = "{(('a.py', 1, 'f'), (\"b.py\", None, u'g')): 12}";
    for (let end = 18; end < whole.length; end++) {
      assert.throws(() => read(whole.slice(0, end)), { reason: 'incomplete' }, whole.slice(0, end));
    }
    assert.throws(() => read(`${whole} x`), { message: /character 47 / });
    assert.throws(() => read(text.replace("'run'", "f('run')")), /character \d+ is none/);
  });
});
