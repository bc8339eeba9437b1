import { startsWithText } from './text';

/** What the beginning of a JSON file tells of it. */
export interface JsonOutline {
  readonly kind: 'object' | 'list' | 'other';
  /** Keys of the object; of a list, those of its first item if that is an object. */
  readonly keys: ReadonlySet<string>;
}

/** How much of the file is looked at. */
const headLength = 64 * 1024;

/** Strings and the characters that give JSON its structure. */
const tokens = /"([^"\\]*(?:\\.[^"\\]*)*)"|[{}[\]:]/gs;

/** Outlines of files that were looked at, because several formats ask for the same one. */
const known = new WeakMap<Buffer, JsonOutline>();

/** Outlines a file by its beginning, without parsing it; it may end in the middle. */
export function jsonOutline(bytes: Buffer): JsonOutline {
  let outline = known.get(bytes);
  if (!outline) known.set(bytes, (outline = outlineOf(bytes)));
  return outline;
}

function outlineOf(bytes: Buffer): JsonOutline {
  const kind = kindOf(bytes);
  if (kind === 'other') return { kind, keys: new Set() };
  const head = bytes.toString('utf8', 0, headLength);
  if (kind === 'object') return { kind, keys: keysAt(1, head) };
  return { kind, keys: /^\s*\[\s*\{/.test(head) ? keysAt(2, head) : new Set() };
}

function kindOf(bytes: Buffer): JsonOutline['kind'] {
  if (startsWithText(bytes, '{')) return 'object';
  return startsWithText(bytes, '[') ? 'list' : 'other';
}

/** Keys of the first object, at a depth where the outermost value has depth 1. */
function keysAt(wanted: number, head: string): Set<string> {
  const keys = new Set<string>();
  let depth = 0;
  let lastString: string | undefined;
  for (const [token, string] of head.matchAll(tokens)) {
    if (token === '{' || token === '[') depth++;
    else if (token === ':') {
      if (depth === wanted && lastString !== undefined) keys.add(lastString);
    } else if (string === undefined && depth-- === wanted) break;
    lastString = string;
  }
  return keys;
}
