import type { ProtobufReader } from '../encoding/protobuf';
import type { Strings } from './messages';

/** The thread of a sample, as far as its labels tell it. */
export interface Thread {
  readonly name: string | undefined;
  readonly id: string | undefined;
}

/** Keys of labels, in lower case and with underscores, that name a thread. */
const nameKeys = new Set(['thread', 'thread_name']);

/** Keys of labels that number a thread, and what is so numbered. */
const idKeys = new Map([
  ['thread_id', 'Thread'],
  ['threadid', 'Thread'],
  ['tid', 'Thread'],
  ['goroutine', 'Goroutine'],
  ['goroutine_id', 'Goroutine'],
]);

/** Adds what one label tells of the thread. */
export function readThreadLabel(thread: Thread, label: ProtobufReader, strings: Strings): Thread {
  let key = '';
  let value = '';
  while (label.next()) {
    if (label.field === 1) key = strings.at(label.signed());
    else if (label.field === 2) value = strings.at(label.signed()) || value;
    else if (label.field === 3) value = String(label.signed());
    else label.skipField();
  }
  const known = key.toLowerCase().replaceAll(' ', '_');
  if (value === '') return thread;
  if (nameKeys.has(known)) return { ...thread, name: value };
  const kind = idKeys.get(known);
  return kind === undefined ? thread : { ...thread, id: `${kind} ${value}` };
}

export function threadTitle({ name, id }: Thread): string {
  if (name === undefined) return id ?? 'Samples';
  return id === undefined ? name : `${name} (${id})`;
}
