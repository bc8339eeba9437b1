import { lastLineOfFunction } from '../../core/derive/functionBlock';
import {
  reportTables,
  type LineReport,
  type ReportTable,
  type TableContents,
} from '../../core/derive/lineReport';
import type { SourceFiles } from '../../platform/sourceFiles';
import type { SourceTexts } from '../../platform/sourceTexts';

/** Finds what the lines of profiled files say. */
export interface ReportSources {
  readonly files: Pick<SourceFiles, 'locate'>;
  readonly texts: SourceTexts;
}

/** The text of a profiled file. */
export interface SourceText {
  readonly lines: readonly string[];
  /** Whether it is known to be what was profiled. */
  readonly isProfiled: boolean;
}

const CHANGED =
  'The file changed after the profile was taken: the contents may not be those of the lines that ran.';

/**
 * The texts of a report's files, as they were profiled where that is known, by profiled path; those
 * that are not on this machine are left out.
 *
 * @param takenMs when the profile was taken, milliseconds since the Unix epoch
 */
export async function reportTexts(
  report: LineReport,
  takenMs: number | undefined,
  sources: ReportSources,
): Promise<Map<string, SourceText>> {
  const files = [...new Set(reportTables(report).map(({ file }) => file))];
  const texts = await Promise.all(
    files.map(async (file): Promise<[string, SourceText][]> => {
      const text = await sourceText(file, report.sourceHashes.get(file), takenMs, sources);
      return text ? [[file, text]] : [];
    }),
  );
  return new Map(texts.flat());
}

/** The contents of a report's tables, parallel to `reportTables(report)`. */
export function reportContents(
  report: LineReport,
  texts: ReadonlyMap<string, SourceText>,
): TableContents[] {
  return reportTables(report).map((table) => contentsOf(table, texts.get(table.file)));
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

function contentsOf(
  { name, firstLine, rows }: ReportTable,
  text: SourceText | undefined,
): TableContents {
  const last = rows.at(-1)?.line ?? firstLine;
  if (!text || firstLine < 1 || last > text.lines.length) {
    const reason = text ? 'The file is shorter than it was' : 'The file is not on this machine';
    return { lines: undefined, flaw: `${reason}, so the lines stand without their contents.` };
  }
  const isFunction = name !== undefined;
  const end = isFunction ? lastLineOfFunction(text.lines, firstLine - 1, last - 1) + 1 : last;
  return {
    lines: text.lines.slice(firstLine - 1, end),
    flaw: text.isProfiled ? undefined : CHANGED,
  };
}
