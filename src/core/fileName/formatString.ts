import { TemplateError } from './templateError';

/** One replacement field of a Python format string, for example `{duration:06d}`. */
export interface ReplacementField {
  readonly name: string;
  /** `s`, `r` or `a` after a `!`. */
  readonly conversion: string | undefined;
  /** What stands after the `:`, or nothing. */
  readonly spec: string;
  /** The field as it was written. */
  readonly source: string;
}

/** A format string in pieces: literal text and replacement fields. */
export type FormatPiece = string | ReplacementField;

const PIECE = /(?<escaped>\{\{|\}\})|(?<field>\{[^{}]*\})|(?<text>[^{}]+)/y;
const FIELD = /^\{(?<name>[^!:]*)(?:!(?<conversion>[^:]*))?(?::(?<spec>.*))?\}$/s;

/**
 * Takes a Python format string apart (https://docs.python.org/3/library/string.html#format-string-syntax).
 *
 * @throws TemplateError for braces that do not match, and for fields nested in a field
 */
export function parseFormatString(text: string): FormatPiece[] {
  const pieces: FormatPiece[] = [];
  let end = 0;
  while (end < text.length) {
    PIECE.lastIndex = end;
    const groups = PIECE.exec(text)?.groups;
    if (!groups) throw braceError(text, end);
    end = PIECE.lastIndex;
    const { escaped, field, text: literal } = groups;
    pieces.push(field === undefined ? (escaped?.slice(1) ?? literal ?? '') : parseField(field));
  }
  return pieces;
}

function parseField(source: string): ReplacementField {
  const groups = FIELD.exec(source)?.groups;
  return {
    name: groups?.['name'] ?? '',
    conversion: groups?.['conversion'],
    spec: groups?.['spec'] ?? '',
    source,
  };
}

function braceError(text: string, at: number): TemplateError {
  const where = `at character ${at + 1} of the file name template "${text}"`;
  if (text[at] === '}') {
    return new TemplateError(
      `The "}" ${where} closes nothing: write "}}" for a brace in the name.`,
    );
  }
  return /^\{[^}]*\{/.test(text.slice(at))
    ? new TemplateError(`The field ${where} has another field in it, which cannot be read.`)
    : new TemplateError(`The "{" ${where} is not closed: write "{{" for a brace in the name.`);
}
