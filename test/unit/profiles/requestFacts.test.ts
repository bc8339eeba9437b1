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
  it('completes the name by the content and the time of the file', () => {
    const { facts, sources } = describeRequest(fromName, {
      content: { method: 'GET', durationMs: 99 },
      modifiedMs: 5_000,
      resolvePath: unresolved,
    });
    assert.deepEqual(facts, { method: 'GET', path: 'shop.items', durationMs: 12, endedMs: 5_000 });
    assert.deepEqual(sources, {
      method: { from: 'content' },
      path: NAME,
      durationMs: NAME,
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

  it('takes the slashes of the content when it tells the same path', () => {
    const withPath = (path: string): SourcedRequest =>
      describeRequest(fromName, { content: { path }, resolvePath: unresolved });
    assert.equal(withPath('/shop/items/').facts.path, '/shop/items/');
    assert.deepEqual(withPath('/shop/items/').sources.path, { from: 'content' });
    assert.equal(withPath('/elsewhere').facts.path, 'shop.items');
  });

  it('asks the list of URLs for dotted paths only', () => {
    const resolvePath = (dotted: string): string => `/by-list/${dotted}`;
    assert.equal(describeRequest(fromName, { resolvePath }).facts.path, '/by-list/shop.items');
    const slashed = { facts: { path: '/' }, sources: { path: NAME } };
    assert.equal(describeRequest(slashed, { resolvePath }).facts.path, '/');
  });
});
