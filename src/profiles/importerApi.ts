import type { Annotations } from '../core/derive/annotations';
import type { TreeLimits } from '../core/derive/callTree';
import type { RequestFacts } from '../core/model/request';
import type { Unit } from '../core/model/profile';

/** What a row of the explorer needs of a file's content. */
export interface ProfileSummary {
  readonly format: string;
  readonly formatLabel: string;
  readonly unit: Unit;
  readonly total: number;
  readonly functionCount: number;
  readonly request: RequestFacts;
  readonly warnings: readonly string[];
}

/** What the flamegraph is sent. */
export interface FlamegraphDocument {
  /** UTF-8 of a speedscope JSON document. */
  readonly speedscope: Uint8Array;
  readonly note: string | undefined;
}

/** The questions the extension asks of the worker; each but the last reads one file. All paths are file system paths. */
export interface ImporterApi {
  /** Whether and how the file reads. */
  summary(path: string): ProfileSummary;
  flamegraph(path: string, title: string, limits: TreeLimits): FlamegraphDocument;
  annotations(path: string): Annotations;
  /** Reads and derives a synthetic profile, for what V8 compiles while it does. */
  warmUp(): void;
}
