import type { FunctionIndex } from '../../model/profile';
import { isCost, lineNumber } from '../encoding/numbers';
import { damaged, truncated } from '../failures';
import { Costs, type Callee } from './costs';
import { Header } from './header';
import { LineCursor } from './lineCursor';
import { Names } from './names';

const hash = 0x23;
const star = 0x2a;
const plus = 0x2b;
const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;

/** A function by its name, before the line that may belong to its identity is known. */
interface NamedFunction {
  readonly name: string;
  readonly file: string | undefined;
}

/** What the next line with positions completes: a call with its cost, or a jump, which costs nothing. */
type Pending = { readonly calls: number; readonly callee: Callee } | 'jump';

/**
 * Reads the callgrind format as valgrind's manual specifies it ("Callgrind Format Specification",
 * 3.19), and as Python's writers use it. The costs of several parts add up.
 */
export class CallgrindParser {
  readonly header = new Header();
  readonly costs = new Costs();
  readonly #cursor: LineCursor;
  readonly #files = new Names();
  readonly #names = new Names();

  /** The file of the function, and that of the lines, which inlining makes another. */
  #functionFile: string | undefined;
  #lineFile: string | undefined;
  #current: NamedFunction | undefined;
  /** Index of `#current`; not known before its first cost. */
  #func: FunctionIndex | undefined;
  /** The source line of the last cost, to which the next one may be relative. */
  #line = 0;

  #calleeFile: { readonly name: string | undefined } | undefined;
  #calleeName: string | undefined;
  #pending: Pending | undefined;

  constructor(bytes: Buffer) {
    this.#cursor = new LineCursor(bytes);
  }

  /** @throws ProfileError at the first line that is none of the format's, or where the file ends within a call */
  parse(): void {
    while (this.#cursor.nextLine()) this.#readLine();
    if (this.#pending) throw truncated();
  }

  #readLine(): void {
    const first = this.#cursor.firstByte;
    if (first === undefined) {
      if (this.header.dialect.fileEndsWithBlock) this.#functionFile = undefined;
    } else if (isPosition(first)) {
      this.#readCost();
    } else if (first !== hash) {
      this.#readNamedLine(this.#cursor.text());
    }
  }

  #readNamedLine(text: string): void {
    const [, key = '', separator, value = ''] = /^([a-z()]+)(=|:)\s*(.*)$/i.exec(text) ?? [];
    if (separator === ':') this.header.read(key, value);
    else if (separator === '=') this.#readSpecification(key, value);
    else throw this.#damaged('it is none of the format');
  }

  #readSpecification(key: string, value: string): void {
    switch (key) {
      case 'fl':
        this.#functionFile = this.#lineFile = fileOf(this.#files.resolve(value));
        break;
      case 'fi':
      case 'fe':
        this.#lineFile = fileOf(this.#files.resolve(value));
        break;
      case 'fn':
        this.#startFunction(this.#names.resolve(value) ?? value);
        break;
      case 'cfi':
      case 'cfl':
        this.#calleeFile = { name: fileOf(this.#files.resolve(value)) };
        break;
      case 'cfn':
        this.#calleeName = this.#names.resolve(value) ?? value;
        break;
      case 'jfi':
        this.#files.resolve(value);
        break;
      case 'jfn':
        this.#names.resolve(value);
        break;
      case 'calls':
        this.#readCalls();
        break;
      case 'jump':
      case 'jcnd':
        this.#pending = 'jump';
        break;
      case 'ob':
      case 'cob':
        break;
      default:
        throw this.#damaged(`${JSON.stringify(key)} is none of the format's words`);
    }
  }

  #startFunction(name: string): void {
    this.#current = { name, file: this.#functionFile };
    this.#lineFile = this.#functionFile;
    this.#func = undefined;
  }

  /** `calls=<count> <position of the callee>`; the cost line after it has the place and cost of the calls. */
  #readCalls(): void {
    const name = this.#calleeName;
    if (name === undefined) throw this.#damaged('a call has no function');
    this.#cursor.nextWord();
    const calls = this.#count(this.#cursor.number('calls='.length));
    const line = lineNumber(this.#readPositions());
    const sameFile = this.header.dialect.fileEndsWithBlock ? undefined : this.#functionFile;
    const file = this.#calleeFile ? this.#calleeFile.name : sameFile;
    this.#pending = { calls, callee: { func: this.#indexOf({ name, file }, line), line } };
    this.#calleeFile = this.#calleeName = undefined;
  }

  #readCost(): void {
    this.#line = this.#readPositions();
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === 'jump') return;
    const { cost, hits } = this.#readCosts();
    const place = {
      func: this.#currentFunction(),
      file: this.#lineFile,
      line: lineNumber(this.#line),
    };
    if (pending) this.costs.addCall(place, pending.callee, pending.calls, cost);
    else this.costs.addSelf(place, cost, hits);
  }

  /** Moves past the positions and returns the source line that they tell. */
  #readPositions(): number {
    const { positions, line } = this.header.columns;
    let read = 0;
    for (let index = 0; index < positions; index++) {
      if (!this.#cursor.nextWord()) throw this.#damaged('a position is missing');
      if (index === line) read = this.#readPosition();
    }
    return read;
  }

  #readPosition(): number {
    const byte = this.#cursor.wordByte;
    if (byte === star) return this.#line;
    if (byte === plus) return this.#line + this.#count(this.#cursor.number(1));
    if (byte === minus) return this.#line - this.#count(this.#cursor.number(1));
    return this.#count(this.#cursor.number());
  }

  /** Costs that the line leaves out are 0. */
  #readCosts(): { cost: number; hits: number | undefined } {
    const columns = this.header.columns;
    let cost = 0;
    let hits = columns.hits < 0 ? undefined : 0;
    for (let index = 0; this.#cursor.nextWord(); index++) {
      if (index === columns.cost) cost = this.#count(this.#cursor.number());
      if (index === columns.hits) hits = this.#count(this.#cursor.number());
    }
    return { cost, hits };
  }

  #currentFunction(): FunctionIndex {
    if (!this.#current) throw this.#damaged('a cost belongs to no function');
    return (this.#func ??= this.#indexOf(this.#current, lineNumber(this.#line)));
  }

  /** @param line line of the function's first cost, or that at which it is called */
  #indexOf({ name, file }: NamedFunction, line: number | undefined): FunctionIndex {
    const { namePattern, definitionLineIdentifies } = this.header.dialect;
    const parts = namePattern?.exec(name)?.groups;
    const inName = lineNumber(Number(parts?.['line'] ?? 0));
    const identifying = definitionLineIdentifies ? line : undefined;
    return this.costs.functionOf(parts?.['name'] ?? name, file, inName ?? identifying);
  }

  #count(value: number): number {
    if (!(value >= 0 && isCost(value))) throw this.#damaged('a number is none');
    return value;
  }

  #damaged(what: string): Error {
    return damaged('callgrind', `in line ${this.#cursor.lineNumber}, ${what}`);
  }
}

function isPosition(byte: number): boolean {
  return (byte >= zero && byte <= nine) || byte === star || byte === plus || byte === minus;
}

/** Python's writers file built-ins under `~`, valgrind code without debug information under `???`. */
function fileOf(name: string | undefined): string | undefined {
  return name === '~' || name === '???' || name === '' ? undefined : name;
}
