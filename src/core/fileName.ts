import type { RequestFacts, SourcedRequest } from './model/request';

/** A `--prof-file` template that can be read backwards. */
export interface Template {
  /** As it was given. */
  readonly text: string;
  /** What a file's base name tells by this template; `undefined` when it was not named by it. */
  read(name: string): RequestFacts | undefined;
  /** The base name the template gives a request, with `.prof`; `undefined` when a fact is missing. */
  format(facts: RequestFacts): string | undefined;
}

/** A template that Python's `str.format` or this reader cannot use. The message is one sentence for a person. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** @throws TemplateError */
export function compileTemplate(template: string): Template {
  throw new Error(`being written ${template}`);
}

/** What a file's base name tells of its request, by the user's template, else by the known ones. */
export function readFileName(name: string, userTemplate: string): SourcedRequest {
  throw new Error(`being written ${name} ${userTemplate}`);
}

/** Whether it is the name under which `runprofileserver` keeps a profile until its request has ended. */
export function isTemporaryName(name: string): boolean {
  throw new Error(`being written ${name}`);
}
