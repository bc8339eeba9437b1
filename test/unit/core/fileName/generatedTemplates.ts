/** What a generated template is filled with, as Python is given it and as it has to be read. */
export const REQUESTS = [
  {
    values: { path: 'root', duration: 7, time: 1795175664, method: 'GET', status: 200, query: '' },
    path: '/',
  },
  {
    values: {
      path: 'shop.items.5',
      duration: 1234567,
      time: 1795175665,
      method: 'DELETE',
      status: 404,
      query: 'page=2&sort=-price',
    },
    path: 'shop.items.5',
  },
  {
    // As WSGI hands on `caf\u00e9.10-20`.
    values: {
      path: 'caf\u00c3\u00a9.10-20',
      duration: 100,
      time: 1000000000,
      method: 'POST',
      status: 500,
      query: 'q=1',
    },
    path: 'caf\u00e9.10-20',
  },
] as const;

/** Ways to write each field that lose nothing. The fills occur in none of the values. */
const SPECIFICATIONS = {
  path: ['', ':s', '!s', ':>20', ':<20', ':^21', ':*^30', ':#>25', ':~<18s', ':.40', ':!^20.60s'],
  method: ['', ':s', ':>7', ':!<8', ':~^9', '!s:>8'],
  query: ['', ':s', ':.99', '!s'],
  status: ['', ':d', ':03d', ':>5', ':n', '!r', ':06', ':^7', ':x'],
  time: ['', ':d', ':.0f', ':012d', ':x', '!s', ':>14', ':.1f', ':+d'],
  duration: [
    ...['', ':d', ':06d', ':>8', ':<8', ':^9', ':~>8d', ':!<10', ':=9', ':010', ':+', ': d', ':,'],
    ...[':_d', ':x', ':#X', ':o', ':#b', ':.0f', ':.2f', ':.9e', ':.9G', ':.12g', '!s', '!r:>9'],
    ...[':n', ':X', ':.1%', ':+012d', ':,.1f', ':*^+11d', ':#012x'],
  ],
} as const;

type FieldName = keyof typeof SPECIFICATIONS;

const FIELDS = Object.keys(SPECIFICATIONS) as FieldName[];

/** None of them occurs in a value or is a fill, so a name can be read in one way only. */
const SEPARATORS = ['@', ' $ ', '{{', '}}', '(x)', '|', '[^a]+', '\\d', 'ü'];

/** Between numbers; they occur in paths. */
const NUMBER_SEPARATORS = ['.', '_', 'ms.', '-', ' '];

/** Templates of all fields in all orders and with all specifications, always the same ones. */
export function generateTemplates(count: number): string[] {
  const random = randomNumbers(1);
  const pick = <T>(choices: readonly T[]): T => choices[random() % choices.length] as T;
  return Array.from({ length: count }, () => {
    const fields = shuffled(FIELDS, random).slice(0, 1 + (random() % FIELDS.length));
    let template = pick(['', ...SEPARATORS]);
    for (const [index, field] of fields.entries()) {
      template += `{${field}${pick(SPECIFICATIONS[field])}}`;
      const next = fields[index + 1];
      if (next)
        template += pick(isNumber(field) && isNumber(next) ? NUMBER_SEPARATORS : SEPARATORS);
    }
    return template + pick(['', ...SEPARATORS]);
  });
}

function isNumber(field: FieldName): boolean {
  return field === 'status' || field === 'time' || field === 'duration';
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** A linear congruential generator (Numerical Recipes), of which the upper bits are given. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}
