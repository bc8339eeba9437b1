import type { Period, TimelineDocument } from '../../src/protocol/timeline';
import { svg } from '../flamegraph/plot/svg';
import type { Layout } from './layout';

/** A step with samples is never thinner or lower than this; pixels. */
const LEAST_BAR = 1;

/** Gap between bars that are wide enough for one; pixels. */
const GAP = 1;
const WIDE_BAR = 4;

/** Axes and bars of a timeline. */
export function drawTimeline(timeline: TimelineDocument, layout: Layout): SVGElement[] {
  return [valueAxis(layout), timeAxis(layout), bars(timeline, layout)];
}

/** A part of the time as a band over the bars, with a name in its corner. */
export function drawBand(
  className: string,
  name: string,
  period: Period,
  layout: Layout,
): SVGElement {
  const { x, top, bottom, left, right } = layout;
  const start = Math.max(left, x(period.fromMs));
  const end = Math.min(right, x(period.untilMs));
  return svg(
    'g',
    { class: className },
    svg('rect', {
      x: start,
      y: top,
      width: Math.max(LEAST_BAR, end - start),
      height: bottom - top,
    }),
    svg('text', { x: start + 4, y: top + 14 }, name),
  );
}

function valueAxis({ left, right, valueTicks, y }: Layout): SVGElement {
  const marks = valueTicks.flatMap(({ value, label }) => [
    svg('line', { class: 'grid', x1: left, x2: right, y1: y(value), y2: y(value) }),
    svg('text', { class: 'tick value', x: left - 8, y: y(value), dy: '0.32em' }, label),
  ]);
  return svg('g', {}, ...marks);
}

function timeAxis({ bottom, timeTicks, x }: Layout): SVGElement {
  const marks = timeTicks.flatMap(({ ms, label }) => [
    svg('line', { class: 'mark', x1: x(ms), x2: x(ms), y1: bottom, y2: bottom + 5 }),
    svg('text', { class: 'tick time', x: x(ms), y: bottom + 18 }, label),
  ]);
  return svg('g', {}, ...marks);
}

function bars({ fromMs, stepMs, samples }: TimelineDocument, layout: Layout): SVGElement {
  const { x, y, bottom } = layout;
  const step = x(fromMs + stepMs) - x(fromMs);
  const width = Math.max(LEAST_BAR, step >= WIDE_BAR ? step - GAP : step);
  const drawn = samples.flatMap((count, index) => {
    if (count === 0) return [];
    const height = Math.max(LEAST_BAR, bottom - y(count));
    const left = x(fromMs + index * stepMs);
    return [svg('rect', { x: left, y: bottom - height, width, height })];
  });
  return svg('g', { class: 'bars' }, ...drawn);
}
