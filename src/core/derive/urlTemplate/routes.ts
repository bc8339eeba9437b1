/** A framework's route as a template. */
export interface RouteTemplate {
  /** `/shop/{pk}/`. */
  readonly template: string;
  /** Whether nothing but text and whole segments is in it, so that paths can be compared with it. */
  readonly isReadable: boolean;
}

/** Django's `<int:pk>`, Flask's `<pk>`, or Starlette's `{pk:int}`. */
const PLACEHOLDER = /<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>|\{(\w+)(?::(\w+))?\}/g;

/**
 * Reads a route of Django (`shop/<int:pk>/`, or `^shop/(?P<pk>[0-9]+)/$`), Flask or Starlette. Of a
 * regular expression, what is not a named group stays as it is.
 */
export function routeTemplate(route: string): RouteTemplate {
  let holdsSlashes = false;
  const plain = withoutNamedGroups(route.replace(/^\^|\$$|\\Z$/g, ''));
  const template = plain.replace(
    PLACEHOLDER,
    (_, converter?: string, name?: string, braced?: string, type?: string) => {
      if ((converter ?? type) === 'path') holdsSlashes = true;
      return `{${name ?? braced ?? ''}}`;
    },
  );
  const isExpression = /[\\^$*+?()[\]|]/.test(template);
  return {
    template: template.startsWith('/') ? template : `/${template}`,
    isReadable: !isExpression && !holdsSlashes,
  };
}

/** `^shop/(?P<pk>[0-9]+)/` as `^shop/{pk}/`; a group may hold others. */
function withoutNamedGroups(expression: string): string {
  let result = '';
  let rest = expression;
  for (;;) {
    const group = /\(\?P<(\w+)>/.exec(rest);
    if (!group) return result + rest;
    result += `${rest.slice(0, group.index)}{${group[1] ?? ''}}`;
    rest = rest.slice(endOfGroup(rest, group.index));
  }
}

/** Behind the parenthesis that closes the one at `start`. */
function endOfGroup(expression: string, start: number): number {
  let depth = 0;
  for (let index = start; index < expression.length; index += 1) {
    const character = expression[index];
    if (character === '\\') index += 1;
    else if (character === '(') depth += 1;
    else if (character === ')' && --depth === 0) return index + 1;
  }
  return expression.length;
}
