import type { TextDocument } from 'vscode';
import type { AnnotatedFile, AnnotatedFunction, HotPathLine } from '../../core/derive/annotations';
import { carryLines, type CarriedLine } from '../../core/derive/lineDiff';
import type { TimingRow } from './columns';
import { definitionLine } from './definitionLine';
import type { SourceTexts } from '../../platform/sourceTexts';

/** Something of a profile where it stands now. */
export interface Placed {
  /** 0-based line of the text as it is now. */
  readonly at: number;
  /** Whether the line, or where that is not known the file, was changed after it was profiled. */
  readonly stale: boolean;
}

/** A row of the table where it stands now. */
export type PlacedRow = TimingRow & Placed;

/** A line of the hot path where it stands now. */
export type PlacedHotLine = HotPathLine & Placed;

/**
 * An open document that a profile tells of, and where the profile's lines are in it now: its text is
 * compared with the one that was profiled, or where that is not found with what it was at first.
 */
export class AnnotatedDocument {
  #before: readonly string[];
  /** Whether `#before` is what was profiled. */
  #isProfiled = false;
  #carried: readonly (CarriedLine | undefined)[] = [];
  /** The document's version that `#carried` is for. */
  #carriedTo: number | undefined;

  constructor(
    readonly document: TextDocument,
    /** The file's path as the profile has it. */
    readonly profiledPath: string,
    readonly file: AnnotatedFile,
    readonly takenMs: number | undefined,
  ) {
    this.#before = linesOf(document.getText());
  }

  /** Whether the text that was profiled is not known, so that any line may have changed since. */
  get stale(): boolean {
    return !this.#isProfiled;
  }

  /** Looks at the file on disk again: for the text that was profiled, until that is found. */
  async refreshFile(texts: SourceTexts): Promise<void> {
    const { uri } = this.document;
    const versions = await texts.look(uri);
    if (this.#isProfiled) return;
    const { sha256 } = this.file;
    const text = await texts.profiled(uri, versions, { sha256, takenMs: this.takenMs });
    if (text === undefined) return;
    this.#before = linesOf(text);
    this.#isProfiled = true;
    this.#carriedTo = undefined;
  }

  /** The rows that still have a line, ascending; where two met on one line, the costlier. */
  place(rows: readonly TimingRow[]): PlacedRow[] {
    const placed = new Map<number, PlacedRow>();
    for (const row of rows) {
      const now = this.#now(row.line, row.isFunction);
      if (!now || (placed.get(now.at)?.cost ?? -Infinity) >= row.cost) continue;
      placed.set(now.at, { ...row, ...now });
    }
    return [...placed.values()].sort((a, b) => a.at - b.at);
  }

  /** The lines of the hot path that are still there, in the order of the path. */
  placeHotPath(): PlacedHotLine[] {
    return (this.file.hotPath ?? []).flatMap((hot) => {
      const now = this.#now(hot.line, hot.isDefinition);
      return now ? [{ ...hot, ...now }] : [];
    });
  }

  /** The functions whose `def` is on a 0-based line now. */
  definedAt(line: number): AnnotatedFunction[] {
    return this.file.functions.filter((func) => this.#definitionNow(func) === line);
  }

  /**
   * The function that a 0-based line belongs to: the nearest at or above it that is defined or
   * was measured there.
   */
  functionAt(placed: readonly PlacedRow[], line: number): AnnotatedFunction | undefined {
    const measured = placed.map(({ at, func }) => ({ at, func }));
    const defined = this.file.functions.map((func) => ({ at: this.#definitionNow(func), func }));
    let nearest: AnnotatedFunction | undefined;
    let nearestAt = -1;
    for (const { at, func } of [...measured, ...defined]) {
      if (at === undefined || at > line || at <= nearestAt) continue;
      nearest = func;
      nearestAt = at;
    }
    return nearest;
  }

  #definitionNow({ line }: AnnotatedFunction): number | undefined {
    return line === undefined ? undefined : this.#now(line, true)?.at;
  }

  /** Where a line of the profile is now; of a definition's, where its `def` is. */
  #now(profiled: number, isDefinition: boolean): Placed | undefined {
    const { version } = this.document;
    if (this.#carriedTo !== version) {
      this.#carried = carryLines(this.#before, linesOf(this.document.getText()));
      this.#carriedTo = version;
    }
    const line = isDefinition ? definitionLine(profiled - 1, this.#before) : profiled - 1;
    const carried = this.#carried[line];
    return carried && { at: carried.line, stale: carried.isChanged || this.stale };
  }
}

/** The lines of a text as an editor counts them. */
function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}
