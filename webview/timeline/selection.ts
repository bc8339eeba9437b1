import type { Period, TimelineDocument } from '../../src/protocol/timeline';

/** Steps that are selected: from where the selection began to where it is extended, both included. */
export interface Selection {
  /** Starts of steps, in milliseconds since the epoch: they stay while new steps come. */
  readonly anchorMs: number;
  readonly headMs: number;
}

/** Part of the steps that Page Up and Page Down go. */
const PAGE = 0.1;

/** Index of the step that a moment is in; the first or the last one for those outside. */
export function stepAt({ fromMs, stepMs, samples }: TimelineDocument, ms: number): number {
  const index = Math.floor((ms - fromMs) / stepMs);
  return Math.max(0, Math.min(samples.length - 1, index));
}

/** The part of the time that is selected; its end does not belong to it. */
export function selectedPeriod(timeline: TimelineDocument, selection: Selection): Period {
  const { fromMs, stepMs } = timeline;
  const [first, last] = selectedSteps(timeline, selection);
  return { fromMs: fromMs + first * stepMs, untilMs: fromMs + (last + 1) * stepMs };
}

/** How many samples are selected. */
export function selectedSamples(timeline: TimelineDocument, selection: Selection): number {
  const [first, last] = selectedSteps(timeline, selection);
  return timeline.samples.slice(first, last + 1).reduce((sum, count) => sum + count, 0);
}

/** The selection, or `undefined` where none of it is shown any more. */
export function stillShown(
  { fromMs, stepMs, samples }: TimelineDocument,
  selection: Selection | undefined,
): Selection | undefined {
  if (!selection) return undefined;
  const untilMs = fromMs + samples.length * stepMs;
  const isShown = (ms: number): boolean => ms >= fromMs && ms < untilMs;
  return isShown(selection.anchorMs) || isShown(selection.headMs) ? selection : undefined;
}

/**
 * The selection after a key that moves it, or `undefined` for any other key. The first one selects
 * the last step.
 * @param extend whether the anchor stays
 */
export function selectionAfter(
  timeline: TimelineDocument,
  selection: Selection | undefined,
  key: string,
  extend: boolean,
): Selection | undefined {
  const last = timeline.samples.length - 1;
  const page = Math.max(1, Math.round(timeline.samples.length * PAGE));
  const from = selection ? stepAt(timeline, selection.headMs) : last;
  const moves: Readonly<Partial<Record<string, number>>> = {
    ArrowLeft: from - 1,
    ArrowDown: from - 1,
    ArrowRight: from + 1,
    ArrowUp: from + 1,
    PageDown: from - page,
    PageUp: from + page,
    Home: 0,
    End: last,
  };
  const target = moves[key];
  if (target === undefined || last < 0) return undefined;
  const isFirst = !selection && key.startsWith('Arrow');
  const index = isFirst ? last : Math.max(0, Math.min(last, target));
  const headMs = timeline.fromMs + index * timeline.stepMs;
  return { anchorMs: extend && selection ? selection.anchorMs : headMs, headMs };
}

/** The selection of this length that ends with a step, or the first one of this length. */
export function ofLength(
  { fromMs, stepMs, samples }: TimelineDocument,
  lengthMs: number,
  endStep: number,
): Selection {
  const steps = Math.max(1, Math.min(samples.length, Math.round(lengthMs / stepMs)));
  const first = Math.max(0, endStep - steps + 1);
  return { anchorMs: fromMs + first * stepMs, headMs: fromMs + (first + steps - 1) * stepMs };
}

function selectedSteps(
  timeline: TimelineDocument,
  { anchorMs, headMs }: Selection,
): [first: number, last: number] {
  const anchor = stepAt(timeline, anchorMs);
  const head = stepAt(timeline, headMs);
  return [Math.min(anchor, head), Math.max(anchor, head)];
}
