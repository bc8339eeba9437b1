import { basename } from 'node:path';
import type {
  DetailedFunction,
  DetailedLine,
  DetailedStatement,
  InvolvedFile,
  QuerySummary,
  RequestDetails,
} from '../../core/derive/requestDetails';
import type { Unit } from '../../core/model/profile';
import type { RequestFacts } from '../../core/model/request';
import { pathsOf, type ProfileSource } from '../../core/profileSource';
import { formatDuration } from '../../profiles/requestTitle';
import type { ShownFrame } from '../../protocol/flamegraph';
import { grouped, shortCost } from '../explorer/rowText';
import { shortTime } from '../gutter/numbers';

/** Where a row leads to. */
export type RequestLink =
  | { readonly to: 'flamegraph' }
  /** The function in the flamegraph's sandwich view. */
  | { readonly to: 'function'; readonly frame: ShownFrame }
  | { readonly to: 'source'; readonly place: ShownFrame }
  /** The profile itself, on disk. */
  | { readonly to: 'file'; readonly path: string };

/** A row of the *Request* panel as plain data. */
export interface RequestRow {
  readonly label: string;
  readonly description: string;
  /** Plain text; where absent, label and description. */
  readonly tooltip?: string;
  /** Name of a product icon. */
  readonly icon: string;
  readonly link: RequestLink;
  /** The function that the row is about, for *Show in flamegraph*. */
  readonly frame?: ShownFrame;
}

/** A heading with its rows. */
export interface RequestSection {
  readonly label: string;
  readonly description: string;
  /** Whether it is open at first. */
  readonly expanded: boolean;
  readonly rows: readonly RequestRow[];
}

const FLAMEGRAPH: RequestLink = { to: 'flamegraph' };

/**
 * The panel of a profile, section by section; those that have nothing to tell are left out.
 *
 * @param facts all that is known of the request, by whichever way
 */
export function requestSections(
  source: ProfileSource,
  facts: RequestFacts,
  details: RequestDetails,
): RequestSection[] {
  const { functions, lines, files, queries, warnings, unit } = details;
  const sections: RequestSection[] = [
    section('Request', [...factRows(facts), ...profileRows(source, details)]),
    section('Warnings', warnings.map(warningRow)),
    ...(queries ? [querySection(queries)] : []),
    section(
      functions.some(({ self }) => self !== undefined)
        ? 'Functions by self time'
        : 'Functions by time',
      functions.map((func) => functionRow(func, details)),
    ),
    section(
      'Lines',
      lines.map((line) => lineRow(line, details)),
    ),
    {
      ...section(
        'Files',
        files.map((file) => fileRow(file, unit)),
      ),
      expanded: false,
    },
  ];
  return sections.filter(({ rows, description }) => rows.length > 0 || description !== '');
}

function section(label: string, rows: readonly RequestRow[], description = ''): RequestSection {
  return { label, description, expanded: true, rows };
}

function factRows(facts: RequestFacts): RequestRow[] {
  const { method, path, query, status, durationMs, software, route, view, error } = facts;
  const known: readonly (readonly [string, string | undefined, string])[] = [
    ['Method', method, 'symbol-event'],
    ['URL', path === undefined ? undefined : path + (query ? `?${query}` : ''), 'link'],
    ['Status', status === undefined ? undefined : String(status), 'symbol-numeric'],
    ['Exception', error, 'error'],
    ['Duration', durationMs === undefined ? undefined : formatDuration(durationMs), 'clock'],
    ['Route', route, 'symbol-namespace'],
    ['View', view, 'symbol-method'],
    ['Served by', software, 'server'],
  ];
  return known.flatMap(([label, description, icon]) =>
    description === undefined ? [] : [{ label, description, icon, link: FLAMEGRAPH }],
  );
}

function profileRows(source: ProfileSource, details: RequestDetails): RequestRow[] {
  const { total, unit, formatLabel } = details;
  const files = pathsOf(source).map((path) => ({
    label: 'File',
    description: basename(path),
    tooltip: path,
    icon: 'file',
    link: { to: 'file' as const, path },
  }));
  const profiled = { label: 'Profiled', description: shortCost(total, unit), icon: 'flame' };
  const format = { label: 'Format', description: formatLabel, icon: 'symbol-file' };
  return [{ ...profiled, link: FLAMEGRAPH }, { ...format, link: FLAMEGRAPH }, ...files];
}

function warningRow(sentence: string): RequestRow {
  return {
    label: sentence,
    description: '',
    tooltip: sentence,
    icon: 'warning',
    link: FLAMEGRAPH,
  };
}

function querySection({ count, time, duplicates, statements }: QuerySummary): RequestSection {
  const facts = [
    count === 1 ? '1 query' : `${grouped(count)} queries`,
    shortTime(time),
    ...(duplicates ? [`${grouped(duplicates)} duplicates`] : []),
  ];
  return section('SQL', statements.map(statementRow), facts.join(' · '));
}

function statementRow({ statement, count, time, place }: DetailedStatement): RequestRow {
  const text = statement.replace(/\s+/g, ' ').trim();
  return {
    label: text,
    description: [
      ...(count > 1 ? [`${grouped(count)} ×`] : []),
      shortTime(time),
      ...(place ? [`${baseName(place.file)}:${place.line}`] : []),
    ].join(' · '),
    tooltip: statement,
    icon: 'database',
    link: place ? { to: 'source', place: { name: text, ...place } } : FLAMEGRAPH,
  };
}

function functionRow(func: DetailedFunction, { unit, total }: RequestDetails): RequestRow {
  const { name, file, line, calls, self } = func;
  const cost = self ?? func.total;
  const frame: ShownFrame = { name, file, line };
  return {
    label: name,
    description: `${shortCost(cost, unit)} · ${percent(cost, total)}${placeText(file, line)}`,
    tooltip: [
      name,
      ...(file === undefined ? [] : [`${file}${line === undefined ? '' : `:${line}`}`]),
      ...(self === undefined ? [] : [`Self ${shortCost(self, unit)}`]),
      `Total ${shortCost(func.total, unit)}`,
      ...(calls === undefined ? [] : [`${grouped(calls)} calls`]),
    ].join('\n'),
    icon: 'symbol-function',
    link: isSource(file) ? { to: 'source', place: frame } : { to: 'function', frame },
    frame,
  };
}

function lineRow(
  { file, line, func, hits, self, time }: DetailedLine,
  { unit, total }: RequestDetails,
): RequestRow {
  const cost = self ?? time;
  return {
    label: `${baseName(file)}:${line}`,
    description: [
      shortCost(cost, unit),
      percent(cost, total),
      ...(hits === undefined ? [] : [`${grouped(hits)} hits`]),
      ...(func ? [func.name] : []),
    ].join(' · '),
    tooltip: `${file}:${line}`,
    icon: 'list-selection',
    link: { to: 'source', place: { name: func?.name ?? baseName(file), file, line } },
    ...(func && { frame: func }),
  };
}

function fileRow({ file, functions, self }: InvolvedFile, unit: Unit): RequestRow {
  return {
    label: baseName(file),
    description: [
      ...(self === undefined ? [] : [shortCost(self, unit)]),
      functions === 1 ? '1 function' : `${grouped(functions)} functions`,
    ].join(' · '),
    tooltip: file,
    icon: 'file-code',
    link: { to: 'source', place: { name: baseName(file), file, line: undefined } },
  };
}

function placeText(file: string | undefined, line: number | undefined): string {
  if (!isSource(file)) return '';
  return ` · ${baseName(file)}${line === undefined ? '' : `:${line}`}`;
}

/** Whether there may be a file to go to: what is built in, or was made while running, has none. */
function isSource(file: string | undefined): file is string {
  return file !== undefined && !/^<.*>$|^~$/.test(file);
}

/** The last part of a path, whichever system it is of. */
function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function percent(cost: number, total: number): string {
  return total > 0 ? `${((100 * cost) / total).toFixed(1)} %` : '';
}
