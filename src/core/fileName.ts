import { PROFILE_SERVER_FIELDS } from './fileName/fields';
import { KNOWN_NAMES, temporaryName, type KnownName } from './fileName/knownNames';
import { compile, type Template } from './fileName/template';
import type { FactSource, RequestFacts, SourcedRequest } from './model/request';

export type { Template } from './fileName/template';
export { TemplateError } from './fileName/templateError';

const EXTENSION = '.prof';

/**
 * Other endings of the same names: line_profiler's profiles, which may stand beside the others, and
 * those of Hotline's own profiler.
 */
const OTHER_EXTENSIONS = ['.lprof', '.speedscope.json'];

/**
 * What Hotline's own profiler puts before the ending where the name is taken, or where a response has
 * told by which identifier the profile will be known.
 */
const NUMBER_OR_IDENTIFIER = /\.(?:\d+|[\da-f]{12})\.prof$/;

/**
 * Compiles a `--prof-file` template: a Python format string with the fields `path`, `duration`,
 * `time`, `method`, `status`, `query` and `remote`. `runprofileserver` appends `.prof` to every name; a
 * template that ends in `.prof` also reads names with only that one.
 *
 * @throws TemplateError
 */
export function compileTemplate(text: string): Template {
  const template = compile(text, PROFILE_SERVER_FIELDS, EXTENSION);
  if (!text.endsWith(EXTENSION)) return template;
  const asItIs = compile(text, PROFILE_SERVER_FIELDS, '');
  return { ...template, read: (name) => template.read(name) ?? asItIs.read(name) };
}

/**
 * What a file's base name tells of its request, by the user's template, else by the known names.
 *
 * @throws TemplateError when the template cannot be used
 */
export function readFileName(name: string, userTemplate: string): SourcedRequest {
  const other = OTHER_EXTENSIONS.find((extension) => name.endsWith(extension));
  const usual = other === undefined ? name : name.slice(0, -other.length) + EXTENSION;
  const known = [compiled(userTemplate), ...KNOWN_NAMES, temporaryName];
  const unnumbered = usual.replace(NUMBER_OR_IDENTIFIER, EXTENSION);
  return (
    readBy(known, usual) ??
    (unnumbered === usual ? undefined : readBy(known, unnumbered)) ?? { facts: {}, sources: {} }
  );
}

/** What the first of the ways to name profiles that reads a name makes of it. */
function readBy(ways: readonly KnownName[], name: string): SourcedRequest | undefined {
  for (const way of ways) {
    const facts = way.read(name);
    if (facts && Object.keys(facts).length > 0) return withSource(facts, way);
  }
  return undefined;
}

/**
 * Whether it is the name under which `runprofileserver` keeps a profile until its request has ended.
 * A template that itself is `{path}.{time}` makes the same names: then it is not known.
 */
export function isTemporaryName(name: string): boolean {
  return temporaryName.read(name) !== undefined;
}

let lastCompiled: Template | undefined;

/** A directory's names are all read by the same template, so the last one is kept. */
function compiled(text: string): Template {
  if (lastCompiled?.text !== text) lastCompiled = compileTemplate(text);
  return lastCompiled;
}

function withSource(facts: RequestFacts, { text }: KnownName): SourcedRequest {
  const source: FactSource = { from: 'name', template: text };
  const sources: Partial<Record<string, FactSource>> = {};
  for (const fact in facts) sources[fact] = source;
  return { facts, sources };
}
