import type { Endpoint } from '../../core/derive/endpoints';
import type { Unit } from '../../core/model/profile';
import type { ProfileEntry } from '../../profiles/profileEntry';
import {
  entryDurationMs,
  entryTimeMs,
  formatDuration,
  requestName,
} from '../../profiles/requestTitle';
import { shortTime } from '../gutter/numbers';
import { heatColor, heatIcon, heatLevel } from './heat';
import { relativeTime } from './relativeTime';

/** What a row shows, as plain data. */
export interface RowText {
  readonly label: string;
  readonly description: string;
  /** Name of a product icon and of its theme colour. */
  readonly icon: string;
  readonly color: string | undefined;
  /** What a screen reader says instead of label and description. */
  readonly spoken: string;
}

/** The row of a profile; what a search found in it comes first. */
export function profileRow(
  entry: ProfileEntry,
  isNew: boolean,
  nowMs: number,
  found?: string,
): RowText {
  const label = requestName(entry);
  const { icon, color, facts: known } = lookOf(entry, nowMs);
  const facts = found === undefined ? known : [found, ...known];
  return {
    label,
    description: facts.join(' · '),
    icon,
    color,
    spoken: [...(isNew ? ['new'] : []), label, ...facts].join(', '),
  };
}

/** The row of a group of profiles: `12 × · p50 20 ms · p95 1.2 s · max 3 s`. */
export function groupRow(label: string, { count, p50, p95, max }: Endpoint): RowText {
  const known = (name: string, value: number | undefined): string[] =>
    value === undefined ? [] : [`${name} ${formatDuration(value)}`];
  return {
    label,
    description: [
      `${count} ×`,
      ...known('p50', p50),
      ...known('p95', p95),
      ...known('max', max),
    ].join(' · '),
    ...iconOf(max),
    spoken: [
      label,
      count === 1 ? '1 profile' : `${count} profiles`,
      ...known('median', p50),
      ...known('95th percentile', p95),
      ...known('longest', max),
    ].join(', '),
  };
}

/** Rows of a page: `201–400 of 40,000`. */
export function pageRange(start: number, size: number, count: number): string {
  return `${grouped(start + 1)}–${grouped(Math.min(start + size, count))} of ${grouped(count)}`;
}

/** A count with its thousands set apart: `40,000`. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** A cost in a profile's unit: `12.3 ms`, `2.0 KiB`, `1,234 samples`. */
export function costText(cost: number, unit: Unit): string {
  switch (unit) {
    case 'seconds':
      return formatDuration(cost * 1000);
    case 'bytes':
      return formatBytes(cost);
    case 'samples':
    case 'events':
      return `${grouped(Math.round(cost))} ${unit}`;
  }
}

/** The cost of one of many functions or lines: as `costText`, but times go down to `3.64 µs`. */
export function shortCost(cost: number, unit: Unit): string {
  return unit === 'seconds' ? shortTime(cost) : costText(cost, unit);
}

/** A size in bytes: `512 bytes`, `2.0 KiB`, `29.3 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const power = Math.min(BYTE_UNITS.length, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(1)} ${String(BYTE_UNITS[power - 1])}`;
}

const BYTE_UNITS = ['KiB', 'MiB', 'GiB', 'TiB'];

function lookOf(
  entry: ProfileEntry,
  nowMs: number,
): { icon: string; color: string | undefined; facts: string[] } {
  switch (entry.state.kind) {
    case 'writing':
      return { icon: 'sync', color: undefined, facts: ['writing…'] };
    case 'unreadable':
      return {
        icon: 'warning',
        color: 'list.warningForeground',
        facts: [entry.state.reason],
      };
    case 'unchecked':
    case 'readable':
      return { ...iconOf(entryDurationMs(entry)), facts: factsOf(entry, nowMs) };
  }
}

function iconOf(durationMs: number | undefined): { icon: string; color: string | undefined } {
  if (durationMs === undefined) return { icon: 'graph', color: undefined };
  const level = heatLevel(durationMs);
  return { icon: heatIcon(level), color: heatColor(level) };
}

function factsOf(entry: ProfileEntry, nowMs: number): string[] {
  const { status } = entry.request.facts;
  const duration = entryDurationMs(entry);
  const time = entryTimeMs(entry);
  return [
    ...(status !== undefined && status >= 400 ? [String(status)] : []),
    ...(duration === undefined ? [] : [formatDuration(duration)]),
    ...peakOf(entry),
    ...(time === undefined ? [] : [relativeTime(time, nowMs)]),
  ];
}

/** Of a profile of memory over time, the most that was in use. */
function peakOf({ state }: ProfileEntry): string[] {
  if (state.kind !== 'readable' || state.summary.dataKind !== 'timeline') return [];
  return [`peak ${formatBytes(state.summary.total)}`];
}
