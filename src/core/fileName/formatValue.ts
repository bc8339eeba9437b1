import type { FormatSpec } from './formatSpec';

/** Writes a value as Python's `format(value, spec)` does. Numbers are not negative. */
export function formatValue(value: string | number, spec: FormatSpec): string {
  if (typeof value === 'string') {
    const { precision } = spec;
    return pad(
      '',
      precision === undefined ? value : Array.from(value).slice(0, precision).join(''),
      spec,
    );
  }
  return pad(spec.sign + spec.prefix, group(digits(value, spec), spec.grouping), spec);
}

/** Number of characters as Python counts them. */
export function characters(text: string): number {
  let pairs = 0;
  for (let index = 0; index < text.length; index += 1) {
    if ((text.codePointAt(index) ?? 0) > 0xffff) pairs += 1;
  }
  return text.length - pairs;
}

function pad(prefix: string, body: string, { align, fill, width }: FormatSpec): string {
  if (width === 0) return prefix + body;
  const missing = Math.max(0, width - characters(prefix + body));
  const left = Math.floor(missing / 2);
  switch (align) {
    case '<':
      return prefix + body + fill.repeat(missing);
    case '>':
      return fill.repeat(missing) + prefix + body;
    case '=':
      return prefix + fill.repeat(missing) + body;
    case '^':
      return fill.repeat(left) + prefix + body + fill.repeat(missing - left);
  }
}

function group(text: string, separator: string): string {
  if (!separator) return text;
  const [whole = ''] = /^\d+/.exec(text) ?? [];
  return whole.replace(/\B(?=(\d{3})+$)/g, separator) + text.slice(whole.length);
}

function digits(value: number, { type, precision = 6 }: FormatSpec): string {
  switch (type) {
    case 'b':
      return value.toString(2);
    case 'o':
      return value.toString(8);
    case 'x':
      return value.toString(16);
    case 'X':
      return value.toString(16).toUpperCase();
    case 'f':
    case 'F':
      return value.toFixed(precision);
    case '%':
      return `${(value * 100).toFixed(precision)}%`;
    case 'e':
      return pythonExponent(value.toExponential(precision));
    case 'E':
      return pythonExponent(value.toExponential(precision)).toUpperCase();
    case 'g':
      return general(value, precision);
    case 'G':
      return general(value, precision).toUpperCase();
    default:
      return String(value);
  }
}

/** Python writes at least two digits of an exponent. */
function pythonExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** As many significant digits as the precision says, without zeros at the end. */
function general(value: number, precision: number): string {
  const significant = Math.max(1, precision);
  const scientific = value.toExponential(significant - 1);
  const exponent = Number(scientific.slice(scientific.indexOf('e') + 1));
  const withoutZeros = (text: string): string => text.replace(/(\.\d*?)0+(?=e|$)/, '$1');
  const withoutPoint = (text: string): string => withoutZeros(text).replace(/\.(?=e|$)/, '');
  return exponent < -4 || exponent >= significant
    ? pythonExponent(withoutPoint(scientific))
    : withoutPoint(value.toFixed(significant - 1 - exponent));
}
