import type { Definitions } from './definitions';
import type { Definition, LineRow } from './rows';
import { Statements } from './statements';

/** A function or class whose body goes on. */
interface Scope {
  readonly definition: Definition;
  readonly indent: number;
  /** Whether its `def` or `class` has not come yet, but decorators only. */
  isHead: boolean;
}

const heading = /^\s*(async\s+def|def|class)\b/;

/** What is open where the source is missing: nothing but the next definition ends it. */
const endless = -1;

/**
 * Tells to which function each line of a file belongs, from the first to the last: to the innermost
 * one that began above and has not ended. One ends at the next statement that is indented no more.
 */
export class Scopes {
  readonly #definitions: Definitions;
  readonly #module: Definition;
  readonly #statements = new Statements();
  #open: Scope[] = [];

  constructor(definitions: Definitions, file: string) {
    this.#definitions = definitions;
    this.#module = { name: '<module>', file, line: 1 };
  }

  /** @returns the function, or the class or module, that the line is in */
  enter({ line, source }: LineRow): Definition {
    const isStatement = this.#statements.startsAt(source);
    const starting = this.#definitions.blockAt(this.#module.file, line);
    if (starting) this.#start(starting, isStatement ? indentOf(source) : endless, source);
    else if (isStatement) this.#end(indentOf(source), source);
    return this.#open.at(-1)?.definition ?? this.#module;
  }

  #start(definition: Definition, indent: number, source: string): void {
    this.#open = this.#open.filter((scope) => scope.indent < indent);
    this.#open.push({ definition, indent, isHead: indent !== endless && !heading.test(source) });
  }

  #end(indent: number, source: string): void {
    let last = this.#open.at(-1);
    if (last?.isHead) {
      last.isHead = !heading.test(source);
      return;
    }
    for (; last && last.indent >= indent; last = this.#open.at(-1)) this.#open.pop();
  }
}

/** Columns of blanks at the start; a tab ends at the next eighth column, as Python has it. */
function indentOf(source: string): number {
  let columns = 0;
  for (const character of source) {
    if (character === ' ') columns++;
    else if (character === '\t') columns += 8 - (columns % 8);
    else break;
  }
  return columns;
}
