import type { Unit } from '../../model/profile';

/** What the title of a box tells: `label (1,234 samples, 5.67%)`. */
export interface Title {
  readonly label: string;
  readonly count: number;
  /** What is counted, `samples` unless the graph was made with another `--countname`. */
  readonly countName: string;
}

const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** A count, its name, a share of the total, and in differential graphs by how much that changed. */
const countAndShare = /^(\d[\d,]*(?:\.\d+)?|\.\d+) ([^,]+), [\d.]+%(?:; ?[+-]?[\d.]+%)?\)$/;

/** Takes the title of a box apart; `undefined` where it is that of something else. */
export function parseTitle(escaped: string): Title | undefined {
  const title = unescapeXml(escaped);
  const open = title.lastIndexOf(' (');
  const [, digits, countName] = countAndShare.exec(title.slice(open + 2)) ?? [];
  if (open < 0 || digits === undefined || countName === undefined) return undefined;
  return { label: title.slice(0, open), count: Number(digits.replaceAll(',', '')), countName };
}

function unescapeXml(text: string): string {
  return text.replace(/&(#x?[\da-fA-F]{1,6}|\w{1,4});/g, (whole, entity: string) => {
    if (!entity.startsWith('#')) return entities.get(entity) ?? whole;
    const isHexadecimal = entity[1] === 'x';
    const code = parseInt(entity.slice(isHexadecimal ? 2 : 1), isHexadecimal ? 16 : 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Names that people give to what is counted: the unit, and how many make one of it. */
const units = new Map<string, { readonly unit: Unit; readonly perUnit: number }>([
  ['samples', { unit: 'samples', perUnit: 1 }],
  ['bytes', { unit: 'bytes', perUnit: 1 }],
  ['seconds', { unit: 'seconds', perUnit: 1 }],
  ['s', { unit: 'seconds', perUnit: 1 }],
  ['ms', { unit: 'seconds', perUnit: 1e3 }],
  ['milliseconds', { unit: 'seconds', perUnit: 1e3 }],
  ['us', { unit: 'seconds', perUnit: 1e6 }],
  ['microseconds', { unit: 'seconds', perUnit: 1e6 }],
  ['ns', { unit: 'seconds', perUnit: 1e9 }],
  ['nanoseconds', { unit: 'seconds', perUnit: 1e9 }],
]);

/** The unit of what a graph counts. */
export function unitOf(countName: string): { readonly unit: Unit; readonly perUnit: number } {
  return units.get(countName.toLowerCase()) ?? { unit: 'events', perUnit: 1 };
}
