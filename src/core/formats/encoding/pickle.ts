import { ProfileError } from '../../model/errors';
import { damaged, quoted } from '../failures';
import { Dict } from './dict';
import { narrowed, parsePythonFloat } from './numbers';
import { PickleCursor } from './pickleCursor';
import { decodeRawUnicodeEscape, parseStringRepr } from './pickleText';
import { decodeBytes, decodeUtf8 } from './text';

/** A class by its name; nothing is ever imported or called. */
export class PickleGlobal {
  constructor(
    readonly module: string,
    readonly name: string,
  ) {}
}

/** An instance of a class, inert: the class's name and the state it was pickled with. */
export class PickleObject {
  state: PickleValue = null;
  /** What it holds as a dict, where its class is derived from that. */
  items: Dict<PickleValue> | undefined;

  constructor(readonly type: PickleGlobal) {}
}

/** `None` is null, an int beyond 2^53 a bigint, tuples and lists are arrays. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickleValue[]
  | Dict<PickleValue>
  | PickleGlobal
  | PickleObject;

const stopOpcode = 0x2e;

/** Names that protocols 0 and 1 need to say "an instance of the class"; calling the first does nothing else. */
const reconstructor = /^copy_?reg\._reconstructor$/;
const baseClass = /^(__builtin__|builtins)\.object$/;

/**
 * Reads a pickle of protocols 0 to 5 that holds plain data and instances of allowed classes. A
 * pickle is a program; this reader knows only the opcodes that build data, and can run nothing.
 * @param allows whether instances of the class of this name may occur
 * @throws ProfileError for any other class or function, any other opcode, or damaged data
 */
export function readPickle(bytes: Buffer, allows: (type: PickleGlobal) => boolean): PickleValue {
  return new PickleMachine(bytes, allows).run();
}

/** The stack machine that a pickle programs, as in CPython's Lib/pickle.py. */
class PickleMachine {
  readonly cursor: PickleCursor;
  readonly stack: PickleValue[] = [];
  readonly marks: number[] = [];
  readonly memo = new Map<number, PickleValue>();
  readonly #allows: (type: PickleGlobal) => boolean;

  constructor(bytes: Buffer, allows: (type: PickleGlobal) => boolean) {
    this.cursor = new PickleCursor(bytes);
    this.#allows = allows;
  }

  run(): PickleValue {
    for (;;) {
      const opcode = this.cursor.byte();
      if (opcode === stopOpcode) return this.pop();
      const execute = opcodes.get(opcode);
      if (!execute) {
        throw damaged('pickle', `opcode ${opcode} is none that plain data needs`);
      }
      execute(this);
    }
  }

  push(value: PickleValue): void {
    this.stack.push(value);
  }

  pop(): PickleValue {
    const value = this.stack.pop();
    if (value === undefined) throw damaged('pickle', 'a value is missing');
    return value;
  }

  top(): PickleValue {
    const value = this.stack.at(-1);
    if (value === undefined) throw damaged('pickle', 'a value is missing');
    return value;
  }

  /** Everything pushed since the last mark. */
  popToMark(): PickleValue[] {
    const mark = this.marks.pop();
    if (mark === undefined) throw damaged('pickle', 'a mark is missing');
    return this.stack.splice(mark);
  }

  popMany(count: number): PickleValue[] {
    if (count > this.stack.length) throw damaged('pickle', 'a value is missing');
    return this.stack.splice(-count, count);
  }

  recall(key: number): PickleValue {
    const value = this.memo.get(key);
    if (value === undefined) throw damaged('pickle', 'a reference points to no value');
    return value;
  }

  global(module: string, name: string): PickleGlobal {
    const global = new PickleGlobal(module, name);
    const path = `${module}.${name}`;
    if (!reconstructor.test(path) && !baseClass.test(path) && !this.#allows(global)) {
      throw new ProfileError(
        `The file is a pickle that refers to ${quoted(path)}, which no profile needs, so Hotline does not read it.`,
        'broken',
      );
    }
    return global;
  }

  stackGlobal(): PickleGlobal {
    const name = this.pop();
    const module = this.pop();
    if (typeof name !== 'string' || typeof module !== 'string') {
      throw damaged('pickle', 'a class has no name');
    }
    return this.global(module, name);
  }

  /** `type.__new__(type, *args)`: an instance without a state yet. */
  newObject(): PickleObject {
    this.pop();
    return this.#instanceOf(this.pop());
  }

  /** `function(*args)`, where the one function that may stand there makes an instance of its first argument. */
  reduce(): PickleObject {
    const args = this.pop();
    const callable = this.pop();
    const known =
      callable instanceof PickleGlobal && reconstructor.test(`${callable.module}.${callable.name}`);
    if (!known || !Array.isArray(args)) throw damaged('pickle', 'it calls a function');
    return this.#instanceOf(args[0] ?? null);
  }

  build(): PickleObject {
    const state = this.pop();
    const object = this.pop();
    if (!(object instanceof PickleObject)) throw damaged('pickle', 'a state belongs to no object');
    object.state = state;
    return object;
  }

  append(items: readonly PickleValue[]): PickleValue[] {
    const list = this.pop();
    if (!Array.isArray(list)) throw damaged('pickle', 'a list is missing');
    for (const item of items) list.push(item);
    return list;
  }

  setItems(items: PickleValue[]): Dict<PickleValue> | PickleObject {
    const target = this.pop();
    const dict = target instanceof PickleObject ? (target.items ??= new Dict([])) : target;
    if (!(dict instanceof Dict)) throw damaged('pickle', 'a dict is missing');
    dictOf(items).forEach((key, value) => {
      dict.add(key, value);
    });
    return target instanceof PickleObject ? target : dict;
  }

  #instanceOf(type: PickleValue): PickleObject {
    if (!(type instanceof PickleGlobal) || !this.#allows(type)) {
      throw damaged('pickle', 'an object has no class');
    }
    return new PickleObject(type);
  }
}

type Opcode = (machine: PickleMachine) => void;

/** An opcode that leaves a value on the stack: a new one, or one that it took off to change it. */
const pushing =
  (make: (machine: PickleMachine) => PickleValue): Opcode =>
  (machine) => {
    machine.push(make(machine));
  };

const memoizing =
  (key: (machine: PickleMachine) => number): Opcode =>
  (machine) => {
    machine.memo.set(key(machine), machine.top());
  };

/** What each opcode does, as in CPython's Lib/pickletools.py, by its byte. */
const opcodes: ReadonlyMap<number, Opcode> = new Map<number, Opcode>([
  [0x80, ({ cursor }) => void cursor.byte()], // PROTO
  [0x95, ({ cursor }) => void cursor.uint64()], // FRAME
  [0x63, pushing((machine) => machine.global(machine.cursor.line(), machine.cursor.line()))], // GLOBAL
  [0x93, pushing((machine) => machine.stackGlobal())], // STACK_GLOBAL
  [0x81, pushing((machine) => machine.newObject())], // NEWOBJ
  [0x52, pushing((machine) => machine.reduce())], // REDUCE
  [0x62, pushing((machine) => machine.build())], // BUILD

  [0x28, (machine) => void machine.marks.push(machine.stack.length)], // MARK
  [0x30, (machine) => void machine.pop()], // POP
  [0x31, (machine) => void machine.popToMark()], // POP_MARK
  [0x32, pushing((machine) => machine.top())], // DUP

  [0x29, pushing(() => [])], // EMPTY_TUPLE
  [0x85, pushing((machine) => machine.popMany(1))], // TUPLE1
  [0x86, pushing((machine) => machine.popMany(2))], // TUPLE2
  [0x87, pushing((machine) => machine.popMany(3))], // TUPLE3
  [0x74, pushing((machine) => machine.popToMark())], // TUPLE
  [0x5d, pushing(() => [])], // EMPTY_LIST
  [0x6c, pushing((machine) => machine.popToMark())], // LIST
  [0x61, pushing((machine) => machine.append(machine.popMany(1)))], // APPEND
  [0x65, pushing((machine) => machine.append(machine.popToMark()))], // APPENDS
  [0x7d, pushing(() => new Dict([]))], // EMPTY_DICT
  [0x64, pushing((machine) => dictOf(machine.popToMark()))], // DICT
  [0x73, pushing((machine) => machine.setItems(machine.popMany(2)))], // SETITEM
  [0x75, pushing((machine) => machine.setItems(machine.popToMark()))], // SETITEMS

  [0x4e, pushing(() => null)], // NONE
  [0x88, pushing(() => true)], // NEWTRUE
  [0x89, pushing(() => false)], // NEWFALSE
  [0x4a, pushing(({ cursor }) => cursor.int32())], // BININT
  [0x4b, pushing(({ cursor }) => cursor.byte())], // BININT1
  [0x4d, pushing(({ cursor }) => cursor.uint16())], // BININT2
  [0x49, pushing(({ cursor }) => narrowed(cursor.integerLine()))], // INT
  [0x4c, pushing(({ cursor }) => narrowed(cursor.integerLine()))], // LONG
  [0x8a, pushing(({ cursor }) => narrowed(cursor.integer(cursor.byte())))], // LONG1
  [0x8b, pushing(({ cursor }) => narrowed(cursor.integer(cursor.int32())))], // LONG4
  [0x47, pushing(({ cursor }) => cursor.double())], // BINFLOAT
  [0x46, pushing(({ cursor }) => parsePythonFloat(cursor.line()))], // FLOAT

  [0x55, pushing(({ cursor }) => decodeBytes(cursor.slice(cursor.byte())))], // SHORT_BINSTRING
  [0x54, pushing(({ cursor }) => decodeBytes(cursor.slice(cursor.int32())))], // BINSTRING
  [0x53, pushing(({ cursor }) => parseStringRepr(cursor.line()))], // STRING
  [0x8c, pushing(({ cursor }) => decodeUtf8(cursor.slice(cursor.byte())))], // SHORT_BINUNICODE
  [0x58, pushing(({ cursor }) => decodeUtf8(cursor.slice(cursor.uint32())))], // BINUNICODE
  [0x8d, pushing(({ cursor }) => decodeUtf8(cursor.slice(cursor.uint64())))], // BINUNICODE8
  [0x56, pushing(({ cursor }) => decodeRawUnicodeEscape(cursor.line()))], // UNICODE

  [0x71, memoizing(({ cursor }) => cursor.byte())], // BINPUT
  [0x72, memoizing(({ cursor }) => cursor.uint32())], // LONG_BINPUT
  [0x70, memoizing(({ cursor }) => Number(cursor.integerLine()))], // PUT
  [0x94, memoizing(({ memo }) => memo.size)], // MEMOIZE
  [0x68, pushing((machine) => machine.recall(machine.cursor.byte()))], // BINGET
  [0x6a, pushing((machine) => machine.recall(machine.cursor.uint32()))], // LONG_BINGET
  [0x67, pushing((machine) => machine.recall(Number(machine.cursor.integerLine())))], // GET
]);

/** @param items keys and values by turns */
function dictOf(items: PickleValue[]): Dict<PickleValue> {
  if (items.length % 2 === 1) throw damaged('pickle', 'a key has no value');
  return new Dict(items);
}
