/** What an `event:` line tells: `name = formula : long name`, the last two or one of them left out. */
export interface EventDefinition {
  readonly name: string;
  readonly formula: string | undefined;
  /** Empty where there is none. */
  readonly longName: string;
}

export function parseEvent(value: string): EventDefinition {
  const [head = '', longName = ''] = splitOnce(value, ':');
  const [name = '', formula] = splitOnce(head, '=');
  return { name, formula, longName };
}

/**
 * The terms of a formula such as `Ir + 10 I1mr + 100*ILmr`: by event, its factor.
 *
 * @returns `undefined` where it is no such sum
 */
export function formulaTerms(formula: string): ReadonlyMap<string, number> | undefined {
  const terms = new Map<string, number>();
  for (const term of formula.split('+')) {
    const [, factor = '', name = ''] = /^([\d.]*)(.*)$/.exec(term.replace(/[\s*]/g, '')) ?? [];
    const times = factor === '' ? 1 : Number(factor);
    if (name === '' || !(times <= largestFactor)) return undefined;
    terms.set(name, (terms.get(name) ?? 0) + times);
  }
  return terms;
}

/** Far above any cost of an event in another, and so small that no sum of derived events overflows. */
const largestFactor = 1e6;

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  if (at < 0) return [text.trim()];
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
