import type {
  CollectedProcess,
  CollectedQuery,
  ImportedHistory,
  SampleCounts,
} from '../collector/api';
import type { Annotations } from '../core/derive/annotations';
import type { TreeLimits } from '../core/derive/callTree';
import type { Comparison } from '../core/derive/comparison/comparison';
import type { LineReport } from '../core/derive/lineReport';
import type { PlotDocument } from '../core/derive/plotDocument';
import type { RequestDetails } from '../core/derive/requestDetails';
import type { PrintedTable, TableDocument } from '../core/derive/tableDocument';
import type { ReadChoice } from '../core/formats/format';
import type { OfferedChoices, Profile, Unit } from '../core/model/profile';
import type { RequestFacts } from '../core/model/request';
import type { ComparedSource, ProfileSource } from '../core/profileSource';
import type { ExportOptions } from '../core/writers/writer';
import type { FunctionQuery, IndexAnswer } from './functionIndex';

/** What a row of the explorer needs of a file's content. */
export interface ProfileSummary {
  readonly format: string;
  readonly formatLabel: string;
  readonly unit: Unit;
  readonly total: number;
  /** Which kind of data there is; of a timeline, the total is its peak. */
  readonly dataKind: Profile['data']['kind'];
  readonly functionCount: number;
  readonly request: RequestFacts;
  readonly warnings: readonly string[];
}

/** What the flamegraph is sent: a graph, or a plot of a profile that is values over time. */
export type FlamegraphDocument = {
  readonly note: string | undefined;
  readonly offered: OfferedChoices;
} & (
  | {
      readonly kind: 'graph';
      /** UTF-8 of a speedscope JSON document. */
      readonly speedscope: Uint8Array;
    }
  | { readonly kind: 'plot'; readonly plot: PlotDocument }
);

/** A format that a profile can be exported to. */
export interface ExportTarget {
  /** As `ImporterApi.exported` names it. */
  readonly id: string;
  readonly label: string;
  /** Ending of the file's name, with its dot. */
  readonly extension: string;
  /** Sentences on what of the profile it cannot hold. */
  readonly losses: readonly string[];
}

/** A profile in another format. */
export interface ExportedFile {
  readonly bytes: Uint8Array;
}

/** The questions the extension asks of the worker; each but the last reads one source. All paths are file system paths. */
export interface ImporterApi {
  /** Whether and how the file reads. */
  summary(path: string): ProfileSummary;
  flamegraph(
    source: ProfileSource,
    title: string,
    limits: TreeLimits,
    choice?: ReadChoice,
  ): FlamegraphDocument;
  annotations(source: ProfileSource, choice?: ReadChoice): Annotations;
  lineReport(source: ProfileSource, choice?: ReadChoice): LineReport;
  table(source: ProfileSource, choice?: ReadChoice): TableDocument;
  /** What is shown of the table, as `pstats.Stats.print_stats()` prints it. */
  printedTable(source: ProfileSource, printed: PrintedTable, choice?: ReadChoice): string;
  exportTargets(source: ProfileSource, options: ExportOptions, choice?: ReadChoice): ExportTarget[];
  exported(
    source: ProfileSource,
    id: string,
    options: ExportOptions,
    choice?: ReadChoice,
  ): ExportedFile;
  requestDetails(source: ProfileSource, choice?: ReadChoice): RequestDetails;
  /** What changed from one side to the other. */
  compare(source: ComparedSource, limits: TreeLimits, choice?: ReadChoice): Comparison;
  /**
   * Appends what a file's functions cost to an index.
   * @returns `refused` where nothing may be written there
   */
  indexProfile(indexPath: string, path: string): 'indexed' | 'refused';
  /** Asks the indexes of one directory for functions; reads no profile. */
  searchIndexes(indexPaths: readonly string[], query: FunctionQuery): IndexAnswer;
  /** Writes an index anew when most of it is of other profiles than those of these names. */
  compactIndex(indexPath: string, names: ReadonlySet<string>): boolean;
  /** How many samples a query has over time; see `History.counts`. */
  collectedCounts(database: string, query: CollectedQuery, bucketMs: number): SampleCounts;
  /** All processes that a collector's database has samples of. */
  collectedProcesses(database: string): CollectedProcess[];
  /** Adds what stackcollector gathered in a gdbm file to a collector's database. */
  importHistory(database: string, path: string): ImportedHistory;
  /** Reads and derives a synthetic profile, for what V8 compiles while it does. */
  warmUp(): void;
}
