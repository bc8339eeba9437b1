import { escapeRegExp } from '../text';
import { foldSlugs } from './urlTemplate/slugs';
import { routeTemplate } from './urlTemplate/routes';

/** What is known of the URLs of an application; of several that fit, the first wins. */
export interface UrlRules {
  /** As the setting has them: `/shop/{slug}/`; each `{…}` stands for one segment. */
  readonly patterns: readonly string[];
  /** As a server lists its URLs: `/shop/<int:pk>/`. */
  readonly routes: readonly string[];
}

/** A path that was requested, and the framework's route to its view where that is known. */
export interface RequestedPath {
  /** `/shop/items/5`, or dotted (`shop.items.5`) where slashes were lost. */
  readonly path: string;
  readonly route?: string | undefined;
}

/** Finds the template that a path was made from, such as `/shop/items/{id}/`. */
export class UrlTemplates {
  readonly #patterns: readonly Rule[];
  /** By the number of segments: a server has hundreds, of which few can fit. */
  readonly #routes = new Map<number, Rule[]>();
  /** By path and route: the same requests are asked for again and again. */
  readonly #known = new Map<string, Template>();

  constructor({ patterns, routes }: UrlRules) {
    this.#patterns = patterns.flatMap((pattern) => [slashedRule(pattern), dottedRule(pattern)]);
    for (const route of routes) {
      const { template, isReadable } = routeTemplate(route);
      if (!isReadable) continue;
      const known = this.#routes.get(segmentsOf(template));
      if (known) known.push(slashedRule(template));
      else this.#routes.set(segmentsOf(template), [slashedRule(template)]);
    }
  }

  /**
   * The templates of some paths, parallel to them. The setting's patterns come first, then the
   * framework's own route, then the server's list, and last what a segment looks like: numbers,
   * UUIDs, dates and hashes always vary, and slugs do where there are many in the same place.
   */
  of(requests: readonly RequestedPath[]): string[] {
    const templates = requests.map((request) => this.#template(request));
    const guessed = new Set(templates.flatMap(({ text, isGuess }) => (isGuess ? [text] : [])));
    const folded = foldSlugs(guessed);
    return templates.map(({ text, isGuess }) => (isGuess ? (folded.get(text) ?? text) : text));
  }

  #template(request: RequestedPath): Template {
    const key = `${request.route ?? ''}\n${request.path}`;
    let template = this.#known.get(key);
    if (!template) {
      const text = this.#knownTemplate(request);
      template = text === undefined ? guess(request.path) : { text, isGuess: false };
      this.#known.set(key, template);
    }
    return template;
  }

  #knownTemplate({ path, route }: RequestedPath): string | undefined {
    const fits = ({ matches }: Rule): boolean => matches.test(path);
    const pattern = this.#patterns.find(fits);
    if (pattern) return pattern.template;
    if (route !== undefined) return routeTemplate(route).template;
    return this.#routes.get(segmentsOf(path))?.find(fits)?.template;
  }
}

interface Template {
  readonly text: string;
  /** Whether it is made from what the path looks like. */
  readonly isGuess: boolean;
}

interface Rule {
  readonly template: string;
  readonly matches: RegExp;
}

/** How many segments a path with slashes has, with or without the last slash. */
function segmentsOf(path: string): number {
  return path.replace(/\/$/, '').split('/').length;
}

/** A rule for paths with slashes, with or without the last one. */
function slashedRule(template: string): Rule {
  const [start, ...rest] = partsOf(template.replace(/\/$/, ''));
  const source = [start ?? '', ...rest].map(escapeRegExp).join('[^/]+');
  return { template, matches: new RegExp(`^${source}/?$`) };
}

/** A rule for paths whose slashes became dots, as `runprofileserver` writes them. */
function dottedRule(template: string): Rule {
  const parts = partsOf(template.replace(/^\/|\/$/g, '').replaceAll('/', '.'));
  return { template, matches: new RegExp(`^${parts.map(escapeRegExp).join('[^./]+')}$`) };
}

/** The texts between the `{…}` of a template. */
function partsOf(template: string): string[] {
  return template.split(/\{[^{}/]*\}/);
}

/** What a segment looks like whose values vary, by the name that stands for it. */
const SHAPES: readonly (readonly [name: string, shape: RegExp])[] = [
  ['{id}', /^\d+$/],
  ['{uuid}', /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i],
  ['{date}', /^\d{4}-\d{2}-\d{2}$/],
  ['{hash}', /^(?=.*\d)(?=.*[a-f])[\da-f]{12,}$/i],
];

function guess(path: string): Template {
  const separator = path.includes('/') ? '/' : '.';
  const segments = path.split(separator).map((segment) => {
    const shape = /\d/.test(segment) && SHAPES.find(([, pattern]) => pattern.test(segment));
    return shape ? shape[0] : segment;
  });
  return { text: segments.join(separator), isGuess: true };
}
