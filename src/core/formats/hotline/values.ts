import { jsonChecks, type JsonObject } from '../encoding/json';
import { isCost } from '../encoding/numbers';
import { damaged } from '../failures';

const label = 'Hotline';

export const { object, array, text } = jsonChecks(label);

/** The list of objects under a name; empty where there is none. */
export function objects(parent: JsonObject, name: string): readonly JsonObject[] {
  const value = parent[name];
  return value === undefined ? [] : array(value).map(object);
}

/** A number that is there. */
export function requiredNumber(parent: JsonObject, name: string): number {
  const value = optionalNumber(parent, name);
  if (value === undefined) throw damaged(label, `${name} is missing`);
  return value;
}

/** A time of at least 0 that is there, in seconds. */
export function requiredSeconds(parent: JsonObject, name: string): number {
  const value = requiredNumber(parent, name);
  if (value < 0) throw damaged(label, `${name} is negative`);
  return value;
}

/** How often something was, which is told. */
export function requiredCount(parent: JsonObject, name: string): number {
  const value = requiredNumber(parent, name);
  if (!Number.isInteger(value) || value < 0) throw damaged(label, `${name} is no count`);
  return value;
}

export function optionalNumber(parent: JsonObject, name: string): number | undefined {
  const value = parent[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !isCost(value)) throw damaged(label, `${name} is no number`);
  return value;
}

export function requiredText(parent: JsonObject, name: string): string {
  const value = optionalText(parent, name);
  if (value === undefined) throw damaged(label, `${name} is missing`);
  return value;
}

export function optionalText(parent: JsonObject, name: string): string | undefined {
  const value = parent[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw damaged(label, `${name} is no text`);
  return value;
}

/** A 1-based line of a file. */
export function place(parent: JsonObject): { readonly file: string; readonly line: number } {
  const file = requiredText(parent, 'file');
  const line = requiredNumber(parent, 'line');
  if (file === '' || !Number.isInteger(line) || line < 1) {
    throw damaged(label, 'a place is no line of a file');
  }
  return { file, line };
}

/** The same where there may be none. */
export function optionalPlace(parent: JsonObject): ReturnType<typeof place> | undefined {
  return parent['file'] === undefined || parent['line'] === undefined ? undefined : place(parent);
}

export function isEstimated(parent: JsonObject): boolean {
  return parent['estimated'] === true;
}
