import { escapeRegExp } from '../text';
import type { FieldKind, FormatSpec } from './formatSpec';
import { characters, formatValue } from './formatValue';

/** Whether a pattern takes as many characters as it can, or as few. */
export type Greed = 'greedy' | 'lazy';

const LETTER_OR_DIGIT = /^[\p{L}\p{N}]$/u;

/**
 * Source of a regular expression for all that a field can have written, and perhaps more.
 *
 * @param textPattern matches the values of a text without fill; ends in a quantifier
 */
export function fieldPattern(
  kind: FieldKind,
  spec: FormatSpec,
  textPattern: string,
  greed: Greed,
): string {
  const few = greed === 'lazy' ? '?' : '';
  if (kind === 'text') return (spec.width === 0 ? textPattern : '[^]+') + few;
  const body = escapeRegExp(spec.sign + spec.prefix) + numberPattern(spec, few);
  if (spec.width === 0) return body;
  if (spec.align === '=') return spec.fill === '0' ? body : `[^]+${few}`;
  const fill = `(?:${escapeRegExp(spec.fill)})*${few}`;
  return (spec.align === '<' ? '' : fill) + body + (spec.align === '>' ? '' : fill);
}

function numberPattern({ type, grouping, precision = 6 }: FormatSpec, few: string): string {
  const whole = `[\\d${grouping}]+${few}`;
  if ('fF'.includes(type)) return precision === 0 ? whole : `${whole}\\.\\d{${precision}}`;
  if ('eEgG%'.includes(type)) return `[\\d.eE+%${grouping}-]+${few}`;
  return 'bodn'.includes(type) ? whole : `[\\da-fA-F]+${few}`;
}

/** The values that a field writes as this text: none, one, or several where the fill can be part of the value. */
export function possibleValues(
  text: string,
  kind: FieldKind,
  spec: FormatSpec,
): (string | number)[] {
  const bodies = withoutFill(text, kind, spec);
  const values: (string | number)[] = [];
  for (const body of bodies) {
    const value = kind === 'text' ? body : parseNumber(body, spec);
    const isPossible = !Number.isNaN(value) && formatValue(value, spec) === text;
    if (isPossible && !values.includes(value)) values.push(value);
  }
  return values;
}

/** What a text can be without the fill around it. */
function withoutFill(text: string, kind: FieldKind, spec: FormatSpec): string[] {
  if (spec.width === 0 || characters(text) > spec.width) return [text];
  const { fill, align } = spec;
  const { left, right } = fillAround(text, spec);
  const bodies: string[] = [];
  for (let filled = 0; filled <= left + right; filled += 1) {
    const before = { '<': 0, '>': filled, '=': filled, '^': Math.floor(filled / 2) }[align];
    if (before > left || filled - before > right) continue;
    const start = before * fill.length;
    bodies.push(text.slice(start, text.length - (filled - before) * fill.length));
  }
  // Blanks or dashes around a text are fill, but a letter at its end may well be the text's own.
  const isObvious = kind === 'text' && !LETTER_OR_DIGIT.test(fill);
  return isObvious ? bodies.slice(-1) : bodies;
}

/** How often the fill stands before and after a text, on the sides that the alignment fills. */
function fillAround(text: string, { fill, align, sign, prefix }: FormatSpec): FillCounts {
  if (align === '=') {
    const inner = text.slice((sign + prefix).length);
    return { left: repetitions(inner, fill), right: 0 };
  }
  const backwards = Array.from(text).reverse().join('');
  return {
    left: align === '<' ? 0 : repetitions(text, fill),
    right: align === '>' ? 0 : repetitions(backwards, fill),
  };
}

interface FillCounts {
  readonly left: number;
  readonly right: number;
}

function repetitions(text: string, fill: string): number {
  let count = 0;
  while (text.startsWith(fill, count * fill.length)) count += 1;
  return count;
}

/** A number as `formatValue` writes it; NaN for anything else. */
function parseNumber(text: string, { type, sign, prefix, grouping }: FormatSpec): number {
  const body = text.slice((sign + prefix).length).replaceAll(grouping || ',', '');
  if (body === '') return NaN;
  switch (type) {
    case 'b':
      return Number(`0b${body}`);
    case 'o':
      return Number(`0o${body}`);
    case 'x':
    case 'X':
      return Number(`0x${body}`);
    case '%':
      return Number(body.replace('%', '')) / 100;
    default:
      return Number(body);
  }
}
