import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SampleList } from '../../../../src/core/model/sampleList';
import { noNode } from '../../../../src/core/model/stackTree';

const facts = { unit: 'samples', timeOrdered: true } as const;

describe('SampleList', () => {
  it('keeps the samples of each lane in their order, the costliest lane first', () => {
    const list = new SampleList();
    for (const [lane, node, weight] of [
      [0, 5, 1],
      [1, 6, 10],
      [0, 7, 2],
      [1, 8, 20],
    ] as const) {
      list.add(lane, node, weight);
    }
    const { lanes, total } = list.toLanes(['a', 'b'], facts);
    assert.deepEqual(
      lanes.map(({ name, samples, weights }) => [name, [...samples], [...weights]]),
      [
        ['b', [6, 8], [10, 20]],
        ['a', [5, 7], [1, 2]],
      ],
    );
    assert.equal(total, 33);
  });

  it('counts no cost where nothing ran', () => {
    const list = new SampleList();
    list.add(0, noNode, 100);
    list.add(1, 3, 1);
    const { lanes, total } = list.toLanes(['idle', 'busy'], facts);
    assert.deepEqual(
      lanes.map(({ name, weights }) => [name, [...weights]]),
      [
        ['busy', [1]],
        ['idle', [100]],
      ],
    );
    assert.equal(total, 1);
  });

  it('has lanes without samples', () => {
    const [lane] = new SampleList().toLanes([''], facts).lanes;
    assert.equal(lane?.samples.length, 0);
  });
});
