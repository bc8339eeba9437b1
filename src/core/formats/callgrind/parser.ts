import type { FunctionIndex } from '../../model/profile';
import { isCost, lineNumber } from '../encoding/numbers';
import { damaged, quoted, truncated } from '../failures';
import { Costs, type Callee, type FunctionIdentity } from './costs';
import { Header } from './header';
import { LineCursor } from './lineCursor';
import { Names } from './names';

const hash = 0x23;
const equals = 0x3d;
const star = 0x2a;
const plus = 0x2b;
const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;

/** A function before the line that may belong to its identity is known. */
type NamedFunction = Omit<FunctionIdentity, 'line'>;

/** What the next line with positions completes: a call with its cost, or a jump, which costs nothing. */
type Pending = { readonly calls: number; readonly callee: Callee } | 'jump';

/**
 * Reads the callgrind format as valgrind's manual specifies it ("Callgrind Format Specification",
 * 3.19), and as Python's writers use it. The costs of several parts add up.
 */
export class CallgrindParser {
  readonly header: Header;
  readonly costs = new Costs();
  readonly #cursor: LineCursor;
  readonly #files = new Names();
  readonly #names = new Names();
  readonly #objects = new Names();

  #object: string | undefined;
  /** The file of the function, and that of the lines, which inlining makes another. */
  #functionFile: string | undefined;
  #lineFile: string | undefined;
  #current: NamedFunction | undefined;
  /** Index of `#current`; not known before its first cost. */
  #func: FunctionIndex | undefined;
  /** The source line of the last cost, to which the next one may be relative. */
  #line = 0;

  /** What the file has told of the next call. */
  #callee: Partial<NamedFunction> = {};
  #pending: Pending | undefined;

  /** @param wanted name of the event to show */
  constructor(bytes: Buffer, wanted: string | undefined) {
    this.#cursor = new LineCursor(bytes);
    this.header = new Header(wanted);
  }

  /** @throws ProfileError at the first line that is none of the format's, or where the file ends within a call */
  parse(): void {
    while (this.#cursor.nextLine()) this.#readLine();
    if (this.#pending) throw truncated();
  }

  /** Skips comments, and the rules of `=` that Xdebug draws between the profiles it appends. */
  #readLine(): void {
    const first = this.#cursor.firstByte;
    if (first === undefined) {
      this.#endBlock();
    } else if (isPosition(first)) {
      this.#readCost();
    } else if (first !== hash && first !== equals) {
      this.#readNamedLine(this.#cursor.text());
    }
  }

  /** A blank line, which in the header says nothing of the functions. */
  #endBlock(): void {
    if (this.#current && this.header.dialect.fileEndsWithBlock) this.#functionFile = undefined;
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
        this.#callee = { ...this.#callee, file: fileOf(this.#files.resolve(value)) };
        break;
      case 'cfn':
        this.#callee = { ...this.#callee, name: this.#names.resolve(value) ?? value };
        break;
      case 'cob':
        this.#callee = { ...this.#callee, object: fileOf(this.#objects.resolve(value)) };
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
        this.#object = fileOf(this.#objects.resolve(value));
        break;
      default:
        throw this.#damaged(`${quoted(key)} is none of the format's words`);
    }
  }

  #startFunction(name: string): void {
    this.#current = { name, file: this.#functionFile, object: this.#object };
    this.#lineFile = this.#functionFile;
    this.#func = undefined;
  }

  /**
   * `calls=<count> <position of the callee>`; the cost line after it has the place and cost of the
   * calls. A callee without a file is in that of the lines, which valgrind has no need to repeat.
   */
  #readCalls(): void {
    const sameFile = this.header.dialect.fileEndsWithBlock ? undefined : this.#lineFile;
    const { name, file, object } = { file: sameFile, object: this.#object, ...this.#callee };
    if (name === undefined) throw this.#damaged('a call has no function');
    this.#cursor.nextWord();
    const calls = this.#count(this.#cursor.number('calls='.length));
    const line = lineNumber(this.#readPositions());
    this.#pending = { calls, callee: { func: this.#indexOf({ name, file, object }, line), line } };
    this.#callee = {};
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
    else if (this.header.dialect.lines === 'call') this.costs.addSelfAtDefinition(place, cost);
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
      const weight = columns.weights[index] ?? 0;
      if (weight !== 0) cost += weight * this.#cost(this.#cursor.number());
      if (index === columns.hits) hits = this.#hits(this.#cursor.number());
    }
    return { cost, hits };
  }

  #currentFunction(): FunctionIndex {
    if (!this.#current) throw this.#damaged('a cost belongs to no function');
    return (this.#func ??= this.#indexOf(this.#current, lineNumber(this.#line)));
  }

  /** @param line line of the function's first cost, or that at which it is called */
  #indexOf({ name, ...place }: NamedFunction, line: number | undefined): FunctionIndex {
    const { namePattern, definitionLineIdentifies } = this.header.dialect;
    const parts = namePattern?.exec(name)?.groups;
    const inName = lineNumber(Number(parts?.['line'] ?? 0));
    const identifying = definitionLineIdentifies ? line : undefined;
    const identity = { name: parts?.['name'] ?? name, ...place, line: inName ?? identifying };
    return this.costs.functionOf(identity);
  }

  #hits(value: number): number {
    if (!Number.isInteger(value)) throw this.#damaged('a number of hits is a fraction');
    return this.#count(value);
  }

  #cost(value: number): number {
    const isNegative = value < 0 && this.header.dialect.hasNegativeCosts;
    return isNegative && isCost(value) ? 0 : this.#count(value);
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

/**
 * What stands for no file: Python's writers have built-ins under `~`, Xdebug under `php:internal`,
 * and valgrind code without debug information under `???`.
 */
const noFiles: readonly (string | undefined)[] = ['~', '???', '', 'php:internal'];

function fileOf(name: string | undefined): string | undefined {
  return noFiles.includes(name) ? undefined : name;
}
