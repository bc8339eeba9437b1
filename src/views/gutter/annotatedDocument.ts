import { createHash } from 'node:crypto';
import { workspace, type TextDocument, type TextDocumentChangeEvent } from 'vscode';
import type { AnnotatedFile, AnnotatedFunction } from '../../core/derive/annotations';
import type { TimingRow } from './columns';
import { definitionLine } from './definitionLine';
import { isStale } from './stale';
import { TrackedLines, type TextAt } from './trackedLines';

/** A row of the table where it stands now. */
export interface PlacedRow extends TimingRow {
  /** 0-based line of the text as it is now. */
  readonly at: number;
}

/** An open document that a profile tells of: where the profile's lines are in it now. */
export class AnnotatedDocument {
  /** 0-based line of each `def` when the document was matched, by the 1-based line of the profile. */
  readonly #definitions: ReadonlyMap<number, number>;
  readonly #lines: TrackedLines;
  #modifiedMs: number | undefined;
  #isSame: boolean | undefined;

  constructor(
    readonly document: TextDocument,
    /** The file's path as the profile has it. */
    readonly profiledPath: string,
    readonly file: AnnotatedFile,
    readonly takenMs: number | undefined,
  ) {
    const { lineCount } = document;
    this.#definitions = new Map(
      file.functions
        .flatMap(({ line }) => line ?? [])
        .map((line) => [line, definitionLine(line - 1, lineCount, this.#textAt)]),
    );
    const tracked = new Set(this.#definitions.values());
    for (const { line } of file.lines) tracked.add(line - 1);
    this.#lines = new TrackedLines(tracked, lineCount, this.#textAt);
  }

  /** Whether the text is no longer the one that was profiled, as far as `refreshFile` knows. */
  get stale(): boolean {
    const file = {
      dirty: this.document.isDirty,
      modifiedMs: this.#modifiedMs,
      isSame: this.#isSame,
    };
    return isStale(file, this.takenMs);
  }

  /** Looks at the file on disk again: at its content where the profile tells what it was. */
  async refreshFile(): Promise<void> {
    const { uri } = this.document;
    const { sha256 } = this.file;
    try {
      this.#modifiedMs = (await workspace.fs.stat(uri)).mtime;
      if (sha256 !== undefined) {
        const content = await workspace.fs.readFile(uri);
        this.#isSame = createHash('sha256').update(content).digest('hex') === sha256;
      }
    } catch {
      // Deleted meanwhile: nothing is known of the file that was profiled.
      this.#modifiedMs = undefined;
      this.#isSame = undefined;
    }
  }

  /** Follows an edit. */
  apply({ contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    const changes = contentChanges.map(({ range: { start, end }, text }) => ({
      startLine: start.line,
      startCharacter: start.character,
      endLine: end.line,
      endCharacter: end.character,
      text,
    }));
    this.#lines.apply(changes, this.#textAt);
  }

  /** The rows that still have a line, ascending; where two met on one line, the costlier. */
  place(rows: readonly TimingRow[]): PlacedRow[] {
    const placed = new Map<number, PlacedRow>();
    for (const row of rows) {
      const at = row.isFunction ? this.definitionNow(row.line) : this.#lines.now(row.line - 1);
      if (at === undefined || (placed.get(at)?.cost ?? -Infinity) >= row.cost) continue;
      placed.set(at, { ...row, at });
    }
    return [...placed.values()].sort((a, b) => a.at - b.at);
  }

  /** Where a function's `def` is now, 0-based, by the line that the profile tells (1-based). */
  definitionNow(profiled: number): number | undefined {
    const line = this.#definitions.get(profiled);
    return line === undefined ? undefined : this.#lines.now(line);
  }

  /** The functions whose `def` is on a 0-based line now. */
  definedAt(line: number): AnnotatedFunction[] {
    return this.file.functions.filter(
      (func) => func.line !== undefined && this.definitionNow(func.line) === line,
    );
  }

  /**
   * The function that a 0-based line belongs to: the nearest at or above it that is defined or
   * was measured there.
   */
  functionAt(placed: readonly PlacedRow[], line: number): AnnotatedFunction | undefined {
    const measured = placed.map(({ at, func }) => ({ at, func }));
    const defined = this.file.functions.map((func) => ({
      at: func.line === undefined ? undefined : this.definitionNow(func.line),
      func,
    }));
    let nearest: AnnotatedFunction | undefined;
    let nearestAt = -1;
    for (const { at, func } of [...measured, ...defined]) {
      if (at === undefined || at > line || at <= nearestAt) continue;
      nearest = func;
      nearestAt = at;
    }
    return nearest;
  }

  readonly #textAt: TextAt = (line) =>
    line >= 0 && line < this.document.lineCount ? this.document.lineAt(line).text : '';
}
