import type { Unit } from '../../../src/protocol/flamegraph';

/** A mark of an axis. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

interface Scale {
  readonly label: string;
  readonly size: number;
}

const BYTES: readonly Scale[] = [
  { label: 'GiB', size: 2 ** 30 },
  { label: 'MiB', size: 2 ** 20 },
  { label: 'KiB', size: 2 ** 10 },
  { label: 'B', size: 1 },
];

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps of a time axis from half a minute up; below, and beyond a day, they are round numbers. */
const TIME_STEPS = [
  ...[0.5, 1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR),
];

/** Ticks of the values from 0 up to the first that is not below `maximum`. */
export function valueTicks(maximum: number, unit: Unit, most: number): Tick[] {
  const { size, label } = scaleOf(maximum, unit);
  const step = roundStep(maximum / size, most);
  const count = Math.max(1, Math.ceil(maximum / size / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => ({
    value: index * step * size,
    label: withUnit(rounded(index * step), label),
  }));
}

/** Ticks of a time axis within `duration`, in seconds. */
export function timeTicks(duration: number, most: number): Tick[] {
  const step = timeStep(duration, most);
  const count = Math.floor(duration / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => ({
    value: index * step,
    label: formatTime(index * step),
  }));
}

/** A value for people: `29.24 MiB`, `512 B`. */
export function formatValue(value: number, unit: Unit): string {
  const { size, label } = scaleOf(Math.abs(value), unit);
  const minimumFractionDigits = size > 1 ? 2 : 0;
  const digits = { minimumFractionDigits, maximumFractionDigits: 2 };
  return withUnit((value / size).toLocaleString('en-US', digits), label);
}

/** A change with its sign: `+3.05 MiB`. */
export function formatChange(value: number, unit: Unit): string {
  const sign = value < 0 ? '−' : value > 0 ? '+' : '';
  return `${sign}${formatValue(Math.abs(value), unit)}`;
}

/** Seconds since the start: `0.35 s`, `1:05`, `2:00:05`. */
export function formatTime(seconds: number): string {
  if (seconds < MINUTE) return `${rounded(seconds)} s`;
  const whole = Math.round(seconds);
  const parts = [Math.floor((whole % HOUR) / MINUTE), whole % MINUTE];
  const hours = Math.floor(whole / HOUR);
  const shown = hours > 0 ? [hours, ...parts] : parts;
  return shown
    .map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0')))
    .join(':');
}

function timeStep(duration: number, most: number): number {
  const least = duration / most;
  // The largest round number below half a minute is 20.
  if (least <= 20) return roundStep(duration, most);
  return TIME_STEPS.find((step) => step >= least) ?? roundStep(duration / DAY, most) * DAY;
}

/** The smallest of 1, 2 and 5 times a power of ten that makes no more than `most` steps. */
function roundStep(range: number, most: number): number {
  if (!(range > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(range / most));
  return ([1, 2, 5].find((factor) => range / (factor * power) <= most) ?? 10) * power;
}

function scaleOf(value: number, unit: Unit): Scale {
  if (unit !== 'bytes') return { label: unit === 'seconds' ? 's' : '', size: 1 };
  return BYTES.find(({ size }) => value >= size) ?? { label: 'B', size: 1 };
}

/** Without what adding up binary fractions leaves behind. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(10)));
}

function withUnit(number: string, unit: string): string {
  return unit === '' ? number : `${number} ${unit}`;
}
