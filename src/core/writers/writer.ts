import type { TreeLimits } from '../derive/callTree';
import type { ExportSource } from './exportSource';

/** What the export is to be called, and how far a call graph is unrolled where stacks are wanted. */
export interface ExportOptions {
  /** A name for people, usually the request or the file's name. */
  readonly title: string;
  readonly limits: TreeLimits;
}

/** One format that profiles are exported to. */
export interface Writer {
  /** As `convert --to` names it. */
  readonly id: string;
  /** The name people know it by, and what opens it. */
  readonly label: string;
  /** Ending of the file's name, with its dot. */
  readonly extension: string;
  /**
   * What the target cannot hold of the profile.
   * @throws ExportError where it can hold nothing of it
   */
  losses(source: ExportSource): Loss[];
  /**
   * The exported file.
   * @throws ExportError where it can hold nothing of the profile
   */
  write(source: ExportSource): Uint8Array | string;
}

/**
 * What of a profile is lost: own and total costs of functions, counts of calls, costs by caller, costs
 * of lines, which thread ran, in which order, what the numbers count, digits of numbers, names as
 * they were, further things that the file measured, what was recorded of the request.
 */
export type LostAspect =
  | 'selfCosts'
  | 'totalCosts'
  | 'calls'
  | 'callers'
  | 'lines'
  | 'lanes'
  | 'order'
  | 'unit'
  | 'precision'
  | 'names'
  | 'metrics'
  | 'record';

/** Something that an export loses. */
export interface Loss {
  readonly aspect: LostAspect;
  /** Whole sentences for people. */
  readonly sentence: string;
}

/** A target that can hold nothing of a profile. The message is one sentence for a person. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
}
