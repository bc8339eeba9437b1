import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Coalescer } from '../../../src/profiles/coalescer';

describe('Coalescer', () => {
  it('runs once for many requests, and is not put off by more of them', (test) => {
    test.mock.timers.enable({ apis: ['setTimeout'] });
    let runs = 0;
    const coalescer = new Coalescer(100, () => {
      runs += 1;
    });
    for (let time = 0; time < 100; time += 10) {
      coalescer.request();
      test.mock.timers.tick(10);
    }
    assert.equal(runs, 1);
    coalescer.request();
    coalescer.dispose();
    test.mock.timers.tick(100);
    assert.equal(runs, 1);
  });

  it('never runs twice at a time', async () => {
    let running = 0;
    let most = 0;
    const coalescer = new Coalescer(0, async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    });
    await Promise.all([coalescer.now(), coalescer.now(), coalescer.now()]);
    assert.equal(most, 1);
  });
});
