import type { Profile } from '../model/profile';
import type { RequestRecord } from '../model/requestRecord';
import type { AnnotatedLine, Annotations } from './annotations';

/**
 * What the lines of a profile did to the memory: a line's time is its growth in bytes, its hits are
 * the allocations or else the occurrences, and the total is all growth together, what shrank left out.
 */
export function annotateMemory({ format }: Profile, record: RequestRecord): Annotations {
  const lines = new Map<string, AnnotatedLine[]>();
  let total = 0;
  for (const { file, line, growth, peak, allocations, process } of record.memoryLines) {
    total += Math.max(0, growth);
    const ofFile = lines.get(file) ?? [];
    lines.set(file, ofFile);
    ofFile.push({
      line,
      hits: allocations ?? process?.occurrences,
      self: undefined,
      time: growth,
      func: -1,
      measured: 'exact',
      peak,
      process,
    });
  }
  const files = [...lines].map(([file, ofFile]) => {
    const sha256 = record.sourceHashes.get(file);
    const ascending = ofFile.sort((a, b) => a.line - b.line);
    return [file, { functions: [], lines: ascending, sha256 }] as const;
  });
  return { format, unit: 'bytes', total, lineData: 'memory', files: new Map(files) };
}
