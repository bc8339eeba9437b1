import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detectFormat, readProfile } from '../../../../src/core/formats/registry';
import type { Profile } from '../../../../src/core/model/profile';
import { readJson, readSample } from './samples';
import { weightsByStack } from './stackWeights';
import { treeOf } from './visualizerTree';

const all = 'stackcollector/visualizer-data.json';

function read(document: unknown): Profile {
  return readProfile({ bytes: Buffer.from(JSON.stringify(document)), name: '' });
}

describe('d3-flame-graph: the answers of nylas-perftools’ visualizer', () => {
  it('have the stacks of the database that they were made of', () => {
    const profile = readSample(all);
    const database = readSample('stackcollector/db/db.pag');
    assert.deepEqual(weightsByStack(profile), weightsByStack(database));
    assert.equal(profile.total, 435);
  });

  for (const path of [all, 'stackcollector/visualizer-data-from-threshold.json']) {
    it(`give the same tree again: ${path}`, () => {
      assert.deepEqual(treeOf(readSample(path), 0), readJson(path));
    });
  }
});

describe('d3-flame-graph', () => {
  it('has what a threshold left out of a node in the node itself', () => {
    const leaf = { name: 'leaf', value: 2 };
    const main = { name: 'main', value: 5, children: [leaf] };
    const weights = weightsByStack(
      read({ name: 'root', value: 6, children: [main] }),
      ({ name }) => name,
    );
    assert.deepEqual(
      weights,
      new Map([
        ['root', 1],
        ['root;main', 3],
        ['root;main;leaf', 2],
      ]),
    );
  });

  it('is told by the end of a file whose root is named behind many children', () => {
    const children = Array.from({ length: 5000 }, (_, n) => ({ name: `function ${n}`, value: 1 }));
    assert.equal(read({ children, name: 'root', value: 5000 }).total, 5000);
  });

  it('is no other tree', () => {
    for (const other of [
      { name: 'package', value: 1, version: '1' },
      { name: 'flare', children: [{ name: 'a', value: 1 }] },
      { children: [] },
      { name: 'width', value: 12 },
      { name: 'width', value: 'wide', children: [] },
    ]) {
      assert.equal(detectFormat(Buffer.from(JSON.stringify(other))), undefined);
    }
  });

  it('says so where there are no samples', () => {
    assert.equal(read({ name: 'root', value: 0 }).warnings.length, 1);
  });

  it('names the node that has less than its children', () => {
    const main = { name: 'main', value: 1, children: [{ name: 'leaf', value: 2 }] };
    assert.throws(() => read({ name: 'root', value: 1, children: [main] }), {
      message: 'The d3-flame-graph data is damaged: “main” has less than its children.',
    });
  });
});
