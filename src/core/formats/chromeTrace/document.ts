import { parseJsonText, type JsonObject } from '../encoding/json';
import { wholeText } from '../encoding/text';
import { truncated } from '../failures';
import { array, label, object } from './values';

/** The events of a trace, in the order of the file. */
export interface TraceDocument {
  readonly events: readonly JsonObject[];
  readonly warnings: readonly string[];
}

/**
 * Reads a list of events, or an object that has one as `traceEvents`. Writers may leave the end of
 * the list out, so a file that ends in the middle holds the events that are complete.
 */
export function readEvents(bytes: Buffer): TraceDocument {
  const text = wholeText(bytes);
  if (/[\]}]\s*$/.test(text.slice(-64))) {
    const whole = tryParse(text);
    if (whole !== undefined) return { events: eventsOf(whole), warnings: [] };
  }
  const list = completeItems(text);
  if (list === undefined) throw truncated();
  return {
    events: eventsOf(parseJsonText(list, label)),
    warnings: ['The file ends in the middle, so the last events may be missing.'],
  };
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function eventsOf(document: unknown): readonly JsonObject[] {
  const events = Array.isArray(document) ? document : object(document)['traceEvents'];
  return array(events).map(object);
}

/** The list of events up to its last item that is complete; `undefined` where none is. */
function completeItems(text: string): string | undefined {
  const start = /^\s*\[/.test(text) ? text.indexOf('[') : listOfKey(text);
  if (start < 0) return undefined;
  const end = endOfLastItem(text, start + 1);
  return end < 0 ? undefined : `${text.slice(start, end)}]`;
}

function listOfKey(text: string): number {
  const key = /"traceEvents"\s*:\s*\[/.exec(text);
  return key ? key.index + key[0].length - 1 : -1;
}

/** Where the last object or list ends that is complete among the items of a list; -1 without one. */
function endOfLastItem(text: string, start: number): number {
  let end = -1;
  let depth = 0;
  for (let at = start; at < text.length && depth >= 0; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) end = at + 1;
  }
  return end;
}

/** Where the quote is that ends a string. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
