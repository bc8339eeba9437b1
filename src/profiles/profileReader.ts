import { basename } from 'node:path';
import type {
  CollectedProcess,
  CollectedQuery,
  ImportedHistory,
  SampleCounts,
} from '../collector/api';
import { annotate } from '../core/derive/annotate';
import type { Annotations } from '../core/derive/annotations';
import { DEFAULT_LIMITS, type TreeLimits } from '../core/derive/callTree';
import type { Comparison } from '../core/derive/comparison/comparison';
import { lineReport, type LineReport } from '../core/derive/lineReport';
import { toPlot } from '../core/derive/plot';
import { requestDetails, type RequestDetails } from '../core/derive/requestDetails';
import { toSpeedscope } from '../core/derive/speedscopeDocument';
import { printTable, toTable } from '../core/derive/table';
import type { PrintedTable, TableDocument } from '../core/derive/tableDocument';
import type { ReadChoice } from '../core/formats/format';
import { formatLabel, readProfile } from '../core/formats/registry';
import type { Profile } from '../core/model/profile';
import {
  type CollectedSource,
  type ComparedSource,
  isCollected,
  type MergedSource,
  pathsOf,
  type ProfileSource,
} from '../core/profileSource';
import type { ExportOptions } from '../core/writers/writer';
import { importHistory, readHistory } from './collectedHistory';
import { readComparison } from './comparisonReading';
import { exportedFile, exportTargets } from './exports';
import {
  compactIndex,
  indexEntry,
  searchIndexes,
  type FunctionQuery,
  type IndexAnswer,
} from './functionIndex';
import { FunctionIndexWriter } from './functionIndexWriter';
import type {
  ExportedFile,
  ExportTarget,
  FlamegraphDocument,
  ImporterApi,
  ProfileSummary,
} from './importerApi';
import { stampOf } from './profileFile';
import { readSource, stampOfSource } from './sourceReading';
import { syntheticStats } from './syntheticStats';
import type { ReadProgress } from './workerProtocol';

/** Enough for V8 to see which code is hot, in less than a tenth of a second. */
const WARM_UP_FUNCTIONS = 300;

interface Kept {
  /** Of the files that it was read from, as they were then. */
  readonly stamp: string;
  readonly profile: Profile;
}

/** Answers the importer's questions by reading files, and keeps the last few profiles it parsed. */
export class ProfileReader implements ImporterApi {
  readonly #kept = new Map<string, Kept>();
  readonly #index = new FunctionIndexWriter();
  readonly #capacity: number;
  readonly #report: (progress: ReadProgress) => void;

  /**
   * @param capacity how many parsed profiles are kept
   * @param report is told now and then how far the merging of several files has come
   */
  constructor(capacity: number, report: (progress: ReadProgress) => void = () => undefined) {
    this.#capacity = capacity;
    this.#report = report;
  }

  summary(path: string): ProfileSummary {
    const { format, unit, total, data, functions, request, warnings } = this.#profile(path);
    return {
      format,
      formatLabel: formatLabel(format),
      unit,
      total,
      dataKind: data.kind,
      functionCount: functions.length,
      request,
      warnings,
    };
  }

  flamegraph(
    source: ProfileSource,
    title: string,
    limits: TreeLimits,
    choice?: ReadChoice,
  ): FlamegraphDocument {
    const profile = this.#profile(source, choice);
    const document = flamegraphOf(profile, title, limits);
    return typeof source === 'string'
      ? document
      : { ...document, note: mergedNote(source, document, profile) };
  }

  annotations(source: ProfileSource, choice?: ReadChoice): Annotations {
    return annotate(this.#profile(source, choice));
  }

  lineReport(source: ProfileSource, choice?: ReadChoice): LineReport {
    const profile = this.#profile(source, choice);
    return lineReport(profile, formatLabel(profile.format));
  }

  table(source: ProfileSource, choice?: ReadChoice): TableDocument {
    return toTable(this.#profile(source, choice));
  }

  printedTable(source: ProfileSource, printed: PrintedTable, choice?: ReadChoice): string {
    return printTable(this.#profile(source, choice), filesOf(source), printed);
  }

  exportTargets(
    source: ProfileSource,
    options: ExportOptions,
    choice?: ReadChoice,
  ): ExportTarget[] {
    return exportTargets(this.#profile(source, choice), options);
  }

  exported(
    source: ProfileSource,
    id: string,
    options: ExportOptions,
    choice?: ReadChoice,
  ): ExportedFile {
    return { bytes: exportedFile(this.#profile(source, choice), id, options) };
  }

  requestDetails(source: ProfileSource, choice?: ReadChoice): RequestDetails {
    const profile = this.#profile(source, choice);
    return requestDetails(profile, formatLabel(profile.format));
  }

  compare(source: ComparedSource, limits: TreeLimits, choice: ReadChoice = {}): Comparison {
    return readComparison(source, limits, choice, this.#report);
  }

  collectedCounts(database: string, query: CollectedQuery, bucketMs: number): SampleCounts {
    return readHistory(database, (history) => history.counts(query, bucketMs));
  }

  collectedProcesses(database: string): CollectedProcess[] {
    return readHistory(database, (history) => history.processes());
  }

  importHistory(database: string, path: string): ImportedHistory {
    return importHistory(database, path);
  }

  indexProfile(indexPath: string, path: string): 'indexed' | 'refused' {
    const stamp = stampOf(path);
    const entry = indexEntry(basename(path), stamp, this.#profile(path));
    return this.#index.append(indexPath, entry) ? 'indexed' : 'refused';
  }

  searchIndexes(indexPaths: readonly string[], query: FunctionQuery): IndexAnswer {
    return searchIndexes(indexPaths, query);
  }

  compactIndex(indexPath: string, names: ReadonlySet<string>): boolean {
    return compactIndex(indexPath, names);
  }

  warmUp(): void {
    const bytes = syntheticStats(WARM_UP_FUNCTIONS);
    flamegraphOf(readProfile({ bytes, name: '' }), '', DEFAULT_LIMITS);
  }

  #profile(source: ProfileSource, choice: ReadChoice = {}): Profile {
    const key = keyOf(source, choice);
    const stamp = stampOfSource(source);
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    const current =
      kept?.stamp === stamp ? kept : { stamp, profile: readSource(source, choice, this.#report) };
    this.#keep(key, current);
    return current.profile;
  }

  /** Makes the profile the youngest of the kept ones: a map iterates in the order of insertion. */
  #keep(key: string, kept: Kept): void {
    this.#kept.set(key, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#capacity) break;
      this.#kept.delete(oldest);
    }
  }
}

/** The files of a source that are still there. */
function filesOf(source: ProfileSource): { path: string; modifiedMs: number }[] {
  return pathsOf(source).flatMap((path) => {
    try {
      return [{ path, modifiedMs: stampOf(path).modifiedMs }];
    } catch {
      return [];
    }
  });
}

/** What tells a profile from every other one of the same or another source. */
function keyOf(source: ProfileSource, { metric, period }: ReadChoice): string {
  return JSON.stringify([source, metric, period?.fromMs, period?.untilMs]);
}

/** A merged profile has no row in the explorer that tells its warnings. */
function mergedNote(
  source: MergedSource | CollectedSource,
  { note }: FlamegraphDocument,
  { data, warnings }: Profile,
): string | undefined {
  const stacks = isCollected(source) ? 'Collected stacks' : 'Stacks of several profiles';
  const own = data.kind === 'stacks' ? `${stacks} stand by weight, not in time order.` : note;
  return [own, ...warnings].filter((sentence) => sentence !== undefined).join(' ') || undefined;
}

function flamegraphOf(profile: Profile, title: string, limits: TreeLimits): FlamegraphDocument {
  const { data, metrics, period } = profile;
  const offered = { metrics, period };
  if (data.kind === 'timeline') {
    const { document, note } = toPlot(profile, data);
    return { kind: 'plot', plot: document, note, offered };
  }
  const { document, note } = toSpeedscope(profile, { title, limits });
  const speedscope = new TextEncoder().encode(JSON.stringify(document));
  return { kind: 'graph', speedscope, note, offered };
}
