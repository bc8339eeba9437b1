import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseFromTable } from '../../../../src/views/table/messages';

const printed = { order: Int32Array.of(2, 0), sort: 'self', restriction: undefined };

describe('messages about the table', () => {
  it('are understood', () => {
    for (const message of [
      { t: 'tableWanted', id: 3 },
      { t: 'copyTable', printed },
      { t: 'copyTable', printed: { ...printed, restriction: "'shop'" } },
    ]) {
      assert.deepEqual(parseFromTable(message), message);
    }
  });

  it('are refused when they are none', () => {
    for (const message of [
      undefined,
      'tableWanted',
      { t: 'tableWanted' },
      { t: 'tableWanted', id: -1 },
      { t: 'copyTable' },
      { t: 'copyTable', printed: { ...printed, order: [2, 0] } },
      { t: 'copyTable', printed: { ...printed, sort: 'colour' } },
      { t: 'copyTable', printed: { ...printed, restriction: 7 } },
      { t: 'ready' },
    ]) {
      assert.equal(parseFromTable(message), undefined, JSON.stringify(message));
    }
  });
});
