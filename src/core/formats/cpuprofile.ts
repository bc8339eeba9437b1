import type { Profile } from '../model/profile';
import { StacksBuilder } from '../model/stacksBuilder';
import { addCpuProfile } from './cpuprofile/lane';
import { object } from './cpuprofile/values';
import { isObject, parseJson, type JsonObject } from './encoding/json';
import { jsonOutline } from './encoding/jsonOutline';
import type { Format } from './format';

/** Keys that inspector clients wrap a profile in, the outer ones first: `Profiler.stop` answers `{profile}`. */
const wrappers = ['result', 'profile', 'cpuProfile'];

/**
 * CPU profiles of V8 (Chrome DevTools Protocol, `Profiler.Profile`): the list of nodes that Chrome 58
 * and Node 8 brought, the tree of those before, and what py2devtools (nylas-perftools) and pyflame's
 * `flame-chart-json` write in these forms.
 */
export const cpuprofile: Format = {
  id: 'cpuprofile',
  label: 'V8 CPU profile',
  tools: 'Chrome, Node.js, py2devtools, pyflame’s `flame-chart-json`',
  detect(bytes) {
    const { kind, keys } = jsonOutline(bytes);
    if (kind !== 'object') return false;
    if (isEmptyObject(bytes)) return true;
    const has = (text: string): boolean => bytes.includes(text, 0, 'latin1');
    if (keys.has('nodes')) return has('"callFrame"');
    if (keys.has('head') || keys.has('timestamps')) return has('"callUID"');
    return wrappers.some((key) => keys.has(key)) && has('"callFrame"') && has('"nodes"');
  },
  read({ bytes }) {
    if (isEmptyObject(bytes)) return emptyProfile();
    const builder = new StacksBuilder();
    const document = unwrapped(object(parseJson(bytes, cpuprofile.label)));
    const { unit, lines, warnings } = addCpuProfile(document, '', builder);
    return { format: cpuprofile.id, ...builder.finish(unit), lines, request: {}, warnings };
  },
};

function unwrapped(document: JsonObject): JsonObject {
  let inner = document;
  for (const key of wrappers) {
    const value = inner[key];
    if (isObject(value)) inner = value;
  }
  return inner;
}

/** What py2devtools writes when it took no sample. */
function isEmptyObject(bytes: Buffer): boolean {
  return bytes.length < 16 && /^\s*\{\s*\}\s*$/.test(bytes.toString('latin1'));
}

function emptyProfile(): Profile {
  return {
    format: cpuprofile.id,
    ...new StacksBuilder().finish('seconds'),
    lines: [],
    request: {},
    warnings: ['The profile is empty: no sample was taken.'],
  };
}
