import { annotateComparison } from '../../core/derive/comparison/annotateComparison';
import type { Annotations } from '../../core/derive/annotations';
import type { ComparedFile, Comparison } from '../../core/derive/comparison/comparison';
import type { FileTexts } from '../../core/derive/comparison/lineDeltas';
import type { ComparedSource, ProfileSource } from '../../core/profileSource';
import { isLibraryPath } from '../../core/sourcePath';
import type { SourceFiles } from '../../platform/sourceFiles';
import type { SourceTexts } from '../../platform/sourceTexts';
import type { ReadOptions } from '../../profiles/importer';

/** What finding the lines of both sides needs of the rest of the extension. */
export interface ComparedTimingsParts {
  /** What was compared. */
  comparisonOf(source: ComparedSource, options: ReadOptions): Promise<Comparison>;
  readonly files: Pick<SourceFiles, 'locate'>;
  readonly texts: Pick<SourceTexts, 'look' | 'profiled'>;
  /** When the profiles of a side were taken, milliseconds since the Unix epoch. */
  takenMs(side: ProfileSource): Promise<number | undefined>;
}

/** What of a comparison stands beside the source: each line of before at the line that it is after. */
export class ComparedTimings {
  readonly #parts: ComparedTimingsParts;

  constructor(parts: ComparedTimingsParts) {
    this.#parts = parts;
  }

  /** How the lines changed, by source file. */
  async annotations(source: ComparedSource, options: ReadOptions): Promise<Annotations> {
    const comparison = await this.#parts.comparisonOf(source, options);
    const [before, after] = await Promise.all([
      this.#parts.takenMs(source.before),
      this.#parts.takenMs(source.after),
    ]);
    const texts = new Map<ComparedFile, FileTexts>();
    await Promise.all(
      comparison.lines.files.filter(mayHaveChanged).map(async (file) => {
        const found = await this.#textsOf(file, { before, after });
        if (found) texts.set(file, found);
      }),
    );
    return annotateComparison(comparison, (file) => texts.get(file));
  }

  /** The texts of a file as it was profiled on either side; `undefined` where one is not known. */
  async #textsOf(
    { before, after }: ComparedFile,
    takenMs: { before: number | undefined; after: number | undefined },
  ): Promise<FileTexts | undefined> {
    const located = after && (await this.#parts.files.locate(after.path));
    if (!before || !located) return undefined;
    const { texts } = this.#parts;
    const versions = await texts.look(located);
    const profiled = (sha256: string | undefined, taken: number | undefined) =>
      texts.profiled(located, versions, { sha256, takenMs: taken });
    const textBefore = await profiled(before.sha256, takenMs.before);
    const textAfter = await profiled(after.sha256, takenMs.after);
    if (textBefore === undefined || textAfter === undefined) return undefined;
    return { before: linesOf(textBefore), after: linesOf(textAfter) };
  }
}

/** Whether a file is on both sides, may differ there, and is one that people edit. */
function mayHaveChanged({ before, after }: ComparedFile): boolean {
  if (!before || !after || isLibraryPath(after.path)) return false;
  return before.sha256 === undefined || before.sha256 !== after.sha256;
}

/** The lines of a text as an editor counts them. */
function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}
