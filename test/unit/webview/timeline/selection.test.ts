import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TimelineDocument } from '../../../../src/protocol/timeline';
import {
  ofLength,
  selectedPeriod,
  selectedSamples,
  selectionAfter,
  stepAt,
  stillShown,
  type Selection,
} from '../../../../webview/timeline/selection';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 20, 14);

function timelineOf(samples: readonly number[], fromMs = START): TimelineDocument {
  const shown = { lane: '', spanMs: samples.length * MINUTE };
  return { fromMs, stepMs: MINUTE, samples, lanes: [], spans: [], shown };
}

const timeline = timelineOf([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);

function pressed(keys: readonly string[], from?: Selection): Selection | undefined {
  return keys.reduce<Selection | undefined>((selection, key) => {
    const name = key.replace('Shift+', '');
    return selectionAfter(timeline, selection, name, name !== key);
  }, from);
}

const steps = (selection: Selection | undefined): unknown =>
  selection && [stepAt(timeline, selection.anchorMs), stepAt(timeline, selection.headMs)];

describe('the selected range of a timeline', () => {
  it('begins at the last step and moves with the arrow keys', () => {
    assert.deepEqual(steps(pressed(['ArrowLeft'])), [9, 9]);
    assert.deepEqual(steps(pressed(['ArrowLeft', 'ArrowLeft', 'ArrowLeft'])), [7, 7]);
    assert.deepEqual(steps(pressed(['Home', 'PageUp', 'ArrowRight'])), [2, 2]);
  });

  it('is extended with Shift, to both sides of where it began', () => {
    const extended = pressed(['End', 'Shift+ArrowLeft', 'Shift+ArrowLeft']);
    assert.deepEqual(steps(extended), [9, 7]);
    assert.deepEqual(steps(pressed(['Home', 'ArrowRight', 'Shift+End'])), [1, 9]);
  });

  it('does not leave the timeline', () => {
    assert.deepEqual(steps(pressed(['Home', 'ArrowLeft', 'PageDown'])), [0, 0]);
    assert.deepEqual(steps(pressed(['End', 'ArrowRight', 'PageUp'])), [9, 9]);
  });

  it('is left alone by other keys, and where there is nothing to select', () => {
    assert.equal(selectionAfter(timeline, undefined, 'a', false), undefined);
    assert.equal(selectionAfter(timelineOf([]), undefined, 'End', false), undefined);
  });

  it('covers whole steps in whichever direction it was made, and counts their samples', () => {
    const backwards = { anchorMs: START + 5 * MINUTE, headMs: START + 3 * MINUTE };
    const period = { fromMs: START + 3 * MINUTE, untilMs: START + 6 * MINUTE };
    assert.deepEqual(selectedPeriod(timeline, backwards), period);
    assert.equal(selectedSamples(timeline, backwards), 8 + 16 + 32);
  });

  it('has the length of another one where they are to be compared', () => {
    const length = 3 * MINUTE;
    assert.deepEqual(steps(ofLength(timeline, length, 7)), [5, 7]);
    assert.deepEqual(steps(ofLength(timeline, length, 1)), [0, 2]);
    assert.deepEqual(steps(ofLength(timeline, 99 * MINUTE, 9)), [0, 9]);
  });

  it('stays on its time while new steps come, until none of it is shown', () => {
    const selection = { anchorMs: START + MINUTE, headMs: START + 2 * MINUTE };
    const later = timelineOf(timeline.samples.slice(2), START + 2 * MINUTE);
    assert.deepEqual(stillShown(later, selection), selection);
    assert.equal(selectedSamples(later, selection), 4);
    assert.equal(stillShown(timelineOf([1, 2], START + 9 * MINUTE), selection), undefined);
  });
});
