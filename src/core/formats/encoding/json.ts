import { damaged, truncated } from '../failures';
import { isCost } from './numbers';
import { wholeText } from './text';

/** A JSON object whose values are checked where they are used. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Checks of values from a JSON file. Each throws a ProfileError where the value is not what it must be. */
export interface JsonChecks {
  readonly object: (value: unknown) => JsonObject;
  readonly array: (value: unknown) => readonly unknown[];
  /** A number that is a cost: finite, and so are sums of it. */
  readonly number: (value: unknown) => number;
  readonly text: (value: unknown) => string;
}

/**
 * The checks of one format's files.
 * @param format what people call the format, for the error
 */
export function jsonChecks(format: string): JsonChecks {
  return {
    object(value) {
      if (!isObject(value)) throw damaged(format, 'an object is missing');
      return value;
    },
    array(value) {
      if (!Array.isArray(value)) throw damaged(format, 'a list is missing');
      return value as unknown[];
    },
    number(value) {
      if (typeof value !== 'number' || !isCost(value)) throw damaged(format, 'a number is missing');
      return value;
    },
    text(value) {
      if (typeof value !== 'string') throw damaged(format, 'a name is missing');
      return value;
    },
  };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Parses a whole file.
 * @param format what people call the format, for the error
 * @throws ProfileError where it is not JSON, with the character where reading stopped
 */
export function parseJson(bytes: Buffer, format: string): unknown {
  return parseJsonText(wholeText(bytes), format);
}

/** The same of text. */
export function parseJsonText(text: string, format: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const content = text.trim();
    const end = content.startsWith('[') ? ']' : '}';
    if (!content.endsWith(end)) throw truncated();
    throw damaged(format, `it is not JSON${stoppedAt(error)}`, error);
  }
}

/** Where V8 stopped, which it says in the message only. */
function stoppedAt(error: unknown): string {
  const position = /at position (\d+)/.exec(String(error))?.[1];
  return position === undefined ? '' : ` from character ${Number(position) + 1} on`;
}
