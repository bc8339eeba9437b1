import type { Unit } from '../../core/model/profile';

/** The unit in which a column of costs is printed: `value / size` is what stands in it. */
export interface DisplayUnit {
  /** Heading of the column. */
  readonly title: string;
  /** As in "Time in ms"; empty where costs are plain counts. */
  readonly label: string;
  /** One of it, in the profile's unit. */
  readonly size: number;
}

interface Scale {
  readonly label: string;
  readonly size: number;
}

const SECONDS: readonly Scale[] = [
  { label: 's', size: 1 },
  { label: 'ms', size: 1e-3 },
  { label: 'µs', size: 1e-6 },
  { label: 'ns', size: 1e-9 },
];

const BYTES: readonly Scale[] = [
  { label: 'GiB', size: 2 ** 30 },
  { label: 'MiB', size: 2 ** 20 },
  { label: 'KiB', size: 2 ** 10 },
  { label: 'B', size: 1 },
];

const COUNT: Scale = { label: '', size: 1 };

/** Memory is told in MiB whatever the total, as memory_profiler does. */
export const MEMORY_UNIT: DisplayUnit = { title: 'Growth', label: 'MiB', size: 2 ** 20 };

/** A whole profile of up to this many of a unit is printed in that unit. */
const LARGEST_TOTAL = 100_000;

/** The smallest unit, microseconds at the least, in which a profile's total is still easily read. */
export function displayUnit(unit: Unit, total: number): DisplayUnit {
  switch (unit) {
    case 'seconds':
      return { title: 'Time', ...smallestFitting(SECONDS.slice(0, 3), total) };
    case 'bytes':
      return { title: 'Memory', ...smallestFitting(BYTES, total) };
    case 'samples':
      return { title: 'Weight', ...COUNT };
    case 'events':
      return { title: 'Events', ...COUNT };
  }
}

function smallestFitting(scales: readonly Scale[], total: number): Scale {
  return (
    scales.findLast((scale) => Math.abs(total) / scale.size <= LARGEST_TOTAL) ?? scales[0] ?? COUNT
  );
}

/** A cost for a sentence: in the unit that suits it, to six significant digits or as many as are given. */
export function formatCost(value: number, unit: Unit, digits = 6): string {
  const scales = unit === 'seconds' ? SECONDS : unit === 'bytes' ? BYTES : [COUNT];
  const scale = scales.find(({ size }) => Math.abs(value) >= size) ?? scales.at(-1) ?? COUNT;
  const number = (value / scale.size).toLocaleString('en-US', { maximumSignificantDigits: digits });
  return scale.label === '' ? number : `${number} ${scale.label}`;
}

/** A time in seconds to three significant digits, in the unit that suits it: `12.3 ms`. */
export function shortTime(seconds: number): string {
  const scale = SECONDS.find(({ size }) => seconds >= size) ?? { label: 'ns', size: 1e-9 };
  return `${Number((seconds / scale.size).toPrecision(3))} ${scale.label}`;
}

/** A count for a sentence, its thousands parted by commas. */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 3 });
}

/** A share of one as a percentage, one decimal, as in `12.3`. */
export function formatPercent(share: number): string {
  return (share * 100).toFixed(1);
}

/** A cost as line_profiler prints it: `%.1f`, or `%.3g` where that is wider than `width`. */
export function printCost(value: number, width: number): string {
  const plain = value.toFixed(1);
  return plain.length <= width ? plain : printGeneral(value, 3);
}

/** A count as line_profiler prints it: `%d`, or `%g` where that is wider than `width`. */
export function printCount(value: number, width: number): string {
  const plain = Number.isInteger(value) ? value.toFixed(0) : value.toFixed(1);
  return plain.length <= width ? plain : printGeneral(value, 6);
}

/** Memory in MiB with the decimals that a kibibyte needs; what is less is nothing. */
export function printMemory(value: number): string {
  return value.toFixed(3).replace(/^-(?=[0.]+$)/, '');
}

/** C's `%.<digits>g` of a number too large to be printed plainly: `1.23e+08`. */
function printGeneral(value: number, digits: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential(digits - 1).split('e');
  const trimmed = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return `${trimmed}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, '0')}`;
}
