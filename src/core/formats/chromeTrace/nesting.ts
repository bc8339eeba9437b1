import type { NodeIndex } from '../../model/profile';
import type { LaneBuilder, StacksBuilder } from '../../model/stacksBuilder';
import { noNode } from '../../model/stackTree';
import { frameOf, isPySpy, nameOf } from './frames';
import type { TraceEvent, TracedThread } from './threads';

/**
 * Adds a thread as a lane: what passes between two events is the cost of the innermost open one.
 * @returns how many events did not fit into one another
 */
export function addThread(thread: TracedThread, name: string, builder: StacksBuilder): number {
  const nesting = new Nesting(thread, name, builder);
  for (const event of thread.events) nesting.read(event);
  nesting.finish();
  return nesting.misfits;
}

/** An event that has begun. */
interface OpenEvent {
  readonly node: NodeIndex;
  /** Of an event that ends by another one; `undefined` of one that spans a time. */
  readonly name: string | undefined;
  /** In microseconds; not after that of the event around it. */
  readonly end: number;
}

class Nesting {
  misfits = 0;
  readonly #builder: StacksBuilder;
  readonly #lane: LaneBuilder;
  readonly #isSampled: boolean;
  readonly #open: OpenEvent[] = [];
  /** How many events of a name are open, so that none is searched for in vain. */
  readonly #openNames = new Map<string, number>();
  #now: number;
  #last: number;

  constructor({ events }: TracedThread, name: string, builder: StacksBuilder) {
    const first = events[0];
    this.#builder = builder;
    this.#isSampled = first !== undefined && isPySpy(first.json);
    this.#now = this.#last = first?.time ?? 0;
    const kind = this.#isSampled ? 'sampled' : 'evented';
    this.#lane = builder.lane({ name, kind, unit: 'seconds', timeOrdered: true });
  }

  read(event: TraceEvent): void {
    this.#passTo(event.time);
    this.#last = Math.max(this.#last, event.time);
    if (event.phase === 'E') this.#end(nameOf(event.json));
    else if (event.phase === 'B') this.#begin(event, Infinity, nameOf(event.json));
    else this.#begin(event, this.#fittingEnd(event), undefined);
  }

  /** Lets the time pass until the last event ended; what is open then never ended. */
  finish(): void {
    this.#passTo(this.#last);
    this.misfits += this.#open.length;
  }

  /** Lets time pass, and closes what ends in it. */
  #passTo(time: number): void {
    for (let inner = this.#open.at(-1); inner && inner.end <= time; inner = this.#open.at(-1)) {
      this.#add(inner.end);
      this.#close();
    }
    this.#add(time);
  }

  #add(until: number): void {
    if (until <= this.#now) return;
    this.#lane.add(this.#open.at(-1)?.node ?? noNode, (until - this.#now) / 1e6);
    this.#now = until;
  }

  #begin({ json }: TraceEvent, end: number, name: string | undefined): void {
    const around = this.#open.at(-1);
    const parent = around?.node ?? noNode;
    const frame = frameOf(json, this.#builder);
    const { tree } = this.#builder;
    const node = this.#isSampled ? tree.child(parent, frame) : tree.add(parent, frame);
    this.#open.push({ node, name, end: Math.min(end, around?.end ?? Infinity) });
    if (name === undefined) this.#last = Math.max(this.#last, end);
    else this.#count(name, 1);
  }

  /** Ends the innermost event of a name, or the innermost one, and those that began in it. */
  #end(name: string): void {
    const ends = (open: OpenEvent): boolean =>
      open.name !== undefined && (name === '' || open.name === name);
    if (name !== '' && (this.#openNames.get(name) ?? 0) === 0) {
      this.misfits += 1;
      return;
    }
    for (let inner = this.#open.at(-1); inner; inner = this.#open.at(-1)) {
      this.#close();
      if (ends(inner)) return;
      this.misfits += 1;
    }
  }

  #close(): void {
    const closed = this.#open.pop();
    if (closed?.name !== undefined) this.#count(closed.name, -1);
  }

  #count(name: string, change: number): void {
    this.#openNames.set(name, (this.#openNames.get(name) ?? 0) + change);
  }

  /**
   * When an event ends that spans a time. Times are rounded, so it may begin a little before the one
   * ends that is behind it, and end a little after the one that it is in.
   */
  #fittingEnd({ time, duration }: TraceEvent): number {
    const end = time + duration;
    const rounding = 0.002 + 4 * Number.EPSILON * Math.abs(time);
    for (let around = this.#open.at(-1); around && around.end < end; around = this.#open.at(-1)) {
      if (around.end - time > rounding) {
        if (end - around.end > rounding) this.misfits += 1;
        return around.end;
      }
      this.#close();
    }
    return end;
  }
}
