import type { TimelineDocument } from '../../src/protocol/timeline';
import { create } from '../flamegraph/elements';
import { textTable } from '../flamegraph/plot/table';
import { formatMinute } from './clock';
import { stepText } from './words';

/** Steps that the table lists; the last ones with samples. */
const MOST_ROWS = 500;

/** The counts in words and numbers, for those who do not see the bars and those who want them. */
export class TimelineTable {
  readonly element = create('details', 'plot-table');
  readonly #place = create('div', '');
  #timeline: TimelineDocument | undefined;

  constructor() {
    const summary = create('summary', '');
    summary.textContent = 'As a table';
    this.element.append(summary, this.#place);
    this.element.addEventListener('toggle', () => {
      this.#fill();
    });
  }

  show(timeline: TimelineDocument): void {
    this.#timeline = timeline;
    this.#fill();
  }

  /** A closed table costs nothing. */
  #fill(): void {
    const timeline = this.#timeline;
    if (!this.element.open || !timeline) return;
    const counted = timeline.samples
      .map((count, index) => ({ count, ms: timeline.fromMs + index * timeline.stepMs }))
      .filter(({ count }) => count > 0);
    const rows = counted
      .slice(-MOST_ROWS)
      .map(({ count, ms }) => [formatMinute(ms), count.toLocaleString('en-US')]);
    const caption = `Samples by ${stepText(timeline.stepMs)}`;
    const title = counted.length > MOST_ROWS ? `${caption}, the last ${MOST_ROWS}` : caption;
    this.#place.replaceChildren(textTable(title, ['From', 'Samples'], rows));
  }
}
