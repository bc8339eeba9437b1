import type { Random } from './random';

/** Values that are of another type, or of no use where they stand. */
const oddValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 53,
  '',
  '7',
  '__proto__',
  '</script>\u0000\u001b[2J',
  [],
  {},
  [[]],
  [null],
  { __proto__: 1 },
];

/** What stands before the data in the program of a page, with its first bracket. */
const pageData = '= {';

/** An array or object of a document, and a key in it. */
interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

/** Whether a file is likely JSON, and can be changed as such. */
export function isJson(bytes: Buffer): boolean {
  return /^\s*[[{]\s*["{[\]}\d]/.test(bytes.toString('latin1', 0, 64));
}

/** Changes a value of a JSON file and leaves it JSON. A file that is none, or too deep, stays as it is. */
export function changeJson(bytes: Buffer, random: Random): Buffer {
  try {
    const document = JSON.parse(bytes.toString('utf8')) as unknown;
    const places = placesIn(document);
    if (places.length === 0) return bytes;
    changeAt(random.oneOf(places), random.oneOf(places), random);
    return Buffer.from(JSON.stringify(document));
  } catch {
    return bytes;
  }
}

/** Changes a value of the data that a page holds in a line of its program, as `data = {...};`. */
export function changePageData(bytes: Buffer, random: Random): Buffer {
  const lines = bytes.toString('utf8').split('\n');
  const places = lines.flatMap((line, index) => {
    const found = line.indexOf(pageData);
    const start = found + pageData.length - 1;
    const end = line.lastIndexOf('}') + 1;
    return found >= 0 && end > start ? [{ index, start, end }] : [];
  });
  if (places.length === 0) return bytes;
  const { index, start, end } = random.oneOf(places);
  const line = lines[index] ?? '';
  const data = changeJson(Buffer.from(line.slice(start, end)), random).toString('utf8');
  lines[index] = line.slice(0, start) + data + line.slice(end);
  return Buffer.from(lines.join('\n'));
}

function changeAt({ holder, key }: Place, other: Place, random: Random): void {
  switch (random.below(4)) {
    case 0:
      Reflect.deleteProperty(holder, key);
      break;
    case 1:
      // Ids meet, references go round, and what is in one place is in two.
      holder[key] = structuredClone(other.holder[other.key]);
      break;
    case 2:
      if (Array.isArray(holder)) holder.push(...(holder as unknown[]).slice(random.below(8)));
      break;
    default:
      holder[key] = random.oneOf(oddValues);
  }
}

function placesIn(document: unknown): Place[] {
  const places: Place[] = [];
  const open = [document];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const holder = value as Record<string, unknown>;
    for (const key of Object.keys(holder)) {
      places.push({ holder, key });
      open.push(holder[key]);
    }
  }
  return places;
}
