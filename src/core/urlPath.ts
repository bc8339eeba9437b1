import { escapeRegExp } from './text';

/**
 * The one path with slashes that a dotted name can mean on a server with these URLs.
 *
 * @param dotted `shop.items.5` as `runprofileserver` writes `/shop/items/5/`, or `root`
 * @param urlTemplates as `manage.py show_urls` prints them, for example `/shop/items/<int:pk>/`
 * @returns `undefined` when no URL or more than one fits, and when one that may fit cannot be read
 */
export function resolveDottedPath(
  dotted: string,
  urlTemplates: readonly string[],
): string | undefined {
  if (dotted === 'root') return '/';
  if (dotted === '') return undefined;
  const paths = new Set<string>();
  for (const template of urlTemplates) {
    const path = restoreSlashes(dotted, template);
    if (path === AMBIGUOUS) return undefined;
    if (path !== undefined) paths.add(path);
  }
  const [path, ...others] = paths;
  return others.length === 0 ? path : undefined;
}

/** The URL fits, but the name does not tell which of its dots are slashes. */
const AMBIGUOUS = Symbol('ambiguous');

/** What is no literal text in a regular expression, of which a URL list may hold remains. */
const REGULAR_EXPRESSION = /[\\^$*+?()[\]{}|]/;

/** Values of Django's path converters that hold no slash; those of the others may, or are not known to. */
const CONVERTERS: ReadonlyMap<string, string> = new Map([
  ['int', '[0-9]+'],
  ['slug', '[-a-zA-Z0-9_]+'],
  ['uuid', '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'],
  ['str', '[^/]+'],
]);

/** A converter between angle brackets, or the text between two of them. */
const PART = /<(?:(?<converter>\w+):)?\w+>|(?<text>[^<>]+)/g;

function restoreSlashes(dotted: string, template: string): string | typeof AMBIGUOUS | undefined {
  const readable = template.replace(/^\^/, '');
  const special = REGULAR_EXPRESSION.exec(readable);
  if (special) {
    const start = readable.slice(0, special.index).replace(/^\//, '').replaceAll('/', '.');
    return dotted.startsWith(start) ? AMBIGUOUS : undefined;
  }
  const parts = [...readable.replace(/^\/|\/$/g, '').matchAll(PART)];
  const first = templatePattern(parts, '').exec(dotted);
  if (!first) return undefined;
  const last = templatePattern(parts, '?').exec(dotted);
  if (!first.every((text, index) => text === last?.[index])) return AMBIGUOUS;

  let path = '';
  for (const [index, { groups }] of parts.entries()) {
    const value = first[index + 1] ?? '';
    const isCertain = groups?.['text'] !== undefined || CONVERTERS.has(groups?.['converter'] ?? '');
    if (!isCertain && value.includes('.')) return AMBIGUOUS;
    path += groups?.['text'] ?? value;
  }
  return `/${path}${template.endsWith('/') ? '/' : ''}`;
}

/** Matches the dotted form of a URL, with a group for each of its parts. */
function templatePattern(parts: readonly RegExpMatchArray[], lazy: '' | '?'): RegExp {
  const source = parts.map(({ groups }) => {
    const text = groups?.['text'];
    if (text !== undefined) return `(${escapeRegExp(text.replaceAll('/', '.'))})`;
    const converter = CONVERTERS.get(groups?.['converter'] ?? '');
    return `(${(converter ?? '.+').replace(/\+$/, `+${lazy}`)})`;
  });
  return new RegExp(`^${source.join('')}$`, 's');
}
