import type { JsonObject } from '../encoding/json';
import { checkThreads } from '../encoding/threads';
import { damaged } from '../failures';
import { label, number } from './values';

/** A thread of a process; writers use numbers or texts for either. */
export interface ThreadId {
  readonly pid: string;
  readonly tid: string;
}

/** An event that begins (B), ends (E) or spans (X) a stretch of time; in microseconds. */
export interface TraceEvent {
  readonly phase: 'B' | 'E' | 'X';
  readonly time: number;
  /** 0 but for X. */
  readonly duration: number;
  /** Place among the events of the thread: what spans a time is written at its end, so the outer later. */
  readonly index: number;
  readonly json: JsonObject;
}

/** The events of one thread, in the order of time, those around others before them. */
export interface TracedThread extends ThreadId {
  readonly events: readonly TraceEvent[];
}

/** The threads that have events with a duration, in the order of their first one. */
export function threadsOf(events: readonly JsonObject[]): TracedThread[] {
  const threads = new Map<string, ThreadId & { readonly events: TraceEvent[] }>();
  for (const json of events) {
    const phase = json['ph'];
    if (phase !== 'B' && phase !== 'E' && phase !== 'X') continue;
    const id = threadOf(json);
    const key = `${id.pid}\0${id.tid}`;
    let thread = threads.get(key);
    if (!thread) {
      threads.set(key, (thread = { ...id, events: [] }));
      checkThreads(threads.size);
    }
    thread.events.push(readEvent(phase, json, thread.events.length));
  }
  for (const { events } of threads.values()) inOrder(events);
  return [...threads.values()];
}

/** Which thread an event is of. */
export function threadOf(event: JsonObject): ThreadId {
  return { pid: idOf(event['pid']), tid: idOf(event['tid']) };
}

function idOf(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}

function readEvent(phase: TraceEvent['phase'], json: JsonObject, index: number): TraceEvent {
  const duration = phase === 'X' ? number(json['dur'] ?? 0) : 0;
  if (duration < 0) throw damaged(label, 'an event ends before it begins');
  return { phase, time: number(json['ts']), duration, index, json };
}

/** Of events that begin at once those that span a time are inside, the shorter in the longer ones. */
function inOrder(events: TraceEvent[]): void {
  events.sort((a, b) => {
    if (a.time !== b.time) return a.time - b.time;
    if (a.phase !== 'X' || b.phase !== 'X')
      return Number(a.phase === 'X') - Number(b.phase === 'X');
    return b.duration - a.duration || b.index - a.index;
  });
}
