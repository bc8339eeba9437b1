import { functionTable } from '../../../../src/core/derive/functionTable';
import { lineDataOf } from '../../../../src/core/derive/lineCosts';
import type { Format } from '../../../../src/core/formats/format';
import { formats } from '../../../../src/core/formats/registry';
import type { Profile } from '../../../../src/core/model/profile';
import { readSample, samples } from './samples';

/** What a profile may give, as the cells have it, in the order in which they do. */
const words = [
  'calls',
  'self',
  'total',
  'recorded',
  'estimated',
  'measured',
  'sampled',
  'memory',
  'yes',
] as const;

type Word = (typeof words)[number];

/** The columns behind the format and its tools, with what a profile gives. */
const columns: readonly (readonly [title: string, gives: (profile: Profile) => Word[]])[] = [
  ['functions', functionsGiven],
  ['stacks', stacksGiven],
  ['lines', linesGiven],
  ['time order', orderGiven],
];

/**
 * The README's table of formats, in Markdown: of each format who writes it, and what its samples give
 * when they are read.
 */
export function formatsTable(): string {
  const titles = ['format', 'written by', ...columns.map(([title]) => title), 'also'];
  const rows = [titles, titles.map(() => '---'), ...formats.map(row)];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function row({ id, label, tools }: Format): string[] {
  const profiles = samples
    .filter(({ format }) => format === id)
    .map(({ path }) => readSample(path));
  const cells = columns.map(([, gives]) => summary(profiles.map(gives)));
  return [label, tools, ...cells, extrasGiven(profiles)];
}

/** All that some files give; and that not all do, where it is so. */
function summary(given: readonly Word[][]): string {
  const something = words.filter((word) => given.some((ofOne) => ofOne.includes(word)));
  if (something.length === 0) return '–';
  return something.join(', ') + (given.some(({ length }) => length === 0) ? ', in some files' : '');
}

function functionsGiven(profile: Profile): Word[] {
  const { rows } = functionTable(profile);
  if (rows.length === 0) return [];
  const known = (['calls', 'self'] as const).filter((what) =>
    rows.some((row) => row[what] !== undefined),
  );
  return [...known, 'total'];
}

function stacksGiven({ data }: Profile): Word[] {
  switch (data.kind) {
    case 'callGraph':
      return ['estimated'];
    case 'stacks':
      return ['recorded'];
    case 'lineTimings':
    case 'timeline':
      return [];
  }
}

function linesGiven(profile: Profile): Word[] {
  if ((profile.record?.memoryLines.length ?? 0) > 0) return ['memory'];
  const given = lineDataOf(profile);
  if (given === 'exact') return ['measured'];
  return given === 'sampled' ? ['sampled'] : [];
}

function orderGiven({ data }: Profile): Word[] {
  const isOrdered =
    data.kind === 'timeline' ||
    (data.kind === 'stacks' && data.lanes.some(({ timeOrdered }) => timeOrdered));
  return isOrdered ? ['yes'] : [];
}

/** What only some formats have. */
function extrasGiven(profiles: readonly Profile[]): string {
  const extras: readonly (readonly [string, (profile: Profile) => boolean])[] = [
    ['threads apart', ({ data }) => data.kind === 'stacks' && data.lanes.length > 1],
    ['metrics to choose from', ({ metrics }) => (metrics?.all.length ?? 0) > 1],
    ['a time range to choose', ({ period }) => period !== undefined],
    ['a plot over time', ({ data }) => data.kind === 'timeline'],
    ['queries', ({ record }) => (record?.queries.length ?? 0) > 0],
  ];
  return extras
    .filter(([, has]) => profiles.some(has))
    .map(([what]) => what)
    .join(', ');
}
