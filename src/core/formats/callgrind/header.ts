import { dialectOf, type Dialect } from './dialect';
import { chooseEvent, type ShownEvent } from './events';

/** Which word of a cost line is what. */
export interface Columns {
  /** How many words are positions; costs follow them. */
  readonly positions: number;
  /** Index of the source line among the positions, -1 where there is none. */
  readonly line: number;
  /** Index of the shown event among the costs. */
  readonly cost: number;
  /** Index of the hits among the costs, -1 where there are none. */
  readonly hits: number;
}

/** The `key: value` lines of a file. Those of a later part may change the columns, but not the event. */
export class Header {
  readonly #values = new Map<string, string>();
  #positions: readonly string[] = ['line'];
  #events: readonly string[] = [];
  #dialect: Dialect | undefined;
  #shown: ShownEvent | undefined;
  #columns: Columns | undefined;

  read(key: string, value: string): void {
    if (!this.#values.has(key)) this.#values.set(key, value);
    if (key === 'positions') this.#positions = words(value);
    else if (key === 'events' || key === 'event(s)') this.#events = words(value);
    else return;
    this.#columns = undefined;
  }

  /** How the writer uses the format; known once the header before the first function is read. */
  get dialect(): Dialect {
    return (this.#dialect ??= dialectOf(this.#values));
  }

  /** The event that is shown, `undefined` where the file has none. */
  get shown(): ShownEvent | undefined {
    return (this.#shown ??= chooseEvent(this.#events, this.dialect));
  }

  get columns(): Columns {
    return (this.#columns ??= {
      positions: this.#positions.length,
      line: this.#positions.indexOf('line'),
      cost: this.#events.indexOf(this.shown?.name ?? ''),
      hits: this.#events.indexOf('hits'),
    });
  }

  /** Names of the events that are not shown and not told by the others. */
  get hiddenEvents(): string[] {
    const { derivedEvents = [] } = this.dialect;
    const shown = [this.shown?.name, 'hits', ...derivedEvents];
    return this.#events.filter((name) => !shown.includes(name));
  }

  /** The cost that the header states for all, in events; 0 where it states none. */
  get summary(): number {
    const values = words(this.#values.get('summary') ?? '').map(Number);
    const summary = values[this.columns.cost] ?? 0;
    return Number.isFinite(summary) ? summary : 0;
  }
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
