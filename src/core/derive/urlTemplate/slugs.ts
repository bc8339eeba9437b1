/** So many slugs in one place are values: fewer may be the pages and actions of the application. */
const SLUGS_THAT_VARY = 5;

/** So many words in one place are values, whatever they look like. */
const WORDS_THAT_VARY = 15;

/** Words that are put together (`blue-mug`), or that have digits (`mug7`). */
const SLUG = /^(?=.*[-_\d])[\p{L}\d]+(?:[-_][\p{L}\d]+)*$/u;

/** One place of the templates that are alike everywhere else, with its segments. */
type Places = Map<string, { readonly position: number; readonly texts: Map<string, string[]> }>;

/**
 * Replaces segments by `{slug}` where many different ones stand in the same place.
 * @param templates with slashes, or dots where those were lost
 * @returns the template that each became; without those that stay
 */
export function foldSlugs(templates: ReadonlySet<string>): Map<string, string> {
  const folded = new Map<string, string>();
  let current = templates;
  for (;;) {
    const step = foldOnce(current);
    if (step.size === 0) return folded;
    for (const template of templates) {
      const before = folded.get(template) ?? template;
      const after = step.get(before);
      if (after !== undefined) folded.set(template, after);
    }
    current = new Set([...current].map((template) => step.get(template) ?? template));
  }
}

/** Folds one position of each template at most: what is alike changes with every fold. */
function foldOnce(templates: ReadonlySet<string>): Map<string, string> {
  const folded = new Map<string, string>();
  // From the end: things stand below the groups that they belong to.
  const places = [...placesOf(templates)].sort(([, a], [, b]) => b.position - a.position);
  for (const [place, { position, texts }] of places) {
    const values = [...texts.keys()];
    const slugs = values.filter((value) => SLUG.test(value));
    // The first segment names a part of the application, hardly ever a thing.
    const enough = position === 0 ? WORDS_THAT_VARY : SLUGS_THAT_VARY;
    const varying = position > 0 && values.length >= WORDS_THAT_VARY ? values : slugs;
    if (varying.length < enough) continue;
    const template = place.replace('\0', '{slug}');
    for (const value of varying) {
      for (const text of texts.get(value) ?? []) if (!folded.has(text)) folded.set(text, template);
    }
  }
  return folded;
}

function placesOf(templates: ReadonlySet<string>): Places {
  const places: Places = new Map();
  for (const template of templates) {
    const separator = template.includes('/') ? '/' : '.';
    const segments = template.split(separator);
    const first = segments[0] === '' ? 1 : 0;
    for (const [index, segment] of segments.entries()) {
      if (segment === '' || segment.startsWith('{')) continue;
      const place = segments.with(index, '\0').join(separator);
      let known = places.get(place);
      if (!known) places.set(place, (known = { position: index - first, texts: new Map() }));
      const texts = known.texts.get(segment);
      if (texts) texts.push(template);
      else known.texts.set(segment, [template]);
    }
  }
  return places;
}
