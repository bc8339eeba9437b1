import { addKnown, type FunctionTable } from '../../model/builder';
import type { ExactLine, Func, FunctionIndex } from '../../model/profile';
import type { FollowedFunction } from '../../model/requestRecord';
import type { JsonObject } from '../encoding/json';
import {
  isEstimated,
  objects,
  optionalNumber,
  place,
  requiredCount,
  requiredSeconds,
  requiredText,
} from './values';

/** The functions whose calls were counted; those that no stack shows are added to the table. */
export function readFunctions(hotline: JsonObject, table: FunctionTable): FollowedFunction[] {
  return objects(hotline, 'functions').map((each) => {
    const { file, line } = place(each);
    return {
      func: table.indexOf(requiredText(each, 'name'), file, line),
      calls: requiredCount(each, 'calls'),
      total: requiredSeconds(each, 'time'),
      isEstimated: isEstimated(each),
    };
  });
}

/**
 * The lines that were measured, each of the function of that name that begins nearest above it, and
 * each once: see `joined`.
 */
export function readLines(hotline: JsonObject, table: FunctionTable): ExactLine[] {
  const lines = new Map<string, ExactLine>();
  for (const line of readEach(hotline, table)) {
    const key = `${line.line}:${line.file}`;
    const known = lines.get(key);
    lines.set(key, known ? joined(known, line, table.functions) : line);
  }
  return [...lines.values()];
}

/**
 * What two functions cost on one line, where the inner one is defined (a lambda, a generator). As
 * long as it took no longer than the outer one, it was called there and its time is counted already;
 * else it was called from elsewhere.
 */
function joined(a: ExactLine, b: ExactLine, functions: readonly Func[]): ExactLine {
  const definition = ({ func }: ExactLine): number => functions[func]?.line ?? 0;
  const [outer, inner] = definition(a) <= definition(b) ? [a, b] : [b, a];
  if (inner.total <= outer.total) return outer;
  return {
    ...outer,
    hits: addKnown(outer.hits, inner.hits),
    total: outer.total + inner.total,
    waiting: (outer.waiting ?? 0) + (inner.waiting ?? 0),
    isEstimated: outer.isEstimated === true || inner.isEstimated === true,
  };
}

function readEach(hotline: JsonObject, table: FunctionTable): ExactLine[] {
  const namesakes = new Namesakes(table);
  return objects(hotline, 'lines').map((each) => {
    const { file, line } = place(each);
    const name = requiredText(each, 'function');
    return {
      func: namesakes.enclosing(name, file, line) ?? table.indexOf(name, file, undefined),
      file,
      line,
      hits: requiredCount(each, 'hits'),
      self: undefined,
      total: requiredSeconds(each, 'time'),
      waiting: optionalNumber(each, 'waiting'),
      isEstimated: isEstimated(each),
    };
  });
}

/** Functions by file and name. */
class Namesakes {
  readonly #byPlace = new Map<string, FunctionIndex[]>();
  readonly #table: FunctionTable;

  constructor(table: FunctionTable) {
    this.#table = table;
    for (const [index, { name, file, line }] of table.functions.entries()) {
      if (file === undefined || line === undefined) continue;
      const key = keyOf(name, file);
      const known = this.#byPlace.get(key);
      if (known) known.push(index);
      else this.#byPlace.set(key, [index]);
    }
  }

  enclosing(name: string, file: string, line: number): FunctionIndex | undefined {
    let nearest: FunctionIndex | undefined;
    let nearestLine = -1;
    for (const index of this.#byPlace.get(keyOf(name, file)) ?? []) {
      const defined = this.#table.functions[index]?.line ?? Infinity;
      if (defined > line || defined <= nearestLine) continue;
      nearest = index;
      nearestLine = defined;
    }
    return nearest;
  }
}

function keyOf(name: string, file: string): string {
  return `${file}\0${name}`;
}
