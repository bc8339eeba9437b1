/** The timeline's page: what was collected over time, a range of it to select, and what to do with it. */
import type { Period, TimelineDocument, ToTimeline } from '../../src/protocol/timeline';
import { reportErrors } from '../errors';
import { create } from '../flamegraph/elements';
import { registerToolkit } from '../toolkit';
import { Chart } from './chart';
import { Controls } from './controls';
import { Host } from './host';
import { selectedPeriod } from './selection';
import { TimelineTable } from './timelineTable';
import { pointText, selectionText } from './words';

const HINT =
  'Drag over the chart to select a range, or use the arrow keys with Shift; Enter shows it.';
const EMPTY = 'No samples were collected in this time.';

class TimelinePage {
  readonly #host = new Host();
  readonly #controls = new Controls({
    choose: (shown) => {
      this.#host.send({ t: 'choose', shown });
    },
    show: () => {
      this.#show();
    },
    compare: () => {
      this.#compare();
    },
  });
  readonly #reading = create('p', 'reading');
  readonly #chart = new Chart({
    selected: () => {
      this.#selected();
    },
    pointed: (index) => {
      this.#read(index);
    },
    opened: () => {
      this.#show();
    },
    cancelled: () => {
      if (this.#marked) this.#mark(undefined);
      else this.#chart.select(undefined);
    },
  });
  readonly #table = new TimelineTable();
  readonly #failure = create('p', 'failure');
  readonly #main = create('main', 'plot', this.#reading, this.#chart.element, this.#table.element);
  #timeline: TimelineDocument | undefined;
  /** The range that another one is to be compared with. */
  #marked: Period | undefined;

  start(): void {
    registerToolkit();
    reportErrors((message) => {
      this.#host.send({ t: 'error', message });
    });
    this.#failure.setAttribute('role', 'alert');
    this.#main.hidden = true;
    this.#failure.hidden = true;
    document.body.append(this.#controls.element, this.#failure, this.#main);
    this.#host.listen((message) => {
      this.#receive(message);
    });
    this.#host.send({ t: 'ready' });
  }

  #receive(message: ToTimeline): void {
    this.#main.hidden = message.t === 'failed';
    this.#failure.hidden = message.t !== 'failed';
    if (message.t === 'failed') this.#failure.textContent = message.message;
    else this.#take(message.timeline);
  }

  #take(timeline: TimelineDocument): void {
    // Other samples, or other steps, do not compare with what is marked.
    if (!isSameChoice(timeline, this.#timeline)) this.#mark(undefined);
    this.#timeline = timeline;
    this.#host.keep({ shown: timeline.shown });
    this.#controls.offer(timeline);
    this.#chart.show(timeline);
    this.#table.show(timeline);
  }

  #selected(): void {
    this.#controls.setSelected(this.#period() !== undefined);
    this.#read(undefined);
  }

  /** Tells of the step under the pointer, else of what is selected. */
  #read(index: number | undefined): void {
    const timeline = this.#timeline;
    if (!timeline) return;
    const { selection } = this.#chart;
    const hint = timeline.samples.some((count) => count > 0) ? HINT : EMPTY;
    const resting = selection ? selectionText(timeline, selection) : hint;
    this.#reading.textContent = index === undefined ? resting : pointText(timeline, index);
  }

  #period(): Period | undefined {
    const { selection } = this.#chart;
    return this.#timeline && selection && selectedPeriod(this.#timeline, selection);
  }

  #show(): void {
    const period = this.#period();
    if (period) this.#host.send({ t: 'show', period });
  }

  /** Marks the first range, and compares it with the second. */
  #compare(): void {
    const period = this.#period();
    if (!period) return;
    if (!this.#marked) {
      this.#mark(period);
      this.#chart.select(undefined);
      this.#chart.element.focus();
      return;
    }
    this.#host.send({ t: 'compare', periods: [this.#marked, period] });
    this.#mark(undefined);
  }

  #mark(period: Period | undefined): void {
    this.#marked = period;
    this.#chart.mark(period);
    this.#controls.setMarked(period);
  }
}

function isSameChoice(one: TimelineDocument, other: TimelineDocument | undefined): boolean {
  return one.shown.lane === other?.shown.lane && one.stepMs === other.stepMs;
}

new TimelinePage().start();
