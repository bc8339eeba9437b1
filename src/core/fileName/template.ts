import type { RequestFacts } from '../model/request';
import { escapeRegExp } from '../text';
import { fieldPattern, type Greed } from './fieldReader';
import type { Fields } from './fields';
import { parseFormatSpec, type FieldKind } from './formatSpec';
import { parseFormatString, type FormatPiece, type ReplacementField } from './formatString';
import { formatValue } from './formatValue';
import { divisions, isField, readDivision, tellFacts, type Piece } from './reading';
import { TemplateError } from './templateError';

/** A template of file names that can be read backwards. */
export interface Template {
  /** As it was given. */
  readonly text: string;
  /**
   * What a file's base name tells by this template; `undefined` when it was not named by it. Where
   * the name can be read in several ways, only facts on which all plausible ways agree are told.
   */
  read(name: string): RequestFacts | undefined;
  /** The path the template gives a request's file; `undefined` when a fact is missing. */
  format(facts: RequestFacts): string | undefined;
}

/** No file system in use has longer names, and patterns take long for long names. */
const MAXIMUM_NAME_LENGTH = 255;

/**
 * Compiles a Python format string for writing and reading.
 *
 * @param extension appended to every name
 * @throws TemplateError
 */
export function compile(text: string, fields: Fields, extension: string): Template {
  const pieces = parseFormatString(text).map((piece) => compilePiece(piece, fields));
  pieces.push(extension);
  const ofBaseName = withoutDirectory(pieces);
  const greedy = namePattern(ofBaseName, 'greedy');
  const lazy = namePattern(ofBaseName, 'lazy');
  return {
    text,
    read: (name) => {
      if (name.length > MAXIMUM_NAME_LENGTH) return undefined;
      const first = greedy.exec(name)?.slice(1);
      if (!first) return undefined;
      const last = lazy.exec(name)?.slice(1);
      // One is the first and the other the last of all ways to divide the name: if equal, the only one.
      const isOnly = first.every((part, index) => part === last?.[index]);
      const all = isOnly ? [first] : divisions(name, ofBaseName);
      return tellFacts(all.flatMap((parts) => readDivision(parts, ofBaseName) ?? []));
    },
    format: (facts) => formatPieces(pieces, facts),
  };
}

function compilePiece(piece: FormatPiece, fields: Fields): Piece {
  if (typeof piece === 'string') return piece;
  const field = fields.get(piece.name);
  if (!field) {
    const known = [...fields.keys()].map((name) => `{${name}}`).join(', ');
    throw new TemplateError(
      `The field ${piece.source} of the file name template is not known: use ${known}.`,
    );
  }
  const writtenAs = convertedKind(piece, field.kind);
  const spec = parseFormatSpec(piece.spec, writtenAs);
  if (typeof spec === 'string') {
    throw new TemplateError(
      `The field ${piece.source} of the file name template cannot be used, because ${spec}.`,
    );
  }
  return { name: piece.name, field, writtenAs, spec };
}

/** What a conversion makes of a value: text, which for numbers are the same digits whichever it is. */
function convertedKind({ conversion, source }: ReplacementField, kind: FieldKind): FieldKind {
  if (conversion === undefined) return kind;
  if (conversion === 's' || (kind === 'integer' && 'ra'.includes(conversion))) return 'text';
  throw new TemplateError(
    `The field ${source} of the file name template has the conversion "!${conversion}", which cannot be read back: leave it out.`,
  );
}

/** Only base names are read, so a directory in the template counts for nothing. */
function withoutDirectory(pieces: readonly Piece[]): Piece[] {
  const last = pieces.findLastIndex((piece) => typeof piece === 'string' && piece.includes('/'));
  const [piece, ...rest] = pieces.slice(Math.max(0, last));
  if (typeof piece !== 'string') return piece ? [piece, ...rest] : rest;
  return [piece.slice(piece.lastIndexOf('/') + 1), ...rest];
}

function namePattern(pieces: readonly Piece[], greed: Greed): RegExp {
  const source = pieces.map((piece) =>
    isField(piece)
      ? `(${fieldPattern(piece.writtenAs, piece.spec, piece.field.pattern, greed)})`
      : escapeRegExp(piece),
  );
  return new RegExp(`^${source.join('')}$`);
}

function formatPieces(pieces: readonly Piece[], facts: RequestFacts): string | undefined {
  let name = '';
  for (const piece of pieces) {
    if (!isField(piece)) {
      name += piece;
      continue;
    }
    const value = piece.field.fromFacts(facts);
    if (value === undefined) return undefined;
    name += formatValue(piece.writtenAs === 'text' ? String(value) : value, piece.spec);
  }
  return name;
}
