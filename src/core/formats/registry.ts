import type { Profile } from '../model/profile';
import { callgrind } from './callgrind';
import { contentOf } from './content';
import type { Format, Source } from './format';
import { hotline } from './hotline';
import { lineProfiler } from './lineProfiler';
import { pstats } from './pstats';
import { speedscope } from './speedscope';
import { unknownContent } from './unknownContent';

/** All formats, in the order in which they are tried: the strictest test first. */
export const formats: readonly Format[] = [pstats, lineProfiler, hotline, speedscope, callgrind];

/** The format of a file by its content, `undefined` for none known. Never throws. */
export function detectFormat(bytes: Buffer): Format | undefined {
  try {
    return formatOf(contentOf(bytes));
  } catch {
    return undefined;
  }
}

/**
 * Reads a profile of any format.
 * @throws ProfileError with the reason where it cannot be read
 */
export function readProfile(source: Source): Profile {
  const bytes = contentOf(source.bytes);
  const format = formatOf(bytes);
  if (!format) throw unknownContent(bytes);
  return format.read({ ...source, bytes });
}

/** The name people know the format of this id by. */
export function formatLabel(id: string): string {
  return formats.find((format) => format.id === id)?.label ?? id;
}

function formatOf(content: Buffer): Format | undefined {
  return formats.find((format) => format.detect(content));
}
