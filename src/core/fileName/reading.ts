import type { RequestFacts } from '../model/request';
import { possibleValues } from './fieldReader';
import type { Field } from './fields';
import type { FieldKind, FormatSpec } from './formatSpec';

/** A field of a template with all it takes to write and read it. */
export interface TemplateField {
  readonly name: string;
  readonly field: Field;
  /** What the specification formats: a number with a conversion such as `!s` is text. */
  readonly writtenAs: FieldKind;
  readonly spec: FormatSpec;
}

/** Literal text or a field. */
export type Piece = string | TemplateField;

export function isField(piece: Piece): piece is TemplateField {
  return typeof piece !== 'string';
}

/** One way to read a name: the values each field can have in it, at least one. */
export type Reading = ReadonlyMap<string, FieldValues>;

interface FieldValues {
  readonly field: Field;
  readonly values: readonly (string | number)[];
}

/** More ways to read a name than that tell nothing for sure. */
const MAXIMUM_DIVISIONS = 1000;
const MAXIMUM_STEPS = 20_000;

/**
 * All ways to divide a name among the fields of a template. Empty if there are none, or so many that
 * it is not worth looking.
 */
export function divisions(name: string, pieces: readonly Piece[]): string[][] {
  const found: string[][] = [];
  let steps = 0;
  const divide = (piece: number, start: number, parts: readonly string[]): void => {
    steps += 1;
    if (found.length > MAXIMUM_DIVISIONS || steps > MAXIMUM_STEPS) return;
    const current = pieces[piece];
    if (current === undefined) {
      if (start === name.length) found.push([...parts]);
    } else if (!isField(current)) {
      if (name.startsWith(current, start)) divide(piece + 1, start + current.length, parts);
    } else {
      for (let end = start; end <= name.length; end += 1) {
        const text = name.slice(start, end);
        const isPossible = possibleValues(text, current.writtenAs, current.spec).length > 0;
        if (isPossible) divide(piece + 1, end, [...parts, text]);
      }
    }
  };
  divide(0, 0, []);
  return found.length > MAXIMUM_DIVISIONS || steps > MAXIMUM_STEPS ? [] : found;
}

/** What the fields of a template can mean by these texts; `undefined` when one of them means nothing. */
export function readDivision(
  texts: readonly (string | undefined)[],
  pieces: readonly Piece[],
): Reading | undefined {
  const reading = new Map<string, FieldValues>();
  let part = 0;
  for (const piece of pieces) {
    if (!isField(piece)) continue;
    const { name, field, writtenAs, spec } = piece;
    const possible = possibleValues(texts[part++] ?? '', writtenAs, spec);
    const typed = field.kind === writtenAs ? possible : possible.map(Number);
    const before = reading.get(name)?.values;
    // A field that occurs twice has the same value twice.
    const values = before ? typed.filter((value) => before.includes(value)) : typed;
    if (values.length === 0) return undefined;
    reading.set(name, { field, values });
  }
  return reading;
}

/** The facts that are the same in all readings, or in all plausible ones if there are any. */
export function tellFacts(readings: readonly Reading[]): RequestFacts | undefined {
  const [first, ...others] = readings;
  if (!first) return undefined;
  const isSure =
    others.length === 0 && [...first.values()].every(({ values }) => values.length === 1);
  return factsOf(isSure ? first : agreed(readings));
}

/** The values of each field that some reading has; those not plausible only where nothing is. */
function agreed(readings: readonly Reading[]): Reading {
  const plausible = readings.flatMap((reading) => plausibleOnly(reading) ?? []);
  const all = new Map<string, FieldValues>();
  for (const reading of plausible.length > 0 ? plausible : readings) {
    for (const [name, { field, values }] of reading) {
      const before = all.get(name)?.values ?? [];
      all.set(name, { field, values: [...new Set([...before, ...values])] });
    }
  }
  return all;
}

/** What the fields that have one value tell. */
function factsOf(reading: Reading): RequestFacts {
  const facts: RequestFacts = {};
  for (const { field, values } of reading.values()) {
    const [value, ...others] = values;
    if (value !== undefined && others.length === 0) Object.assign(facts, field.toFacts(value));
  }
  return facts;
}

function plausibleOnly(reading: Reading): Reading | undefined {
  const plausible = new Map<string, FieldValues>();
  for (const [name, { field, values }] of reading) {
    const kept = values.filter((value) => field.isPlausible(value));
    if (kept.length === 0) return undefined;
    plausible.set(name, { field, values: kept });
  }
  return plausible;
}
