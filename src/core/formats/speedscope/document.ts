import { isCost } from '../encoding/numbers';
import { damaged } from '../failures';

/** A speedscope document as JSON has it; every value is checked where it is used. */
export interface SpeedscopeDocument {
  readonly exporter: string;
  readonly frames: readonly unknown[];
  readonly profiles: readonly JsonObject[];
  readonly activeProfileIndex: number;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** @throws ProfileError where it is not a speedscope document */
export function documentOf(json: unknown): SpeedscopeDocument {
  const document = object(json);
  const active = document['activeProfileIndex'];
  return {
    exporter: typeof document['exporter'] === 'string' ? document['exporter'] : '',
    frames: array(object(document['shared'])['frames']),
    profiles: array(document['profiles']).map(object),
    activeProfileIndex: typeof active === 'number' ? active : 0,
  };
}

export function object(value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw damaged('speedscope', 'an object is missing');
  }
  return value as JsonObject;
}

export function array(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw damaged('speedscope', 'a list is missing');
  return value;
}

export function number(value: unknown): number {
  if (typeof value !== 'number' || !isCost(value)) {
    throw damaged('speedscope', 'a number is missing');
  }
  return value;
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw damaged('speedscope', 'a name is missing');
  return value;
}
