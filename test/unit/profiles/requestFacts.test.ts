import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SourcedRequest } from '../../../src/core/model/request';
import { describeRequest } from '../../../src/profiles/requestFacts';

const NAME = { from: 'name', template: '{path}.{duration}ms' } as const;
const unresolved = (): undefined => undefined;

const fromName: SourcedRequest = {
  facts: { path: 'shop.items', durationMs: 12 },
  sources: { path: NAME, durationMs: NAME },
};

describe('describeRequest', () => {
  it('completes the name by the content, which is exact, and the time of the file', () => {
    const { facts, sources } = describeRequest(fromName, {
      content: { method: 'GET', durationMs: 12.345 },
      modifiedMs: 5_000,
      resolvePath: unresolved,
    });
    assert.deepEqual(facts, {
      method: 'GET',
      path: 'shop.items',
      durationMs: 12.345,
      endedMs: 5_000,
    });
    assert.deepEqual(sources, {
      method: { from: 'content' },
      path: NAME,
      durationMs: { from: 'content' },
      endedMs: { from: 'modificationTime' },
    });
  });

  it('prefers any told time to that of the file', () => {
    const content = { startedMs: 1_000 };
    const { facts } = describeRequest(fromName, {
      content,
      modifiedMs: 5_000,
      resolvePath: unresolved,
    });
    assert.equal(facts.endedMs, undefined);
  });

  it('takes the path of the content, whatever the name and the list of URLs say', () => {
    const { facts, sources } = describeRequest(fromName, {
      content: { path: '/shop/items/' },
      resolvePath: () => '/shop.items',
    });
    assert.equal(facts.path, '/shop/items/');
    assert.deepEqual(sources.path, { from: 'content' });
  });

  it('asks the list of URLs for dotted paths only', () => {
    const resolvePath = (dotted: string): string => `/by-list/${dotted}`;
    assert.equal(describeRequest(fromName, { resolvePath }).facts.path, '/by-list/shop.items');
    const slashed = { facts: { path: '/' }, sources: { path: NAME } };
    assert.equal(describeRequest(slashed, { resolvePath }).facts.path, '/');
  });
});
