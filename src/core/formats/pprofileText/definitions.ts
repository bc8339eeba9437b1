import type { Definition } from './rows';

/** Whether the definition is a part of an expression: a lambda, a comprehension, a generator expression. */
export function isExpression({ name }: Definition): boolean {
  return name.startsWith('<') && name !== '<module>';
}

/** What the calls of a report tell of the places where functions are defined. */
export class Definitions {
  /** Functions and classes by file and first line. */
  readonly #blocks = new Map<string, Map<number, Definition>>();
  /** First lines of expressions by file. */
  readonly #expressions = new Map<string, Set<number>>();

  add(definition: Definition): void {
    const { name, file, line } = definition;
    if (isExpression(definition)) {
      const lines = this.#expressions.get(file) ?? new Set();
      this.#expressions.set(file, lines.add(line));
    } else if (name !== '<module>') {
      const blocks = this.#blocks.get(file) ?? new Map<number, Definition>();
      this.#blocks.set(file, blocks.set(line, definition));
    }
  }

  /** The function or class that starts at a line. */
  blockAt(file: string, line: number): Definition | undefined {
    return this.#blocks.get(file)?.get(line);
  }

  hasExpressionAt(file: string, line: number): boolean {
    return this.#expressions.get(file)?.has(line) ?? false;
  }
}
