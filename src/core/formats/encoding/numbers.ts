/** A number where it is exact as one, else the bigint. */
export function narrowed(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Whether a number is a cost: finite, and so far from the end of doubles that sums of it are finite too. */
export function isCost(value: number): boolean {
  return Math.abs(value) <= 1e100;
}

/** A 1-based line of a source; `undefined` for what is none, such as the 0 of built-ins. */
export function lineNumber(value: number): number | undefined {
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

const namedFloats = new Map([
  ['inf', Infinity],
  ['-inf', -Infinity],
  ['nan', NaN],
  ['-nan', NaN],
]);

/** What Python's `float()` makes of its own `repr`; NaN where the text is no number. */
export function parsePythonFloat(text: string): number {
  return namedFloats.get(text) ?? (text.trim() === '' ? NaN : Number(text));
}
