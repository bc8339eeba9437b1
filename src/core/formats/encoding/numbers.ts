/** A number where it is exact as one, else the bigint. */
export function narrowed(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
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
