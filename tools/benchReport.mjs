/** What the benchmark has measured, as the tables of docs/benchmarks.md. */

/**
 * A ratio: median of all pairs, lowest and highest median of a round.
 * @typedef {{ median: number, low: number, high: number, pairs: number }} Ratio
 *
 * @typedef {object} CostRow
 * @property {string} contender
 * @property {string} label
 * @property {string} page a URL path
 * @property {string} [error] why there is nothing else
 * @property {Ratio} [ratio]
 * @property {Ratio} [withFiles]
 * @property {number} [milliseconds]
 * @property {number} [samplesPerSecond]
 *
 * @typedef {object} AccuracyRow
 * @property {string} contender
 * @property {string} label
 * @property {string} kind
 * @property {number} seconds
 * @property {string} [error]
 * @property {number} [points] median error of the runs
 * @property {number} [worst]
 *
 * @typedef {{ command: string, plain: number, growth: number, low: number, high: number }} StartRow
 *
 * @typedef {object} Measurement
 * @property {{ python: string, implementation: string, system: string, processors: number }} machine
 * @property {string} what
 * @property {readonly any[]} rows
 */

const PAGES = { '/programme/': 'template page', '/seats/': 'ORM request' };

/**
 * The whole document, as Markdown that is not yet formatted.
 * @param {readonly Measurement[]} measurements
 * @param {string} command by which they are made again
 * @param {Date} date
 */
export function report(measurements, command, date) {
  const pythons = [...new Set(measurements.map(({ machine }) => machine.python))];
  const [first] = measurements;
  const { implementation = '', system = '', processors = 0 } = first?.machine ?? {};
  return [
    '# Benchmarks',
    `Made on ${date.toISOString().slice(0, 10)} by \`${command}\` on ${system}, ` +
      `${processors} processors, ${implementation} ${pythons.join(', ')}.`,
    section('What a request costs', COST, measurements, 'cost', costTable),
    section('Hot loops of the user’s', LOOPS, measurements, 'loops', loopTable),
    section('How right the lines are', ACCURACY, measurements, 'accuracy', accuracyTable),
    section('Starting up', START_UP, measurements, 'start-up', startTable),
  ].join('\n\n');
}

/**
 * What the always-on sampler costs, on one Python, beside the noise of the method.
 * @param {Measurement} measurement
 */
export function samplerReport({ machine, rows }) {
  const labels = unique(rows.map(({ label }) => label));
  const lines = grouped(rows, ({ page }) => page).map(([page, group]) => [
    PAGES[/** @type {keyof typeof PAGES} */ (page)],
    ...labels.map((label) => {
      const row = group.find((candidate) => candidate.label === label);
      return ratio(row, row?.ratio);
    }),
  ]);
  return `Python ${machine.python}\n\n${table(['page', ...labels], lines)}\n`;
}

const COST = `The ratio of a request's time under a profiler to its time without one. Both are
requests to the same Django website in processes of their own, in blocks that alternate; the
profiler's process is set up as a user would. The figure is the median of the ratios of all pairs;
in brackets stand the lowest and the highest median of a round, each of which has fresh processes
(six rounds span a 97 % interval). _With files_ is the ratio of the time until the profile of every
request is on disk, which Hotline writes in a thread of its own when requests pause. The _template
page_ renders inheritance, loops, includes and filters in about 1.5 ms, the _ORM request_ makes 20
queries in about 12 ms. _Samples_ are those of a second of request time on the two pages. What is
slow gets fewer pairs.`;

const LOOPS = `The same ratio for requests of 40 to 90 ms that do nothing but loop in the user's own
code. The limit for the default mode is 2x.`;

const ACCURACY = `The error of the worst line of a function, in percentage points: how far the share
of the function's time that a profiler gives to the line is from its known share, for functions that
run for so long. What a line costs is known because it is measured alone, unprofiled, or is a sleep.
The figure is the median of several runs; in brackets stands the worst.`;

const START_UP = `By how many milliseconds a process is ready later when the profiler is in its
environment: median of paired differences, with the quartiles. The limit is 30 ms.`;

/**
 * One heading, its explanation, and a table for each Python.
 * @param {string} title
 * @param {string} explanation
 * @param {readonly Measurement[]} measurements
 * @param {string} what
 * @param {(rows: readonly any[]) => string} table
 */
function section(title, explanation, measurements, what, table) {
  const parts = measurements
    .filter((measurement) => measurement.what === what)
    .map(({ machine, rows }) => `### Python ${machine.python}\n\n${table(rows)}`);
  return [`## ${title}`, explanation, ...parts].join('\n\n');
}

/** @param {readonly CostRow[]} rows */
function costTable(rows) {
  const pages = unique(rows.map(({ page }) => page));
  const titles = pages.map((page) => PAGES[/** @type {keyof typeof PAGES} */ (page)]);
  const header = [
    'profiler',
    ...titles.flatMap((title) => [title, 'with files']),
    'samples/s',
    'pairs',
  ];
  const lines = grouped(rows, ({ label }) => label).map(([label, group]) => {
    const cells = pages.map((page) => group.find((row) => row.page === page));
    const samples = cells.map((row) => row?.samplesPerSecond?.toFixed(0));
    return [
      label,
      ...cells.flatMap((row) => [ratio(row, row?.ratio), ratio(row, row?.withFiles)]),
      samples.filter(Boolean).join(' / '),
      cells.map((row) => row?.ratio?.pairs ?? 0).join(' / '),
    ];
  });
  return table(header, lines);
}

/** @param {readonly CostRow[]} rows */
function loopTable(rows) {
  const labels = unique(rows.map(({ label }) => label));
  const lines = grouped(rows, ({ page }) => page).map(([page, group]) => [
    words(page.split('/')[2] ?? page),
    ...labels.map((label) => {
      const row = group.find((candidate) => candidate.label === label);
      return ratio(row, row?.ratio);
    }),
  ]);
  return table(['loop', ...labels], lines);
}

/** @param {readonly AccuracyRow[]} rows */
function accuracyTable(rows) {
  const kinds = unique(rows.map(({ kind }) => kind));
  const lines = grouped(rows, ({ label, seconds }) => `${label} ${seconds}`).map(([, group]) => [
    group[0]?.label ?? '',
    duration(group[0]?.seconds ?? 0),
    ...kinds.map((kind) => points(group.find((candidate) => candidate.kind === kind))),
  ]);
  return table(['profiler', 'run', ...kinds.map(words)], lines);
}

/** @param {readonly StartRow[]} rows */
function startTable(rows) {
  const lines = rows.map(({ command, plain, growth, low, high }) => [
    command,
    plain.toFixed(0),
    `${signed(growth)} (${signed(low)} to ${signed(high)})`,
  ]);
  return table(['command', 'without, ms', 'later by, ms'], lines);
}

/**
 * @param {CostRow | undefined} row
 * @param {Ratio | undefined} value
 */
function ratio(row, value) {
  if (!value) return row?.error ?? '';
  const digits = value.median < 10 ? 2 : 0;
  const [median, low, high] = [value.median, value.low, value.high].map((x) => x.toFixed(digits));
  return `${median}x (${low}–${high})`;
}

/** @param {AccuracyRow | undefined} row */
function points(row) {
  if (row?.points === undefined || row.worst === undefined) return row?.error ?? '';
  return `${row.points.toFixed(1)} (${row.worst.toFixed(1)})`;
}

/** @param {string} name */
function words(name) {
  return name.replaceAll('_', ' ');
}

/** @param {number} seconds */
function duration(seconds) {
  return seconds < 1 ? `${seconds * 1000} ms` : `${seconds} s`;
}

/** @param {number} value */
function signed(value) {
  return (value < 0 ? '−' : '+') + Math.abs(value).toFixed(1);
}

/**
 * @template T
 * @param {readonly T[]} rows
 * @param {(row: T) => string} keyOf
 * @returns {[string, T[]][]} rows of the same key, in the order in which keys come first
 */
function grouped(rows, keyOf) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups];
}

/**
 * @template T
 * @param {readonly T[]} values
 */
function unique(values) {
  return [...new Set(values)];
}

/**
 * @param {readonly string[]} header
 * @param {readonly (readonly string[])[]} lines
 */
function table(header, lines) {
  const rule = header.map((_, column) => (column === 0 ? '---' : '--:'));
  return [header, rule, ...lines]
    .map((line) => `| ${line.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
