import type { SourcedRequest } from '../core/model/request';
import type { ProfileSummary } from './importerApi';

/** What is known of whether a file reads. */
export type EntryState =
  | { readonly kind: 'unchecked' }
  | { readonly kind: 'readable'; readonly summary: ProfileSummary }
  /** Still being written, as far as one can tell; it is read again when it changes. */
  | { readonly kind: 'writing' }
  /** `reason` is one sentence for a person. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** One file of a profile directory. Immutable: a change makes a new entry. */
export interface ProfileEntry {
  readonly path: string;
  readonly directory: string;
  readonly name: string;
  readonly request: SourcedRequest;
  /** Milliseconds since the Unix epoch; `undefined` until the file was looked at. */
  readonly modifiedMs: number | undefined;
  /** Bytes; `undefined` until the file was looked at. */
  readonly size: number | undefined;
  readonly state: EntryState;
}
