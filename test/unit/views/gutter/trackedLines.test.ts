import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TrackedLines, type LineChange } from '../../../../src/views/gutter/trackedLines';

/** A text with its tracked lines, edited as an editor does. */
class Edited {
  #text: string;
  readonly #tracked: TrackedLines;

  constructor(text: string, tracked: readonly number[]) {
    this.#text = text;
    this.#tracked = new TrackedLines(tracked, this.#lines.length, this.#textAt);
  }

  /** Replaces text between positions `[line, character]`. */
  replace(...changes: (readonly [[number, number], [number, number], string])[]): this {
    const edits = changes.map(([start, end, text]): LineChange => ({
      startLine: start[0],
      startCharacter: start[1],
      endLine: end[0],
      endCharacter: end[1],
      text,
    }));
    const before = this.#text;
    const spans = edits.map((edit) => ({
      from: offset(before, edit.startLine, edit.startCharacter),
      to: offset(before, edit.endLine, edit.endCharacter),
      text: edit.text,
    }));
    for (const { from, to, text } of spans.sort((a, b) => b.from - a.from)) {
      this.#text = this.#text.slice(0, from) + text + this.#text.slice(to);
    }
    this.#tracked.apply(edits, this.#textAt);
    return this;
  }

  /** The text that each tracked line stands at. */
  at(...originals: number[]): (string | undefined)[] {
    return originals.map((original) => {
      const line = this.#tracked.now(original);
      return line === undefined ? undefined : this.#textAt(line);
    });
  }

  get #lines(): string[] {
    return this.#text.split('\n');
  }

  readonly #textAt = (line: number): string => this.#lines[line] ?? '';
}

function offset(text: string, line: number, character: number): number {
  const before = text.split('\n').slice(0, line);
  return before.reduce((sum, each) => sum + each.length + 1, 0) + character;
}

const TEXT = ['def f():', '    a = 1', '    b = 2', '    c = 3', '    return a'].join('\n');

function edited(): Edited {
  return new Edited(TEXT, [1, 2, 3]);
}

describe('tracked lines', () => {
  it('move down with lines typed above and up with lines deleted', () => {
    const text = edited().replace([[0, 8], [0, 8], '\n    x = 0\n    y = 0']);
    assert.deepEqual(text.at(1, 2, 3), ['    a = 1', '    b = 2', '    c = 3']);
    text.replace([[0, 8], [2, 9], '']);
    assert.deepEqual(text.at(1, 2, 3), ['    a = 1', '    b = 2', '    c = 3']);
  });

  it('follow the code when a line is broken before it, at its indentation or at column 0', () => {
    assert.deepEqual(
      edited()
        .replace([[2, 4], [2, 4], '\n    '])
        .at(2, 3),
      ['    b = 2', '    c = 3'],
    );
    assert.deepEqual(
      edited()
        .replace([[2, 0], [2, 0], '\n'])
        .at(2, 3),
      ['    b = 2', '    c = 3'],
    );
  });

  it('stay when a line is broken after its code', () => {
    assert.deepEqual(
      edited()
        .replace([[2, 9], [2, 9], '\n    x'])
        .at(2, 3),
      ['    b = 2', '    c = 3'],
    );
  });

  it('follow the code when something is typed before it and then the line is broken', () => {
    const text = edited().replace([[2, 0], [2, 0], '    x = 1']);
    text.replace([[2, 9], [2, 13], '\n    ']);
    assert.deepEqual(text.at(2, 3), ['    b = 2', '    c = 3']);
  });

  it('stay with a line whose code is edited or commented out', () => {
    assert.deepEqual(
      edited()
        .replace([[2, 8], [2, 9], '20'])
        .at(2),
      ['    b = 20'],
    );
    assert.deepEqual(
      edited()
        .replace([[2, 4], [2, 4], '# '])
        .at(2),
      ['    # b = 2'],
    );
  });

  it('are lost with deleted lines, and nothing else is', () => {
    const text = edited().replace([[1, 0], [3, 0], '']);
    assert.deepEqual(text.at(1, 2, 3), [undefined, undefined, '    c = 3']);
  });

  it('come back when the deletion is undone', () => {
    const text = edited().replace([[1, 0], [3, 0], '']);
    text.replace([[1, 0], [1, 0], '    a = 1\n    b = 2\n']);
    assert.deepEqual(text.at(1, 2, 3), ['    a = 1', '    b = 2', '    c = 3']);
  });

  it('follow a line that is cut and pasted elsewhere', () => {
    const text = edited().replace([[1, 0], [2, 0], '']);
    text.replace([[3, 0], [3, 0], '    a = 1\n']);
    assert.deepEqual(text.at(1, 2, 3), ['    a = 1', '    b = 2', '    c = 3']);
  });

  it('follow several changes of one edit', () => {
    const text = edited().replace(
      [[0, 0], [0, 0], 'import x\n\n'],
      [[2, 0], [3, 0], ''],
      [[4, 0], [4, 0], '    d = 4\n'],
    );
    assert.deepEqual(text.at(1, 2, 3), ['    a = 1', undefined, '    c = 3']);
  });

  it('are lost from the start outside of the text', () => {
    assert.deepEqual(new Edited('one', [5, -1, Number.NaN]).at(5, -1, Number.NaN), [
      undefined,
      undefined,
      undefined,
    ]);
  });
});
