/** What a field holds. */
export type FieldKind = 'text' | 'integer' | 'float';

/** Python's format specification of one field, with the defaults of its kind of value filled in. */
export interface FormatSpec {
  readonly fill: string;
  readonly align: '<' | '>' | '^' | '=';
  /** What stands before a number that is not negative. */
  readonly sign: '' | '+' | ' ';
  /** `0x` and the like, by the `#` option. */
  readonly prefix: string;
  /** Minimum number of characters, 0 for none. */
  readonly width: number;
  readonly grouping: '' | ',' | '_';
  readonly precision: number | undefined;
  /** `s` for text, `d` for an integer where no type is given. */
  readonly type: string;
}

const SPEC =
  /^(?:(?<fill>.)(?=[<>=^]))?(?<align>[<>=^])?(?<sign>[-+ ])?(?<z>z)?(?<alternate>#)?(?<zero>0)?(?<width>\d+)?(?<grouping>[,_])?(?:\.(?<precision>\d+))?(?<type>[bcdeEfFgGnosxX%])?$/su;

const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['b', '0b'],
  ['o', '0o'],
  ['x', '0x'],
  ['X', '0X'],
]);

/** Far beyond the longest file name. */
const MAXIMUM_WIDTH = 1000;
/** The most that `Number.prototype.toFixed` gives. */
const MAXIMUM_PRECISION = 100;

/**
 * Parses a format specification (https://docs.python.org/3/library/string.html#format-specification-mini-language).
 *
 * @returns the reason, to go on with "because", when Python refuses it for such a value or when what
 * it writes cannot be read back
 */
export function parseFormatSpec(text: string, kind: FieldKind): FormatSpec | string {
  const groups = SPEC.exec(text)?.groups;
  if (!groups) return `"${text}" is not a format specification`;
  const type = groups['type'] ?? (kind === 'text' ? 's' : kind === 'integer' ? 'd' : 'g');
  const zero = groups['zero'] !== undefined && groups['fill'] === undefined;
  const spec: FormatSpec = {
    fill: groups['fill'] ?? (zero ? '0' : ' '),
    align: (groups['align'] ?? defaultAlign(kind, zero)) as FormatSpec['align'],
    sign: groups['sign'] === '+' || groups['sign'] === ' ' ? groups['sign'] : '',
    prefix: groups['alternate'] === undefined ? '' : (PREFIXES.get(type) ?? ''),
    width: Number(groups['width'] ?? 0),
    grouping: (groups['grouping'] ?? '') as FormatSpec['grouping'],
    precision: groups['precision'] === undefined ? undefined : Number(groups['precision']),
    type,
  };
  return refusal(spec, kind, groups) ?? spec;
}

function defaultAlign(kind: FieldKind, zero: boolean): FormatSpec['align'] {
  if (kind === 'text') return '<';
  return zero ? '=' : '>';
}

function refusal(
  spec: FormatSpec,
  kind: FieldKind,
  groups: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { type, grouping, precision = 0, width } = spec;
  const isFloat = 'eEfFgG%'.includes(type);
  if (width > MAXIMUM_WIDTH) return `no file name is ${width} characters wide`;
  if (precision > MAXIMUM_PRECISION) return `a precision of ${precision} is too much`;
  if (kind === 'text') {
    if (type !== 's') return `the type "${type}" is for numbers`;
    const isForNumbers = ['sign', 'z', 'alternate', 'grouping'].some((name) => groups[name]);
    return isForNumbers || spec.align === '=' ? 'signs and digits are for numbers' : undefined;
  }
  if (type === 's') return 'the type "s" is for text';
  if (type === 'c') return 'a number written as a character cannot be read';
  if (kind === 'float' && !isFloat) return `the type "${type}" is for whole numbers`;
  if (!isFloat && spec.precision !== undefined) return 'whole numbers have no precision';
  if (!isFloat && groups['z']) return 'whole numbers have no negative zero';
  if (isFloat && groups['alternate']) return 'the option "#" cannot be read with this type';
  if (grouping && (!(isFloat || type === 'd') || spec.align === '=')) {
    return 'grouped digits cannot be read with this type or fill';
  }
  return undefined;
}
