import type { Unit } from '../../model/profile';

interface Scale {
  readonly label: string;
  readonly size: number;
}

const SCALES: Readonly<Record<Unit, readonly Scale[]>> = {
  seconds: [
    { label: ' s', size: 1 },
    { label: ' ms', size: 1e-3 },
    { label: ' µs', size: 1e-6 },
    { label: ' ns', size: 1e-9 },
  ],
  bytes: [
    { label: ' GiB', size: 2 ** 30 },
    { label: ' MiB', size: 2 ** 20 },
    { label: ' KiB', size: 2 ** 10 },
    { label: ' B', size: 1 },
  ],
  samples: [{ label: ' samples', size: 1 }],
  events: [{ label: '', size: 1 }],
};

/** A cost for a sentence, in the scale that suits it, to three significant digits: `12.3 ms`. */
export function amount(value: number, unit: Unit): string {
  const scales = SCALES[unit];
  const scale = scales.find(({ size }) => Math.abs(value) >= size) ?? scales.at(-1);
  const { label = '', size = 1 } = value === 0 ? (scales[0] ?? {}) : (scale ?? {});
  const number = digits(value / size);
  return number === '1' && unit === 'samples' ? '1 sample' : `${number}${label}`;
}

/** A change for a sentence, with its sign: `+12.3 ms`. */
export function signedAmount(value: number, unit: Unit): string {
  return `${value < 0 ? '−' : '+'}${amount(Math.abs(value), unit)}`;
}

function digits(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
