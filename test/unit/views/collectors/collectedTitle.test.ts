import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  collectedTitle,
  periodText,
  restrictionText,
} from '../../../../src/views/collectors/collectedTitle';

const at = (hour: number, minute: number, day = 20): number =>
  new Date(2026, 10, day, hour, minute, 30).getTime();

describe('the title of a collected profile', () => {
  it('tells of what and of when it is', () => {
    const period = { fromMs: at(14, 0), untilMs: at(14, 15) };
    assert.equal(
      collectedTitle({ host: '::1', port: 80, process: 'shop' }, period),
      '[::1]:80 · shop · 2026-11-20 14:00 – 14:15',
    );
    assert.equal(
      periodText({ fromMs: at(23, 0), untilMs: at(1, 0, 21) }),
      '2026-11-20 23:00 – 2026-11-21 01:00',
    );
  });

  it('tells no more than what is restricted', () => {
    assert.equal(restrictionText({}), 'All endpoints');
    assert.equal(restrictionText({ host: 'web-1' }), 'web-1');
    assert.equal(restrictionText({ port: 80 }), 'port 80');
    assert.equal(restrictionText({ process: 'shop' }), 'shop');
  });
});
