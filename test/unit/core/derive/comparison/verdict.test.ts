import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Profile } from '../../../../../src/core/model/profile';
import { stacksProfile } from '../stacks';
import { compare } from './sides';

/** Requests that spend milliseconds in `view` and in `render`. */
function requests(...times: readonly (readonly [view: number, render: number])[]): Profile[] {
  return times.map(([view, render]) =>
    stacksProfile(`${view / 1000} view\n${render / 1000} view render`),
  );
}

describe('the verdict', () => {
  it('says how much slower, that it is beyond the spread, and where', () => {
    const { verdict } = compare(
      requests([20, 100], [22, 101], [19, 98], [21, 99]),
      requests([40, 170], [47, 172], [45, 174], [44, 172]),
      'GET /shop/',
    );
    assert.equal(
      verdict.text,
      'GET /shop/ is 1.8× slower: 120 ms → 216 ms a request (+96 ms). ' +
        'That is more than the requests of either side differ from each other (4 and 4 requests, Welch’s t-test, p < 0.001). ' +
        'Most of it: render (app.py) +72.5 ms of own time.',
    );
    assert.equal(verdict.change, 'more');
    assert.equal(verdict.isBeyondSpread, true);
  });

  it('says that a change is within the spread, and blames nobody for it', () => {
    const { verdict } = compare(
      requests([20, 100], [80, 100], [50, 100]),
      requests([10, 100], [70, 100], [40, 100]),
      'GET /shop/',
    );
    assert.equal(
      verdict.text,
      'GET /shop/ is 6.7 % faster: 150 ms → 140 ms a request (−10 ms). ' +
        'That is within the spread of the requests (3 and 3 requests, standard deviations of 30 ms and 30 ms).',
    );
    assert.equal(verdict.change, 'less');
    assert.equal(verdict.isBeyondSpread, false);
  });

  it('says that one profile a side does not tell', () => {
    const { verdict } = compare(requests([20, 100]), requests([40, 110]));
    assert.equal(
      verdict.text,
      'after is 25 % slower than before: 120 ms → 150 ms (+30 ms). ' +
        'One profile a side cannot tell a change from noise. ' +
        'Most of it: view (app.py) +20 ms of own time.',
    );
    assert.equal(verdict.isBeyondSpread, undefined);
    assert.equal(verdict.pValue, undefined);
  });

  it('names changes of both directions, where they make up for each other', () => {
    const { verdict } = compare(requests([20, 100]), requests([90, 40]));
    assert.match(
      verdict.text,
      /The greatest changes: view \(app\.py\) \+70 ms, render \(app\.py\) −60 ms of own time\.$/,
    );
  });

  it('says that nothing changed', () => {
    const same = requests([20, 100], [30, 100]);
    assert.equal(
      compare(same, same, 'GET /shop/').verdict.text,
      'GET /shop/ costs the same on both sides: 125 ms a request.',
    );
    assert.equal(
      compare(requests([20, 100]), requests([20, 100])).verdict.text,
      'after costs as much as before: 120 ms.',
    );
  });

  it('counts what is no time in its own words', () => {
    const samples = (text: string): Profile => stacksProfile(text, 'sampled', { unit: 'samples' });
    assert.equal(
      compare(samples('10 view'), samples('4000 view')).verdict.text,
      'after costs 400× more than before: 10 samples → 4,000 samples (+3,990 samples). ' +
        'One profile a side cannot tell a change from noise. ' +
        'Most of it: view (app.py) +3,990 samples of its own.',
    );
  });

  it('has no factor of nothing', () => {
    const { verdict } = compare(requests([0, 0]), requests([5, 0]), 'GET /');
    assert.match(verdict.text, /^GET \/ is slower: 0 s → 5 ms \(\+5 ms\)\./);
  });
});
