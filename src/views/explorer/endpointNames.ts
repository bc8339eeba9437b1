import { isDeepStrictEqual } from 'node:util';
import { UrlTemplates, type UrlRules } from '../../core/derive/urlTemplate';
import type { ProfileEntry } from '../../profiles/profileEntry';

/** Names the endpoints of profiles: `GET /shop/items/{id}/`. */
export class EndpointNames {
  readonly #rules: () => UrlRules;
  #used: UrlRules = { patterns: [], routes: [] };
  #templates = new UrlTemplates(this.#used);

  /** @param rules what the settings and the server tell at the moment */
  constructor(rules: () => UrlRules) {
    this.#rules = rules;
  }

  /**
   * The endpoint of each of some profiles; of one without a path, its file's name. Which segments
   * vary is seen from all of them, so that it takes all to name one.
   */
  of(entries: readonly ProfileEntry[]): Map<ProfileEntry, string> {
    this.#refresh();
    const templates = this.#templates.of(
      entries.map(({ request: { facts } }) => ({ path: facts.path ?? '', route: facts.route })),
    );
    return new Map(
      entries.map((entry, index) => [entry, endpointName(entry, templates[index] ?? '')]),
    );
  }

  #refresh(): void {
    const rules = this.#rules();
    if (isDeepStrictEqual(rules, this.#used)) return;
    this.#used = rules;
    this.#templates = new UrlTemplates(rules);
  }
}

function endpointName({ name, request }: ProfileEntry, template: string): string {
  const { path, method } = request.facts;
  if (path === undefined) return name;
  return method === undefined ? template : `${method} ${template}`;
}
