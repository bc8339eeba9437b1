import type { Metrics } from '../../model/profile';
import { dialectOf, type Dialect } from './dialect';
import { Events, type CountedEvent } from './events';

/** Which word of a cost line is what. */
export interface Columns {
  /** How many words are positions; costs follow them. */
  readonly positions: number;
  /** Index of the source line among the positions, -1 where there is none. */
  readonly line: number;
  /** How often each of the costs counts for the shown event. */
  readonly weights: readonly number[];
  /** Index of the hits among the costs, -1 where there are none. */
  readonly hits: number;
}

/**
 * The `key: value` lines of a file. Those of a later part may change the columns, but not which
 * event is shown.
 */
export class Header {
  readonly #values = new Map<string, string>();
  readonly #events = new Events();
  readonly #wanted: string | undefined;
  #positions: readonly string[] = ['line'];
  #dialect: Dialect | undefined;
  #counted: readonly CountedEvent[] | undefined;
  #columns: Columns | undefined;

  /** @param wanted name of the event to show; any other than the file's stands for the default */
  constructor(wanted: string | undefined) {
    this.#wanted = wanted;
  }

  /** @throws ProfileError where there are too many events */
  read(key: string, value: string): void {
    if (!this.#values.has(key)) this.#values.set(key, value);
    if (key === 'positions') this.#positions = words(value);
    else if (key === 'events' || key === 'event(s)') this.#events.setColumns(words(value));
    else if (key === 'event') this.#events.define(value);
    else return;
    this.#columns = undefined;
  }

  /** How the writer uses the format; known once the header before the first function is read. */
  get dialect(): Dialect {
    return (this.#dialect ??= dialectOf(this.#values));
  }

  /** The event that is shown: the wanted one, else the first that is a time, else the first. */
  get shown(): CountedEvent | undefined {
    const { counted } = this;
    return (
      counted.find(({ metric }) => metric.id === this.#wanted) ??
      counted.find(({ unit }) => unit === 'seconds') ??
      counted[0]
    );
  }

  /** The events to choose from, where there is a choice. */
  get metrics(): Metrics | undefined {
    const { counted, shown } = this;
    if (!shown || counted.length < 2) return undefined;
    return { all: counted.map(({ metric }) => metric), shown: shown.metric.id };
  }

  get columns(): Columns {
    return (this.#columns ??= {
      positions: this.#positions.length,
      line: this.#positions.indexOf('line'),
      weights: this.#weights(),
      hits: this.#events.columns.indexOf('hits'),
    });
  }

  /** The cost that the header states for all, in events; 0 where it states none. */
  get summary(): number {
    const { weights } = this.columns;
    const values = words(this.#values.get('summary') ?? '').map(Number);
    const summary = weights.reduce((sum, weight, index) => sum + weight * (values[index] ?? 0), 0);
    return Number.isFinite(summary) ? summary : 0;
  }

  /** The events of the first part. */
  get counted(): readonly CountedEvent[] {
    if (this.#counted) return this.#counted;
    const { scales, meaninglessEvents = [] } = this.dialect;
    const counted = this.#events
      .all(scales)
      .filter(({ metric }) => !meaninglessEvents.includes(metric.id));
    if (counted.length > 0) this.#counted = counted;
    return counted;
  }

  /** A column that is named twice counts once. */
  #weights(): number[] {
    const { columns } = this.#events;
    const { terms } = this.shown ?? {};
    return columns.map((name, index) =>
      columns.indexOf(name) === index ? (terms?.get(name) ?? 0) : 0,
    );
  }
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
