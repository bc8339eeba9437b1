import { jsonChecks, parseJsonText, type JsonObject } from '../../core/formats/encoding/json';
import { damaged } from '../../core/formats/failures';
import type { CollectedFrame, CollectedStack } from '../stacks';
import { PullError, type Answer, type AnsweringProcess } from './answer';

/** Asks our own sampler for more than the stacksampler's answer. */
export const STACKS_TYPE = 'application/vnd.hotline.stacks+json';

const VERSION = 1;

const FORMAT = 'sampler’s';

const { object, array, number, text } = jsonChecks(FORMAT);

/**
 * Reads the answer of our own sampler: python/schema/hotline-stacks.schema.json.
 * @throws PullError where it is of another version
 * @throws ProfileError where it is damaged
 */
export function readHotlineSampler(content: string): Answer {
  const document = object(parseJsonText(content, FORMAT));
  if (document['version'] !== VERSION)
    throw new PullError(
      `Its sampler answers in version ${String(document['version'])}, and this Hotline knows version ${VERSION} only.`,
    );
  const frames = array(document['frames']).map(object);
  const places = new Places(frames);
  const stacks = array(document['stacks']).map((stack) => readStack(object(stack), places));
  return {
    protocol: 'hotline',
    elapsed: number(document['elapsed']),
    process: readProcess(object(document['process'])),
    stacks: {
      frames: places.frames,
      stacks,
      granularity: number(document['granularity']) || undefined,
    },
  };
}

/** Functions at executing lines: the sampler tells functions once, and their lines in the stacks. */
class Places {
  readonly frames: CollectedFrame[] = [];
  readonly #functions: readonly JsonObject[];
  readonly #indexes = new Map<number, Map<number, number>>();

  constructor(functions: readonly JsonObject[]) {
    this.#functions = functions;
  }

  indexOf(func: number, line: number): number {
    let byLine = this.#indexes.get(func);
    if (!byLine) this.#indexes.set(func, (byLine = new Map<number, number>()));
    let index = byLine.get(line);
    if (index === undefined) {
      index = this.frames.push(this.#frame(func, line)) - 1;
      byLine.set(line, index);
    }
    return index;
  }

  #frame(func: number, line: number): CollectedFrame {
    const { name, file, line: definitionLine = 0 } = object(this.#functions[func]);
    return {
      name: text(name),
      file: file === undefined ? undefined : text(file),
      definitionLine: count(definitionLine) || undefined,
      executingLine: line || undefined,
    };
  }
}

function readStack(stack: JsonObject, places: Places): CollectedStack {
  const frames = array(stack['calls']).map((call) => {
    const [func, line] = array(call);
    return places.indexOf(count(func), count(line));
  });
  if (frames.length === 0) throw damaged(FORMAT, 'a stack has no frames');
  const samples = count(stack['count']);
  const isIdle = stack['idle'] === true;
  return { frames, running: isIdle ? 0 : samples, waiting: isIdle ? samples : 0 };
}

function readProcess({ name, pid, started }: JsonObject): AnsweringProcess {
  return { name: text(name), pid: count(pid), started: number(started) };
}

function count(value: unknown): number {
  const counted = number(value);
  if (Number.isSafeInteger(counted) && counted >= 0) return counted;
  throw damaged(FORMAT, `${counted} is no count`);
}
