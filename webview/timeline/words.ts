import type { Period, TimelineDocument } from '../../src/protocol/timeline';
import { formatMinute, formatRange } from './clock';
import { selectedPeriod, selectedSamples, type Selection } from './selection';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A number of samples: `1 sample`, `1,850 samples`. */
export function samplesText(count: number): string {
  return count === 1 ? '1 sample' : `${count.toLocaleString('en-US')} samples`;
}

/** The length of a step in words: `minute`, `10 minutes`, `hour`. */
export function stepText(stepMs: number): string {
  const [length, unit] = stepMs < HOUR_MS ? [MINUTE_MS, 'minute'] : [HOUR_MS, 'hour'];
  const count = Math.round(stepMs / length);
  return count === 1 ? unit : `${count} ${unit}s`;
}

/** What is selected, as it is read out: when, and how many samples. */
export function selectionText(timeline: TimelineDocument, selection: Selection): string {
  return `${periodText(selectedPeriod(timeline, selection))}, ${samplesText(selectedSamples(timeline, selection))}`;
}

/** One step as it is read out. */
export function pointText(timeline: TimelineDocument, index: number): string {
  const ms = timeline.fromMs + index * timeline.stepMs;
  return `${formatMinute(ms)}, ${samplesText(timeline.samples[index] ?? 0)}`;
}

/** From when until when. */
export function periodText({ fromMs, untilMs }: Period): string {
  return formatRange(fromMs, untilMs);
}
