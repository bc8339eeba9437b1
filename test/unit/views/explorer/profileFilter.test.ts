import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  parseFilter,
  passes,
  type ProfileFilter,
} from '../../../../src/views/explorer/profileFilter';
import { entry } from './support';

function parsed(text: string): ProfileFilter {
  const filter = parseFilter(text);
  assert.ok(typeof filter !== 'string');
  return filter;
}

describe('parseFilter', () => {
  it('tells words from a minimum duration', () => {
    assert.deepEqual(parsed('  Items GET >100ms '), { words: ['items', 'get'], minimumMs: 100 });
    assert.deepEqual(parsed(''), { words: [], minimumMs: 0 });
  });

  it('understands every unit', () => {
    const cases = { '>100': 100, '>=100ms': 100, '>1.5s': 1_500, '>2min': 120_000 };
    for (const [text, minimumMs] of Object.entries(cases)) {
      assert.equal(parsed(text).minimumMs, minimumMs, text);
    }
  });

  it('says what is wrong', () => {
    for (const text of ['>', '>fast', 'items >1h']) {
      const sentence = parseFilter(text);
      assert.ok(typeof sentence === 'string' && /is not a minimum duration/.test(sentence), text);
    }
  });
});

describe('passes', () => {
  const slow = entry({ method: 'GET', path: '/shop/items', query: 'page=2', durationMs: 1_250 });

  it('wants every word, in any case and order, in the request or the name', () => {
    assert.ok(passes(slow, parsed('ITEMS get')));
    assert.ok(passes(slow, parsed('page=2')));
    assert.ok(passes(slow, parsed('.prof')));
    assert.ok(!passes(slow, parsed('items cart')));
  });

  it('wants the minimum duration, which an unknown one has not', () => {
    assert.ok(passes(slow, parsed('>1250ms')));
    assert.ok(!passes(slow, parsed('>1251ms')));
    assert.ok(!passes(entry({ path: '/shop/items' }), parsed('>1ms')));
    assert.ok(passes(entry({ path: '/shop/items' }), parsed('items')));
  });
});
