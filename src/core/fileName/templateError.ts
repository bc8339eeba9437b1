/** A template that Python's `str.format` or this reader cannot use. The message is one sentence for a person. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
