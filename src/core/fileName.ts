import { PROFILE_SERVER_FIELDS } from './fileName/fields';
import { KNOWN_NAMES, temporaryName, type KnownName } from './fileName/knownNames';
import { compile, type Template } from './fileName/template';
import type { FactSource, RequestFacts, SourcedRequest } from './model/request';

export type { Template } from './fileName/template';
export { TemplateError } from './fileName/templateError';

const EXTENSION = '.prof';

/** Of line_profiler's profiles, which may stand beside the others under the same names. */
const LINE_EXTENSION = '.lprof';

/**
 * Compiles a `--prof-file` template: a Python format string with the fields `path`, `duration`,
 * `time`, `method`, `status` and `query`. `runprofileserver` appends `.prof` to every name; a
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
  const usual = name.endsWith(LINE_EXTENSION)
    ? name.slice(0, -LINE_EXTENSION.length) + EXTENSION
    : name;
  for (const known of [compiled(userTemplate), ...KNOWN_NAMES, temporaryName]) {
    const facts = known.read(usual);
    if (facts && Object.keys(facts).length > 0) return withSource(facts, known);
  }
  return { facts: {}, sources: {} };
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
