import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseSeconds } from '../../../../src/views/attach/seconds';

it('takes whole seconds of an hour at most', () => {
  assert.deepEqual(['1', ' 10 ', '3600'].map(parseSeconds), [1, 10, 3600]);
  for (const wrong of ['', '0', '3601', '1.5', '-1', '1e3', 'ten'])
    assert.equal(parseSeconds(wrong), undefined, wrong);
});
