import type { Period, TimelineDocument } from '../../src/protocol/timeline';
import { create } from '../flamegraph/elements';
import { svg } from '../flamegraph/plot/svg';
import { drawBand, drawTimeline } from './drawing';
import { layoutOf, type Layout } from './layout';
import {
  ofLength,
  selectedPeriod,
  selectionAfter,
  stepAt,
  stillShown,
  type Selection,
} from './selection';
import { pointText, selectionText } from './words';

/** What the chart tells of. */
export interface ChartEvents {
  /** Something else is selected, or nothing. */
  readonly selected: (selection: Selection | undefined) => void;
  /** The pointer is over a step, or over none. */
  readonly pointed: (index: number | undefined) => void;
  /** What is selected is to be opened. */
  readonly opened: () => void;
  /** What is selected or marked is to be forgotten. */
  readonly cancelled: () => void;
}

/**
 * The bars of a timeline, over which a range is selected: by dragging, or as with a slider by the
 * arrow keys, where Shift extends the range and Enter opens it.
 */
export class Chart {
  readonly element = create('div', 'chart');
  readonly #picture = svg('svg', { 'aria-hidden': 'true' });
  readonly #events: ChartEvents;
  #timeline: TimelineDocument | undefined;
  #layout: Layout | undefined;
  #selection: Selection | undefined;
  #marked: Period | undefined;
  /** Where a drag began; milliseconds since the epoch. */
  #dragFromMs: number | undefined;

  constructor(events: ChartEvents) {
    this.#events = events;
    this.element.append(this.#picture);
    this.element.tabIndex = 0;
    this.element.setAttribute('role', 'slider');
    this.element.setAttribute('aria-label', 'Collected samples over time');
    this.element.setAttribute('aria-valuemin', '0');
    this.#listenToPointer();
    this.element.addEventListener('keydown', (event) => {
      this.#pressed(event);
    });
    new ResizeObserver(() => {
      this.#draw();
    }).observe(this.element);
  }

  get selection(): Selection | undefined {
    return this.#selection;
  }

  /** Shows other counts; what is selected of the time stays. */
  show(timeline: TimelineDocument): void {
    this.#timeline = timeline;
    this.element.setAttribute('aria-valuemax', String(Math.max(0, timeline.samples.length - 1)));
    this.select(stillShown(timeline, this.#selection));
  }

  /** Selects a range, or nothing. Beside a marked range only one that is as long tells anything. */
  select(wanted: Selection | undefined): void {
    const timeline = this.#timeline;
    const marked = this.#marked;
    const selection =
      wanted && timeline && marked
        ? ofLength(timeline, marked.untilMs - marked.fromMs, stepAt(timeline, wanted.headMs))
        : wanted;
    this.#selection = selection;
    this.#speak();
    this.#draw();
    this.#events.selected(selection);
  }

  /** Shows a range that another one is to be compared with, or none. */
  mark(period: Period | undefined): void {
    this.#marked = period;
    this.#draw();
  }

  #listenToPointer(): void {
    this.element.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || !this.#timeline) return;
      this.element.setPointerCapture(event.pointerId);
      this.#dragFromMs = event.shiftKey ? this.#selection?.anchorMs : undefined;
      this.#dragTo(event);
    });
    this.element.addEventListener('pointermove', (event) => {
      if (this.#dragFromMs !== undefined) this.#dragTo(event);
      this.#events.pointed(this.#stepUnder(event));
    });
    const released = (): void => {
      this.#dragFromMs = undefined;
    };
    this.element.addEventListener('pointerup', released);
    this.element.addEventListener('pointercancel', released);
    this.element.addEventListener('pointerleave', () => {
      this.#events.pointed(undefined);
    });
    this.element.addEventListener('dblclick', () => {
      this.#events.opened();
    });
  }

  #dragTo(event: PointerEvent): void {
    const index = this.#stepUnder(event);
    if (index === undefined || !this.#timeline) return;
    const headMs = this.#timeline.fromMs + index * this.#timeline.stepMs;
    this.#dragFromMs ??= headMs;
    this.select({ anchorMs: this.#dragFromMs, headMs });
  }

  #stepUnder({ clientX }: PointerEvent): number | undefined {
    if (!this.#timeline || !this.#layout) return undefined;
    const left = this.element.getBoundingClientRect().left;
    return stepAt(this.#timeline, this.#layout.msAt(clientX - left));
  }

  #pressed(event: KeyboardEvent): void {
    if (!this.#timeline) return;
    if (event.key === 'Enter') this.#events.opened();
    else if (event.key === 'Escape') this.#events.cancelled();
    else {
      const after = selectionAfter(this.#timeline, this.#selection, event.key, event.shiftKey);
      if (!after) return;
      this.select(after);
    }
    event.preventDefault();
  }

  #speak(): void {
    const timeline = this.#timeline;
    if (!timeline) return;
    const last = timeline.samples.length - 1;
    const selection = this.#selection;
    const index = selection ? stepAt(timeline, selection.headMs) : last;
    const text = selection ? selectionText(timeline, selection) : pointText(timeline, last);
    this.element.setAttribute('aria-valuenow', String(Math.max(0, index)));
    this.element.setAttribute('aria-valuetext', text);
  }

  #draw(): void {
    const timeline = this.#timeline;
    const { width, height } = this.element.getBoundingClientRect();
    if (!timeline || width === 0 || height === 0) return;
    const layout = layoutOf(timeline, width, height);
    this.#layout = layout;
    const selected = this.#selection && selectedPeriod(timeline, this.#selection);
    this.#picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.#picture.replaceChildren(
      ...(this.#marked ? [drawBand('marked', 'first range', this.#marked, layout)] : []),
      ...(selected ? [drawBand('selected', '', selected, layout)] : []),
      ...drawTimeline(timeline, layout),
    );
  }
}
