import { lastLineOfFunction } from '../../core/derive/functionBlock';
import type { LineReport, TableContents } from '../../core/derive/lineReport';
import type { LineTable } from '../../core/derive/lineTables';
import type { SourceFiles } from '../../platform/sourceFiles';
import type { SourceTexts } from '../../platform/sourceTexts';

/** Finds what the lines of profiled files say. */
export interface ReportSources {
  readonly files: Pick<SourceFiles, 'locate'>;
  readonly texts: SourceTexts;
}

interface SourceText {
  readonly lines: readonly string[];
  /** Whether it is known to be what was profiled. */
  readonly isProfiled: boolean;
}

const CHANGED =
  'The file changed after the profile was taken: the contents may not be those of the lines that ran.';

/**
 * The contents of the functions of a report, as they were profiled where that is known.
 *
 * @param takenMs when the profile was taken, milliseconds since the Unix epoch
 * @returns parallel to the report's tables
 */
export async function reportContents(
  { tables, sourceHashes }: LineReport,
  takenMs: number | undefined,
  sources: ReportSources,
): Promise<TableContents[]> {
  const texts = new Map<string, Promise<SourceText | undefined>>();
  for (const { file } of tables) {
    if (!texts.has(file))
      texts.set(file, sourceText(file, sourceHashes.get(file), takenMs, sources));
  }
  return Promise.all(tables.map(async (table) => contentsOf(table, await texts.get(table.file))));
}

async function sourceText(
  file: string,
  sha256: string | undefined,
  takenMs: number | undefined,
  { files, texts }: ReportSources,
): Promise<SourceText | undefined> {
  const located = await files.locate(file);
  if (!located) return undefined;
  const versions = await texts.look(located);
  const profiled = await texts.profiled(located, versions, { sha256, takenMs });
  const text = profiled ?? versions.at(-1)?.text;
  if (text === undefined) return undefined;
  return { lines: text.split(/\r\n|\r|\n/), isProfiled: profiled !== undefined };
}

function contentsOf({ firstLine, rows }: LineTable, text: SourceText | undefined): TableContents {
  const last = rows.at(-1)?.line ?? firstLine;
  if (!text || firstLine < 1 || last > text.lines.length) {
    const reason = text ? 'The file is shorter than it was' : 'The file is not on this machine';
    return { lines: undefined, flaw: `${reason}, so the lines stand without their contents.` };
  }
  const end = lastLineOfFunction(text.lines, firstLine - 1, last - 1) + 1;
  return {
    lines: text.lines.slice(firstLine - 1, end),
    flaw: text.isProfiled ? undefined : CHANGED,
  };
}
