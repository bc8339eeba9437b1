/** What `callgrind_annotate` prints of a sample. */
import { readFixture } from './samples';

/** By event, then by `file:function`: the cost. Functions of one name in different objects are one. */
export type Annotated = ReadonlyMap<string, ReadonlyMap<string, number>>;

const cost = String.raw`([\d,]+|\.)(?: \([ \d.]+%\))?`;

/** Reads a report. The code that is inlined into a function has a row of its own. */
export function annotated(path: string): Annotated {
  const text = readFixture(path).toString();
  const events = /^Events shown: +(.*)$/m.exec(text)?.[1]?.split(' ') ?? [];
  const row = new RegExp(
    String.raw`^ *${events.map(() => cost).join(' +')} +([^ ]*?:.+?)(?: \[.*\])?$`,
  );
  const costs = new Map(events.map((event) => [event, new Map<string, number>()]));
  for (const line of text.split('\n')) {
    const [, ...words] = row.exec(line) ?? [];
    const name = words[events.length];
    if (name === undefined) continue;
    for (const [index, event] of events.entries()) {
      const number = Number(words[index]?.replaceAll(',', '').replace('.', '0'));
      costs.get(event)?.set(name, number);
    }
  }
  return costs;
}
