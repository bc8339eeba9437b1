import type { JsonObject } from '../encoding/json';

/** What to call each thread: with its process where there are several, with its id among namesakes. */
export function laneNames(threads: readonly JsonObject[]): string[] {
  const processes = new Set(threads.map(({ pid }) => pid));
  const names = threads.map((thread) => {
    const name = textOf(thread['name']);
    if (processes.size < 2) return name;
    return `${textOf(thread['processName'])} ${textOf(thread['pid'])}: ${name}`;
  });
  const bearers = new Map<string, number>();
  for (const name of names) bearers.set(name, (bearers.get(name) ?? 0) + 1);
  return names.map((name, index) => {
    const isNamesake = (bearers.get(name) ?? 0) > 1;
    return isNamesake ? `${name} (${textOf(threads[index]?.['tid'])})` : name;
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
