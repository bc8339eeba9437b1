import type { Delta, Unit } from '../../src/protocol/comparison';
import { changeOf, relativeChangeOf } from './delta';

/** A real minus: as wide as the plus, and read out by screen readers. */
const MINUS = '−';

/** Costs are told to so many significant digits. */
const DIGITS = 3;

/** Up to this much a relative change is told in percent, beyond it as a factor. */
const LARGEST_PERCENT = 10;

type Scale = readonly (readonly [size: number, label: string])[];

const SECONDS: Scale = [
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'µs'],
  [1e-9, 'ns'],
];
const BYTES: Scale = [
  [2 ** 30, 'GiB'],
  [2 ** 20, 'MiB'],
  [2 ** 10, 'KiB'],
  [1, 'B'],
];

const COUNT = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });

/** A cost in the unit that suits it: `12.3 ms`, `2 KiB`, `1,234`; blank where it is unknown. */
export function formatCost(cost: number | undefined, unit: Unit): string {
  if (cost === undefined || Number.isNaN(cost)) return '';
  const sign = cost < 0 ? MINUS : '';
  const size = Math.abs(cost);
  if (unit !== 'seconds' && unit !== 'bytes') return sign + COUNT.format(size);
  const scale = unit === 'seconds' ? SECONDS : BYTES;
  if (size === 0) return `0 ${unit === 'seconds' ? 'ms' : 'B'}`;
  const [one, label] = scale.find(([least]) => size >= least) ?? scale.at(-1) ?? [1, ''];
  return `${sign}${COUNT.format(Number((size / one).toPrecision(DIGITS)))} ${label}`;
}

/** A change with its sign: `+12.3 ms`, `−2 KiB`, `0 ms`; blank where it is unknown. */
export function formatChange(change: number, unit: Unit): string {
  return (change > 0 ? '+' : '') + formatCost(change, unit);
}

/** A relative change: `+45 %`, `−3.2 %`, `×12`; `new` and `gone` are not told here. Blank where unknown. */
export function formatRelative(share: number): string {
  if (Number.isNaN(share)) return '';
  if (share === 0) return '0 %';
  if (share >= LARGEST_PERCENT) return `×${COUNT.format(Number((share + 1).toPrecision(DIGITS)))}`;
  const percent = Math.abs(share) * 100;
  const digits = COUNT.format(Number(percent.toPrecision(percent < 1 ? 1 : 2)));
  return `${share > 0 ? '+' : MINUS}${digits} %`;
}

/** A number of calls a request; blank where it is unknown. */
export function formatCalls(calls: number | undefined): string {
  return calls === undefined ? '' : COUNT.format(Number(calls.toPrecision(6)));
}

/** Both sides, the change and the relative change in a line: `10 ms → 12.3 ms, +2.3 ms, +23 %`. */
export function formatDelta(delta: Delta, unit: Unit): string {
  const side = (cost: number | undefined): string => formatCost(cost, unit) || 'unknown';
  const change = formatChange(changeOf(delta), unit);
  const relative = formatRelative(relativeChangeOf(delta));
  return [`${side(delta.before)} → ${side(delta.after)}`, change, relative]
    .filter((part) => part !== '')
    .join(', ');
}
