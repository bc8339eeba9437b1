import type { PlotDocument } from '../../../src/protocol/flamegraph';
import { create } from '../elements';
import { formatTime, formatValue } from './axis';
import { drawPlot, lookOf } from './drawing';
import { layoutOf, type Layout } from './layout';
import { nextMoment, readingAt, spoken } from './reading';
import { svg } from './svg';
import { plotTable } from './table';

/** Part of the time that Page Up and Page Down go. */
const PAGE = 0.1;

const HINT = 'Point at the plot, or use the arrow keys, to read values off.';

/** What a plot is of, for people. */
export function plotTitle({ unit }: PlotDocument): string {
  return unit === 'bytes' ? 'Memory over time' : 'Values over time';
}

/**
 * A plot over time in place of the graph. The chart is a slider over the time: arrow keys go from
 * measurement to measurement, and a screen reader says what was measured there.
 */
export class PlotView {
  readonly element = create('main', 'plot');
  readonly #legend = create('ul', 'legend');
  readonly #reading = create('p', 'reading');
  readonly #chart = create('div', 'chart');
  readonly #picture = svg('svg', { 'aria-hidden': 'true' });
  #plot: PlotDocument | undefined;
  #layout: Layout | undefined;
  /** Where values are read off, in seconds since the start. */
  #time: number | undefined;

  constructor() {
    this.#chart.append(this.#picture);
    this.#chart.tabIndex = 0;
    this.#chart.setAttribute('role', 'slider');
    this.#chart.setAttribute('aria-label', 'Time');
    this.#chart.addEventListener('pointermove', ({ clientX }) => {
      const left = this.#chart.getBoundingClientRect().left;
      this.#readAt(this.#layout?.timeAt(clientX - left));
    });
    this.#chart.addEventListener('pointerleave', () => {
      if (document.activeElement !== this.#chart) this.#readAt(undefined);
    });
    this.#chart.addEventListener('keydown', (event) => {
      const time = this.#timeAfter(event.key);
      if (time === undefined) return;
      event.preventDefault();
      this.#readAt(time);
    });
    new ResizeObserver(() => {
      this.#draw();
    }).observe(this.#chart);
    this.hide();
  }

  show(plot: PlotDocument): void {
    this.#plot = plot;
    this.element.hidden = false;
    this.#legend.replaceChildren(...plot.series.map((_, index) => this.#legendItem(plot, index)));
    this.element.replaceChildren(this.#legend, this.#reading, this.#chart, plotTable(plot));
    this.#chart.setAttribute('aria-valuemin', '0');
    this.#chart.setAttribute('aria-valuemax', String(plot.duration));
    this.#readAt(undefined);
    this.#draw();
  }

  hide(): void {
    this.#plot = undefined;
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  /** A process with its peak; pressing it goes there. */
  #legendItem({ series, unit }: PlotDocument, index: number): HTMLElement {
    const { name = '', peak = { time: 0, value: 0 } } = series[index] ?? {};
    const sample = svg(
      'svg',
      { class: 'sample', width: 28, height: 8, 'aria-hidden': 'true' },
      svg('line', { class: `line ${lookOf(index)}`, x1: 0, x2: 28, y1: 4, y2: 4 }),
    );
    const label = create('span', 'series-name');
    label.textContent = name;
    const value = create('span', 'series-peak');
    const time = formatTime(Math.round(peak.time * 1000) / 1000);
    value.textContent = `peak ${formatValue(peak.value, unit)} at ${time}`;
    const button = create('button', 'series', sample, label, value);
    button.title = name;
    button.addEventListener('click', () => {
      this.#readAt(peak.time);
    });
    return create('li', '', button);
  }

  #timeAfter(key: string): number | undefined {
    const plot = this.#plot;
    if (!plot) return undefined;
    const time = this.#time ?? 0;
    const page = plot.duration * PAGE;
    switch (key) {
      case 'ArrowRight':
      case 'ArrowUp':
        return this.#time === undefined ? 0 : nextMoment(plot, time, 'after');
      case 'ArrowLeft':
      case 'ArrowDown':
        return nextMoment(plot, time, 'before');
      case 'PageUp':
        return Math.min(plot.duration, time + page);
      case 'PageDown':
        return Math.max(0, time - page);
      case 'Home':
        return 0;
      case 'End':
        return plot.duration;
      default:
        return undefined;
    }
  }

  /** Shows what was measured at a time, or nothing. */
  #readAt(time: number | undefined): void {
    const plot = this.#plot;
    if (!plot) return;
    this.#time = time;
    this.#chart.setAttribute('aria-valuenow', String(time ?? 0));
    this.#chart.setAttribute('aria-valuetext', spoken(plot, time ?? 0));
    this.#reading.textContent = time === undefined ? HINT : spoken(plot, time);
    this.#drawCursor();
  }

  #draw(): void {
    const plot = this.#plot;
    const { width, height } = this.#chart.getBoundingClientRect();
    if (!plot || width === 0 || height === 0) return;
    this.#layout = layoutOf(plot, width, height);
    this.#picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.#picture.replaceChildren(...drawPlot(plot, this.#layout));
    this.#drawCursor();
  }

  #drawCursor(): void {
    this.#picture.querySelector('.cursor')?.remove();
    const plot = this.#plot;
    const layout = this.#layout;
    const time = this.#time;
    if (!plot || !layout || time === undefined) return;
    const x = layout.x(time);
    const dots = readingAt(plot, time).values.flatMap((value, index) =>
      value === undefined
        ? []
        : [svg('circle', { class: `dot ${lookOf(index)}`, cx: x, cy: layout.y(value), r: 4 })],
    );
    const line = svg('line', { x1: x, x2: x, y1: layout.top, y2: layout.height });
    this.#picture.append(svg('g', { class: 'cursor' }, line, ...dots));
  }
}
