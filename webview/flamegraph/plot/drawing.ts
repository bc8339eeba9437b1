import type { PlotCall, PlotDocument, PlotSeries } from '../../../src/protocol/flamegraph';
import { formatTime } from './axis';
import { BAND_HEIGHT, type Layout } from './layout';
import { svg } from './svg';

/** Colours and dashes that lines take in turn; each is a class of the style sheet. */
const LOOKS = 6;

/** Width of a character of a band's name; pixels. */
const CHARACTER_WIDTH = 7;

/** The class that gives a series its colour and dashes, in the plot and in its legend. */
export function lookOf(index: number): string {
  return `series-${index % LOOKS}`;
}

/** Axes, lines and bands of a plot; the cursor is not among them. */
export function drawPlot(plot: PlotDocument, layout: Layout): SVGElement[] {
  return [
    valueAxis(layout),
    timeAxis(layout),
    ...plot.series.flatMap((series, index) => drawSeries(series, index, plot, layout)),
    ...plot.calls.filter(({ row }) => row < layout.bandRows).map((call) => drawBand(call, layout)),
  ];
}

function valueAxis({ left, right, valueTicks, y }: Layout): SVGElement {
  const marks = valueTicks.flatMap(({ value, label }) => [
    svg('line', { class: 'grid', x1: left, x2: right, y1: y(value), y2: y(value) }),
    svg('text', { class: 'tick value', x: left - 8, y: y(value), dy: '0.32em' }, label),
  ]);
  return svg('g', {}, ...marks);
}

function timeAxis({ bottom, timeTicks, x }: Layout): SVGElement {
  const marks = timeTicks.flatMap(({ value, label }) => [
    svg('line', { class: 'mark', x1: x(value), x2: x(value), y1: bottom, y2: bottom + 5 }),
    svg('text', { class: 'tick time', x: x(value), y: bottom + 18 }, label),
  ]);
  return svg('g', {}, ...marks);
}

/** The line; below the only one its area; a dot where there is but one value. */
function drawSeries(
  { times, values }: PlotSeries,
  index: number,
  { series }: PlotDocument,
  { x, y, bottom }: Layout,
): SVGElement[] {
  const points = times.map((time, at) => `${x(time).toFixed(1)},${y(values[at] ?? 0).toFixed(1)}`);
  const [first = 0] = times;
  if (points.length === 1) {
    const center = { cx: x(first), cy: y(values[0] ?? 0) };
    return [svg('circle', { class: `dot ${lookOf(index)}`, r: 4, ...center })];
  }
  const line = svg('polyline', { class: `line ${lookOf(index)}`, points: points.join(' ') });
  if (series.length > 1) return [line];
  const ends = `${x(times.at(-1) ?? 0)},${bottom} ${x(first)},${bottom}`;
  return [svg('polygon', { class: 'area', points: `${points.join(' ')} ${ends}` }), line];
}

function drawBand(call: PlotCall, { bands, x }: Layout): SVGElement {
  const left = x(call.start);
  const width = Math.max(2, x(call.end) - left);
  const top = bands + call.row * BAND_HEIGHT;
  const fitting = Math.floor((width - 8) / CHARACTER_WIDTH);
  const name =
    call.name.length <= fitting ? call.name : `${call.name.slice(0, Math.max(0, fitting - 1))}…`;
  const seconds = formatTime(Math.round((call.end - call.start) * 1000) / 1000);
  return svg(
    'g',
    {},
    svg('title', {}, `${call.name}, ${seconds}`),
    svg('rect', { class: 'band', x: left, y: top + 1, width, height: BAND_HEIGHT - 3, rx: 2 }),
    ...(fitting >= 2
      ? [svg('text', { class: 'band-name', x: left + 4, y: top + BAND_HEIGHT / 2 + 4 }, name)]
      : []),
  );
}
