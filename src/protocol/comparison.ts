/** Messages between the extension and the webview of a comparison. */
import type { Comparison } from '../core/derive/comparison/comparison';
import type { ComparedSource } from '../core/profileSource';
import type { ShownFrame } from './flamegraph';

export type {
  ComparedSide,
  DifferentialTree,
  FunctionDelta,
  TreeCosts,
} from '../core/derive/comparison/comparison';
export type { ComparedSource } from '../core/profileSource';
export type { Delta } from '../core/derive/comparison/delta';
export type { ShownFrame, Unit } from './flamegraph';

/** What the webview draws: all but the lines, which stand beside the source. */
export type ComparisonDocument = Omit<Comparison, 'lines'>;

export type ToComparison =
  | { readonly t: 'source'; readonly source: ComparedSource }
  | { readonly t: 'comparison'; readonly id: number; readonly comparison: ComparisonDocument }
  /** Reading takes long; shown with a *Cancel* button in place of the comparison. */
  | { readonly t: 'working'; readonly message: string }
  /** A sentence in place of the comparison, with a *Try again* button. */
  | { readonly t: 'failed'; readonly message: string }
  /** Selects a function of the side after, in the flamegraph where it is in it. */
  | { readonly t: 'selectFunction'; readonly frame: ShownFrame };

export type FromComparison =
  /** The webview listens. Comes again when VS Code builds the webview anew, in another window for example. */
  | { readonly t: 'ready' }
  /** The comparison that was sent with this id stands. */
  | { readonly t: 'shown'; readonly id: number }
  | { readonly t: 'openSource'; readonly frame: ShownFrame }
  | { readonly t: 'cancel' }
  | { readonly t: 'retry' }
  /** An error that nobody handled, for the log. */
  | { readonly t: 'error'; readonly message: string };
