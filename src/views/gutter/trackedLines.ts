import { codeStart } from './codeStart';

/** One change of a text as an editor reports it, positions 0-based and before the change. */
export interface LineChange {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
  readonly text: string;
}

/** A line of a text; out of range, the empty string. */
export type TextAt = (line: number) => string;

interface Tracked {
  /** Where it stands now, 0-based; `undefined` once its text was deleted. */
  line: number | undefined;
  /** Its text, as it was last before it was deleted. */
  text: string;
  /** Its text when the tracking began. */
  readonly original: string;
}

/**
 * Where lines of a profiled file stand while it is edited. A line moves with its code; one whose
 * code is deleted is lost, until the same code comes back (undo, or cut and paste).
 */
export class TrackedLines {
  readonly #tracked = new Map<number, Tracked>();

  /**
   * @param originals 0-based lines of the text as it is now
   * @param lineCount of the text; lines outside it are lost from the start
   */
  constructor(originals: Iterable<number>, lineCount: number, textAt: TextAt) {
    for (const line of originals) {
      if (!(line >= 0 && line < lineCount)) continue;
      const text = textAt(line);
      this.#tracked.set(line, { line, text, original: text });
    }
  }

  /** Where a line that was tracked from the start is now. */
  now(original: number): number | undefined {
    return this.#tracked.get(original)?.line;
  }

  /**
   * Follows an edit.
   *
   * @param changes in any order; none overlaps another and all count from the same text
   * @param textAt the text after all of them
   */
  apply(changes: readonly LineChange[], textAt: TextAt): void {
    const fromTheEnd = [...changes].sort(
      (a, b) => b.startLine - a.startLine || b.startCharacter - a.startCharacter,
    );
    for (const change of fromTheEnd) this.#move(change);
    this.#findAgain(insertedLines(fromTheEnd.reverse()), textAt);
    for (const tracked of this.#tracked.values()) {
      if (tracked.line !== undefined) tracked.text = textAt(tracked.line);
    }
  }

  #move(change: LineChange): void {
    for (const tracked of this.#tracked.values()) {
      if (tracked.line === undefined) continue;
      tracked.line = lineAfter(tracked.line, codeStart(tracked.text), change);
    }
  }

  /** Finds lines that were lost, or broken in two by the edit, where their very text stands now. */
  #findAgain(inserted: readonly number[], textAt: TextAt): void {
    if (inserted.length === 0) return;
    const edited = new Set(inserted);
    const all = [...this.#tracked.values()];
    const sought = all.filter(
      ({ line, original }) =>
        line === undefined || (edited.has(line) && !isSameCode(textAt(line), original)),
    );
    if (sought.length === 0) return;
    const taken = new Set(
      all.filter((tracked) => !sought.includes(tracked)).map(({ line }) => line),
    );
    for (const line of inserted) {
      const text = textAt(line);
      if (text.trim() === '' || taken.has(line)) continue;
      const index = sought.findIndex(
        (tracked) =>
          isSameCode(text, tracked.original) ||
          (tracked.line === undefined && isSameCode(text, tracked.text)),
      );
      const [found] = index < 0 ? [] : sought.splice(index, 1);
      if (found) found.line = line;
    }
  }
}

/** Where a line whose code begins at character `code` is after one change; `undefined` if deleted. */
function lineAfter(line: number, code: number, change: LineChange): number | undefined {
  const { startLine, startCharacter, endLine, endCharacter } = change;
  const end = startLine + newlines(change.text);
  if (line < startLine) return line;
  if (line > endLine) return line + end - endLine;
  // Only what stands before its code changes: the line follows its code.
  if (line === endLine && endCharacter <= code) return end;
  // Its code is hit by the change: what is left of it, if anything, is before the change.
  if (line === startLine && (startLine === endLine || startCharacter > code)) return startLine;
  return undefined;
}

function insertedLines(ascending: readonly LineChange[]): number[] {
  const lines: number[] = [];
  let shift = 0;
  for (const { startLine, endLine, text } of ascending) {
    const added = newlines(text);
    for (let line = 0; added > 0 && line <= added; line++) lines.push(startLine + shift + line);
    shift += added - (endLine - startLine);
  }
  return lines;
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}

function isSameCode(a: string, b: string): boolean {
  return a.trim() === b.trim();
}
