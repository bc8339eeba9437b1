/** What `go tool pprof` prints of a sample. */
import { readFixture } from './samples';

/** `-raw`: everything in the file. */
export interface RawReport {
  readonly types: readonly string[];
  /** Values of all samples, by stack from the root: `function file:line;...`. */
  readonly samples: readonly { readonly stack: string; readonly values: readonly number[] }[];
  /** Labels, one line a sample. */
  readonly labels: readonly string[];
}

export function rawReport(path: string): RawReport {
  const text = readFixture(`${path}.raw.txt`).toString();
  const [, types = '', samples = ''] = /^Samples:\n(.*)\n([^]*?)^Locations$/m.exec(text) ?? [];
  const locations = readLocations(/^Locations\n([^]*?)^Mappings$/m.exec(text)?.[1] ?? '');
  const rows = [...samples.matchAll(/^ *((?: *-?\d+)+): ([\d ]*)$/gm)];
  return {
    // A type may have blanks in its name, and is then the only one.
    types: types.includes(' ') && !types.includes('/count') ? [types] : types.split(' '),
    samples: rows.map(([, values = '', ids = '']) => ({
      stack: [...ids.matchAll(/\d+/g)]
        .flatMap(([id]) => locations.get(id) ?? [`location ${id}`])
        .reverse()
        .join(';'),
      values: values.trim().split(/ +/).map(Number),
    })),
    labels: [...samples.matchAll(/^ {16}(.*)$/gm)].map(([, labels = '']) => labels),
  };
}

/** By id, the lines of a location, the innermost first. */
function readLocations(text: string): Map<string, string[]> {
  const locations = new Map<string, string[]>();
  let lines: string[] = [];
  for (const row of text.split('\n')) {
    const [, id] = /^ *(\d+): 0x/.exec(row) ?? [];
    if (id !== undefined) locations.set(id, (lines = []));
    const [, name, file, line] = /^(?: *\d+: \S+ M=\d+)? +(\S+) (.*?):(\d+):\d+ s=/.exec(row) ?? [];
    if (name !== undefined) lines.push(`${name} ${file ?? ''}:${line ?? ''}`);
  }
  return locations;
}

/** `-top`, with `-lines` or without: by function (and line) what it cost itself and with its calls. */
export function topReport(
  path: string,
): Map<string, { readonly flat: number; readonly cum: number }> {
  const row =
    /^ *(\d+)\S* +\S+% +\S+% +(\d+)\S* +\S+% +(.*?)(?: \(inline\)| \(partial-inline\))?$/gm;
  const text = readFixture(path).toString();
  return new Map(
    [...text.matchAll(row)].map(([, flat, cum, name = '']) => [
      name,
      { flat: Number(flat), cum: Number(cum) },
    ]),
  );
}
